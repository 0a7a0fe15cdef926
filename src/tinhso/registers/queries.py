"""
The doors for reading: records as the actor may see them, as of any day and as known at any moment.

A value the actor does not see is absent: from views, from what can be searched and from what can be asked
for.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count

from tinhso.definitions.registers.reading import register, registers, registers_lately
from tinhso.definitions.registers.types import FieldType, RegisterDefinition
from tinhso.people.types import Actor
from tinhso.registers import looking, places, relations, sight, viewing, words
from tinhso.registers.columns import Box, matches
from tinhso.registers.models import HeldValue, Record, RecordVersion, RecordVersionQuerySet, RegisterLook
from tinhso.registers.question import Question
from tinhso.registers.ranges import Range
from tinhso.registers.refusals import RecordMissing
from tinhso.registers.types import HistoryEntry, Known, Moment, Page, RecordView

__all__ = [
    "access_record",
    "count_by_unit",
    "count_records",
    "each_record",
    "find_records",
    "history_of",
    "looks_for",
    "open_registers",
    "record_by_key",
    "records_of",
    "related_records",
]

LIMIT = 500
CHUNK = 1000


def open_registers(actor: Actor) -> tuple[RegisterDefinition, ...]:
    """Return the registers of which the actor sees something, by name."""
    seen = (one for one in registers().values() if sight.tiers(actor, one))
    return tuple(sorted(seen, key=lambda one: one.name.vi))


def sees_any(actor: Actor) -> bool:
    """Say whether the actor sees something of some register, as of at most a second ago."""
    return any(sight.tiers(actor, one) for one in registers_lately().values())


def find_records(
    *,
    actor: Actor,
    register_id: str,
    moment: Moment,
    text: str = "",
    filters: Mapping[str, object] | None = None,
    unit_code: str = "",
    box: Box | None = None,
    ranges: Mapping[str, Range] | None = None,
    since: date | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> Page:
    """
    Return records in force on the day, page by page, each once; complete whatever comes in meanwhile.

    To who has no post and is not who they are about, only registers of open data are listed.

    :param since: what was true on any day from this one on counts too, each record as it was last
    :param text: words in any order, marks or not; the last one may be unfinished, unless a thousand
        have it as it stands. Words that half of all people bear (``pairs``) must stand in one value with a
        word beside them; where nothing is found so, in any
    :param filters: field id → value, of fields that are filters
    :param unit_code: only records of this unit and of what it grew out of
    :param box: west, south, east, north: only records whose geometry's box meets it; west beyond east: round
        the other side of the earth
    :param ranges: field id → lowest and highest value, of fields ``ranges.is_ranged``
    :param after: the cursor of the page before
    :param limit: at most :data:`LIMIT`
    :raises RegisterMissing: there is no such register
    :raises FieldNotAskable: a filter is no filter of the register, or the actor does not see it
    """
    question = Question(
        register(register_id), moment, text, filters or {}, unit_code, box, ranges or {}, since
    )
    pages = (_page(actor, one, after=after, size=min(limit, LIMIT)) for one in question.ways())
    return next((page for page in pages if page.records), Page((), None))


def count_records(
    *,
    actor: Actor,
    register_id: str,
    moment: Moment,
    text: str = "",
    filters: Mapping[str, object] | None = None,
    unit_code: str = "",
    box: Box | None = None,
    ranges: Mapping[str, Range] | None = None,
    since: date | None = None,
    most: int | None = None,
) -> int:
    """
    Return how many records :func:`find_records` finds in all.

    :param most: stop counting there; None: count them all
    """
    question = Question(
        register(register_id), moment, text, filters or {}, unit_code, box, ranges or {}, since
    )
    counts = (_count(actor, one, most) for one in question.ways())
    return next((count for count in counts if count), 0)


def each_record(
    *,
    actor: Actor,
    register_id: str,
    moment: Moment,
    text: str = "",
    filters: Mapping[str, object] | None = None,
    unit_code: str = "",
    ranges: Mapping[str, Range] | None = None,
) -> Iterator[RecordView]:
    """
    Return all that :func:`find_records` finds, one by one, in constant memory; for files.

    :raises Refusal: at once, before the first record is asked for; see :func:`find_records`
    """
    question = Question(register(register_id), moment, text, filters or {}, unit_code, ranges=ranges or {})
    ways = [one.rows(actor) for one in question.ways()]
    found = next((rows for rows in ways[:-1] if rows.exists()), ways[-1])
    rows = found.order_by("record_id").select_related("record").iterator(chunk_size=CHUNK)
    return viewing.each(actor, question.definition, rows)


def records_of(
    *, actor: Actor, record_ids: Iterable[UUID], register_ids: Iterable[str], moment: Moment
) -> dict[UUID, RecordView]:
    """Return those of the records that are in force on the day and that the actor sees, in one question."""
    wanted, named = set(record_ids), tuple(register_ids)
    if not wanted or not named:
        return {}
    rows = RecordVersion.objects.filter(record_id__in=wanted, register__in=named)
    standing = rows.visible_to(actor, *named).as_of(moment).in_force().select_related("record")
    return {one.id: one for row in standing for one in viewing.views(actor, register(row.register), [row])}


def count_by_unit(
    *,
    actor: Actor,
    register_id: str,
    moment: Moment,
    text: str = "",
    filters: Mapping[str, object] | None = None,
    box: Box | None = None,
    ranges: Mapping[str, Range] | None = None,
) -> dict[str, int]:
    """
    Return how many of what :func:`find_records` finds belong to each unit, by its code; "" where none is
    named.
    """
    question = Question(register(register_id), moment, text, filters or {}, box=box, ranges=ranges or {})
    counts = (_count_by_unit(actor, one) for one in question.ways())
    return next((found for found in counts if found), {})


def access_record(*, actor: Actor, record_id: UUID, moment: Moment) -> RecordView:
    """
    Return the record as of the moment, whatever its state; its last days where it had ended before.

    :raises RecordMissing: absent, or the actor sees nothing of it
    """
    row = Record.objects.filter(pk=record_id).first()
    if row is None:
        raise RecordMissing
    seen = RecordVersion.objects.visible_to(actor, row.register).filter(record_id=record_id)
    version = seen.as_of(moment).select_related("record").first()
    if version is None:
        known = seen.now() if moment.known is None else seen.filter(known_from__lte=moment.known)
        version = known.select_related("record").order_by("-known_from", "-valid_from").first()
    if version is None:
        raise RecordMissing
    return viewing.views(actor, register(row.register), [version])[0]


def record_by_key(*, actor: Actor, register_id: str, key: str, moment: Moment) -> RecordView:
    """
    Return the record of that key; of a key that was merged away, the record that took its place.

    :raises RegisterMissing, RecordMissing: as they say
    """
    definition = register(register_id)
    holding = RecordVersion.objects.filter(
        register=register_id,
        record__held__register=register_id,
        record__held__field=relations.KEY,
        record__held__value=key,
    )
    standing = holding.visible_to(actor, register_id).as_of(moment).select_related("record").first()
    if standing is not None:  # nearly always: one question instead of five
        return viewing.views(actor, definition, [standing])[0]
    held = HeldValue.objects.filter(register=register_id, field=relations.KEY, value=key)
    record_id = held.values_list("record_id", flat=True).first()
    if record_id is None:
        past = RecordVersion.objects.filter(register=register_id, key=key).order_by("-known_from")
        record_id = past.values_list("record_id", flat=True).first()
    if record_id is None:
        raise RecordMissing
    return access_record(actor=actor, record_id=relations.standing(record_id), moment=moment)


def history_of(*, actor: Actor, record_id: UUID) -> tuple[HistoryEntry, ...]:
    """
    Return every version of the record the actor sees, newest first, each with what it changed.

    :raises RecordMissing: absent, or the actor sees nothing of it
    """
    row = Record.objects.filter(pk=record_id).first()
    if row is None:
        raise RecordMissing
    rows = RecordVersion.objects.visible_to(actor, row.register).filter(record_id=record_id)
    versions = list(rows.select_related("record").order_by("known_from", "valid_from"))
    if not versions:
        raise RecordMissing
    return viewing.history(actor, register(row.register), versions)


def related_records(*, actor: Actor, record_id: UUID, moment: Moment) -> tuple[tuple[str, RecordView], ...]:
    """
    Return the records in force that point at this one, or at one merged into it, each with the field it does
    so by.

    :raises RecordMissing: absent, or the actor sees nothing of it
    """
    view = access_record(actor=actor, record_id=record_id, moment=moment)
    targets = relations.merged_into(record_id)
    return tuple(
        (name, one)
        for definition, name in _pointing(view.register)
        for one in _pointing_rows(actor, definition, name, targets, moment)
    )


def looks_for(*, subject_id: UUID) -> tuple[Known, ...]:
    """
    Return what registers gave to a draft, with its sources. The caller has checked the right to the draft.
    """
    rows = RegisterLook.objects.filter(subject_id=subject_id).select_related("version").order_by("at", "pk")
    return tuple(
        Known(
            question=row.question,
            value=row.version.values.get(row.field),
            register=row.version.register,
            register_name=register(row.version.register).name.vi,
            record_id=row.version.record_id,
            field=row.field,
            known_from=row.version.known_from,
            key=row.version.key,
        )
        for row in rows
        if row.field
    )


def _page(actor: Actor, question: Question, *, after: UUID | None, size: int) -> Page:
    def found(*, walked: bool = False) -> RecordVersionQuerySet:
        rows = question.rows(actor, walked=walked).prefetch_related("record")
        return rows if after is None else rows.filter(record_id__gt=after)

    fetched = size + 1
    if question.since is not None:
        rows = list(found().order_by("record_id", "-valid_from").distinct("record_id")[:fetched])
    elif question.box is not None:
        rows = list(looking.looked_up(found())[:fetched])
    elif question.has_words:
        rows = looking.first(found, question.wanted(actor), size=fetched, after=after)
    else:
        rows = list(found(walked=True).order_by("register", "record_id")[:fetched])
    views = viewing.views(actor, question.definition, rows[:size])
    return Page(views, rows[size - 1].record_id if len(rows) > size else None)


def _count(actor: Actor, question: Question, most: int | None) -> int:
    found = question.rows(actor)
    if question.since:
        return found.order_by().values("record_id").distinct().count()
    if most is None:
        return found.count()
    if question.box is None and question.has_words:
        return looking.counted(found, question.wanted(actor), most)
    return found[:most].count()


def _count_by_unit(actor: Actor, question: Question) -> dict[str, int]:
    rows = question.rows(actor).order_by()
    found: dict[str, int] = {}
    for key, count in rows.values_list("unit_key").annotate(count=Count("pk")):
        found[places.code_of(key)] = found.get(places.code_of(key), 0) + count
    return found


def _pointing(register_id: str) -> Iterator[tuple[RegisterDefinition, str]]:
    for definition in registers().values():
        for field in definition.fields:
            if field.type is FieldType.RELATION and field.register_id == register_id:
                yield definition, field.id


def _pointing_rows(
    actor: Actor, definition: RegisterDefinition, name: str, targets: frozenset[UUID], moment: Moment
) -> tuple[RecordView, ...]:
    pointed = " | ".join(words.quoted(words.facet(name, target)) for target in sorted(targets))
    rows = _standing(actor, definition, moment).filter(matches(f"{_in(definition)} & ({pointed})"))
    views = viewing.views(actor, definition, rows.select_related("record").order_by("record_id")[:LIMIT])
    return tuple(view for view in views if name in view.values)


def _in(definition: RegisterDefinition) -> str:
    return words.quoted(words.of_register(definition.id))


def _standing(actor: Actor, definition: RegisterDefinition, moment: Moment) -> RecordVersionQuerySet:
    rows = RecordVersion.objects.filter(register=definition.id).filter(sight.listed(actor, definition))
    return rows.as_of(moment).in_force()
