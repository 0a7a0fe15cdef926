"""Procedures as the API tells them, in one language."""

from datetime import date
from typing import Any

from ninja import Field, Schema

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR
from tinhso.definitions.catalogue import Published
from tinhso.definitions.types import Fee, Page, Paper, Question, Relief, Step


class ProcedureRow(Schema):
    """A procedure in the catalogue."""

    code: str = Field(examples=["1.001193"])
    name: str
    summary: str
    field: str
    level: str = Field(description="`commune` or `province`: who decides.")
    agency_kind: str
    audience: list[str]
    life_events: list[str]
    channels: list[str]
    assurance: int = Field(description="Level of electronic identity that filing online needs: 1 or 2.")

    @classmethod
    def told(cls, one: Published, language: str) -> "ProcedureRow":
        return cls(**_row(one, language))


class ProcedurePage(Schema):
    items: list[ProcedureRow]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class TimeCaseOut(Schema):
    when: str = Field(description="CEL over the form and what the first step finds.")
    value: int
    unit: str


class TimeLimitOut(Schema):
    value: int
    unit: str = Field(description="`hour`, `working_hour`, `day`, `working_day` or `month`.")
    cut_off: str | None = Field(description="Received later than this, the next working day counts; HH:MM.")
    same_day: bool
    cases: list[TimeCaseOut] = Field(description="The first whose condition holds replaces the limit.")


class OptionOut(Schema):
    value: str
    label: str


class QuestionOut(Schema):
    """A question; its id is the key of its answer."""

    id: str
    label: str
    hint: str
    type: str = Field(
        description="`text`, `long_text`, `person_name`, `personal_id`, `phone`, `email`, `date` "
        "(YYYY-MM-DD), `money` and `number` (integer, or decimal as text), `yes_no`, "
        "`declaration` (boolean), `one_of`, `many_of` (list), `address` "
        '({"commune", "detail"}), `group` (list of objects; with `entry`, a number for life, where files are '
        "asked inside), `file` (the papers put to it)."
    )
    required: bool
    when: str | None = Field(description="CEL; asked only when true. Null: always.")
    known: str | None = Field(description="What the account may already prove; then it need not be answered.")
    options: list[OptionOut]
    questions: list["QuestionOut"] = Field(description="Of one entry of a group; ids relative to the group.")
    at_least: int | None
    at_most: int | None
    minimum: int | None
    maximum: int | None
    max_length: int
    decimals: int
    unit: str

    @classmethod
    def told(cls, question: Question, language: str) -> "QuestionOut":
        counts = question.type in {"group", "file"}
        return cls(
            id=question.id,
            label=question.label.into(language),
            hint=question.hint.into(language),
            type=question.type.value,
            required=question.required,
            when=question.when,
            known=question.known,
            options=[OptionOut(value=o.value, label=o.label.into(language)) for o in question.options],
            questions=[cls.told(child, language) for child in question.ask],
            at_least=question.at_least if counts else None,
            at_most=question.at_most if counts else None,
            minimum=question.minimum,
            maximum=question.maximum,
            max_length=question.max_length,
            decimals=question.decimals,
            unit=question.unit_label.into(language),
        )


class PageOut(Schema):
    """One page of the form."""

    id: str
    title: str
    when: str | None
    questions: list[QuestionOut]

    @classmethod
    def told(cls, page: Page, language: str) -> "PageOut":
        questions = [QuestionOut.told(question, language) for question in page.ask]
        return cls(id=page.id, title=page.title.into(language), when=page.when, questions=questions)


class PaperOut(Schema):
    """One part of the dossier; its id names it when a file is attached."""

    id: str
    name: str
    hint: str
    required: str = Field(description="CEL; the part is asked for when true.")
    optional: bool

    @classmethod
    def told(cls, paper: Paper, language: str) -> "PaperOut":
        return cls(
            id=paper.id,
            name=paper.name.into(language),
            hint=paper.hint.into(language),
            required=paper.required,
            optional=paper.optional,
        )


class FeeOut(Schema):
    """One rule of the bill."""

    code: str
    name: str
    kind: str
    when: str
    amount: str = Field(description="CEL giving whole đồng.")
    pay: str = Field(description="`on_filing`, `on_accept`, `on_step` or `on_return`.")
    step: str | None = Field(description="With `on_step`: the step at which it is asked for.")
    law: str

    @classmethod
    def told(cls, fee: Fee, language: str) -> "FeeOut":
        return cls(
            code=fee.code,
            name=fee.name.into(language),
            kind=fee.kind,
            when=fee.when,
            amount=fee.amount,
            pay=fee.pay,
            step=fee.step,
            law=fee.law,
        )


class ReliefRuleOut(Schema):
    """Who pays less than a fee, or nothing; the first that holds applies."""

    id: str
    name: str
    when: str = Field(description="CEL.")
    fees: list[str] = Field(description="Codes of the fees it is about; empty: all.")
    percent: int = Field(description="Of the fee that is still paid.")
    proof: str | None = Field(description="The paper that proves it; an officer looks at it on acceptance.")
    begins_on: date | None
    ends_on: date | None
    law: str

    @classmethod
    def told(cls, relief: Relief, language: str) -> "ReliefRuleOut":
        said = relief.model_dump(exclude={"name", "fees"})
        return cls(**said, name=relief.name.into(language), fees=list(relief.fees))


class StepOut(Schema):
    """One step inside the agency."""

    id: str
    name: str
    role: str
    agency: str = Field(description="`receiving`, `competent` or a kind of agency.")
    hours: int = Field(description="Working hours it may take; 0 when not said.")
    signs: bool
    returns: bool
    back_to: list[str]
    consults: list[str] = Field(description="Kinds of agencies whose opinion is asked meanwhile.")
    questions: list[QuestionOut] = Field(description="What the officer answers at this step (`found`).")

    @classmethod
    def told(cls, step: Step, language: str) -> "StepOut":
        return cls(
            id=step.id,
            name=step.name.into(language),
            role=step.by,
            agency=step.agency,
            hours=step.hours,
            signs=step.signs,
            returns=step.returns,
            back_to=list(step.back_to),
            consults=[asked.agency for asked in step.consult],
            questions=[QuestionOut.told(question, language) for question in step.ask],
        )


class LawOut(Schema):
    number: str
    title: str
    article: str


class ProcedureOut(ProcedureRow):
    """A procedure, whole, in the version new dossiers are filed under."""

    version_id: str
    time: TimeLimitOut
    result: str
    form: list[PageOut]
    papers: list[PaperOut]
    fees: list[FeeOut]
    reliefs: list[ReliefRuleOut]
    fee_note: str = Field(description="What to know about money that is not billed here; may be empty.")
    steps: list[StepOut]
    conditions: list[str]
    notices: list[str] = Field(description="What to know before one begins.")
    law: list[LawOut]

    @classmethod
    def told(cls, one: Published, language: str) -> "ProcedureOut":
        said = one.procedure
        return cls(
            **_row(one, language),
            version_id=str(one.version_id),
            time=TimeLimitOut(
                value=said.time.value,
                unit=said.time.unit.value,
                cut_off=said.time.cut_off,
                same_day=said.time.same_day,
                cases=[TimeCaseOut(**case.model_dump(mode="json")) for case in said.time.cases],
            ),
            result=said.result.name.into(language),
            form=[PageOut.told(page, language) for page in said.form],
            papers=[PaperOut.told(paper, language) for paper in said.papers],
            fees=[FeeOut.told(fee, language) for fee in said.fees],
            reliefs=[ReliefRuleOut.told(relief, language) for relief in said.reliefs],
            fee_note=said.fee_note.into(language),
            steps=[StepOut.told(step, language) for step in said.steps],
            conditions=[text.into(language) for text in said.conditions],
            notices=[text.into(language) for text in said.notices],
            law=[
                LawOut(number=law.number, title=law.title.into(language), article=law.article)
                for law in said.law
            ],
        )


def _row(one: Published, language: str) -> dict[str, Any]:
    said = one.procedure
    return {
        "code": said.code,
        "name": said.name.into(language),
        "summary": said.summary.into(language),
        "field": said.field.into(language),
        "level": said.level.value,
        "agency_kind": said.agency,
        "audience": list(said.audience),
        "life_events": list(said.life_events),
        "channels": list(said.channels),
        "assurance": said.assurance,
    }
