"""What is wrong with report files: ``tinhso check`` names it with file, line and remedy."""

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from tinhso.definitions.agencies import FILE as AGENCIES
from tinhso.definitions.agencies import AgencyFile
from tinhso.definitions.explaining import nearest
from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.places import Location, Places
from tinhso.definitions.roles import AgencyKindFile, RoleFile
from tinhso.indicators.definitions import Indicator, files_of
from tinhso.reports import arithmetic
from tinhso.reports.types import CELLS, FOR_OTHERS, Line, ReportRules, ReportTemplate

COUNTS = (*CELLS, FOR_OTHERS)
ROLES = ("fill", "approve", "run", "sign", "read")


def mistakes(packs: Path) -> Iterator[Mistake]:
    """Yield every mistake of the reports of a folder of packs."""
    kinds = _kinds(packs)
    yield from _rules(packs, kinds)
    read = (load(path, Indicator).patched for path in files_of(packs))
    indicators = {known.id: known for known in read if known is not None}
    seen: dict[str, Path] = {}
    for path in sorted(packs.glob("*/reports/*.yaml")):
        loaded = load(path, ReportTemplate)
        yield from loaded.mistakes
        one = loaded.patched
        if one is None:
            continue
        yield from inner_mistakes(one, loaded.places)
        yield from _outside(one, loaded.places, kinds, _agencies(packs, path.parent.parent), indicators)
        if path.stem != one.id:
            yield loaded.places.mistake(("id",), "report-file-name", name=one.id)
        if one.id in seen:
            yield loaded.places.mistake(("id",), "report-twice", name=one.id, other=seen[one.id])
        seen[one.id] = path


def inner_mistakes(one: ReportTemplate, places: Places) -> Iterator[Mistake]:
    """Yield what a report says that contradicts itself."""
    ids = Counter(line.id for line in one.lines)
    numbers = {line.id for line in one.lines if line.origin != "text"}
    for at, line in _located(one):
        if ids[line.id] > 1:
            yield places.mistake((*at, "id"), "report-line-twice", name=line.id)
        yield from _line(line, places, at, numbers)
    for index, section in enumerate(one.sections):
        for number, check in enumerate(section.checks):
            at = ("sections", index, "checks", number)
            if check.line not in ids:
                hint = nearest(check.line, sorted(ids))
                yield places.mistake((*at, "line"), "report-unknown-line", name=check.line, hint=hint)
            yield from _spoken(check.rule, places, (*at, "rule"), numbers, is_rule=True)
    yield from _circle(one, places)


def _located(one: ReportTemplate) -> Iterator[tuple[Location, Line]]:
    for index, section in enumerate(one.sections):
        for number, line in enumerate(section.lines):
            yield ("sections", index, "lines", number), line


def _line(line: Line, places: Places, at: Location, numbers: Collection[str]) -> Iterator[Mistake]:
    sources = [name for name in ("indicator", "count", "formula") if getattr(line, name)]
    if len(sources) > 1:
        yield places.mistake((*at, sources[1]), "report-two-sources", name=line.id)
    if sources and line.kind == "text":
        yield places.mistake((*at, "kind"), "report-text-computed", name=line.id)
    if line.count and line.count not in COUNTS:
        hint = nearest(line.count, list(COUNTS))
        yield places.mistake((*at, "count"), "report-unknown-count", name=line.count, hint=hint)
    if line.count == FOR_OTHERS and line.add != "none":
        yield places.mistake((*at, "count"), "report-counts-twice", name=line.id)
    if (line.kind == "text") != (line.add in ("collect", "none")) and not sources:
        yield places.mistake((*at, "id"), "report-cannot-add", name=line.id, add=line.add)
    if line.origin == "number" and not line.unit.vi:
        yield places.mistake((*at, "id"), "report-no-unit", name=line.id)
    low, high = line.lowest, line.highest
    if low is not None and high is not None and low > high:
        yield places.mistake((*at, "lowest"), "crossed-limits", name=line.id, low=low, high=high)
    if line.formula:
        yield from _spoken(line.formula, places, (*at, "formula"), numbers, is_rule=False)


def _spoken(
    text: str, places: Places, at: Location, numbers: Collection[str], *, is_rule: bool
) -> Iterator[Mistake]:
    try:
        tree = arithmetic.rule(text) if is_rule else arithmetic.formula(text)
    except arithmetic.NotArithmetic as problem:
        yield places.mistake(at, "report-not-arithmetic", detail=problem.args[0])
        return
    for name in sorted(arithmetic.names(tree) - set(numbers)):
        yield places.mistake(at, "report-unknown-line", name=name, hint=nearest(name, sorted(numbers)))


def _circle(one: ReportTemplate, places: Places) -> Iterator[Mistake]:
    """A formula may only speak of lines above it: so none goes round, and each is read after its parts."""
    above: set[str] = set()
    known = {line.id for line in one.lines}
    for at, line in _located(one):
        if line.formula:
            try:
                names = arithmetic.names(arithmetic.formula(line.formula))
            except arithmetic.NotArithmetic:
                names = frozenset()
            for name in sorted((names & known) - above):
                yield places.mistake((*at, "formula"), "report-line-below", name=name)
        above.add(line.id)


def _outside(
    one: ReportTemplate,
    places: Places,
    kinds: Collection[str] | None,
    agencies: Collection[str],
    indicators: dict[str, Indicator],
) -> Iterator[Mistake]:
    for index, kind in enumerate(one.asked.kinds):
        if kinds is not None and kind not in kinds:
            hint = nearest(kind, sorted(kinds))
            yield places.mistake(("asked", "kinds", index), "report-unknown-kind", name=kind, hint=hint)
    for index, code in enumerate(one.asked.agencies):
        if code not in agencies:
            hint = nearest(code, sorted(agencies))
            yield places.mistake(("asked", "agencies", index), "plan-unknown-agency", name=code, hint=hint)
    for at, line in _located(one):
        if not line.indicator:
            continue
        found = indicators.get(line.indicator)
        if found is None:
            hint = nearest(line.indicator, sorted(indicators))
            yield places.mistake((*at, "indicator"), "plan-unknown-indicator", name=line.indicator, hint=hint)
        elif found.manual is not None or "agency" not in found.dimensions:
            yield places.mistake((*at, "indicator"), "report-no-agency", name=line.indicator)


def _rules(packs: Path, kinds: Collection[str] | None) -> Iterator[Mistake]:
    path, roles = packs / COUNTRY / "reports.yaml", packs / COUNTRY / "roles.yaml"
    if not path.is_file():
        return
    loaded = load(path, ReportRules)
    yield from loaded.mistakes
    if loaded.value is None:
        return
    if kinds is not None and loaded.value.coordinator not in kinds:
        name = loaded.value.coordinator
        yield loaded.places.mistake(("coordinator",), "report-unknown-kind", name=name, hint="")
    found = load(roles, RoleFile).value if roles.is_file() else None
    known = {one.id for one in found.roles} if found else None
    for deed in ROLES:
        for index, name in enumerate(getattr(loaded.value, deed)):
            if known is not None and name not in known:
                hint = nearest(name, sorted(known))
                yield loaded.places.mistake((deed, index), "unknown-role", name=name, hint=hint)


def _kinds(packs: Path) -> Collection[str] | None:
    path = packs / COUNTRY / "agency-kinds.yaml"
    found = load(path, AgencyKindFile).value if path.is_file() else None
    return {one.id for one in found.kinds} if found else None


def _agencies(packs: Path, pack: Path) -> Collection[str]:
    """Return the codes of the pack's agencies; a report of the country may name any province's."""
    files = packs.glob(f"*/{AGENCIES}") if pack.name == COUNTRY else [pack / AGENCIES]
    read = (load(path, AgencyFile).value for path in files if path.is_file())
    return {one.code for file in read if file for one in file.agencies}
