"""
A procedure of which the packs hold the facts only, and the parts from which the rest is derived.

A file of ``packs/**/procedures/`` with ``form: standard`` is one :class:`StandardProcedure`; ``deriving``
makes a whole procedure of it with the pages, steps and texts of ``standard-form.yaml`` and
``standard-steps.yaml``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from tinhso.definitions.types import (
    NO_TEXT,
    Level,
    Paper,
    Question,
    Slug,
    Step,
    StepId,
    Strict,
    Text,
    Unit,
)

FORM_FILE, STEPS_FILE = "standard-form.yaml", "standard-steps.yaml"
MARK = re.compile(rb"^form: *standard *(#.*)?$", re.MULTILINE)
SHORTENED = "…"

Channel = Literal["online", "counter", "post"]
Audience = Literal["citizen", "business", "organisation"]


class StandardTime(Strict):
    """
    One time limit the national list gives; several are for cases it does not tell apart.

    :param unit_known: the list names the unit; otherwise ``unit`` is a reading of a bare number
    """

    value: int = Field(gt=0)
    unit: Unit
    unit_known: bool = True
    cut_off: Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")] | None = None
    same_day: bool = False


class StandardFee(Strict):
    """
    An amount in whole đồng.

    :param per: what it is for, as the list says: ``lần``, ``giấy chứng nhận``
    :param counted: it is due as often as the applicant wants such a thing
    :param exempt: the list names people who need not pay
    :param sure: it may be billed; otherwise it is only shown, and the agency says what is due
    """

    amount: int = Field(gt=0)
    per: str = ""
    counted: bool = False
    exempt: bool = False
    sure: bool = True


class Way(Strict):
    """
    One way to file.

    :param fee: ``free``; ``council``: set by the province's council; ``unknown``: the list does not say
    """

    by: Channel
    fee: Literal["free", "council", "unknown"] | StandardFee


class StandardPaper(Strict):
    """
    :param need: ``must``; ``case``: only in the case its name tells; ``shown``: to be shown, not handed in
    """

    name: Text
    need: Literal["must", "case", "shown"] = "must"
    originals: int = Field(default=0, ge=0)
    copies: int = Field(default=0, ge=0)
    form_code: str = ""


class StandardCase(Strict):
    """Papers that belong to one case; the applicant says which case it is."""

    name: Text
    papers: tuple[StandardPaper, ...] = ()


class StandardResult(Strict):
    """:param code: national result code, empty where the list has none"""

    name: Text
    code: str = ""


class StandardProcedure(Strict):
    """
    The facts of one procedure as the national list has them; names that end with «…» are shortened there.

    :param agency_listed: who decides, in the words of the list
    :param agency_here: ``agency`` is the one the list names; otherwise it only takes the dossier in
    :param papers: those of every case
    """

    form: Literal["standard"]
    code: Annotated[str, StringConstraints(pattern=r"^\d\.\d{6}(\.[A-Z0-9.]+)?$")]
    name: Text
    field: Text
    sector: StepId
    level: Level
    agency: str
    agency_listed: str = ""
    agency_here: bool = True
    audience: tuple[Audience, ...] = Field(min_length=1)
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    ways: tuple[Way, ...] = Field(min_length=1)
    times: tuple[StandardTime, ...] = ()
    papers: tuple[StandardPaper, ...] = ()
    cases: tuple[StandardCase, ...] = ()
    results: tuple[StandardResult, ...] = ()
    decision: str = ""
    law: tuple[str, ...] = ()
    source: str


Filer = Literal["person", "organisation", "both"]
Need = Literal["person", "organisation", "both", "cases", "counted", "exempt", "times"]


class StandardQuestion(Question):
    """
    A question of the standard form or of a standard step.

    :param only_if: asked only where the procedure has that: an applicant who is a person, an organisation, or
        may be ``both``; ``cases``; a ``counted`` fee; people who are ``exempt``; several ``times``
    :param sample: an answer that passes
    """

    only_if: Need | None = None
    sample: object = None


class StandardPage(Strict):
    id: StepId
    title: Text
    intro: Text = NO_TEXT
    ask: tuple[StandardQuestion, ...]


class StandardTexts(Strict):
    """Sentences about what the list leaves open; ``{…}`` are filled in."""

    standard_form: Text
    shortened: Text
    shown_paper: Text
    case_paper: Text
    agency_elsewhere: Text
    several_times: Text
    unit_unknown: Text
    no_time: Text
    fee_by_council: Text
    fee_unknown: Text
    fee_listed: Text
    fee_amount: Text


class StandardForm(Strict):
    """
    ``packs/vietnam/standard-form.yaml``.

    :param cases_question: id of the question whose options are the cases
    :param exemption_question: id of the question whose «yes» spares the fee
    """

    assurance: Literal[1, 2]
    online: Literal["whole", "part"]
    mandates: tuple[Literal["parent", "guardian", "representative", "assisted"], ...]
    fee_name: Text
    fee_account: str
    decision_title: Text
    filer_question: Slug
    cases_question: Slug
    quantity_question: Slug
    exemption_question: Slug
    exemption_name: Text
    pages: tuple[StandardPage, ...]
    exemption_paper: Paper
    texts: StandardTexts


class StandardStep(Step):
    """:param share: of the working hours of the time limit, in parts of a hundred"""

    ask: tuple[StandardQuestion, ...] = ()
    share: int = Field(ge=0, le=100)


class StandardProcess(Strict):
    """The steps of some agencies; the first that fits counts. Empty lists fit all."""

    agencies: tuple[str, ...] = ()
    sectors: tuple[StepId, ...] = ()
    steps: tuple[StandardStep, ...]


class Series(Strict):
    """Numbering of results whose name begins so."""

    begins: str = ""
    series: str


class StandardSteps(Strict):
    """
    ``packs/vietnam/standard-steps.yaml``.

    :param no_time: where the list gives no time limit
    :param times_question: id of the question by which an officer says which of several limits is this case's
    :param result_name: where the list names no result
    :param not_results: beginnings of names that are no result to hand out
    :param templates: by who may file
    """

    no_time: StandardTime
    times_question: Slug
    result_name: Text
    not_results: tuple[str, ...]
    series: tuple[Series, ...]
    templates: dict[Filer, str]
    processes: tuple[StandardProcess, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """
    What the rest of a procedure is derived from.

    :param agencies: names of the kinds of agencies
    """

    form: StandardForm
    steps: StandardSteps
    agencies: Mapping[str, Text]


def is_standard(content: bytes) -> bool:
    """Tell whether a procedure file holds facts only."""
    return MARK.search(content) is not None
