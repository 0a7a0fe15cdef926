"""Numbers as their holders follow them, the board, and how it stands at each service."""

from datetime import datetime

from tinhso.appointments import estimates
from tinhso.appointments.figures import usual_waits
from tinhso.appointments.models import Hall, Ticket, Turn
from tinhso.appointments.names import name_of
from tinhso.appointments.states import AT_COUNTER, TurnState
from tinhso.appointments.types import Board, BoardLine, ServiceWait, TicketView
from tinhso.calendars.types import Words
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound

LINES = 12


def ticket_by_token(*, token: str, at: datetime) -> TicketView:
    """Return the number whose page the token opens. :raises NotFound: none"""
    row = Ticket.objects.select_related("hall__agency").filter(token=token).first()
    if row is None:
        raise NotFound
    return ticket_view(row, at=at)


def ticket_view(row: Ticket, *, at: datetime) -> TicketView:
    """Return the view; the caller has checked the right. Five queries while it waits, else one."""
    turn = row.turns.select_related("service", "counter").order_by("-joined_at", "-id")[0]
    ahead, minutes = _prospect(row, turn, at=at)
    return TicketView(
        id=row.pk,
        token=row.token,
        label=row.label,
        on=row.on,
        state=TurnState(turn.state),
        hall_id=row.hall_id,
        agency_id=row.hall.agency_id,
        agency_name=name_of(row.hall.agency),
        service_id=turn.service_id,
        service_name=Words(vi=turn.service.name, en=turn.service.name_en),
        priority=row.priority,
        issued_at=row.issued_at,
        before=ahead,
        wait_minutes=minutes,
        counter=turn.counter.number if turn.counter else None,
        calls=turn.calls,
        booked_for=turn.booked_for,
    )


def board_of(hall: Hall, *, at: datetime) -> Board:
    """Return what the display shows: the numbers at counters, newest call first, and how many wait."""
    turns = Turn.objects.of_day(hall, local(at).date()).filter(state__in=AT_COUNTER)
    turns = turns.select_related("ticket", "counter").order_by("-last_called_at")[:LINES]
    counts = estimates.waiting_counts(hall, at=at)
    return Board(
        agency_name=name_of(hall.agency),
        languages=tuple(hall.languages),
        lines=tuple(_line(turn) for turn in turns),
        waiting=tuple(
            (service.letter, Words(vi=service.name, en=service.name_en), counts[service.pk])
            for service in hall.services.all()
            if service.is_open or counts[service.pk]
        ),
    )


def waits_of(hall: Hall, *, at: datetime) -> tuple[ServiceWait, ...]:
    """Return how it stands now and usually, by service; public, five queries."""
    counts, servers = estimates.waiting_counts(hall, at=at), estimates.servers_of(hall)
    each, usual = estimates.minutes_each(hall, at=at), usual_waits(hall, at=at)
    return tuple(
        ServiceWait(
            service_id=service.pk,
            name=Words(vi=service.name, en=service.name_en),
            waiting=counts[service.pk],
            counters=servers.get(service.pk, 0),
            minutes_now=estimates.wait_minutes(
                service,
                ahead=counts[service.pk],
                minutes_each=each.get(service.pk, 0),
                servers=servers[service.pk],
            )
            if servers.get(service.pk)
            else None,
            usual_minutes=usual.get(service.pk),
        )
        for service in hall.services.all()
        if service.is_open
    )


def _prospect(row: Ticket, turn: Turn, *, at: datetime) -> tuple[int | None, int | None]:
    """Return how many come before, and in how many minutes it is called."""
    if turn.state != TurnState.WAITING:
        return None, None
    ahead = estimates.before(turn, estimates.waiting_order(row.hall, at=at))
    if ahead is None:  # of another day, and not yet swept
        return None, None
    minutes = estimates.wait_minutes(
        turn.service,
        ahead=ahead,
        minutes_each=estimates.minutes_each(row.hall, at=at).get(turn.service_id, 0),
        servers=estimates.servers_of(row.hall).get(turn.service_id, 0),
    )
    return ahead, minutes


def _line(turn: Turn) -> BoardLine:
    assert turn.counter
    assert turn.last_called_at
    return BoardLine(
        label=turn.ticket.label,
        counter=turn.counter.number,
        is_serving=turn.state == TurnState.SERVING,
        calls=turn.calls,
        called_at=turn.last_called_at,
    )
