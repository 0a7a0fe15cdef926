"""How dossiers really went, as programs read it."""

from uuid import UUID

from ninja import Field, Schema

SECONDS = "Seconds of the wall clock, nights and holidays included."


class FlowProcedureOut(Schema):
    code: str
    dossiers: int


class FlowProceduresOut(Schema):
    items: list[FlowProcedureOut]


class ActivityOut(Schema):
    key: str = Field(description="Kind of the event; of acts on a step with the step behind a slash.")
    name: str
    times: int
    dossiers: int
    repeats: int = Field(description="How often a dossier came through it once more.")
    standing: int = Field(description="Dossiers not yet closed of which it is the last act.")


class PassageOut(Schema):
    source: str
    target: str
    times: int
    dossiers: int
    median: float = Field(description=f"Half of them took no longer. {SECONDS}")
    slow: float = Field(description=f"Nine of ten took no longer. {SECONDS}")
    total: float = Field(description=f"All of them together. {SECONDS}")
    is_back: bool = Field(description="To an activity that comes earlier in the mean, or to itself.")


class PathOut(Schema):
    digest: str = Field(description="Names the path where its dossiers are asked for.")
    activities: list[str]
    dossiers: int
    median: float = Field(description=f"From the first to the last act, half took no longer. {SECONDS}")


class FlowOut(Schema):
    """A directly-follows graph with the commonest paths through it."""

    code: str
    dossiers: int
    activities: list[ActivityOut]
    passages: list[PassageOut]
    paths: list[PathOut]
    paths_in_all: int


class FlowBehindOut(Schema):
    """The dossiers behind a figure of the map, fifty at the most."""

    items: list[UUID]
    is_more: bool = Field(description="A path has further dossiers: ask again after the last.")
