"""
The doors for the public: which registers are published, how much lies in them, and one record by its key.

What is read here is what anybody may see, whoever asks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from time import monotonic
from typing import Literal
from uuid import UUID

from django.db.models import Count, Max, Q, Sum

from tinhso.definitions.registers.reading import RegisterMissing, register, registers
from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.people.types import ANONYMOUS
from tinhso.registers import queries, relations, sight
from tinhso.registers.models import HeldValue, Record, RecordVersion
from tinhso.registers.refusals import RecordMissing
from tinhso.registers.types import EnvelopeEvent, Moment, RecordState, RecordView, SourceKind

LookUp = Literal["in_force", "coming", "ended", "cancelled", "merged", "split"]
MOST_PARTS = 50
COUNTED_FOR = 60.0


@dataclass(frozen=True, slots=True)
class Holdings:
    """
    How much of a register is published.

    :param invented: how many of them a generator made up, for trying out
    :param changed_at: when something of it was last written; None while it is empty
    :param mark: another one as soon as anything in it is another
    """

    records: int = 0
    invented: int = 0
    changed_at: datetime | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """
    What became of the record that bears, or bore, a key.

    :param record: its public fields; None where no day is left on which it was in force
    :param on: the day from which it is in force, or is in force no more; None where that is not said
    :param successors: keys of what took its place, as far as keys are public
    """

    standing: LookUp
    record: RecordView | None
    on: date | None = None
    successors: tuple[str, ...] = ()


def published() -> tuple[RegisterDefinition, ...]:
    """Return the registers of open data, by name."""
    return _by_name(one for one in registers().values() if one.public and one.public.open_data)


def looked_up() -> tuple[RegisterDefinition, ...]:
    """Return the registers of which anybody may ask for a record by its key, by name."""
    return _by_name(one for one in registers().values() if one.public and one.public.look_up)


def public_register(register_id: str) -> RegisterDefinition:
    """Return a register that is published or may be asked. :raises RegisterMissing: neither, or absent"""
    definition = register(register_id)
    if definition.public is None or not (definition.public.open_data or definition.public.look_up):
        raise RegisterMissing(register=register_id)
    return definition


def published_register(register_id: str) -> RegisterDefinition:
    """Return a register of open data. :raises RegisterMissing: absent, or not published"""
    definition = public_register(register_id)
    if definition.public is None or not definition.public.open_data:
        raise RegisterMissing(register=register_id)
    return definition


def public_fields(definition: RegisterDefinition) -> tuple[RegisterField, ...]:
    """Return the fields anybody may see, in the order of the register."""
    named = frozenset(definition.public.fields) if definition.public else frozenset()
    return tuple(one for one in definition.fields if one.id in named)


def shows_keys(definition: RegisterDefinition) -> bool:
    """Tell whether keys are made of nothing but what is public."""
    return sight.sees_key(definition, frozenset(one.id for one in public_fields(definition)))


def holdings(moment: Moment, *register_ids: str) -> Mapping[str, Holdings]:
    """
    Return what is published of each register on the day; empty ones are left out.

    Counting reads every version. It is done once for what was written last, and anew after a minute all the
    same: of two who write at once the later one may have the earlier id.
    """
    asked = register_ids or tuple(one.id for one in published())
    newest = RecordVersion.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _counted(newest, moment.valid, int(monotonic() // COUNTED_FOR), asked) if newest else {}


@lru_cache(maxsize=128)
def _counted(_newest: UUID, on: date, _while: int, register_ids: tuple[str, ...]) -> Mapping[str, Holdings]:
    standing = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    in_force = standing & ~Q(event=EnvelopeEvent.CANCEL)
    rows = RecordVersion.objects.now().filter(register__in=register_ids).order_by().values("register")
    counted = rows.annotate(
        records=Count("pk", filter=in_force),
        invented=Count("pk", filter=in_force & Q(source=SourceKind.INVENTED)),
        changed_at=Max("known_from"),
        numbers=Sum("number"),
    )
    return {
        row["register"]: Holdings(
            row["records"],
            row["invented"],
            row["changed_at"],
            f"{row['records']}-{row['numbers']}-{on:%Y%m%d}",
        )
        for row in counted
    }


def look_up(register_id: str, key: str, moment: Moment) -> PublicRecord:
    """
    Return what anybody may know of the record with the key.

    :raises RegisterMissing: there is no such register, or nobody may ask it
    :raises RecordMissing: no record ever had the key
    """
    definition = public_register(register_id)
    if definition.public is None or not definition.public.look_up:
        raise RegisterMissing(register=register_id)
    if "\0" in key:  # which no database keeps
        raise RecordMissing
    row = Record.objects.get(pk=_record_with(register_id, key))
    if row.state == RecordState.MERGED:
        winner = relations.standing(row.pk)
        return PublicRecord("merged", _view(winner, moment), None, _keys_of(definition, [winner], moment))
    if row.state == RecordState.SPLIT:
        parts = row.parts.order_by("pk").values_list("pk", flat=True)[:MOST_PARTS]
        view = _view(row.pk, moment)
        return PublicRecord(
            "split", view, view.valid_to if view else None, _keys_of(definition, parts, moment)
        )
    return _standing(row, _view(row.pk, moment), moment)


def number_fields(definition: RegisterDefinition) -> tuple[RegisterField, ...]:
    """Return the public fields besides the key by whose value a record is asked for: no two share one."""
    texts = (FieldType.TEXT,)
    return tuple(one for one in public_fields(definition) if one.unique and one.type in texts)


def key_of_number(register_id: str, number: str) -> str:
    """Return the key of the record in force that holds this number. :raises RecordMissing: none does"""
    definition = public_register(register_id)
    names = [one.id for one in number_fields(definition)]
    held = HeldValue.objects.filter(register=register_id, field__in=names, value=number)
    record_id = held.values_list("record_id", flat=True).first()
    if record_id is None:
        raise RecordMissing
    return RecordVersion.objects.now().filter(record_id=record_id).order_by("-valid_from")[0].key


def _record_with(register_id: str, key: str) -> UUID:
    """Return whose key it is; else whose it was last. :raises RecordMissing: nobody's, ever"""
    held = HeldValue.objects.filter(register=register_id, field=relations.KEY, value=key)
    found = held.values_list("record_id", flat=True).first()
    if found is not None:
        return found
    past = RecordVersion.objects.filter(register=register_id, key=key).order_by("-known_from").first()
    if past is None:
        raise RecordMissing
    return past.record_id


def _view(record_id: UUID, moment: Moment) -> RecordView | None:
    try:
        return queries.access_record(actor=ANONYMOUS, record_id=record_id, moment=moment)
    except RecordMissing:
        return None


def _standing(row: Record, view: RecordView | None, moment: Moment) -> PublicRecord:
    if view is None:
        return PublicRecord("cancelled", None)
    if view.valid_from > moment.valid:
        return PublicRecord("coming", view, view.valid_from)
    if view.valid_to is not None and view.valid_to <= moment.valid:
        standing: LookUp = "cancelled" if row.state == RecordState.CANCELLED else "ended"
        return PublicRecord(standing, view, view.valid_to)
    return PublicRecord("in_force", view)


def _keys_of(definition: RegisterDefinition, ids: Iterable[UUID], moment: Moment) -> tuple[str, ...]:
    views = queries.records_of(actor=ANONYMOUS, record_ids=ids, register_ids=[definition.id], moment=moment)
    return tuple(sorted(one.key for one in views.values() if one.key))


def _by_name(found: Iterable[RegisterDefinition]) -> tuple[RegisterDefinition, ...]:
    return tuple(sorted(found, key=lambda one: one.name.vi))
