"""
What a plan file says, as frozen types: ``packs/<province>/plans/<id>.yaml``.

A figure somebody else published (``reported``, ``figures``) is kept apart from those this system computes or
that officers enter with a document: it is shown beside them and never decides whether a target is reached.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from tinhso.definitions.types import NO_TEXT, StepId, Strict, Text

PartId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
MOST_DECIMALS = 4


class Pillar(Strict):
    id: PartId
    name: Text


class Counts(Strict):
    """
    How many the document itself has, listed here or not.

    :param source: a key of ``sources``
    """

    targets: int | None = Field(None, gt=0)
    tasks: int | None = Field(None, gt=0)
    source: str


class Told(Strict):
    """How many targets somebody said were reached, out of how many."""

    reached: int = Field(ge=0)
    of: int = Field(gt=0)
    on: date
    note: Text = NO_TEXT
    source: str


class Reported(Strict):
    """
    A value somebody published.

    :param on: last day of the time it is about
    :param label: the time or the measure in words, e.g. «năm 2022»
    """

    value: Decimal
    on: date
    label: Text
    source: str


class Base(Strict):
    """Where the target started."""

    value: Decimal
    on: date
    source: str


class Target(Strict):
    """
    One target.

    :param aim: the value to be reached on ``by`` at the latest
    :param exceed: the aim itself is not enough («trên 20 %»)
    :param lowest: values below make no sense; ``highest`` likewise
    :param owner: code of the agency in charge; empty: the source names none, it is given at the desk
    :param indicator: id of the indicator it is computed by; empty: officers enter values with proof
    :param counted: whether it is among the number of targets in ``counts``
    """

    id: PartId
    pillar: PartId
    text: Text
    unit: Text
    decimals: int = Field(0, ge=0, le=MOST_DECIMALS)
    aim: Decimal
    by: date
    direction: Literal["up", "down"] = "up"
    exceed: bool = False
    lowest: Decimal | None = None
    highest: Decimal | None = None
    base: Base | None = None
    owner: str = ""
    indicator: str = ""
    counted: bool = True
    note: Text = NO_TEXT
    source: str
    reported: tuple[Reported, ...] = ()


class Task(Strict):
    """
    One task.

    :param due: None: the source tells none
    :param blocked_by: tasks that must be done before
    """

    id: PartId
    pillar: PartId
    text: Text
    owner: str = ""
    start: date | None = None
    due: date | None = None
    blocked_by: tuple[PartId, ...] = ()
    note: Text = NO_TEXT
    source: str


class Figure(Strict):
    """
    A figure published about the plan that belongs to no target.

    :param indicator: what computes the same thing here, to be shown beside it
    """

    id: PartId
    pillar: PartId
    text: Text
    value: Decimal
    unit: Text
    decimals: int = Field(0, ge=0, le=MOST_DECIMALS)
    on: date
    label: Text
    indicator: str = ""
    source: str


class Plan(Strict):
    """
    One plan or resolution.

    :param coordinator: code of the agency that runs it; its officers may enter values for every part
    :param sources: where each thing was read, by a short key
    :param gaps: what is not known, for the reader
    """

    id: PartId
    number: str = ""
    name: Text
    issuer: Text
    since: date
    until: date
    coordinator: str = ""
    public: bool = True
    sources: dict[str, str] = Field(min_length=1)
    counts: Counts | None = None
    told: tuple[Told, ...] = ()
    gaps: Text = NO_TEXT
    pillars: tuple[Pillar, ...] = Field(min_length=1)
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    figures: tuple[Figure, ...] = ()

    def target(self, target_id: str) -> Target | None:
        return next((one for one in self.targets if one.id == target_id), None)

    def task(self, task_id: str) -> Task | None:
        return next((one for one in self.tasks if one.id == task_id), None)


class ForecastRules(Strict):
    """
    :param least: how many values at least
    :param reach: how far ahead at most, in times of the span the values cover
    """

    least: int = Field(ge=3)
    reach: Decimal = Field(gt=0)


class PlanRules(Strict):
    """
    ``packs/vietnam/plans.yaml``.

    :param enter: roles that enter values and report on tasks, in the agency in charge or the coordinator
    :param confirm: roles that confirm what others entered, in the same agencies
    :param assign: roles that name who is in charge and what waits for what, in the coordinator
    :param soon_days: a task due within so many days is marked
    """

    source: str
    enter: tuple[StepId, ...] = Field(min_length=1)
    confirm: tuple[StepId, ...] = Field(min_length=1)
    assign: tuple[StepId, ...] = Field(min_length=1)
    soon_days: int = Field(gt=0)
    forecast: ForecastRules
