"""From a figure to the dossiers that make it: exactly those, and of them what the reader may open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import oversees
from tinhso.facts.engines import Engine, engine
from tinhso.facts.models import DossierFact
from tinhso.facts.snapshots import snapshot
from tinhso.indicators import formulas
from tinhso.indicators.definitions import KEY, MAP, indicator
from tinhso.indicators.figures import condition, literal
from tinhso.indicators.formulas import Period
from tinhso.indicators.regrouping import heirs
from tinhso.indicators.tables_read import tables_of
from tinhso.indicators.types import Behind, Evidence
from tinhso.people.types import Actor, ActorKind

PAGE = 50
AT_ONCE = 5000


def evidence(
    *,
    actor: Actor,
    indicator_id: str,
    period: Period,
    where: Mapping[str, str] | None = None,
    counts: Mapping[str, int] | None = None,
    as_of_map: date | None = None,
    after: int = 0,
    limit: int = PAGE,
) -> Evidence:
    """
    Return the dossiers behind a figure, oldest first, and how many of them the reader may not open.

    :param where: what the figure's dimensions are
    :param counts: only dossiers that count so, e.g. ``{"on_time": 0}`` for those that are late
    :param as_of_map: the map on which ``where`` names a unit
    :param after: cursor of the page before
    """
    one = indicator(indicator_id)
    sums = formulas.sums_of(one.value)
    with snapshot(tables_of(one)) as facts, engine(facts) as counting:
        formula = formulas.put_in(one.formula, period)
        only = _only(counting, formula, where or {}, counts or {}, as_of_map)
        rows = counting.rows(formulas.grouped(formula, by=(KEY,), sums=sums, where=only))
    readable = _readable(actor, [row[0] for row in rows])
    seen = (row for row in rows if row[0] in readable and row[0] > after)
    page = list(islice(seen, limit + 1))
    told = tuple(_behind(row, sums, readable) for row in page[:limit])
    more = page[limit - 1][0] if len(page) > limit else None
    return Evidence(len(rows), len(rows) - len(readable), told, more, facts.checkpoint)


def _only(
    counting: Engine,
    formula: str,
    where: Mapping[str, str],
    counts: Mapping[str, int],
    as_of_map: date | None,
) -> str:
    unit = where.get("unit")
    plain = {name: value for name, value in where.items() if name != "unit" or as_of_map is None}
    parts = [condition(plain), *(f"{name} = {int(count)}" for name, count in counts.items())]
    if unit is not None and as_of_map is not None:
        parts.append(_on_map(counting, formula, unit, as_of_map))
    return " AND ".join(filter(None, parts))


def _on_map(counting: Engine, formula: str, unit: str, to: date) -> str:
    """Return which units of which months are that unit on the other map, as SQL."""
    pairs = counting.rows(f"SELECT DISTINCT unit, {MAP} FROM ({formula}) AS facts")
    same = [
        f"(unit = {literal('unit', code)} AND {MAP} = {literal(MAP, str(month)[:10])})"
        for code, month in pairs
        if heirs(code, on=date.fromisoformat(str(month)[:10]), to=to) == (unit,)
    ]
    return f"({' OR '.join(same)})" if same else "1 = 0"


def _readable(actor: Actor, numbers: Sequence[int]) -> Mapping[int, UUID]:
    """Return which of the facts are of dossiers the reader may open, with the dossiers' ids."""
    found: dict[int, UUID] = {}
    for some in _chunks(numbers):
        facts = DossierFact.objects.filter(number__in=some)
        if actor.kind is not ActorKind.SYSTEM and not oversees(actor):
            facts = facts.filter(dossier_id__in=Dossier.objects.visible_to(actor).values("pk"))
        known = facts.values_list("number", "dossier_id")
        found.update((number, dossier_id) for number, dossier_id in known if number is not None)
    return found


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(numbers)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _behind(row: Sequence[Any], sums: Sequence[str], readable: Mapping[int, UUID]) -> Behind:
    counts = dict(zip(sums, row[1:], strict=True))
    return Behind(readable[row[0]], row[0], counts)
