"""What plans look like to programs. Decimals are texts with a point, so that none is rounded on the way."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema

from tinhso.api.v1.dossiers.bodies import Body
from tinhso.definitions.types import Text
from tinhso.people.types import AgencyView
from tinhso.plans.forecast import Forecast
from tinhso.plans.proofs import LONGEST_LINK, LONGEST_NOTE, LONGEST_NUMBER, Proof
from tinhso.plans.views import FigureView, PlanView, TargetView, TaskView, ValueView

NUMBER = r"^-?\d{1,15}(\.\d{1,4})?$"


class PlanRowOut(Schema):
    """:param said: how many targets the document has; null: not known"""

    id: str
    number: str
    name: str
    issuer: str
    is_own: bool = Field(description="False: a plan of another province, to be read only.")
    reached: int
    listed: int = Field(description="Targets whose text is known; only these are counted.")
    said: int | None = Field(description="How many targets the document has; null: not known.")
    late_tasks: int


class PlanListOut(Schema):
    items: list[PlanRowOut]


class PublishedOut(Schema):
    """What somebody published; it never decides a status."""

    value: str
    on: date
    label: str
    source: str


class PointOut(Schema):
    on: date
    value: str


class ForecastOut(Schema):
    """A line by least squares with its 90 % interval, on the target's day."""

    on: date
    value: str
    low: str
    high: str
    chance: str = Field(description="`likely`, `uncertain` or `unlikely`.")
    drawn_from: int


class PlanValueOut(Schema):
    """An entered value; names, notes and what does not count are for officers."""

    id: UUID
    value: str
    as_of: date
    state: str = Field(description="`counts`, `waits`, `refused` or `replaced`.")
    corrects: UUID | None
    document_number: str
    document_on: date | None
    link: str
    has_file: bool
    note: str
    is_sample: bool = Field(description="Made up for a demonstration.")
    entered_by: str
    entered_at: datetime
    decided_by: str
    decided_at: datetime | None
    reason: str


class TargetOut(Schema):
    id: str
    pillar: str
    text: str
    unit: str
    direction: str = Field(description="`up`: more is better; `down`: less is.")
    aim: str
    by: date
    status: str = Field(description="`reached`, `on_the_way`, `behind`, `open` or `no_data`; computed.")
    is_late: bool
    value: str | None = Field(description="The last value that counts; null where there is none, never 0.")
    as_of: date | None
    expected: str | None = Field(description="What a straight way to the aim asks on that day.")
    forecast: ForecastOut | None
    no_forecast: str = Field(description="Why there is none: `too_few`, `too_far`, `day_is_over`.")
    owner: str | None = Field(description="Code of the agency in charge.")
    indicator: str = Field(description="What computes it; empty: it is entered with proof.")
    checkpoint: str
    is_counted: bool
    source: str
    published: list[PublishedOut]
    points: list[PointOut]


class TargetWholeOut(TargetOut):
    """With its entered values, the newest first."""

    values: list[PlanValueOut]


class TaskOut(Schema):
    id: str
    pillar: str
    text: str
    state: str = Field(description="`done`, `late`, `blocked`, `running` or `not_started`; computed.")
    progress: int | None = Field(description="Percent; null where nobody has reported.")
    due: date | None
    days_left: int | None
    owner: str | None
    blocked_by: list[str]
    waits_for: list[str] = Field(description="Those of `blocked_by` that are not done.")
    source: str


class PlanReportOut(Schema):
    """What somebody reported on a task, for officers."""

    id: UUID
    progress: int
    document_number: str
    document_on: date | None
    link: str
    has_file: bool
    note: str
    is_sample: bool
    reported_by: str
    reported_at: datetime


class TaskWholeOut(TaskOut):
    """With its reports, the newest first; none to citizens."""

    reports: list[PlanReportOut]


class PlanFigureOut(Schema):
    """A published figure, and what is computed here of the same thing, side by side."""

    id: str
    text: str
    unit: str
    published: PublishedOut
    computed: PointOut | None


class PlanOut(PlanRowOut):
    """The whole plan as it stands."""

    since: date
    until: date
    unlisted_targets: int
    unlisted_tasks: int
    by_status: dict[str, int]
    not_reached: list[str] = Field(description="Ids of the counted targets that are not reached.")
    targets: list[TargetOut]
    tasks: list[TaskOut]
    figures: list[PlanFigureOut]


class ProofIn(Body):
    """What proves it: a document, an address; files come by the page."""

    document_number: str = Field("", max_length=LONGEST_NUMBER)
    document_on: date | None = None
    link: str = Field("", max_length=LONGEST_LINK, description="http or https.")
    note: str = Field("", max_length=LONGEST_NOTE)

    def proof(self) -> Proof:
        return Proof(self.document_number, self.document_on, self.link, self.note)


class ValueIn(ProofIn):
    value: str = Field(pattern=NUMBER, description="A number with a point.")
    as_of: date = Field(description="Last day of the time the value is about.")
    corrects: UUID | None = Field(None, description="The confirmed value it is to replace.")


class ReportIn(ProofIn):
    progress: int = Field(ge=0, le=100, description="Percent; 100 is done and needs proof.")


class PlanReasonIn(Body):
    reason: str = Field(max_length=2000)


class OwnerIn(PlanReasonIn):
    agency: str = Field(max_length=40, description="Code of the agency; empty: nobody is in charge.")


class WaitsIn(PlanReasonIn):
    blocked_by: list[str] = Field(max_length=200)


class PlanWrittenOut(Schema):
    id: UUID


def plain(value: Decimal) -> str:
    """Return the number without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def row_out(view: PlanView, language: str) -> PlanRowOut:
    """Return a plan as a row of the list."""
    return PlanRowOut(
        id=view.plan.id,
        number=view.plan.number,
        name=view.plan.name.into(language),
        issuer=view.plan.issuer.into(language),
        is_own=view.is_own,
        reached=view.tally.reached,
        listed=view.tally.listed,
        said=view.tally.said,
        late_tasks=view.late_tasks,
    )


def plan_out(view: PlanView, language: str) -> PlanOut:
    """Return the whole plan."""
    return PlanOut(
        **row_out(view, language).dict(),
        since=view.plan.since,
        until=view.plan.until,
        unlisted_targets=view.tally.unlisted,
        unlisted_tasks=view.unlisted_tasks,
        by_status={status.value: count for status, count in view.tally.by_status.items()},
        not_reached=[one.target.id for one in view.not_reached],
        targets=[target_out(view, one, language) for one in view.targets],
        tasks=[_task_out(view, one, language) for one in view.tasks],
        figures=[_figure_out(view, one, language) for one in view.figures],
    )


def target_out(view: PlanView, one: TargetView, language: str) -> TargetOut:
    """Return one target as it stands."""
    target, latest, expected = one.target, one.standing.latest, one.standing.expected
    told = one.forecast if isinstance(one.forecast, Forecast) else None
    return TargetOut(
        id=target.id,
        pillar=target.pillar,
        text=target.text.into(language),
        unit=target.unit.into(language),
        direction=target.direction,
        aim=plain(target.aim),
        by=target.by,
        status=one.standing.status.value,
        is_late=one.standing.is_late,
        value=plain(latest.value) if latest else None,
        as_of=latest.on if latest else None,
        expected=plain(round(expected, 4)) if expected is not None else None,
        forecast=_forecast_out(told) if told else None,
        no_forecast="" if isinstance(one.forecast, Forecast) else one.forecast.value,
        owner=_code(one.owner),
        indicator=target.indicator,
        checkpoint=one.checkpoint,
        is_counted=target.counted,
        source=view.plan.sources[target.source],
        published=[
            _published(said.value, said.on, said.label, view.plan.sources[said.source], language)
            for said in target.reported
        ],
        points=[PointOut(on=point.on, value=plain(point.value)) for point in one.points],
    )


def target_whole_out(view: PlanView, one: TargetView, language: str) -> TargetWholeOut:
    """Return one target with its entered values."""
    return TargetWholeOut(
        **target_out(view, one, language).dict(), values=[_value_out(v) for v in one.entered]
    )


def _forecast_out(told: Forecast) -> ForecastOut:
    return ForecastOut(
        on=told.on,
        value=plain(told.value),
        low=plain(told.low),
        high=plain(told.high),
        chance=told.chance.value,
        drawn_from=told.drawn_from,
    )


def _value_out(one: ValueView) -> PlanValueOut:
    proof = one.evidence
    return PlanValueOut(
        id=one.id,
        value=plain(one.value),
        as_of=one.as_of,
        state=one.state.value,
        corrects=one.corrects,
        document_number=proof.document_number,
        document_on=proof.document_on,
        link=proof.link,
        has_file=proof.file_id is not None,
        note=proof.note,
        is_sample=proof.is_sample,
        entered_by=proof.by_name,
        entered_at=proof.at,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
        reason=one.reason,
    )


def task_whole_out(view: PlanView, one: TaskView, language: str) -> TaskWholeOut:
    """Return one task with its reports."""
    reports = [
        PlanReportOut(
            id=said.id,
            progress=said.progress,
            document_number=said.evidence.document_number,
            document_on=said.evidence.document_on,
            link=said.evidence.link,
            has_file=said.evidence.file_id is not None,
            note=said.evidence.note,
            is_sample=said.evidence.is_sample,
            reported_by=said.evidence.by_name,
            reported_at=said.evidence.at,
        )
        for said in one.reports
    ]
    return TaskWholeOut(**_task_out(view, one, language).dict(), reports=reports)


def _task_out(view: PlanView, one: TaskView, language: str) -> TaskOut:
    return TaskOut(
        id=one.task.id,
        pillar=one.task.pillar,
        text=one.task.text.into(language),
        state=one.state.value,
        progress=one.progress if one.has_report else None,
        due=one.task.due,
        days_left=one.days_left,
        owner=_code(one.owner),
        blocked_by=[task.id for task in one.blocked_by],
        waits_for=[task.id for task in one.waits_for],
        source=view.plan.sources[one.task.source],
    )


def _figure_out(view: PlanView, one: FigureView, language: str) -> PlanFigureOut:
    figure = one.figure
    return PlanFigureOut(
        id=figure.id,
        text=figure.text.into(language),
        unit=figure.unit.into(language),
        published=_published(
            figure.value, figure.on, figure.label, view.plan.sources[figure.source], language
        ),
        computed=PointOut(on=one.computed.on, value=plain(one.computed.value)) if one.computed else None,
    )


def _published(value: Decimal, on: date, label: Text, source: str, language: str) -> PublishedOut:
    return PublishedOut(value=plain(value), on=on, label=label.into(language), source=source)


def _code(agency: AgencyView | None) -> str | None:
    return agency.code if agency else None
