"""Two records side by side: where they differ, and which value stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.registers.reading import registers
from tinhso.definitions.registers.types import GEOMETRY, RegisterDefinition, RegisterField
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.registers import queries
from tinhso.registers.types import Moment, RecordView
from tinhso.web.registers import forms, words
from tinhso.web.registers.forms import Errors
from tinhso.web.registers.picture import picture_of

CHOOSE, MINE, THEIRS = "chon.", "nay", "kia"
MOST = 10


@dataclass(frozen=True, slots=True)
class Side:
    id: UUID
    url: str
    title: str
    key: str
    unit: str
    known_from: datetime
    valid_from: date


@dataclass(frozen=True, slots=True)
class Pair:
    """
    One field of both.

    :param name: of the choice; empty where both say the same
    :param takes: whose value stays: ``nay`` of the record that stays, ``kia`` of the other
    """

    label: str
    mine: str
    theirs: str
    differs: bool
    agrees: bool = False
    name: str = ""
    takes: str = MINE


@dataclass(frozen=True, slots=True)
class Match:
    title: str
    key: str
    unit: str
    url: str


@dataclass(frozen=True, slots=True)
class Others:
    """:param other: the record to merge with, once one is meant"""

    other: RecordView | None = None
    matches: tuple[RecordView, ...] = ()
    errors: Errors = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    title: str
    back_url: str
    typed: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class MergePage:
    """:param swap_url: the same with the other one staying"""

    register: str
    mine: Side
    theirs: Side
    pairs: tuple[Pair, ...]
    differing: int
    reason: Field
    hidden: tuple[tuple[str, str], ...]
    swap_url: str
    back_url: str
    hidden_values: int


def others(
    *, actor: Actor, definition: RegisterDefinition, view: RecordView, text: str, moment: Moment
) -> Others:
    """Return the one record that is meant, or those that match what was typed."""
    if not text:
        return Others()
    found = _meant(actor, definition, text, moment)
    matches = tuple(one for one in found if one.id != view.id)
    if len(matches) == 1 and (matches[0].key == text or str(matches[0].id) == text):
        return Others(matches[0])
    if matches:
        return Others(matches=matches)
    sentence = _("Không có bản ghi nào khác của sổ khớp «%(text)s». Hãy gõ khóa, hoặc vài chữ trong tên.")
    return Others(errors=(FieldError("voi", "voi", sentence % {"text": text}),))


def _meant(actor: Actor, definition: RegisterDefinition, text: str, moment: Moment) -> tuple[RecordView, ...]:
    try:
        if (record_id := words.uuid_of(text)) != UUID(int=0):
            one = queries.access_record(actor=actor, record_id=record_id, moment=moment)
            return (one,) if one.register == definition.id else ()
        return (queries.record_by_key(actor=actor, register_id=definition.id, key=text, moment=moment),)
    except NotFound:
        return queries.find_records(
            actor=actor, register_id=definition.id, moment=moment, text=text, limit=MOST
        ).records


def search_page(definition: RegisterDefinition, view: RecordView, typed: str, found: Others) -> SearchPage:
    reader, base = words.Reader({}, registers()), reverse("registers:merge", args=[view.id])
    return SearchPage(
        title=reader.title(definition, view),
        back_url=reverse("registers:record", args=[view.id]),
        typed=typed,
        matches=tuple(
            Match(
                reader.title(definition, one),
                one.key,
                words.unit_name(one.unit_code, one.valid_from) if one.unit_code else "",
                f"{base}?{urlencode({'voi': str(one.id)})}",
            )
            for one in found.matches
        ),
    )


def merge_page(
    *,
    actor: Actor,
    definition: RegisterDefinition,
    view: RecordView,
    other: RecordView,
    data: QueryDict,
    errors: Errors,
    moment: Moment,
) -> MergePage:
    """Prepare the page: only where the two differ is anything asked."""
    reader = reader_of(actor, definition, (view, other), moment)
    pairs = tuple(pairs_of(definition, reader, view, other, data=data))
    swapped = {"voi": str(view.id), "cap": data.get("cap", "")}
    query = urlencode({name: value for name, value in swapped.items() if value})
    hint = _("Vì sao hai bản ghi là một. Được giữ cùng lịch sử của cả hai.")
    return MergePage(
        register=definition.name.into(words.language()),
        mine=side_of(definition, reader, view),
        theirs=side_of(definition, reader, other),
        pairs=pairs,
        differing=sum(one.differs for one in pairs),
        reason=forms.reason_field(data, errors, hint),
        hidden=(
            ("voi", str(other.id)),
            ("cap", data.get("cap", "")),
            (forms.NUMBER, data.get(forms.NUMBER, "") or str(view.number)),
        ),
        swap_url=f"{reverse('registers:merge', args=[other.id])}?{query}",
        back_url=reverse("registers:record", args=[view.id]),
        hidden_values=view.hidden + other.hidden,
    )


def reader_of(
    actor: Actor, definition: RegisterDefinition, views: tuple[RecordView, ...], moment: Moment
) -> words.Reader:
    """Return what puts the values of the records into words, in one question."""
    related = queries.records_of(
        actor=actor,
        record_ids=words.relation_ids(definition, [one.values for one in views]),
        register_ids=words.relation_registers(definition),
        moment=moment,
    )
    return words.Reader(related, registers())


def side_of(definition: RegisterDefinition, reader: words.Reader, view: RecordView) -> Side:
    return Side(
        id=view.id,
        url=reverse("registers:record", args=[view.id]),
        title=reader.title(definition, view),
        key=view.key,
        unit=words.unit_name(view.unit_code, view.valid_from) if view.unit_code else "",
        known_from=view.known_from,
        valid_from=view.valid_from,
    )


def pairs_of(
    definition: RegisterDefinition,
    reader: words.Reader,
    mine: RecordView,
    theirs: RecordView,
    *,
    data: QueryDict | None = None,
    why: tuple[str, ...] = (),
) -> Iterator[Pair]:
    """Yield the fields the reader sees in both and of which one says something."""
    for one in definition.fields:
        own, other = value_of(one, mine), value_of(one, theirs)
        if one.id not in mine.seen & theirs.seen or (own is None and other is None):
            continue
        differs = own != other
        name = f"{CHOOSE}{one.id}"
        takes = MINE if own is not None else THEIRS
        yield Pair(
            label=one.label.into(words.language()),
            mine=_shown(reader, one, own),
            theirs=_shown(reader, one, other),
            differs=differs,
            agrees=one.id in why,
            name=name if differs else "",
            takes=(data.get(name, "") or takes) if data is not None else takes,
        )


def taken_over(
    definition: RegisterDefinition, mine: RecordView, theirs: RecordView, data: QueryDict
) -> dict[str, object]:
    """Return the values of the other that stay, as they are kept."""
    return {
        one.id: value
        for one in definition.fields
        if one.id in mine.seen & theirs.seen and data.get(f"{CHOOSE}{one.id}", "") == THEIRS
        for value in [value_of(one, theirs)]
        if value is not None and value != value_of(one, mine)
    }


def value_of(one: RegisterField, view: RecordView) -> object:
    return view.geometry if one.type in GEOMETRY else view.values.get(one.id)


def _shown(reader: words.Reader, one: RegisterField, value: object) -> str:
    if one.type in GEOMETRY:
        return picture_of(value).words if isinstance(value, dict) else ""
    return reader.shown(one, value)
