"""The dossiers before and after one in the list the officer came from."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tinhso.dossiers.models import Dossier, StepRun
from tinhso.dossiers.selecting import FAR, selected
from tinhso.dossiers.statuses import FINAL, WAITING
from tinhso.people.types import Actor
from tinhso.web.desk import cursors
from tinhso.web.desk.filters import Filters, read_filters
from tinhso.web.desk.inbox import home_tab
from tinhso.web.templatetags.look import thousands

# Beyond this nobody counts along; the way on and back is offered all the same.
MOST_COUNTED = 1000
BACK, PLACE, BACKWARDS = "ve", "noi", "lui"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """
    :param words: «3 trên 41»; how many there are, where the dossier is not in the list any more
    :param previous_url: empty on the first
    """

    words: str
    previous_url: str
    next_url: str
    list_url: str


def neighbours_of(
    *, actor: Actor, at: datetime, dossier: Dossier, run: StepRun | None, back: str
) -> Neighbours | None:
    """Return who stands beside the dossier in the list ``back`` names; None when it names none. One query."""
    if not back:
        return None
    filters = filters_of(actor, back)
    place = place_of(dossier, run)
    at_place = cursors.read(place)
    assert at_place is not None
    rows = _rows(actor=actor, at=at, filters=filters)[: MOST_COUNTED + 1]
    counts = rows.aggregate(
        total=Count("pk"),
        before=Count("pk", filter=cursors.earlier_than(at_place)),
        here=Count("pk", filter=Q(pk=dossier.pk)),
    )
    total, before, here = counts["total"], counts["before"], counts["here"]
    is_last = total <= MOST_COUNTED and before + here >= total
    return Neighbours(
        words=_words(total=total, number=before + 1 if here else 0),
        previous_url=_step(back, place, backwards=True) if before else "",
        next_url="" if is_last else _step(back, place),
        list_url=filters.url(chosen=""),
    )


def place_of(dossier: Dossier, run: StepRun | None) -> str:
    """Return where the dossier stands in every list that puts what is due next first."""
    is_still = dossier.state in WAITING | FINAL
    due = None if is_still else dossier.due_at or (run.due_at if run else None)
    return cursors.write((due or FAR, dossier.pk))


def beside(*, actor: Actor, at: datetime, back: str, place: str, backwards: bool = False) -> UUID | None:
    """Return the dossier behind the place in the list, or before it; None at its end."""
    at_place = cursors.read(place)
    if at_place is None:
        return None
    rows = _rows(actor=actor, at=at, filters=filters_of(actor, back))
    if backwards:
        rows = rows.filter(cursors.earlier_than(at_place)).reverse()
    else:
        rows = rows.filter(cursors.later_than(at_place))
    return rows.values_list("pk", flat=True).first()


def filters_of(actor: Actor, back: str) -> Filters:
    """Return the list that a query string names."""
    return read_filters(QueryDict(back), home=home_tab(actor))


def url_of(dossier_id: UUID, filters: Filters) -> str:
    """Return the address of a dossier that is looked at as one of the list."""
    query = urlencode({BACK: filters.list_query})
    return f"{reverse('desk:dossier', args=[dossier_id])}?{query}"


def _rows(*, actor: Actor, at: datetime, filters: Filters) -> QuerySet[Dossier]:
    return selected(actor=actor, at=at, selection=filters.selection)


def _step(back: str, place: str, *, backwards: bool = False) -> str:
    asked = {BACK: back, PLACE: place, **({BACKWARDS: "1"} if backwards else {})}
    return f"{reverse('desk:beside')}?{urlencode(asked)}"


def _words(*, total: int, number: int) -> str:
    shown = thousands(total) if total <= MOST_COUNTED else f"{thousands(MOST_COUNTED)}+"
    if number and number <= MOST_COUNTED:
        return _("%(number)s trên %(total)s") % {"number": thousands(number), "total": shown}
    return _("%(total)s hồ sơ trong danh sách") % {"total": shown}
