"""What a row of a round or a return means: its template, its period, its versions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tinhso.people.types import Actor
from tinhso.reports.aggregating import Received
from tinhso.reports.models import ReportRound, ReturnAct, ReturnVersion, State, UnitReturn
from tinhso.reports.periods import Span, named
from tinhso.reports.reading import first_day
from tinhso.reports.refusals import NotNow, ReportMissing, ReturnChanged
from tinhso.reports.types import ReportTemplate
from tinhso.reports.values import read


def template_of(row: ReportRound) -> ReportTemplate:
    """Return the report as it was when the round was opened."""
    return ReportTemplate.model_validate(row.content)


def span_of(row: ReportRound) -> Span:
    """Return the round's period: the days it was opened with, whatever the rules say today."""
    told = named(row.name, first_day=first_day())
    return Span(told.kind, row.since, row.until, told.year, told.number)


def is_late(row: UnitReturn, *, at: datetime) -> bool:
    """Tell whether it was signed after the deadline, or still is not and the deadline is over."""
    return (row.signed_at or at) > row.round.due_at


def lock_round(*, actor: Actor, round_id: UUID) -> ReportRound:
    """Return the round, locked until the transaction ends. :raises ReportMissing: absent, or not seen"""
    seen = UnitReturn.objects.visible_to(actor).filter(round_id=round_id)
    found = ReportRound.objects.select_for_update().filter(pk=round_id).first() if seen.exists() else None
    if found is None:
        raise ReportMissing
    return found


def lock_return(*, actor: Actor, return_id: UUID, revision: int | None) -> UnitReturn:
    """
    Return the return with its round and agency, locked until the transaction ends.

    :param revision: what the caller last saw; None to skip the question
    :raises ReportMissing: absent, or not visible to the actor
    :raises ReturnChanged: somebody changed it since
    """
    rows = UnitReturn.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    row = rows.select_related("round", "agency").filter(pk=return_id).first()
    if row is None:
        raise ReportMissing
    if revision is not None and revision != row.revision:
        raise ReturnChanged
    return row


def require_state(row: UnitReturn, *states: State) -> None:
    """:raises NotNow: the return is in none of these states"""
    if row.state not in states:
        raise NotNow


def saved(row: UnitReturn, *, actor: Actor, at: datetime, what: str, reason: str = "") -> None:
    """Write the return down with a new revision, and who did what."""
    row.revision += 1
    row.changed_by_id, row.changed_at = actor.account_id, at
    row.save()
    ReturnAct.objects.create(of=row, what=what, reason=reason, by_id=actor.account_id, at=at)


def latest(row: UnitReturn) -> ReturnVersion | None:
    """Return the version that was signed last."""
    return row.versions.order_by("-number").first()


def received_of(round_id: UUID) -> list[Received]:
    """Return the versions that count in a round, by agency code, with one question to the database."""
    rows = ReturnVersion.objects.filter(of__round_id=round_id, of__received__isnull=False)
    found = rows.select_related("of__agency").order_by("of__agency__code", "number")
    return [
        Received(one.of.agency.code, one.number, one.signed_at, read(one.values))
        for one in found
        if one.number == one.of.received
    ]


def about(row: UnitReturn) -> dict[str, Any]:
    """Return what every event of a return says."""
    return {
        "return_id": row.pk,
        "report": row.round.report_id,
        "period": row.round.name,
        "agency": row.agency.code,
    }
