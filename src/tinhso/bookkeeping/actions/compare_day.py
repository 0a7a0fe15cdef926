"""Compare the books of one agency and one day with what the bank, the platform, terminals and tills say."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.bookkeeping import policies, reports
from tinhso.bookkeeping.comparing import bank, counter, platform, receipts
from tinhso.bookkeeping.comparing.day import Day
from tinhso.bookkeeping.events import DayCompared
from tinhso.bookkeeping.models import DayReport, Difference
from tinhso.bookkeeping.types import Channel, Compared, DayReportView, DifferenceState, Found
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Invalid
from tinhso.payments.policies import rules
from tinhso.people import queries as people
from tinhso.people.types import Actor

COMPARISONS: Mapping[Channel, Callable[[Day], Compared]] = {
    Channel.BANK: bank.compare,
    Channel.PLATFORM: platform.compare,
    Channel.CARD: counter.compare_cards,
    Channel.CASH: counter.compare_tills,
    Channel.RECEIPT: receipts.compare,
}
NOT_LOOKED_AT = (DifferenceState.CLOSED, DifferenceState.SETTLED)


class DayNotBegun(Invalid):
    code = "day-not-begun"
    message = _("Ngày này chưa đến nên chưa có gì để đối soát. Hãy chọn hôm nay hoặc một ngày trước.")


@transaction.atomic
def compare_day(*, actor: Actor, at: datetime, agency_id: UUID, day: date) -> tuple[DayReportView, ...]:
    """
    Compare the day and keep the reports; counted again over the same facts, the result is the same.

    What people wrote on a difference stays. One that is not there any more is kept as settled.

    :raises RoleMissing: the actor does not answer for the agency's money
    :raises DayNotBegun: the day is in the future
    """
    locks.hold(f"day-report:{agency_id}:{day}")

    policies.require_overseer(actor=actor, agency_id=agency_id)

    if day > local(at).date():
        raise DayNotBegun
    the_day = Day(people.agency(agency_id), day, at)

    changed = False
    for channel, compare in COMPARISONS.items():
        changed |= _keep(the_day, channel, compare(the_day))

    if changed:
        rows = Difference.objects.filter(report__agency_id=agency_id, report__day=day)
        count = rows.filter(state=DifferenceState.OPEN).count()
        event = DayCompared(agency_id=agency_id, day=day.isoformat(), open_differences=count)
        ledger.record(actor=actor, at=at, event=event)
    return reports.reports_of(actor=actor, agency_id=agency_id, day=day)


def _keep(day: Day, channel: Channel, compared: Compared) -> bool:
    """Write the report down; say whether anything changed since it was counted last."""
    report, is_new = DayReport.objects.get_or_create(
        agency_id=day.agency.id, day=day.on, channel=channel, defaults=_sums(compared, day)
    )
    changed = is_new and bool(compared.booked_count or compared.told_count or compared.found)
    if not is_new:
        before = {name: getattr(report, name) for name in _sums(compared, day) if name != "computed_at"}
        now = _sums(compared, day)
        changed = any(before[name] != now[name] for name in before)
        DayReport.objects.filter(pk=report.pk).update(**now)
    known = {row.key: row for row in report.differences.all()}
    for found in compared.found:
        changed |= _meet(report, known.pop(found.key, None), found, day=day)
    for row in known.values():
        if row.state not in NOT_LOOKED_AT:
            row.state = DifferenceState.SETTLED
            row.save(update_fields=["state"])
            changed = True
    return changed


def _sums(compared: Compared, day: Day) -> dict[str, object]:
    return {
        "booked_count": compared.booked_count,
        "booked_sum": compared.booked_sum,
        "told_count": compared.told_count,
        "told_sum": compared.told_sum,
        "is_told": compared.is_told,
        "computed_at": day.at,
    }


def _meet(report: DayReport, row: Difference | None, found: Found, *, day: Day) -> bool:
    """Keep one difference; a closed one stays closed as long as its sum is the same."""
    state = DifferenceState.EXPLAINED if found.is_explained else DifferenceState.OPEN
    if row is None:
        Difference.objects.create(
            report=report,
            key=found.key,
            kind=found.kind,
            amount=found.amount,
            facts=dict(found.facts),
            state=state,
            assigned_account_id=None if found.is_explained else found.assigned_account_id or _whose(day),
        )
        return True
    same = (row.amount, row.facts) == (found.amount, dict(found.facts))
    if same and row.state in (DifferenceState.CLOSED, state):
        return False
    row.amount, row.facts, row.state = found.amount, dict(found.facts), state
    row.closed_at, row.closed_by_id = None, None
    if not found.is_explained and row.assigned_account_id is None:
        row.assigned_account_id = found.assigned_account_id or _whose(day)
    row.save()
    return True


def _whose(day: Day) -> UUID | None:
    """Return who reconciles for the agency: whoever has held the role longest."""
    for role in rules().roles.reconcile:
        officers = people.officers_with(role=role, agency_id=day.agency.id, at=day.at)
        if officers:
            return officers[0].account_id
    return None
