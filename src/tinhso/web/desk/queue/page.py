"""What the counter's page shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tinhso.appointments import queries
from tinhso.appointments.codes import grouped_code
from tinhso.appointments.rules import rules
from tinhso.appointments.states import TurnState
from tinhso.appointments.turns import queue_of
from tinhso.appointments.types import CounterView, HallView, TurnView
from tinhso.definitions import catalogue
from tinhso.dossiers.queries import open_of_person
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.web.desk.intake import PROCEDURE
from tinhso.web.desk.queue.office import may, serving
from tinhso.web.halls.words import said


@dataclass(frozen=True, slots=True)
class CounterLine:
    """:param state: who sits there, in words; :param free: it may be taken"""

    id: UUID
    number: int
    name: str
    services: str
    state: str
    free: bool


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A number in words; ``notes``: booked when, priority, called how often."""

    id: UUID
    label: str
    service: str
    notes: tuple[str, ...]
    urgent: bool
    waited: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    url: str
    code: str
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class NowCard:
    """
    The number in hand.

    :param intake_url: leads to the counter's form for whoever sits there
    :param cases: what they have filed that is not over, as far as the officer may see it
    :param search_url: where their dossier is found by its code, when nobody knows who they are
    """

    line: TurnLine
    is_called: bool
    calls: int
    since: datetime
    intake_url: str
    cases: tuple[CaseLine, ...]
    search_url: str
    transfer_to: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """:param hall: False: the agency has none yet"""

    hall: bool
    office: str
    counters: tuple[CounterLine, ...]
    mine: CounterLine | None
    now: NowCard | None
    waiting: tuple[TurnLine, ...]
    absent: tuple[TurnLine, ...]
    services: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    may_set_up: bool


def queue_page(*, actor: Actor, at: datetime) -> QueuePage:
    """:raises NotAllowed: the officer does not serve at any counters"""
    agency_id = serving(actor)
    may_set_up = may(actor, rules().roles.set_up)
    try:
        hall = queries.hall_of(agency_id)
    except NotFound:
        return QueuePage(False, "", (), None, None, (), (), (), (), may_set_up)
    queue = queue_of(actor=actor, agency_id=agency_id, at=at)
    names = {service.id: said(service.name) for service in hall.services}
    counters = tuple(_counter(one, names, actor) for one in queue.counters)
    mine = queue.mine.id if queue.mine else None
    return QueuePage(
        hall=True,
        office=said(hall.agency_name),
        counters=counters,
        mine=next((one for one in counters if one.id == mine), None),
        now=_now(queue.now, hall, actor) if queue.now else None,
        waiting=tuple(turn_line(one, at=at) for one in queue.waiting),
        absent=tuple(turn_line(one, at=at) for one in queue.absent),
        services=tuple((str(one.id), said(one.name)) for one in hall.services if one.is_open),
        groups=tuple((group.id, said(group.name.words)) for group in rules().priority_groups),
        may_set_up=may_set_up,
    )


def _counter(one: CounterView, names: dict[UUID, str], actor: Actor) -> CounterLine:
    if not one.is_open:
        state = _("Đang đóng")
    elif one.account_id is None:
        state = _("Trống")
    else:
        state = _("Bạn đang ngồi") if one.account_id == actor.account_id else _("Có cán bộ khác ngồi")
    services = ", ".join(names[service] for service in one.service_ids if service in names)
    return CounterLine(one.id, one.number, one.name, services, state, one.is_open and one.account_id is None)


def _now(one: TurnView, hall: HallView, actor: Actor) -> NowCard:
    since = (one.started_at if one.state is TurnState.SERVING else one.called_at) or one.joined_at
    others = [service for service in hall.services if service.is_open and service.id != one.service_id]
    return NowCard(
        line=turn_line(one, at=since),
        is_called=one.state is TurnState.CALLED,
        calls=one.calls,
        since=since,
        intake_url=_intake_url(one),
        cases=_cases(one, actor),
        search_url="" if one.person_id else reverse("desk:search"),
        transfer_to=tuple((str(service.id), said(service.name)) for service in others),
    )


def _intake_url(one: TurnView) -> str:
    """Return where a filing is begun, with the person and the procedure of the booking."""
    if one.person_id is None:
        return reverse("desk:intake")
    chosen = (
        f"?{urlencode({'q': one.procedure_code, PROCEDURE: one.procedure_code})}"
        if one.procedure_code
        else ""
    )
    return reverse("desk:choose", args=[one.person_id]) + chosen


def _cases(one: TurnView, actor: Actor) -> tuple[CaseLine, ...]:
    if one.person_id is None:
        return ()
    language = (get_language() or "vi")[:2]
    return tuple(
        CaseLine(
            url=reverse("desk:dossier", args=[row.pk]),
            code=row.code,
            name=catalogue.of_version(row.version_id).procedure.name.into(language),
            status=str(row.state.label),
        )
        for row in open_of_person(actor=actor, person_id=one.person_id)
    )


def turn_line(one: TurnView, *, at: datetime) -> TurnLine:
    """Put a number into words."""
    groups = {group.id: said(group.name.words) for group in rules().priority_groups}
    notes = [
        _("Ưu tiên: %(group)s") % {"group": groups.get(one.priority, one.priority)} if one.priority else "",
        _("Hẹn %(at)s") % {"at": f"{local(one.booked_for):%H:%M}"} if one.booked_for else "",
        _("Có lịch hẹn, đến muộn") if one.booking_code and not one.booked_for else "",
        _("Mã %(code)s") % {"code": grouped_code(one.booking_code)} if one.booking_code else "",
    ]
    waited = max(0, int(((one.called_at or at) - one.joined_at).total_seconds() // 60))
    return TurnLine(
        id=one.id,
        label=one.label,
        service=said(one.service_name),
        notes=tuple(note for note in notes if note),
        urgent=bool(one.priority),
        waited=ngettext("chờ %(count)s phút", "chờ %(count)s phút", waited) % {"count": waited},
    )
