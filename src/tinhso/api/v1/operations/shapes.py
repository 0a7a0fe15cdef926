"""What the operations room looks like to programs. Decimals are texts with a point."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema

from tinhso.api.v1.dossiers.bodies import Body
from tinhso.operations.alerts import AlertView
from tinhso.operations.attention import Group
from tinhso.operations.league import League, Place
from tinhso.operations.live import Live
from tinhso.operations.tiles import Reading


class LiveOut(Schema):
    """Of the whole province, or of the field of the tab."""

    filed: int = Field(description="Filed today.")
    settled: int = Field(description="Decided today.")
    overdue: int = Field(description="Overdue now.")
    waiting: int = Field(description="Waiting for the applicant now.")
    paid: int = Field(description="Đồng of bills paid in full today.")
    position: int = Field(description="Of the ledger, up to which it is counted.")


class MonthOut(Schema):
    month: str
    value: str | None


class TileOut(Schema):
    indicator: str
    name: str
    unit: str
    month: str = Field(description="The month the value is of, `2026-11`.")
    value: str | None = Field(description="Null: no data.")
    target: str | None
    verdict: str = Field(description="`reached`, `near`, `missed`, `no_target` or `no_data`.")
    change: str | None = Field(description="Against the month before.")
    dossiers: int | None = Field(description="On how many it is counted; null: not told.")
    months: list[MonthOut]


class OperationsPlaceOut(Schema):
    unit: str
    name: str
    value: str | None
    dossiers: int | None
    rank: int | None = Field(description="Null: too few dossiers to be ranked.")
    step: int | None = Field(description="0 (worst) to 4 around the target; null: not ranked, or no target.")


class LeagueOut(Schema):
    indicator: str
    name: str
    unit: str
    year: int
    least: int = Field(description="Fewer dossiers are not ranked.")
    bounds: list[str] = Field(description="The four values at which steps change, worst first.")
    places: list[OperationsPlaceOut]


class RoomOut(Schema):
    tab: str
    name: str
    at: datetime
    live: LiveOut | None = Field(description="Null for who is not an officer.")
    tiles: list[TileOut]
    league: LeagueOut | None
    is_public: bool = Field(description="Small numbers are left out.")


class GroupOut(Schema):
    counts: str = Field(description="`overdue`, `due_today` or `held_long`.")
    agency_id: UUID
    agency: str
    procedure: str
    dossiers: int
    since: datetime
    officers: int
    unheld: int


class AttentionOut(Schema):
    items: list[GroupOut]


class AlertOut(Schema):
    id: UUID
    rule: str
    agency_id: UUID
    agency: str
    crossed: int
    dossiers: int
    highest: int
    raised_at: datetime
    cleared_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    note: str


class AlertListOut(Schema):
    items: list[AlertOut]


class OperationsNoteIn(Body):
    note: str = Field(min_length=1, max_length=1000)


def live_out(figures: Live) -> LiveOut:
    return LiveOut(
        filed=figures.filed,
        settled=figures.settled,
        overdue=figures.overdue,
        waiting=figures.waiting,
        paid=figures.paid,
        position=figures.position,
    )


def tile_out(one: Reading, language: str) -> TileOut:
    return TileOut(
        indicator=one.indicator.id,
        name=one.indicator.name.into(language),
        unit=one.indicator.unit.into(language),
        month=_month(one.month.since),
        value=_text(one.value),
        target=_text(one.indicator.target),
        verdict=one.verdict.value,
        change=_text(one.change),
        dossiers=one.whole,
        months=[MonthOut(month=_month(month.since), value=_text(value)) for month, value in one.months],
    )


def league_out(placed: League, language: str) -> LeagueOut:
    return LeagueOut(
        indicator=placed.indicator.id,
        name=placed.indicator.name.into(language),
        unit=placed.indicator.unit.into(language),
        year=placed.year,
        least=placed.least,
        bounds=[str(one) for one in placed.scale.bounds],
        places=[_place_out(one) for one in placed.places],
    )


def group_out(one: Group) -> GroupOut:
    return GroupOut(
        counts=one.counts,
        agency_id=one.agency_id,
        agency=one.agency,
        procedure=one.procedure,
        dossiers=one.count,
        since=one.since,
        officers=one.holders,
        unheld=one.unheld,
    )


def alert_out(one: AlertView) -> AlertOut:
    return AlertOut(
        id=one.id,
        rule=one.rule,
        agency_id=one.agency_id,
        agency=one.agency,
        crossed=one.crossed,
        dossiers=one.count,
        highest=one.highest,
        raised_at=one.raised_at,
        cleared_at=one.cleared_at,
        acknowledged_at=one.acknowledged_at,
        acknowledged_by=one.acknowledged_by,
        note=one.note,
    )


def _place_out(one: Place) -> OperationsPlaceOut:
    return OperationsPlaceOut(
        unit=one.code,
        name=one.name,
        value=_text(one.value),
        dossiers=None if one.value is None else one.whole,
        rank=one.rank,
        step=one.class_ if one.class_ >= 0 else None,
    )


def _month(first: date) -> str:
    return f"{first:%Y-%m}"


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
