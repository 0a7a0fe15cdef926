"""Alerts as they are read: what goes on first, then what was, newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from tinhso.definitions.types import NO_TEXT, Text
from tinhso.operations import policies
from tinhso.operations.models import ThresholdAlert
from tinhso.operations.reading import board
from tinhso.operations.types import Counted
from tinhso.people.types import Actor

PAGE = 50


@dataclass(frozen=True, slots=True)
class AlertView:
    """
    :param counts: what the rule counts; empty where the packs no longer have the rule
    :param acknowledged_by: name of who took note of it; empty: nobody has
    :param may_act: the reader may take note of it
    """

    id: UUID
    rule: str
    name: Text
    counts: Counted | None
    agency_id: UUID
    agency: str
    crossed: int
    count: int
    highest: int
    told: int
    raised_at: datetime
    cleared_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    note: str
    may_act: bool


def list_alerts(*, actor: Actor, open_only: bool = False, limit: int = PAGE) -> tuple[AlertView, ...]:
    """:raises NotAllowed: the actor is no officer with a post"""
    policies.require_room(actor)
    rows = ThresholdAlert.objects.select_related("agency", "acknowledged_by")
    if open_only:
        rows = rows.filter(cleared_at__isnull=True)
    ordered = rows.order_by(F("cleared_at").desc(nulls_first=True), "-raised_at", "pk")
    return tuple(_view(row, actor) for row in ordered[: min(limit, PAGE)])


def count_open(*, actor: Actor) -> int:
    """Return how many go on and nobody took note of. :raises NotAllowed: the actor is no officer"""
    policies.require_room(actor)
    return ThresholdAlert.objects.filter(cleared_at__isnull=True, acknowledged_at__isnull=True).count()


def _view(row: ThresholdAlert, actor: Actor) -> AlertView:
    rule = next((one for one in board().alerts if one.id == row.rule), None)
    by = row.acknowledged_by
    return AlertView(
        id=row.id,
        rule=row.rule,
        name=rule.name if rule else NO_TEXT,
        counts=rule.counts if rule else None,
        agency_id=row.agency_id,
        agency=row.agency.name,
        crossed=row.crossed,
        count=row.count,
        highest=row.highest,
        told=row.told,
        raised_at=row.raised_at,
        cleared_at=row.cleared_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=by.full_name if by else "",
        note=row.note,
        may_act=row.acknowledged_at is None
        and policies.may_act(actor, rule_id=row.rule, agency_id=row.agency_id),
    )
