"""Registers and records as operations tell them: of fields only those that who asks may see."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR
from tinhso.definitions.registers.types import RegisterDefinition, RegisterField
from tinhso.registers.types import HistoryEntry, Quality, RecordView, Score, TwinView

VALUES = (
    "Field id → value: days `2026-11-22`, `1960-05` or `1960`; numbers with decimals as text; a unit "
    '`{"code", "on"}`; a relation the id of its record. What who asks does not see is not there.'
)


class FieldChoice(Schema):
    value: str
    label: str


class FieldOut(Schema):
    """One field of a register."""

    id: str
    label: str
    hint: str
    type: str = Field(examples=["text", "date", "choice", "unit", "point"])
    required: bool
    unique: bool
    personal: bool
    searched: bool = Field(description="Its words are found by `q`.")
    filtered: bool = Field(description="Records can be asked for by its value, with `filter`.")
    several: bool
    partial: bool = Field(description="Of a day: a year or a month may stand.")
    decimals: int
    unit: str = Field(description="What a number counts, `m²`; may be empty.")
    register_id: str = Field(description="The register a relation points into; else empty.")
    options: list[FieldChoice]
    is_public: bool

    @classmethod
    def told(cls, field: RegisterField, definition: RegisterDefinition, language: str) -> "FieldOut":
        return cls(
            id=field.id,
            label=field.label.into(language),
            hint=field.hint.into(language),
            type=field.type.value,
            required=field.required,
            unique=field.unique,
            personal=field.personal,
            searched=field.searched,
            filtered=field.is_filter,
            several=field.several,
            partial=field.partial,
            decimals=field.decimals,
            unit=field.unit_label.into(language),
            register_id=field.register_id,
            options=[FieldChoice(value=one.value, label=one.label.into(language)) for one in field.options],
            is_public=bool(definition.public and field.id in definition.public.fields),
        )


class RegisterRow(Schema):
    """A register of which who asks sees something."""

    id: str = Field(examples=["education.schools"])
    name: str
    summary: str
    field: str
    law: str
    truth: str = Field(description="`ours`, or `outside`: a copy that only its own system writes.")
    system: str = Field(description="The outside system; else empty.")
    has_geometry: bool
    is_open_data: bool
    may_look_up: bool = Field(description="Anybody may ask for a record by its key.")
    may_enter: bool = Field(description="Who asks may enter records somewhere.")

    @classmethod
    def row(cls, one: RegisterDefinition, language: str, *, may_enter: bool) -> dict[str, Any]:
        return {
            "id": one.id,
            "name": one.name.into(language),
            "summary": one.summary.into(language),
            "field": one.field.into(language),
            "law": one.law,
            "truth": one.truth,
            "system": one.system,
            "has_geometry": one.geometry is not None,
            "is_open_data": bool(one.public and one.public.open_data),
            "may_look_up": bool(one.public and one.public.look_up),
            "may_enter": may_enter,
        }


class RegisterPage(Schema):
    items: list[RegisterRow]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class RegisterOut(RegisterRow):
    """A register with the fields that who asks may see of some record."""

    key_pattern: str = Field(examples=["{unit}-{map.sheet}-{parcel.number}"])
    title: list[str] = Field(description="The fields that name a record.")
    unit: str | None = Field(description="The field that says where a record belongs.")
    parent: str | None
    geometry: str | None
    fields: list[FieldOut]
    confirmed_every_months: int | None
    kept_years: int | None = Field(description="After a record has ended; null: for ever, or not settled.")


class RecordOut(Schema):
    """One version of a record. Send its `ETag` as `If-Match` with what changes it."""

    id: UUID
    register_id: str
    key: str = Field(description="Empty where it is made of what who asks does not see.")
    title: str
    state: str = Field(description="`in_force`, `cancelled`, `merged`, `split`.")
    event: str = Field(description="`NEW`, `UPDATE` or `CANCEL`, as in the national envelope.")
    number: int
    values: dict[str, Any] = Field(description=VALUES)
    hidden: int = Field(description="How many values who asks does not see.")
    geometry: dict[str, Any] | None = Field(description="GeoJSON, WGS 84.")
    unit_code: str
    valid_from: date
    valid_to: date | None = Field(description="The first day on which it is true no more.")
    known_from: datetime
    known_to: datetime | None = Field(description="When we learned better.")
    updated_at: datetime
    confirmed_at: datetime
    source: str = Field(description="`dossier`, `import`, `exchange`, `officer`, `ticket`.")
    reference: str = Field(description="Of the source; only for who reads the register by a post.")
    reason: str
    merged_into: UUID | None
    clashes_with: UUID | None

    @classmethod
    def told(cls, one: RecordView, *, inside: bool) -> "RecordOut":
        """:param inside: a post reads it; the public is not told why an officer changed what"""
        return cls(
            id=one.id,
            register_id=one.register,
            key=one.key,
            title=one.title,
            state=one.state,
            event=one.event,
            number=one.number,
            values=dict(one.values),
            hidden=one.hidden if inside else 0,
            geometry=dict(one.geometry) if one.geometry else None,
            unit_code=one.unit_code,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            known_from=one.known_from,
            known_to=one.known_to,
            updated_at=one.updated_at,
            confirmed_at=one.confirmed_at,
            source=one.source,
            reference=one.reference if inside else "",
            reason=one.reason if inside else "",
            merged_into=one.merged_into,
            clashes_with=one.clashes_with if inside else None,
        )


class RecordPage(Schema):
    items: list[RecordOut]
    count: int | None = Field(description="How many there are on all pages; null unless `count=true`.")
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class UnitCount(Schema):
    unit_code: str = Field(description="Empty where the records name none.")
    records: int


class UnitCountPage(Schema):
    items: list[UnitCount] = Field(description="By code.")


class RegisterDifferenceOut(Schema):
    field: str
    before: Any = Field(description="Null: it was absent.")
    after: Any


class HistoryOut(Schema):
    """A version, and what it changed in what was known of the same days before."""

    version: RecordOut
    changes: list[RegisterDifferenceOut]

    @classmethod
    def told(cls, one: HistoryEntry, *, inside: bool) -> "HistoryOut":
        changes = [RegisterDifferenceOut(field=d.field, before=d.before, after=d.after) for d in one.changes]
        return cls(version=RecordOut.told(one.version, inside=inside), changes=changes)


class HistoryPage(Schema):
    items: list[HistoryOut]


class RelatedOut(Schema):
    """:param field: by which the record points here"""

    field: str
    record: RecordOut


class RelatedPage(Schema):
    items: list[RelatedOut]


class RegisterScoreOut(Schema):
    """One of the four words (correct, complete, clean, alive), measured."""

    kind: str
    records: int
    failing: int
    percent: float | None = Field(description="Null where there is nothing to measure.")

    @classmethod
    def told(cls, one: Score) -> "RegisterScoreOut":
        return cls(kind=one.kind, records=one.records, failing=one.failing, percent=one.percent)


class RuleOut(Schema):
    rule: str
    kind: str
    field: str
    sentence: str
    weight: int
    failing: int


class QualityOut(Schema):
    """A register, measured, as far as the posts of who asks reach."""

    records: int
    expected: int | None = Field(description="How many there should be; null where nobody has said.")
    scores: list[RegisterScoreOut]
    rules: list[RuleOut]
    units: dict[str, list[RegisterScoreOut]] = Field(description="By code of the unit.")

    @classmethod
    def told(cls, one: Quality) -> "QualityOut":
        return cls(
            records=one.records,
            expected=one.expected,
            scores=[RegisterScoreOut.told(score) for score in one.scores],
            rules=[
                RuleOut(
                    rule=rule.rule,
                    kind=rule.kind,
                    field=rule.field,
                    sentence=str(rule.sentence),
                    weight=rule.weight,
                    failing=rule.failing,
                )
                for rule in one.rules
            ],
            units={
                code: [RegisterScoreOut.told(score) for score in scores] for code, scores in one.units.items()
            },
        )


class RegisterDayOut(Schema):
    on: date
    score: RegisterScoreOut


class TrendOut(Schema):
    items: list[RegisterDayOut] = Field(description="Oldest first.")


class TwinOut(Schema):
    """Two records that may be one."""

    id: UUID
    likeness: int = Field(description="0 to 100.")
    why: list[str] = Field(description="Fields that agree.")
    first: RecordOut
    second: RecordOut

    @classmethod
    def told(cls, one: TwinView) -> "TwinOut":
        return cls(
            id=one.id,
            likeness=one.likeness,
            why=list(one.why),
            first=RecordOut.told(one.first, inside=True),
            second=RecordOut.told(one.second, inside=True),
        )


class TwinPage(Schema):
    items: list[TwinOut] = Field(description="The most alike first.")
