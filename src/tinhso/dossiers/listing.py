"""
One page of a list of dossiers, asked in two questions that are put together once (``kernel.prepared``).

First which rows come first, then of those alone what they show. What the lists hold is said by ``selecting``.
"""

from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from tinhso.dossiers import queries, selecting
from tinhso.dossiers.finding import fits, query_of, stands
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.selecting import NOBODY, Pairs, Selection, days_from
from tinhso.kernel.prepared import Prepared, StandIn, moment_mark, text_mark, uuid_mark
from tinhso.people.shapes import shape_of
from tinhso.people.types import Actor

Place = tuple[datetime, UUID]

# What a row shows; the rest of a dossier, of its applicant and its agency stays where it is.
SHOWN = (
    "code",
    "version_id",
    "status",
    "channel",
    "filed_at",
    "due_at",
    "finished_at",
)
NAMES = {"applicant_name": F("applicant__full_name"), "agency_name": F("agency__name")}
DAYS = (1, 2, 7)  # those that ``selecting.due_within`` counts from today


def later_than(place: Place) -> Q:
    """Keep the rows behind the place, in the order of ``selecting.in_order``."""
    return Q(sort_at__gt=place[0]) | Q(sort_at=place[0], pk__gt=place[1])


def page_of(
    *,
    actor: Actor,
    at: datetime,
    selection: Selection,
    pairs: Iterable[tuple[UUID, str]],
    after: Place | None,
    most: int,
) -> list[Dossier]:
    """
    Return so many rows of ``selecting.selected``: the first, or those behind a place.

    :param pairs: version and step of everything that may be open
    """
    ids = _FIRST(
        who=shape_of(actor),
        at=_shape_of_moment(at),
        selection=_shape_of_selection(selection),
        pairs=_shape_of_pairs(selection, pairs),
        sort_at=after[0] if after else None,
        pk=after[1] if after else None,
        most=most,
    )
    return rows_shown(ids)


def page_found(*, actor: Actor, words: str, after: Place | None, most: int) -> list[Dossier]:
    """Return so many dossiers in which the words stand, as ``queries.search`` finds them."""
    agencies = queries.looked_through(actor)
    for fit in fits(words):
        ids = _FOUND(
            who=shape_of(actor),
            asked=query_of(words, agencies=agencies, fit=fit) or None,
            sort_at=after[0] if after else None,
            pk=after[1] if after else None,
            most=most,
        )
        if ids:
            return rows_shown(ids)
    return []


def rows_shown(ids: Iterable[UUID]) -> list[Dossier]:
    """
    Return rows of ``queries.work_list`` in this order, with what a list shows of them and nothing else.

    For whoever has just found the ids among what somebody may see.
    """
    found = tuple(ids)
    rows = {row.pk: row for row in (_SHOWN(ids=found) if found else ())}
    return [rows[one] for one in found if one in rows]


def _first(
    who: Actor,
    at: datetime,
    selection: Selection,
    pairs: Pairs,
    sort_at: datetime | None,
    pk: UUID | None,
    most: int,
) -> QuerySet[Dossier, UUID]:
    rows = selecting.selected(actor=who, at=at, selection=selection, pairs=pairs)
    return _ids(rows, sort_at, pk, most)


def _found(
    who: Actor, asked: str | None, sort_at: datetime | None, pk: UUID | None, most: int
) -> QuerySet[Dossier, UUID]:
    rows = selecting.in_order(queries.work_list(actor=who))
    return _ids(rows.filter(stands(asked)) if asked else rows, sort_at, pk, most)


def _ids(
    rows: QuerySet[Dossier], sort_at: datetime | None, pk: UUID | None, most: int
) -> QuerySet[Dossier, UUID]:
    if sort_at is not None and pk is not None:
        rows = rows.filter(later_than((sort_at, pk)))
    return rows.values_list("pk", flat=True)[:most]


def _shown(ids: tuple[UUID, ...]) -> QuerySet[Dossier]:
    # Names stand in the row: of fifty rows each with its person and its agency only these would be looked at.
    rows = queries.with_step(Dossier.objects.filter(pk__any_of=ids).annotate(**NAMES))
    return selecting.in_order(rows).order_by().only(*SHOWN)


def names_of(row: Dossier) -> tuple[str, str]:
    """Return the names of applicant and agency, of a row of this module or of any other list."""
    told = vars(row)
    if "applicant_name" in told:
        return told["applicant_name"], told["agency_name"]
    return row.applicant.full_name, row.agency.name


def _shape_of_moment(at: datetime) -> StandIn:
    """Return the moment with the midnights that deadlines are told by."""
    shape = moment_mark("at")
    midnights: dict[Hashable, Any] = {days_from(shape, days): days_from(at, days) for days in DAYS}
    return StandIn(shape, midnights | {shape: at})


def _shape_of_selection(selection: Selection) -> StandIn:
    """Return the selection with marks for what menus chose; its tab and the kind of deadline stay."""
    values: dict[Hashable, Any] = {}
    changes: dict[str, Any] = {}
    if selection.procedure:
        changes["procedure"] = text_mark("procedure")
        values[text_mark("procedure")] = selection.procedure
    for name in ("holder", "office"):
        if (chosen := getattr(selection, name)) and chosen != NOBODY:
            changes[name] = str(uuid_mark(name))
            values[uuid_mark(name)] = UUID(chosen)
    return StandIn(replace(selection, **changes), values)


def _shape_of_pairs(selection: Selection, pairs: Iterable[tuple[UUID, str]]) -> StandIn:
    """Return the versions and steps themselves, those alone that the selection looks for."""
    wanted = (pair for pair in pairs if selecting.looks_for(selection, *pair))
    return StandIn(tuple(sorted(wanted)), {})


# The best way to them depends on how much lies with an agency, and on the words.
_FIRST = Prepared(_first, keeps_plan=False)
_FOUND = Prepared(_found, keeps_plan=False)
_SHOWN = Prepared(_shown)
