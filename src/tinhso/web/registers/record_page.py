"""One record: what is true of it, where that comes from, what it was, and what may be done with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.registers.reading import register, registers
from tinhso.definitions.registers.types import GEOMETRY, FieldType, RegisterDefinition, RegisterField
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.registers import keeping, places, policies, quality, queries
from tinhso.registers.types import EnvelopeEvent, Moment, RecordState, RecordView
from tinhso.web.corrections.asking import new_url
from tinhso.web.registers import asking, words
from tinhso.web.registers.history import Version, versions_of
from tinhso.web.registers.keeping_page import Standing, standing_of, title_of
from tinhso.web.registers.picture import Picture, picture_of
from tinhso.web.registers.proof import Proof, proof_of, writers_of
from tinhso.web.registers.rules import field_of, sentence_of

TONES = {
    RecordState.IN_FORCE: "green",
    RecordState.CANCELLED: "grey",
    RecordState.MERGED: "grey",
    RecordState.SPLIT: "grey",
}


@dataclass(frozen=True, slots=True)
class Line:
    """:param url: where the value leads; ``wrong`` says what quality misses; ``is_code``: a number to copy"""

    label: str
    text: str
    url: str = ""
    wrong: str = ""
    hidden_from_some: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    title: str
    url: str
    about: str


@dataclass(frozen=True, slots=True)
class Act:
    """:param is_main: the one that is done most; ``sends``: a button, not a page"""

    label: str
    url: str
    icon: str
    is_main: bool = False
    sends: bool = False


@dataclass(frozen=True, slots=True)
class RecordPage:
    """
    :param hidden: how many values this reader does not see
    :param state: in words, where the record is not simply in force
    :param now_in: what its unit has become since
    :param as_of: what the page shows instead of now, in words
    :param keeping: its time of keeping is over, or it was emptied for that
    :param subject_of: personal numbers of whom the record is about, as far as the reader sees them
    """

    id: UUID
    register: str
    register_url: str
    title: str
    key: str
    state: str
    tone: str
    unit: str
    now_in: str
    lines: tuple[Line, ...]
    hidden: int
    picture: Picture | None
    map_url: str
    valid_from: date
    valid_to: date | None
    known_from: datetime
    known_to: datetime | None
    confirmed_at: datetime
    number: int
    proof: Proof
    reason: str
    faults: tuple[str, ...]
    clash: Related | None
    stands_for: Related | None
    related: tuple[Related, ...]
    history: tuple[Version, ...]
    acts: tuple[Act, ...]
    day: str
    known: str
    as_of: str
    public_url: str
    outside: str
    subject_of: tuple[str, ...]
    keeping: Standing | None


def record_page(
    *, actor: Actor, at: datetime, record_id: UUID, moment: Moment, day: date | None, known: date | None
) -> RecordPage:
    """
    Prepare the page. Its questions to the database do not grow with fields, versions or relations.

    :raises RecordMissing: absent, or the actor sees nothing of it
    """
    view = queries.access_record(actor=actor, record_id=record_id, moment=moment)
    definition = register(view.register)
    history = queries.history_of(actor=actor, record_id=record_id)
    pointed = queries.related_records(actor=actor, record_id=record_id, moment=moment)
    reader = _reader(actor, definition, [view, *(one.version for one in history)], moment)
    broken = _broken(actor, view)
    writers = writers_of(actor, definition, view)
    standing = standing_of(actor, keeping.review_of(actor=actor, view=view))
    is_empty = bool(standing and standing.is_empty)
    acts = tuple(_acts(actor, definition, view, is_now=not (day or known or is_empty)))
    correct_url = _offered(reverse("registers:correct", args=[view.id]), acts)
    return RecordPage(
        id=view.id,
        register=definition.name.into(words.language()),
        register_url=reverse("registers:list", args=[definition.id]),
        title=title_of(view, reader),
        key=view.key,
        state=_("Đã xóa khi hết hạn lưu") if is_empty else _state(view),
        tone="grey" if is_empty else TONES[RecordState(view.state)],
        unit=words.unit_name(view.unit_code, view.valid_from) if view.unit_code else "",
        now_in=_now_in(view, local(at).date()),
        lines=() if is_empty else tuple(_lines(definition, reader, view, broken)),
        hidden=view.hidden,
        picture=picture_of(view.geometry) if view.geometry else None,
        map_url=reverse("maps:register", args=[definition.id]) if view.geometry else "",
        valid_from=view.valid_from,
        valid_to=view.valid_to,
        known_from=view.known_from,
        known_to=view.known_to,
        confirmed_at=view.confirmed_at,
        number=view.number,
        proof=proof_of(actor, view, writers),
        reason=view.reason,
        faults=tuple(_faults(definition, view, broken)),
        clash=_other(actor, definition, view.clashes_with, moment, _("Cùng khóa này")),
        stands_for=_other(actor, definition, view.merged_into, moment, _("Đã gộp vào")),
        related=tuple(_related(pointed, day, known)),
        history=versions_of(definition, reader, history, writers, correct_url=correct_url),
        acts=acts,
        day=day.isoformat() if day else "",
        known=known.isoformat() if known else "",
        as_of=_as_of(day, known),
        public_url=_public(definition, view),
        outside=definition.system,
        subject_of=tuple(_subjects(definition, view)),
        keeping=standing,
    )


def _offered(url: str, acts: tuple[Act, ...]) -> str:
    return url if any(one.url == url for one in acts) else ""


def _subjects(definition: RegisterDefinition, view: RecordView) -> Iterator[str]:
    yield from (str(view.values[name]) for name in definition.subjects if view.values.get(name))


def _reader(
    actor: Actor, definition: RegisterDefinition, views: list[RecordView], moment: Moment
) -> words.Reader:
    leads_to = words.relation_ids(definition, [one.values for one in views])
    found = queries.records_of(
        actor=actor,
        record_ids=leads_to,
        register_ids=words.relation_registers(definition),
        moment=moment,
    )
    return words.Reader(found, registers())


def _lines(
    definition: RegisterDefinition, reader: words.Reader, view: RecordView, broken: Iterable[str]
) -> Iterator[Line]:
    """Yield every field the reader sees, an empty one too: what is not there is a fact."""
    wrong = {field_of(definition, rule): sentence_of(definition, rule) for rule in broken}
    for one in definition.fields:
        if one.id not in view.seen or one.type in GEOMETRY:
            continue
        value = view.values.get(one.id)
        yield Line(
            label=one.label.into(words.language()),
            text=reader.shown(one, value),
            url=_leads_to(one, value, reader),
            wrong=wrong.get(one.id, ""),
            hidden_from_some=bool(one.seen_by) and value is not None,
        )


def _leads_to(one: RegisterField, value: object, reader: words.Reader) -> str:
    if one.type is not FieldType.RELATION or words.uuid_of(value) not in reader.records:
        return ""
    return reverse("registers:record", args=[words.uuid_of(value)])


def _faults(definition: RegisterDefinition, view: RecordView, broken: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with fields the reader sees, and with the record as a whole."""
    for rule in broken:
        name = field_of(definition, rule)
        if not name or name in view.seen:
            yield sentence_of(definition, rule)


def _broken(actor: Actor, view: RecordView) -> tuple[str, ...]:
    if not quality.sees_quality(actor=actor, register_id=view.register):
        return ()
    return tuple(quality.rules_broken_by(record_ids=[view.id]).get(view.id, ()))


def _state(view: RecordView) -> str:
    if view.state == RecordState.IN_FORCE and view.event == EnvelopeEvent.CANCEL:
        return _("Không có hiệu lực vào ngày này")
    return str(RecordState(view.state).label)


def _now_in(view: RecordView, today: date) -> str:
    names = [words.unit_name(code, today) for code in places.today_of(view.unit_key, today)]
    before = words.unit_name(view.unit_code, view.valid_from) if view.unit_code else ""
    return ", ".join(names) if names and names != [before] else ""


def _other(
    actor: Actor, definition: RegisterDefinition, record_id: UUID | None, moment: Moment, about: str
) -> Related | None:
    if record_id is None:
        return None
    try:
        view = queries.access_record(actor=actor, record_id=record_id, moment=moment)
    except NotFound:
        return None
    title = words.Reader().title(definition, view)
    return Related(title, reverse("registers:record", args=[view.id]), about)


def _related(
    pointed: Iterable[tuple[str, RecordView]], day: date | None, known: date | None
) -> Iterator[Related]:
    days = {asking.DAY: day, asking.KNOWN: known}
    query = urlencode({name: one.isoformat() for name, one in days.items() if one})
    for name, view in pointed:
        definition = register(view.register)
        url = reverse("registers:record", args=[view.id])
        label = definition.by_id[name].label.into(words.language())
        about = f"{definition.name.into(words.language())} · {label}"
        yield Related(words.Reader().title(definition, view), f"{url}?{query}" if query else url, about)


def _acts(actor: Actor, definition: RegisterDefinition, view: RecordView, *, is_now: bool) -> Iterator[Act]:
    """Yield what the actor may do with the record as it stands; nothing with what it was once."""
    if not is_now:
        return

    def may(deed: policies.Deed) -> bool:
        return policies.may_write(actor=actor, definition=definition, unit_key=view.unit_key, deed=deed)

    def to(route: str) -> str:
        return reverse(f"registers:{route}", args=[view.id])

    if view.state == RecordState.IN_FORCE:
        if may("write"):
            yield Act(_("Xác nhận còn đúng"), to("confirm"), "circle-check", is_main=True, sends=True)
            yield Act(_("Ghi thay đổi"), to("correct"), "pencil")
            yield Act(_("Đính chính điều ghi sai"), to("past"), "history")
        else:
            asked = new_url(record_id=view.id, field="", back=to("record"))
            yield Act(_("Đề nghị đính chính"), asked, "message-report")
        if may("settle"):
            yield Act(_("Gộp bản ghi trùng"), to("merge"), "users")
            yield Act(_("Tách"), to("split"), "list-check")
            yield Act(_("Hủy bản ghi"), to("cancel"), "circle-x")
    elif view.state == RecordState.CANCELLED and may("settle"):
        yield Act(_("Khôi phục"), to("restore"), "arrow-back-up", is_main=True)


def _as_of(day: date | None, known: date | None) -> str:
    said = {"day": f"{day:%d/%m/%Y}" if day else "", "known": f"{known:%d/%m/%Y}" if known else ""}
    if day and known:
        return _("Đúng vào ngày %(day)s, theo những gì đã biết đến hết ngày %(known)s") % said
    if day:
        return _("Đúng vào ngày %(day)s, theo những gì biết bây giờ") % said
    return _("Theo những gì đã biết đến hết ngày %(known)s") % said if known else ""


def _public(definition: RegisterDefinition, view: RecordView) -> str:
    """Return where anybody may look the record up; empty where nobody may."""
    is_open = definition.public is not None and definition.public.look_up and bool(view.key)
    in_force = view.state == RecordState.IN_FORCE
    return reverse("opendata:record", args=[definition.id, view.key]) if is_open and in_force else ""
