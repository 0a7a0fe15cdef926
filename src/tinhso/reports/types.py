"""
What the packs say of reports, as frozen types: ``packs/*/reports/<id>.yaml``, ``packs/vietnam/reports.yaml``.

A line has one source: an indicator, a count of dossiers, arithmetic over other lines, or an officer.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from tinhso.definitions.types import NO_TEXT, StepId, Strict, Text

ReportId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
# A name of the arithmetic, too.
LineId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Kind = Literal["month", "quarter", "half", "nine_months", "year", "ad_hoc"]
Adding = Literal["sum", "last", "collect", "none"]
MOST_DECIMALS = 4
# Cells of the one-stop report; see ``counting``. In the order of the table.
CELLS = (
    "received",
    "new",
    "online",
    "other",
    "carried",
    "settled",
    "early",
    "on_time",
    "late",
    "open",
    "open_in_time",
    "open_late",
    "withdrawn",
)
# What a dossier's agency only took in for another; the province never adds it up.
FOR_OTHERS = "received_for_others"


class Line(Strict):
    """
    One line.

    :param indicator: filled from this indicator, cut by agency or unit; the province adds up its sums
    :param count: filled from dossiers, one of :data:`CELLS`
    :param formula: arithmetic over other lines; at the province over the province's lines
    :param kind: of an entered line
    :param add: how the province puts an entered line together; ``last``: the one that was signed last
    :param lowest: entered numbers below make no sense; ``highest`` likewise
    """

    id: LineId
    text: Text
    unit: Text = NO_TEXT
    hint: Text = NO_TEXT
    indicator: str = ""
    count: str = ""
    formula: str = ""
    kind: Literal["number", "text"] = "number"
    add: Adding = "sum"
    decimals: int = Field(0, ge=0, le=MOST_DECIMALS)
    lowest: Decimal | None = None
    highest: Decimal | None = None
    required: bool = True

    @property
    def origin(self) -> Literal["indicator", "count", "formula", "number", "text"]:
        """Return where the line's value comes from."""
        if self.indicator:
            return "indicator"
        if self.count:
            return "count"
        return "formula" if self.formula else self.kind

    @property
    def is_entered(self) -> bool:
        return self.origin in ("number", "text")


class Check(Strict):
    """
    :param line: named when the rule is broken
    :param rule: two sums with ``==``, ``<=``, ``<``, ``>=``, ``>`` or ``!=`` between
    """

    line: LineId
    rule: str
    says: Text


class Section(Strict):
    id: LineId
    title: Text
    lines: tuple[Line, ...] = Field(min_length=1)
    checks: tuple[Check, ...] = ()


class Asked(Strict):
    """Who must report: agencies of these kinds, and these by code."""

    kinds: tuple[StepId, ...] = ()
    agencies: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.kinds and not self.agencies:
            raise ValueError("name at least one kind or one agency")
        return self


class Due(Strict):
    """:param working_days: after the last day of the period, at the end of office hours"""

    working_days: int = Field(ge=0, le=60)


class ReportTemplate(Strict):
    """
    One report.

    :param source: the text of law, or who decided that it is reported
    """

    id: ReportId
    title: Text
    source: str
    periods: tuple[Kind, ...] = Field(min_length=1)
    asked: Asked
    due: Due
    sections: tuple[Section, ...] = Field(min_length=1)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for section in self.sections for line in section.lines)

    def line(self, line_id: str) -> Line | None:
        return next((one for one in self.lines if one.id == line_id), None)


class PeriodRules(Strict):
    """:param first_day: a period begins on that day of the month before; 1: on the first of its own month"""

    source: str
    first_day: int = Field(ge=1, le=28)


class ReportRules(Strict):
    """
    ``packs/vietnam/reports.yaml``.

    :param coordinator: kind of the agency that collects
    :param fill: roles that fill in and hand up the return of their agency
    :param approve: roles that sign it
    :param run: roles that open periods, receive and send back, in the collecting agency
    :param sign: roles that sign the province's report there
    :param read: roles that see all there, and do nothing
    :param remind_before: days before the deadline on which who can act is reminded; ``remind_after`` likewise
    """

    source: str
    coordinator: StepId
    fill: tuple[StepId, ...] = Field(min_length=1)
    approve: tuple[StepId, ...] = Field(min_length=1)
    run: tuple[StepId, ...] = Field(min_length=1)
    sign: tuple[StepId, ...] = Field(min_length=1)
    read: tuple[StepId, ...] = ()
    remind_before: tuple[int, ...] = ()
    remind_after: tuple[int, ...] = ()
    periods: PeriodRules
