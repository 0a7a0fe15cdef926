"""
What a procedure file says, as frozen types.

A file of ``packs/**/procedures/*.yaml`` becomes one :class:`Procedure`. Every text is bilingual: a plain
string in the file is Vietnamese, ``{vi: …, en: …}`` gives both. Expressions (``when``, ``must``,
``required`` …) are CEL over the answers by question id (``child.born_on``), plus ``today`` (date),
``applicant`` (what the account proves) and, in fee rules, ``channel`` (``online``, ``counter``, ``post``).
"""

import hashlib
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator


def _as_expression(value: object) -> object:
    """Take ``true`` and ``8000`` as the expressions they are in CEL too."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


Expression = Annotated[str, BeforeValidator(_as_expression), StringConstraints(min_length=1, max_length=2000)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=80)]
# A part of the dossier: a paper, a question of type file, or one inside an entry of a group, counted from 1.
Part = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*(\[[1-9]\d{0,2}\]\.[a-z][a-z0-9_.]*)?$", max_length=170
    ),
]
# A field of a register, ``civil-status.births.child.full_name``: the register's id has two parts.
RegisterPath = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z-]*\.[a-z][a-z-]*\.[a-z][a-z0-9_.]*$", max_length=140)
]
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Strict(BaseModel):
    """Frozen; an unknown field is a mistake, not a comment."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Text(Strict):
    """A sentence in both languages; English falls back to Vietnamese and ``tinhso check`` warns."""

    vi: str
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def _plain_string_is_vietnamese(cls, value: object) -> object:
        return {"vi": value} if isinstance(value, str) else value

    def into(self, language: str) -> str:
        """Return the text in ``vi`` or ``en``."""
        return self.en if language == "en" and self.en else self.vi

    def __bool__(self) -> bool:
        return bool(self.vi)


NO_TEXT = Text(vi="")


class Level(StrEnum):
    COMMUNE = "commune"
    PROVINCE = "province"


class Unit(StrEnum):
    """Units in which the law counts time."""

    HOUR = "hour"
    WORKING_HOUR = "working_hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


class TimeCase(Strict):
    """
    Cases for which the law gives another limit.

    :param when: CEL over the form and what is found at the first step, for the clock starts on acceptance
    """

    when: Expression
    value: int = Field(gt=0)
    unit: Unit


class TimeLimit(Strict):
    """
    How long the whole procedure may take; see ``calendars``.

    :param cut_off: ``HH:MM``, local time
    :param same_day: the day of receipt itself counts: before the cut-off the result is due that very day
    :param cases: the first that holds replaces the limit, cut-off included
    """

    value: int = Field(gt=0)
    unit: Unit
    cut_off: Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")] | None = None
    same_day: bool = False
    note: Text = NO_TEXT
    cases: tuple[TimeCase, ...] = ()


class QuestionType(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    PERSON_NAME = "person_name"
    PERSONAL_ID = "personal_id"
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    ADDRESS = "address"
    GROUP = "group"
    FILE = "file"
    DECLARATION = "declaration"


class Option(Strict):
    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=60)]
    label: Text
    hint: Text = NO_TEXT


class Rule(Strict):
    """A condition an answer must meet, and the sentence shown when it does not."""

    must: Expression
    otherwise: Text


class Question(Strict):
    """
    One question of a form.

    :param id: dotted; names the answer everywhere (conditions, templates, API)
    :param known: what the person's account already proves, e.g. ``applicant.full_name``; shown, not asked
    :param origin: written ``from``; the register field that knows it of the applicant: shown with its source
    :param fixed: what the register says counts; it is shown, not asked, and only a correction changes it
    :param consent: the register is asked for this question only with the person's consent, for this purpose;
        ``consent_law`` says what asks for it
    :param when: ask only if true; an answer that is not asked counts as absent
    :param ask: the questions of one entry, for ``group``; their ids are relative to the group
    """

    id: Slug
    label: Text
    hint: Text = NO_TEXT
    type: QuestionType
    required: bool = True
    when: Expression | None = None
    rules: tuple[Rule, ...] = ()
    known: Slug | None = None
    origin: RegisterPath | None = Field(default=None, alias="from")
    fixed: bool = False
    consent: Text = NO_TEXT
    consent_law: str = ""
    options: tuple[Option, ...] = ()
    ask: tuple["Question", ...] = ()
    at_least: int = Field(default=1, ge=0)
    at_most: int = Field(default=10, ge=1, le=100)
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = Field(default=200, ge=1, le=4000)
    decimals: int = Field(default=0, ge=0, le=4)
    unit_label: Text = NO_TEXT

    @property
    def numbers_entries(self) -> bool:
        """Tell whether each entry of the group bears a number for life, by which its files are kept."""
        return any(inner.type is QuestionType.FILE for inner in self.ask)

    @property
    def takes_files(self) -> bool:
        """Tell whether a file may be given for the question, or for a question of its entries."""
        return self.type is QuestionType.FILE or self.numbers_entries


class Page(Strict):
    id: StepId
    title: Text
    intro: Text = NO_TEXT
    when: Expression | None = None
    ask: tuple[Question, ...]


_NAME = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*"
# A field of the register and the answer it must equal: ``certificate.number = site.certificate_number``.
Match = Annotated[str, StringConstraints(pattern=rf"^{_NAME} = {_NAME}$", max_length=170)]
# A field and the values of which it must have one: ``use = ont | odt``.
Having = Annotated[str, StringConstraints(pattern=rf"^{_NAME} = [^|=\s]+( \| [^|=\s]+)*$", max_length=300)]


class ReplacedBy(Strict):
    """
    A record that stands in a paper's place, where exactly one in force is about the applicant and fits.

    :param register_id: written ``register``
    :param by: the field that must hold the applicant's personal id; None: any field the record is about
    :param each: a group of the form: there must be such a record for every entry, read as ``entry.…``
    :param match: fields of the record that must equal answers; text without regard to marks and case
    :param having: fields of the record that must have one of the values
    :param when: CEL over the form; the register is asked only then
    :param law: what lets data stand for the paper
    """

    register_id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]*\.[a-z][a-z-]*$", max_length=60)] = (
        Field(alias="register")
    )
    by: Slug | None = None
    each: Slug | None = None
    match: tuple[Match, ...] = ()
    having: tuple[Having, ...] = ()
    when: Expression = "true"
    law: str = Field(min_length=1)

    @property
    def matches(self) -> tuple[tuple[str, str], ...]:
        """Return field and answer of each match."""
        return tuple((left, right) for left, right in (one.split(" = ") for one in self.match))

    @property
    def allowed(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return fields with the values they may have."""
        return tuple(
            (left, tuple(right.split(" | "))) for left, right in (one.split(" = ") for one in self.having)
        )


class Paper(Strict):
    """
    One part of the dossier (thành phần hồ sơ).

    :param required: CEL; the paper is asked for when true
    :param replaced_by: registers whose data stand in its place, asked in this order
    :param originals: copies: how many the law asks for on paper, shown on the receipt
    """

    id: Slug
    name: Text
    hint: Text = NO_TEXT
    required: Expression = "true"
    optional: bool = False
    originals: int = Field(default=0, ge=0)
    copies: int = Field(default=0, ge=0)
    form_code: str = ""
    max_pages: int = Field(default=50, ge=1, le=500)
    replaced_by: tuple[ReplacedBy, ...] = ()


class Fee(Strict):
    """
    One line of the bill. The first rule of a ``code`` whose ``when`` holds gives its line.

    :param amount: CEL giving whole đồng, e.g. ``"2000 * copies.pages"``; a number is taken as it is
    :param account: key of the collecting account in the agency's settings, e.g. ``state_budget``
    :param step: for ``on_step``: it is asked for when the dossier comes to this step
    """

    code: Slug
    name: Text
    kind: Literal["fee", "charge"] = "charge"
    when: Expression = "true"
    amount: Expression
    account: str
    pay: Literal["on_filing", "on_accept", "on_step", "on_return"] = "on_filing"
    step: StepId | None = None
    law: str = ""

    @property
    def moment(self) -> str:
        """Return when it is asked for, as bills know it: ``on_filing``, ``on_step.<step>``."""
        return f"{self.pay}.{self.step}" if self.step else self.pay


class Relief(Strict):
    """
    Who pays less than the fee, or nothing. The first one that holds for a fee applies.

    :param when: CEL over answers, what the account proves and ``channel``
    :param fees: codes of the fees it is about; none means all of the procedure
    :param percent: of the fee that is still paid, rounded down to whole đồng
    :param proof: the paper that proves it; an officer looks at it at acceptance; absent: nothing to claim
    :param begins_on: first day on which it applies, ``ends_on`` the last; absent: without a limit
    """

    id: Slug
    name: Text
    when: Expression
    fees: tuple[Slug, ...] = ()
    percent: int = Field(default=0, ge=0, lt=100)
    proof: Slug | None = None
    begins_on: date | None = None
    ends_on: date | None = None
    law: str

    def concerns(self, code: str, *, on: date) -> bool:
        """Tell whether it is about the fee on that day."""
        begun = self.begins_on is None or self.begins_on <= on
        over = self.ends_on is not None and self.ends_on < on
        return begun and not over and (not self.fees or code in self.fees)


class Consultation(Strict):
    """An opinion asked of another agency while a step runs. ``agency`` is a role-bearing agency kind."""

    id: StepId
    name: Text
    agency: str
    role: str
    hours: int = Field(gt=0, description="working hours")
    silence: Literal["chase", "consent"] = "chase"
    law: str = ""


class Step(Strict):
    """
    One step of the internal process.

    :param by: role that acts
    :param agency: ``receiving`` (where it was filed), ``competent`` (that decides),
        or an agency kind of the packs
    :param hours: working hours this step may take
    :param signs: this step signs the result
    :param back_to: earlier steps it may be returned to
    """

    id: StepId
    name: Text
    by: str
    agency: str = "competent"
    hours: int = Field(default=0, ge=0)
    signs: bool = False
    returns: bool = False
    when: Expression | None = None
    consult: tuple[Consultation, ...] = ()
    back_to: tuple[StepId, ...] = ()
    ask: tuple[Question, ...] = ()


class Result(Strict):
    """
    What the citizen receives.

    :param code: national result code ``KQ.Gnn.nnnnnn``
    :param template: Typst file beside the procedures, in ``templates/``
    :param series: numbering series, one per agency and year, e.g. ``KS`` gives ``Số: 12/KS``
    :param register_id: written ``register``; the register that will hold the record, ``civil-status.births``
    :param valid_months: how long the result may be used; None for ever
    :param valid_until_id: written ``valid_until``; the question of type date, of the form or of a step, whose
        answer is the last day; before ``valid_months``
    """

    code: str
    name: Text
    template: str
    series: str
    notation: str = ""
    register_id: str = Field(default="", alias="register")
    valid_months: int | None = None
    valid_until_id: str = Field(default="", alias="valid_until")


class Example(Strict):
    """
    A filled form that must pass; tests and the played life use it.

    :param papers: what is handed in: papers, questions of type file, ``children[2].birth_proof`` of an entry
    :param findings: what officers answer at their steps, by question id
    """

    name: str
    answers: dict[str, object]
    findings: dict[str, object] = {}
    papers: tuple[Part, ...] = ()
    fee: int | None = None


class Law(Strict):
    number: str
    title: Text = NO_TEXT
    article: str = ""


class Procedure(Strict):
    """A public service, whole."""

    code: Annotated[str, StringConstraints(pattern=r"^\d\.\d{6}(\.[A-Z0-9.]+)?$")]
    name: Text
    summary: Text = NO_TEXT
    field: Text
    level: Level
    agency: str = Field(
        description="kind of the competent agency, e.g. commune_committee, construction_department"
    )
    audience: tuple[Literal["citizen", "business", "organisation"], ...] = ("citizen",)
    assurance: Literal[1, 2] = 2
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    channels: tuple[Literal["online", "counter", "post"], ...] = ("online", "counter", "post")
    online: Literal["whole", "part"] = "whole"
    time: TimeLimit
    result: Result
    form: tuple[Page, ...]
    papers: tuple[Paper, ...] = ()
    fees: tuple[Fee, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    fee_note: Text = Field(default=NO_TEXT, description="what to know about money that is not billed here")
    steps: tuple[Step, ...] = Field(min_length=1)
    conditions: tuple[Text, ...] = ()
    notices: tuple[Text, ...] = Field(default=(), description="what to know before one begins")
    law: tuple[Law, ...] = ()
    examples: tuple[Example, ...] = ()
    source: str = ""
    mandates: tuple[Literal["parent", "guardian", "representative", "assisted"], ...] = ("parent", "guardian")

    @cached_property
    def fingerprint(self) -> str:
        """Name the content: the same words give the same fingerprint in every process."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def admits_organisations(self) -> bool:
        """Tell whether a business or an organisation may ask for it."""
        return not {"business", "organisation"}.isdisjoint(self.audience)

    def questions(self) -> tuple[Question, ...]:
        """Return every question of the form, in order, groups unopened."""
        return tuple(question for page in self.form for question in page.ask)

    def step(self, step_id: str) -> Step:
        """Return the step. :raises KeyError: there is none"""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)
