"""What ``packs/<province>/operations.yaml`` says, as frozen types."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from tinhso.definitions.types import StepId, Strict, Text

PartId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
MOST_TILES = 8
Counted = Literal["overdue", "due_today", "held_long"]


class PlanPart(Strict):
    """The targets of one pillar of a plan, those that are off track first."""

    id: str
    pillar: str


class Tab(Strict):
    """
    One page of the room.

    :param group: ``pillar`` or ``field``
    :param field: counts only procedures of this field, named as the catalogue does; empty: all
    :param map: the indicator that map and table show
    :param tiles: indicators
    :param registers: registers of poor quality are among what needs attention
    :param plan: fills the tiles that are left with targets of a plan
    """

    id: PartId
    group: Literal["pillar", "field"]
    name: Text
    field: str = ""
    map: str
    tiles: tuple[str, ...] = Field(min_length=1, max_length=MOST_TILES)
    plan: PlanPart | None = None
    registers: bool = False


class AlertRule(Strict):
    """
    A line that the open dossiers of an agency may not cross.

    :param crossed: from so many on officers are told
    :param clear: not above this it is over, and may cross again
    :param tell: roles in the agency
    """

    id: PartId
    name: Text
    counts: Counted
    crossed: int = Field(alias="from", ge=1)
    clear: int = Field(ge=0)
    tell: tuple[StepId, ...] = Field(min_length=1)
    source: str

    @model_validator(mode="after")
    def _clears_below(self) -> Self:
        if self.clear >= self.crossed:
            raise ValueError("«clear» lies below «from»")
        return self


class Board(Strict):
    """
    The whole file.

    :param province: its code in the list of administrative units
    :param far: percent of a target from which a missed one is missed by far; ``well``: well over it
    :param least_ranked: fewer facts are shown and not ranked
    :param least_quality: percent below which a register needs attention
    :param attention: how many groups stand on the first screen
    """

    source: str
    province: str = Field(pattern=r"^[0-9]{2}$")
    far: Decimal = Field(gt=5)
    well: Decimal = Field(gt=0)
    least_ranked: int = Field(ge=1)
    least_quality: int = Field(ge=0, le=100)
    attention: int = Field(ge=1, le=20)
    tabs: tuple[Tab, ...] = Field(min_length=1, max_length=20)
    alerts: tuple[AlertRule, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for parts in (self.tabs, self.alerts):
            ids = [one.id for one in parts]
            if len(ids) != len(set(ids)):
                raise ValueError("each id stands once")
        return self
