"""What reports look like to programs. Decimals are texts with a point, so that none is rounded on the way."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema

from tinhso.api.v1.dossiers.bodies import Body
from tinhso.reports.counting import Counts
from tinhso.reports.one_stop import Behind, OneStop, Row
from tinhso.reports.periods import Span
from tinhso.reports.types import CELLS, ReportTemplate
from tinhso.reports.values import Value, Values
from tinhso.reports.views import ReturnRow, ReturnView, RoundRow, RoundView

PERIOD = "`2026-11`, `2026-Q4`, `2026-H1`, `2026-9M`, `2026`, or two days: `2026-01-05--2026-03-04`."


class PeriodOut(Schema):
    name: str = Field(description=PERIOD)
    since: date
    last: date


class CountsOut(Schema):
    """Carried over + new = settled + open."""

    received: int
    new: int
    online: int
    other: int = Field(description="At a counter or by post.")
    carried: int = Field(description="Accepted before the period, open when it began.")
    settled: int
    early: int
    on_time: int
    late: int
    open: int
    open_in_time: int
    open_late: int
    withdrawn: int = Field(description="Of those settled: taken back, or stopped.")


class CountsRowOut(CountsOut):
    name: str
    agency: str = Field(description="Code of the agency that decides; empty in a row of a field.")
    field: str | None = None


class OneStopOut(Schema):
    """The report on settling administrative procedures."""

    period: PeriodOut
    agency: str | None = Field(description="Code; null: the whole province.")
    total: CountsOut
    by_field: list[CountsRowOut]
    by_agency: list[CountsRowOut] = Field(description="Empty for one agency.")
    for_others: int | None = Field(description="New dossiers the agency took in and others decide.")
    period_before: CountsOut
    last_year: CountsOut


class ReportBehindOut(Schema):
    """The dossiers behind a number, oldest first."""

    total: int
    hidden: int = Field(description="How many of them the reader may not open.")
    dossiers: list[UUID]
    after: int | None = Field(description="Send it as `after` for the next page; null at the end.")


class ReportValueOut(Schema):
    line: str
    number: str | None = Field(description="Null: no figure, never nought.")
    text: str
    sums: dict[str, str] = Field(description="Of an indicator: what its formula adds up.")
    position: int = Field(description="Of the ledger it was computed at; 0: not from an indicator.")
    told: list[list[str]] = Field(description="At the province, of texts: agency code, text.")


class ReturnRowOut(Schema):
    id: UUID
    agency: str
    state: str = Field(description="`open`, `submitted`, `signed` or `received`.")
    is_late: bool
    received: int | None = Field(description="The version that counts; null: none.")
    signed_at: datetime | None


class RoundRowOut(Schema):
    id: UUID
    report: str
    title: str
    period: PeriodOut
    due_at: datetime
    asked: int = Field(description="Returns the reader sees; `signed`, `received` and `late` of them.")
    signed: int
    received: int
    late: int


class RoundListOut(Schema):
    items: list[RoundRowOut]


class RoundOut(RoundRowOut):
    """A round; what it comes to is for who sees all returns."""

    returns: list[ReturnRowOut]
    values: list[ReportValueOut] = Field(description="Of received returns; empty for who does not see all.")
    period_before: list[ReportValueOut]
    last_year: list[ReportValueOut]
    counted: int
    missing: list[str] = Field(description="Codes of agencies that are not in it.")
    reports: list[int] = Field(description="Numbers of the signed reports of the province, newest first.")


class VersionOut(Schema):
    number: int
    signed_at: datetime
    reason: str
    changed: list[str] = Field(description="Lines that are not as in the version before.")


class ReturnOut(ReturnRowOut):
    round: UUID
    period: PeriodOut
    revision: int
    note: str
    values: list[ReportValueOut]
    versions: list[VersionOut]
    may: list[str] = Field(description="`fill`, `approve`, `send_back`, `receive`, `correct`.")


class ReportLineOut(Schema):
    id: str
    text: str
    unit: str
    origin: str = Field(description="`indicator`, `count`, `formula`, `number` or `text`.")
    required: bool


class ReportTemplateOut(Schema):
    id: str
    title: str
    source: str
    periods: list[str]
    working_days: int
    lines: list[ReportLineOut]


class TemplateListOut(Schema):
    items: list[ReportTemplateOut]


class ReportOpenIn(Body):
    report: str = Field(max_length=60)
    period: str = Field(max_length=24, description=PERIOD)


class ReportRevisionIn(Body):
    revision: int = Field(ge=0, le=2_000_000_000, description="What the return was when it was read.")


class LinesIn(ReportRevisionIn):
    lines: dict[str, str] = Field(description="By id, numbers with a point; lines left out stay as they are.")


class ReportReasonIn(ReportRevisionIn):
    reason: str = Field(max_length=2000)


class SignIn(Body):
    counted: int = Field(ge=0, le=100_000, description="How many returns the signer saw in it.")


class ReportWrittenOut(Schema):
    id: UUID


class RevisionOut(Schema):
    revision: int


class ReportFilledOut(Schema):
    pending: list[str] = Field(description="Lines that are still being computed.")


def period_out(span: Span) -> PeriodOut:
    return PeriodOut(name=span.name, since=span.since, last=span.last)


def counts_out(counts: Counts) -> CountsOut:
    return CountsOut(**{name: counts.cell(name) for name in CELLS})


def one_stop_out(report: OneStop) -> OneStopOut:
    """Return the one-stop report."""
    return OneStopOut(
        period=period_out(report.span),
        agency=report.agency.code if report.agency else None,
        total=counts_out(report.total),
        by_field=[_counts_row(one) for one in report.by_field],
        by_agency=[_counts_row(one) for one in report.by_agency],
        for_others=report.for_others,
        period_before=counts_out(report.before),
        last_year=counts_out(report.last_year),
    )


def behind_out(found: Behind) -> ReportBehindOut:
    return ReportBehindOut(
        total=found.total, hidden=found.hidden, dossiers=list(found.dossiers), after=found.after
    )


def template_out(one: ReportTemplate, language: str) -> ReportTemplateOut:
    """Return a report as its file has it."""
    return ReportTemplateOut(
        id=one.id,
        title=one.title.into(language),
        source=one.source,
        periods=list(one.periods),
        working_days=one.due.working_days,
        lines=[
            ReportLineOut(
                id=line.id,
                text=line.text.into(language),
                unit=line.unit.into(language),
                origin=line.origin,
                required=line.required and line.is_entered,
            )
            for line in one.lines
        ],
    )


def round_row_out(row: RoundRow, language: str) -> RoundRowOut:
    """Return a round as a row."""
    return RoundRowOut(
        id=row.id,
        report=row.template.id,
        title=row.template.title.into(language),
        period=period_out(row.span),
        due_at=row.due_at,
        asked=row.asked,
        signed=row.signed,
        received=row.received,
        late=row.late,
    )


def round_out(view: RoundView, language: str) -> RoundOut:
    """Return a round with its returns."""
    return RoundOut(
        **round_row_out(view.row, language).dict(),
        returns=[_return_row(one) for one in view.returns],
        values=values_out(view.values),
        period_before=values_out(view.before),
        last_year=values_out(view.last_year),
        counted=view.counted,
        missing=[one.code for one in view.missing],
        reports=[one.number for one in view.reports],
    )


def return_out(view: ReturnView) -> ReturnOut:
    """Return a return with its lines."""
    return ReturnOut(
        **_return_row(view.row).dict(),
        round=view.round.id,
        period=period_out(view.round.span),
        revision=view.revision,
        note=view.note,
        values=values_out(view.values),
        versions=[
            VersionOut(
                number=one.number, signed_at=one.signed_at, reason=one.reason, changed=list(one.changed)
            )
            for one in view.versions
        ],
        may=sorted(view.may),
    )


def values_out(values: Values) -> list[ReportValueOut]:
    return [_value(name, one) for name, one in values.items()]


def _value(name: str, one: Value) -> ReportValueOut:
    return ReportValueOut(
        line=name,
        number=_plain(one.number),
        text=one.text,
        sums={part: f"{added:f}" for part, added in one.sums.items()},
        position=one.position,
        told=[list(pair) for pair in one.told],
    )


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _counts_row(row: Row) -> CountsRowOut:
    return CountsRowOut(**counts_out(row.counts).dict(), name=row.name, agency=row.agency, field=row.field)


def _return_row(one: ReturnRow) -> ReturnRowOut:
    return ReturnRowOut(
        id=one.id,
        agency=one.agency.code,
        state=one.state.value,
        is_late=one.is_late,
        received=one.received,
        signed_at=one.signed_at,
    )
