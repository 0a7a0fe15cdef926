"""The way in to read reports: an agency sees its own, who runs or oversees them sees all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView
from tinhso.reports import policies
from tinhso.reports.aggregating import aggregated, differences
from tinhso.reports.models import ProvinceReport, ReportRound, ReturnVersion, State, UnitReturn
from tinhso.reports.periods import before, year_before
from tinhso.reports.reading import first_day
from tinhso.reports.refusals import ReportMissing
from tinhso.reports.rounds import is_late, received_of, span_of, template_of
from tinhso.reports.values import Values, read
from tinhso.reports.views import ActView, ReportView, ReturnRow, ReturnView, RoundRow, RoundView, VersionView

LATEST = 60


def list_rounds(*, actor: Actor, at: datetime, report_id: str = "") -> tuple[RoundRow, ...]:
    """Return the rounds in which the actor sees a return, newest first."""
    rows = ReportRound.objects.filter(report_id=report_id) if report_id else ReportRound.objects.all()
    seen = UnitReturn.objects.visible_to(actor)
    rows = rows.filter(pk__in=seen.values("round_id")).order_by("-until", "report_id")[:LATEST]
    found = list(rows)
    returns = list(seen.filter(round__in=found).select_related("round"))
    by_round: dict[UUID, list[UnitReturn]] = defaultdict(list)
    for one in returns:
        by_round[one.round_id].append(one)
    return tuple(_round_row(row, by_round[row.pk], at) for row in found)


def own_returns(*, actor: Actor, at: datetime) -> tuple[tuple[RoundRow, ReturnRow], ...]:
    """Return the returns of the actor's agencies that are not at the province, the next deadline first."""
    rows = UnitReturn.objects.filter(
        agency_id__in=policies.own_agencies(actor), state__in=(State.OPEN, State.SUBMITTED)
    )
    found = rows.select_related("round").order_by("round__due_at", "pk")[:LATEST]
    known = _agencies(found)
    return tuple(
        (_round_row(one.round, [one], at), _return_row(one, known[one.agency_id], actor, at)) for one in found
    )


def access_round(*, actor: Actor, at: datetime, round_id: UUID) -> RoundView:
    """:raises ReportMissing: absent, or the actor sees no return in it"""
    returns = list(
        UnitReturn.objects.visible_to(actor)
        .filter(round_id=round_id)
        .select_related("round")
        .order_by("agency__code")
    )
    if not returns:
        raise ReportMissing
    row, known = returns[0].round, _agencies(returns)
    rows = tuple(_return_row(one, known[one.agency_id], actor, at) for one in returns)
    if not policies.sees_all(actor):
        return RoundView(_round_row(row, returns, at), rows, sees_all=False, may_run=False, may_sign=False)
    template = template_of(row)
    received = received_of(row.pk)
    there = {one.agency for one in received}
    earlier = _earlier_rounds(row)
    return RoundView(
        _round_row(row, returns, at),
        rows,
        sees_all=True,
        may_run=policies.may_province(actor=actor, deed="run"),
        may_sign=policies.may_province(actor=actor, deed="sign"),
        values=aggregated(template, received),
        before=_of_round(earlier[0]),
        last_year=_of_round(earlier[1]),
        counted=len(received),
        missing=tuple(one.agency for one in rows if one.agency.code not in there),
        reports=_reports(row),
    )


def access_return(*, actor: Actor, at: datetime, return_id: UUID) -> ReturnView:
    """:raises ReportMissing: absent, or of an agency the actor has no part in"""
    rows = UnitReturn.objects.visible_to(actor).select_related("round")
    one = rows.filter(pk=return_id).first()
    if one is None:
        raise ReportMissing
    agency = _agencies([one])[one.agency_id]
    versions = _versions(one)
    earlier = _earlier_rounds(one.round)
    return ReturnView(
        row=_return_row(one, agency, actor, at),
        round=_round_row(one.round, [one], at),
        revision=one.revision,
        note=one.note,
        values=read(one.values),
        before=_of_agency(earlier[0], one.agency_id),
        last_year=_of_agency(earlier[1], one.agency_id),
        versions=versions,
        acts=_acts(one),
        filled_at=one.filled_at,
        may=_may(one, actor),
    )


def _may(one: UnitReturn, actor: Actor) -> frozenset[str]:
    fills = policies.may_unit(actor=actor, deed="fill", agency_id=one.agency_id)
    approves = policies.may_unit(actor=actor, deed="approve", agency_id=one.agency_id)
    runs = policies.may_province(actor=actor, deed="run")
    told = {
        State.OPEN: {"fill": fills},
        State.SUBMITTED: {"approve": approves, "send_back": approves},
        State.SIGNED: {"receive": runs, "send_back": runs, "correct": fills},
        State.RECEIVED: {"correct": fills},
    }
    return frozenset(name for name, is_so in told[State(one.state)].items() if is_so)


def _round_row(row: ReportRound, returns: Sequence[UnitReturn], at: datetime) -> RoundRow:
    return RoundRow(
        id=row.pk,
        template=template_of(row),
        span=span_of(row),
        due_at=row.due_at,
        asked=len(returns),
        signed=sum(one.state in (State.SIGNED, State.RECEIVED) for one in returns),
        received=sum(one.received is not None for one in returns),
        late=sum(is_late(one, at=at) for one in returns),
    )


def _return_row(one: UnitReturn, agency: AgencyView, actor: Actor, at: datetime) -> ReturnRow:
    return ReturnRow(
        id=one.pk,
        agency=agency,
        state=State(one.state),
        is_late=is_late(one, at=at),
        received=one.received,
        signed_at=one.signed_at,
        may_fill=policies.may_unit(actor=actor, deed="fill", agency_id=one.agency_id),
        may_approve=policies.may_unit(actor=actor, deed="approve", agency_id=one.agency_id),
    )


def _agencies(returns: Iterable[UnitReturn]) -> dict[UUID, AgencyView]:
    """Return the agencies of the returns; one that was closed since is asked for by itself."""
    known = {one.id: one for one in people.agencies()}
    wanted = {one.agency_id for one in returns}
    return {agency_id: known.get(agency_id) or people.agency(agency_id) for agency_id in wanted}


def _versions(one: UnitReturn) -> tuple[VersionView, ...]:
    """Return the signed versions, newest first, each with what it changed."""
    found: list[VersionView] = []
    last: Values = {}
    for row in one.versions.select_related("signed_by").order_by("number"):
        values = read(row.values)
        found.append(
            VersionView(
                number=row.number,
                values=values,
                changed=differences(last, values) if row.number > 1 else (),
                reason=row.reason,
                document_id=row.document_id,
                signed_by=row.signed_by.get_full_name() if row.signed_by else "",
                signed_at=row.signed_at,
            )
        )
        last = values
    return tuple(reversed(found))


def _acts(one: UnitReturn) -> tuple[ActView, ...]:
    rows = one.acts.select_related("by").order_by("-at", "-id")
    return tuple(
        ActView(row.what, row.by.get_full_name() if row.by else "", row.at, row.reason) for row in rows
    )


def _reports(row: ReportRound) -> tuple[ReportView, ...]:
    found: list[ReportView] = []
    last: ProvinceReport | None = None
    for one in row.reports.select_related("signed_by").order_by("number"):
        found.append(
            ReportView(
                number=one.number,
                document_id=one.document_id,
                signed_by=one.signed_by.get_full_name() if one.signed_by else "",
                signed_at=one.signed_at,
                counted=len(one.units["counted"]),
                missing=len(one.units["missing"]),
                changed=differences(read(last.values), read(one.values)) if last else (),
            )
        )
        last = one
    return tuple(reversed(found))


def _earlier_rounds(row: ReportRound) -> tuple[ReportRound | None, ReportRound | None]:
    """Return the rounds of the period before and of the same a year ago, with one question."""
    span, begun = span_of(row), first_day()
    wanted = (before(span, first_day=begun), year_before(span, first_day=begun))
    rows = ReportRound.objects.filter(report_id=row.report_id, since__in=[one.since for one in wanted])
    known = {(one.since, one.until): one for one in rows}
    return known.get((wanted[0].since, wanted[0].until)), known.get((wanted[1].since, wanted[1].until))


def _of_round(row: ReportRound | None) -> Values:
    if row is None:
        return {}
    return aggregated(template_of(row), received_of(row.pk))


def _of_agency(row: ReportRound | None, agency_id: UUID) -> Values:
    if row is None:
        return {}
    version = ReturnVersion.objects.filter(of__round=row, of__agency_id=agency_id).order_by("-number").first()
    return read(version.values) if version else {}
