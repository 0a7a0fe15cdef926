"""The counter: card slips against the terminal's settlement list, and tills against what was counted."""

from collections.abc import Iterator

from tinhso.bookkeeping.comparing.day import Day, compared, found
from tinhso.bookkeeping.models import CardLine
from tinhso.bookkeeping.types import Compared, DifferenceKind, Found
from tinhso.kernel.clock import local
from tinhso.payments.models import CashShift, CounterReceipt
from tinhso.payments.shifts import shift_view
from tinhso.payments.states import Means

K = DifferenceKind
Slip = tuple[str, str]


def compare_cards(day: Day) -> Compared:
    """Compare the card receipts of the day with the lists of the agency's terminals."""
    slips = {(row.terminal, row.approval_code): row for row in _slips(day)}
    kept = {slip: row.amount for slip, row in slips.items() if not _is_taken_back(row)}
    lines = CardLine.objects.filter(agency_id=day.agency.id, day=day.on, read_at__lte=day.at)
    told = {(line.terminal, line.approval_code): line.amount for line in lines}
    differences = [one for slip, row in slips.items() for one in _of_slip(slip, row, told)]
    differences += [
        found(K.NOT_BOOKED, "/".join(slip), -amount, transaction="/".join(slip))
        for slip, amount in told.items()
        if slip not in slips
    ]
    if kept and not told:
        differences.append(found(K.NO_STATEMENT, "card", sum(kept.values())))
    return compared(kept.values(), told.values(), differences, is_told=bool(told))


def compare_tills(day: Day) -> Compared:
    """Compare what should lie in the tills that were closed on the day with what was counted."""
    closed = CashShift.objects.filter(
        agency_id=day.agency.id, closed_at__gte=day.begins, closed_at__lt=day.ends, closed_at__lte=day.at
    )
    booked: dict[object, int] = {}
    told: dict[object, int] = {}
    differences: list[Found] = []
    for shift in closed.order_by("closed_at", "id"):
        booked[shift.pk] = (shift.expected or 0) - shift.opening
        told[shift.pk] = (shift.counted or 0) - shift.opening
        differences += _of_till(shift)
    differences += _still_open(day)
    return compared(booked.values(), told.values(), differences, is_told=True)


def _slips(day: Day) -> Iterator[CounterReceipt]:
    rows = CounterReceipt.objects.filter(
        means=Means.CARD,
        bill__agency_id=day.agency.id,
        taken_at__gte=day.begins,
        taken_at__lt=day.ends,
        taken_at__lte=day.at,
    )
    # A slip that was taken back may be booked again: the newest receipt of it counts.
    yield from rows.select_related("storno").order_by("taken_at", "id")


def _is_taken_back(row: CounterReceipt) -> bool:
    return getattr(row, "storno", None) is not None


def _of_slip(slip: Slip, row: CounterReceipt, told: dict[Slip, int]) -> Iterator[Found]:
    name, holder = "/".join(slip), row.cashier_account_id
    facts: dict[str, str | int] = {"slip": name, "receipt": row.number}
    if _is_taken_back(row):
        # Still on the terminal's list, the money came, and no receipt keeps it.
        came = told.get(slip, 0)
        yield found(
            K.STORNO,
            name,
            -came,
            is_explained=not came,
            assigned_account_id=holder if came else None,
            told=facts,
        )
    elif told and slip not in told:
        yield found(K.MISSING_IN_BATCH, name, row.amount, assigned_account_id=holder, told=facts)
    elif slip in told and told[slip] != row.amount:
        sums: dict[str, str | int] = {"booked": row.amount, "told": told[slip], "transaction": name}
        yield found(K.WRONG_AMOUNT, name, row.amount - told[slip], assigned_account_id=holder, told=sums)


def _of_till(shift: CashShift) -> Iterator[Found]:
    gap = (shift.expected or 0) - (shift.counted or 0)
    if not gap:
        return
    kind = K.TILL_SHORT if gap > 0 else K.TILL_OVER
    facts: dict[str, str | int] = {"sum": abs(gap), "note": shift.note}
    yield found(kind, str(shift.pk), gap, assigned_account_id=shift.account_id, told=facts)


def _still_open(day: Day) -> Iterator[Found]:
    """A till that was open at the end of the day and still is: nobody has counted its money."""
    if day.at < day.ends:
        return
    rows = CashShift.objects.filter(agency_id=day.agency.id, closed_at__isnull=True, opened_at__lt=day.ends)
    for shift in rows.order_by("opened_at", "id"):
        yield found(
            K.TILL_OPEN,
            str(shift.pk),
            assigned_account_id=shift.account_id,
            sum=shift_view(shift).expected,
            on=f"{local(shift.opened_at):%H:%M %d/%m/%Y}",
        )
