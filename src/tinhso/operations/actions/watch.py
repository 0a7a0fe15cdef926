"""Look whether a line was crossed; tell those who can act, once for each crossing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger, locks
from tinhso.kernel.ids import new_id
from tinhso.notices.actions import notify_officers
from tinhso.operations import attention
from tinhso.operations.events import ThresholdCleared, ThresholdCrossed
from tinhso.operations.models import ThresholdAlert
from tinhso.operations.reading import RoomMissing, board
from tinhso.operations.types import AlertRule
from tinhso.people import policies as people_policies
from tinhso.people import queries as people
from tinhso.people.types import Actor

LOCK = "operations alerts"
TEMPLATE = "operations_alert"
LINK = "/ban-lam-viec/dieu-hanh/canh-bao/"


@dataclass(frozen=True, slots=True)
class Watched:
    raised: int = 0
    cleared: int = 0


@transaction.atomic
def watch_thresholds(*, actor: Actor, at: datetime) -> Watched:
    """
    Hold every agency against every rule; begin alerts and end them.

    A crossing is told once; it is told again only after the count had fallen to the rule's ``clear``. Where
    nobody holds one of the rule's roles in the agency, the alert stands all the same and says so.

    :raises NotAllowed: anybody but the system asks
    """
    locks.hold(LOCK)

    people_policies.require_system(actor)

    rules = _rules()
    loads = {one.agency_id: one for one in attention.loads(actor=actor, at=at)} if rules else {}
    watched = Watched()
    for rule in rules:
        counts = {agency_id: load.of(rule.counts) for agency_id, load in loads.items()}
        cleared = _end(actor, at, rule, counts)
        raised = _begin(actor, at, rule, counts)
        watched = Watched(watched.raised + raised, watched.cleared + cleared)
    return watched


def _rules() -> tuple[AlertRule, ...]:
    try:
        return board().alerts
    except RoomMissing:
        return ()


def _end(actor: Actor, at: datetime, rule: AlertRule, counts: Mapping[UUID, int]) -> int:
    """Carry the alerts that go on, and end those that are over; return how many are."""
    ended = 0
    for row in ThresholdAlert.objects.filter(rule=rule.id, cleared_at__isnull=True).order_by("pk"):
        count = counts.get(row.agency_id, 0)
        row.highest = max(row.highest, count)
        row.cleared_at = at if count <= rule.clear else None
        row.save(update_fields=["highest", "cleared_at"])
        if row.cleared_at:
            event = ThresholdCleared(alert_id=row.id, rule=rule.id, agency_id=row.agency_id, count=count)
            ledger.record(actor=actor, at=at, event=event)
            ended += 1
    return ended


def _begin(actor: Actor, at: datetime, rule: AlertRule, counts: Mapping[UUID, int]) -> int:
    going_on = set(
        ThresholdAlert.objects.filter(rule=rule.id, cleared_at__isnull=True).values_list(
            "agency_id", flat=True
        )
    )
    crossing = sorted(
        agency_id
        for agency_id, count in counts.items()
        if count >= rule.crossed and agency_id not in going_on
    )
    if not crossing:
        return 0
    officers = people.officers_in(roles=rule.tell, agency_kinds=(), at=at)
    names = {one.id: one.name for one in people.agencies()}
    for agency_id in crossing:
        to = {one.account_id for one in officers if one.post.agency_id == agency_id}
        _raise(actor, at, rule, agency_id, names.get(agency_id, ""), counts[agency_id], to)
    return len(crossing)


def _raise(
    actor: Actor, at: datetime, rule: AlertRule, agency_id: UUID, agency: str, count: int, to: set[UUID]
) -> None:
    row = ThresholdAlert.objects.create(
        id=new_id(),
        rule=rule.id,
        agency_id=agency_id,
        crossed=rule.crossed,
        count=count,
        highest=count,
        told=len(to),
        raised_at=at,
    )
    told = {"vi": rule.name.vi, "en": rule.name.into("en")}
    notify_officers(
        at=at,
        account_ids=to,
        template=TEMPLATE,
        data={"what": told, "agency": agency, "count": str(count), "line": str(rule.crossed)},
        dedupe_key=f"operations_alert:{row.id}",
        link=LINK,
    )
    event = ThresholdCrossed(
        alert_id=row.id, rule=rule.id, agency_id=agency_id, count=count, crossed=rule.crossed
    )
    ledger.record(actor=actor, at=at, event=event)
