"""What operations on figures answer."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Field, Schema

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR
from tinhso.indicators import periods
from tinhso.indicators.definitions import Indicator
from tinhso.indicators.reading import Row, Table
from tinhso.indicators.scoring import Score

NUMBER = "A number with a point; null: nothing is known."


class IndicatorRowOut(Schema):
    id: str
    name: str
    unit: str
    direction: str = Field(description="`up`: more is better.")
    target: str | None
    is_entered: bool = Field(description="The value is computed elsewhere and entered with its document.")
    dimensions: list[str]


class IndicatorPageOut(Schema):
    items: list[IndicatorRowOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class IndicatorOut(IndicatorRowOut):
    """With its definition."""

    about: str
    formula: str = Field(description="One SELECT over facts, in DuckDB's words; empty where it is entered.")
    value: str = Field(description="Arithmetic over the formula's sums.")
    least: int = Field(description="Fewer facts are not ranked.")
    decimals: int
    responsible: str
    owner: str = Field(description="Who computes an entered value.")
    source: str
    definition: str = Field(description="SHA-256 of the definition, which published figures keep.")


class FigureRowOut(Schema):
    group: list[str] = Field(description="Codes, in the order of `by`; empty: the whole.")
    names: list[str]
    value: str | None = Field(description=NUMBER)
    whole: str | None = Field(description="How many facts it is of.")
    sums: dict[str, str]
    is_hidden: bool = Field(description="Too few facts to be told to everybody.")
    figure_id: UUID | None = Field(description="Of a published figure.")


class IndicatorFiguresOut(Schema):
    indicator: str
    name: str
    unit: str
    period: str
    since: date
    until: date = Field(description="The first day after the period.")
    by: list[str]
    map: date | None = Field(description="The map units are given on; null: that of the day of filing.")
    edition: str = Field(description="`standing` for officers, `published` for everybody.")
    computed_at: datetime | None
    position: int = Field(description="Of the ledger the figures are made of; 0: of none.")
    checkpoint: str = Field(description="The signed checkpoint, of a published figure.")
    rows: list[FigureRowOut]


class PublishedFigureOut(Schema):
    id: UUID
    indicator: str
    period: str
    since: date
    until: date
    by: list[str]
    group: list[str]
    value: str | None = Field(description=NUMBER)
    sums: dict[str, str]
    is_hidden: bool
    definition: str
    position: int
    checkpoint: str
    published_at: datetime
    restates: UUID | None
    restated_by: UUID | None
    difference: str | None


class IndicatorBehindOut(Schema):
    dossier_id: UUID | None
    procedure: str = Field(description="Where the figure counts procedures; else empty.")
    counts: dict[str, int]


class EvidenceOut(Schema):
    total: int
    hidden: int = Field(description="How many of them the reader may not open; nothing else is told of them.")
    position: int
    items: list[IndicatorBehindOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class LineScoreOut(Schema):
    id: str
    indicator: str
    value: str | None
    points: str | None = Field(description="Null: nothing is known, and nothing is taken.")
    most: str
    is_entered: bool
    is_setting: bool = Field(description="No text says the points of this line: a setting of the province.")


class GroupScoreOut(Schema):
    id: str
    name: str
    points: str | None
    known: str
    most: str
    lines: list[LineScoreOut]


class IndicatorScoreOut(Schema):
    unit: str = Field(description="Code; empty: the whole province.")
    points: str | None
    known: str = Field(description="Points of lines that have data.")
    most: str
    grade: str | None
    groups: list[GroupScoreOut]


class ScoresOut(Schema):
    index_set: str
    name: str
    period: str
    is_counting: bool = Field(description="Some figures are being counted; until then they are not known.")
    scores: list[IndicatorScoreOut]


class IndexSetOut(Schema):
    id: str
    name: str
    source: str
    points: str


class IndexSetListOut(Schema):
    items: list[IndexSetOut]


def text(value: Decimal | int | None) -> str | None:
    """Return the number as a text; None stays."""
    return None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def row_out(one: Indicator, language: str) -> IndicatorRowOut:
    """Return an indicator as a row of the list."""
    return IndicatorRowOut(
        id=one.id,
        name=one.name.into(language),
        unit=one.unit.into(language),
        direction=one.direction,
        target=text(one.target),
        is_entered=one.manual is not None,
        dimensions=["unit"] if one.manual else list(one.dimensions),
    )


def indicator_out(one: Indicator, language: str) -> IndicatorOut:
    """Return an indicator with its definition."""
    return IndicatorOut(
        **row_out(one, language).dict(),
        about=one.about.into(language),
        formula=one.formula,
        value=one.value,
        least=one.least,
        decimals=one.decimals,
        responsible=one.responsible.into(language),
        owner=one.manual.owner.into(language) if one.manual else "",
        source=" ".join(one.source.split()),
        definition=one.digest,
    )


def figures_out(found: Table, names: dict[str, str], language: str) -> IndicatorFiguresOut:
    """Return figures with the names of what they are of."""
    return IndicatorFiguresOut(
        indicator=found.one.id,
        name=found.one.name.into(language),
        unit=found.one.unit.into(language),
        period=periods.name_of(found.period),
        since=found.period.since,
        until=found.period.until,
        by=list(found.by),
        map=found.as_of_map,
        edition=found.edition,
        computed_at=found.computed_at,
        position=found.position,
        checkpoint=found.checkpoint,
        rows=[_figure_row(row, names) for row in found.rows],
    )


def _figure_row(row: Row, names: dict[str, str]) -> FigureRowOut:
    return FigureRowOut(
        group=list(row.group),
        names=[names.get(code, code) for code in row.group],
        value=text(row.value),
        whole=text(row.whole),
        sums={name: str(added) for name, added in row.sums.items()},
        is_hidden=row.hidden,
        figure_id=row.figure_id,
    )


def score_out(one: Score, language: str) -> IndicatorScoreOut:
    """Return points with their groups and lines."""
    return IndicatorScoreOut(
        unit=one.unit,
        points=text(one.points),
        known=str(one.known),
        most=str(one.most),
        grade=one.grade.into(language) if one.grade else None,
        groups=[
            GroupScoreOut(
                id=group.group.id,
                name=group.group.name.into(language),
                points=text(group.points),
                known=str(group.known),
                most=str(group.most),
                lines=[
                    LineScoreOut(
                        id=line.line.id,
                        indicator=line.line.indicator,
                        value=text(line.value),
                        points=text(line.points),
                        most=str(line.most),
                        is_entered=line.entered,
                        is_setting=line.is_setting,
                    )
                    for line in group.lines
                ],
            )
            for group in one.groups
        ],
    )
