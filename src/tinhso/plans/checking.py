"""What is wrong with plan files: ``tinhso check`` names it with file, line and remedy."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from tinhso.definitions.agencies import FILE as AGENCIES
from tinhso.definitions.agencies import AgencyFile
from tinhso.definitions.explaining import nearest
from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.places import Location, Places
from tinhso.definitions.roles import RoleFile
from tinhso.indicators.definitions import Indicator, files_of
from tinhso.plans.graph import cycle
from tinhso.plans.types import Plan, PlanRules, Target


def mistakes(packs: Path, *, indicators: Collection[str] | None = None) -> Iterator[Mistake]:
    """
    Yield every mistake of the plans of a folder of packs.

    :param indicators: the ids there are; None: those of the same packs
    """
    yield from _rules(packs)
    known = _indicators(packs) if indicators is None else indicators
    seen: dict[str, Path] = {}
    for path in sorted(packs.glob("*/plans/*.yaml")):
        loaded = load(path, Plan)
        yield from loaded.mistakes
        plan = loaded.patched
        if plan is None:
            continue
        yield from inner_mistakes(plan, loaded.places)
        yield from _outside(plan, loaded.places, _agencies(path.parent.parent), known)
        if path.stem != plan.id:
            yield loaded.places.mistake(("id",), "plan-file-name", name=plan.id)
        if plan.id in seen:
            yield loaded.places.mistake(("id",), "plan-twice", name=plan.id, other=seen[plan.id])
        seen[plan.id] = path


def inner_mistakes(plan: Plan, places: Places) -> Iterator[Mistake]:
    """Yield what a plan says that contradicts itself."""
    if plan.until < plan.since:
        yield places.mistake(("until",), "plan-ends-early", start=plan.since, due=plan.until)
    for part in ("pillars", "targets", "tasks", "figures"):
        ids = Counter(one.id for one in getattr(plan, part))
        for index, one in enumerate(getattr(plan, part)):
            if ids[one.id] > 1:
                yield places.mistake((part, index, "id"), "plan-part-twice", name=one.id)
    yield from _references(plan, places)
    for index, target in enumerate(plan.targets):
        yield from _target(plan, target, places, ("targets", index))
    yield from _tasks(plan, places)
    yield from _too_many(plan, places)


def _references(plan: Plan, places: Places) -> Iterator[Mistake]:
    pillars = {one.id for one in plan.pillars}
    for part in ("targets", "tasks", "figures"):
        for index, one in enumerate(getattr(plan, part)):
            if one.pillar not in pillars:
                hint = nearest(one.pillar, sorted(pillars))
                yield places.mistake(
                    (part, index, "pillar"), "plan-unknown-pillar", name=one.pillar, hint=hint
                )
    for at, key in _sources(plan):
        if key not in plan.sources:
            hint = nearest(key, sorted(plan.sources))
            yield places.mistake(at, "plan-unknown-source", name=key, hint=hint)


def _sources(plan: Plan) -> Iterator[tuple[Location, str]]:
    if plan.counts:
        yield ("counts", "source"), plan.counts.source
    for part in ("told", "targets", "tasks", "figures"):
        for index, one in enumerate(getattr(plan, part)):
            yield (part, index, "source"), one.source
    for index, target in enumerate(plan.targets):
        if target.base:
            yield ("targets", index, "base", "source"), target.base.source
        for number, said in enumerate(target.reported):
            yield ("targets", index, "reported", number, "source"), said.source


def _target(plan: Plan, target: Target, places: Places, at: Location) -> Iterator[Mistake]:
    if not target.unit.vi:
        yield places.mistake((*at, "unit"), "plan-no-unit", name=target.id)
    if target.by < plan.since:
        yield places.mistake((*at, "by"), "plan-ends-early", start=plan.since, due=target.by)
    low, high = target.lowest, target.highest
    if low is not None and high is not None and low > high:
        yield places.mistake((*at, "lowest"), "crossed-limits", name=target.id, low=low, high=high)
    elif (low is not None and target.aim < low) or (high is not None and target.aim > high):
        yield places.mistake((*at, "aim"), "plan-aim-outside", name=target.id, aim=target.aim)
    if target.base and target.base.on >= target.by:
        yield places.mistake((*at, "base", "on"), "plan-base-late", start=target.base.on, due=target.by)


def _tasks(plan: Plan, places: Places) -> Iterator[Mistake]:
    known = {one.id for one in plan.tasks}
    for index, task in enumerate(plan.tasks):
        at = ("tasks", index)
        start = task.start or plan.since
        if task.due and task.due < start:
            yield places.mistake((*at, "due"), "plan-ends-early", start=start, due=task.due)
        for name in task.blocked_by:
            if name not in known:
                hint = nearest(name, sorted(known))
                yield places.mistake((*at, "blocked_by"), "plan-unknown-task", name=name, hint=hint)
    if circle := cycle({one.id: one.blocked_by for one in plan.tasks}):
        index = next(index for index, one in enumerate(plan.tasks) if one.id == circle[0])
        yield places.mistake(("tasks", index, "blocked_by"), "plan-circle", name=" → ".join(circle))


def _too_many(plan: Plan, places: Places) -> Iterator[Mistake]:
    if plan.counts is None:
        return
    listed = {"targets": sum(one.counted for one in plan.targets), "tasks": len(plan.tasks)}
    for part, count in listed.items():
        said = getattr(plan.counts, part)
        if said is not None and count > said:
            yield places.mistake(("counts", part), "plan-more-than-said", count=count, said=said)


def _outside(
    plan: Plan, places: Places, agencies: Collection[str] | None, indicators: Collection[str]
) -> Iterator[Mistake]:
    owners: list[tuple[Location, str]] = [(("coordinator",), plan.coordinator)]
    measured: list[tuple[Location, str]] = []
    for part in ("targets", "tasks"):
        owners += [((part, index, "owner"), one.owner) for index, one in enumerate(getattr(plan, part))]
    for part in ("targets", "figures"):
        measured += [
            ((part, index, "indicator"), one.indicator) for index, one in enumerate(getattr(plan, part))
        ]
    yield from _unknown(owners, agencies, "plan-unknown-agency", places)
    yield from _unknown(measured, indicators, "plan-unknown-indicator", places)


def _unknown(
    named: list[tuple[Location, str]], known: Collection[str] | None, code: str, places: Places
) -> Iterator[Mistake]:
    for at, name in named:
        if name and known is not None and name not in known:
            yield places.mistake(at, code, name=name, hint=nearest(name, sorted(known)))


def _indicators(packs: Path) -> Collection[str]:
    """Return the ids of the packs' indicators; a broken file's is told by its own check."""
    read = (load(path, Indicator).patched for path in files_of(packs))
    return {one.id for one in read if one is not None}


def _agencies(pack: Path) -> Collection[str] | None:
    """Return the codes of the pack's agencies; None where the list itself cannot be read."""
    path = pack / AGENCIES
    if not path.is_file():
        return ()
    loaded = load(path, AgencyFile)
    return {one.code for one in loaded.value.agencies} if loaded.value else None


def _rules(packs: Path) -> Iterator[Mistake]:
    path = packs / COUNTRY / "plans.yaml"
    if not path.is_file():
        return
    loaded = load(path, PlanRules)
    yield from loaded.mistakes
    roles = (
        load(packs / COUNTRY / "roles.yaml", RoleFile) if (packs / COUNTRY / "roles.yaml").is_file() else None
    )
    if loaded.value is None or roles is None or roles.value is None:
        return
    known = {one.id for one in roles.value.roles}
    deeds: Mapping[str, tuple[str, ...]] = {
        name: getattr(loaded.value, name) for name in ("enter", "confirm", "assign")
    }
    for deed, names in deeds.items():
        for index, name in enumerate(names):
            if name not in known:
                hint = nearest(name, sorted(known))
                yield loaded.places.mistake((deed, index), "unknown-role", name=name, hint=hint)
