"""
Rows of a file become records, some at a time: checked, compared with what the register holds, written.

A key nobody holds is a new record, a known one is put right where it differs, what is wrong is named and left
out. Memory grows with the keys of the file and with nothing else.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.ids import new_id
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor
from tinhso.registers import bulk, checking, correcting, hand, keys, policies
from tinhso.registers.checking import Content
from tinhso.registers.events import PastCorrected, RecordsImported
from tinhso.registers.importing.known import Known, Lookups
from tinhso.registers.importing.marks import Marks
from tinhso.registers.importing.matching import SINCE, UNTIL
from tinhso.registers.importing.spans import Span, SpanWrong, put_span, read_span, spans_meet
from tinhso.registers.models import KnownRow
from tinhso.registers.refusals import RecordInvalid
from tinhso.registers.types import RowProblem, Source, SourceKind, Values
from tinhso.registers.words import folded

WHY = "Theo tệp nhập"
# Rows that wait for a record of the same file; a file sorted from the top down has none.
MOST_PUT_OFF = 50_000
NAME_BITS = (1 << 62) - 1
Line = tuple[int, Values]


@dataclass(slots=True)
class Counts:
    new: int = 0
    changed: int = 0
    same: int = 0
    wrong: int = 0
    doubtful: int = 0

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new - other.new,
            self.changed - other.changed,
            self.same - other.same,
            self.wrong - other.wrong,
            self.doubtful - other.doubtful,
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """One good row. :param digest: of a register that numbers its records itself: what stands in the row"""

    row: int
    key: str
    content: Content
    given: Values
    span: Span | None
    digest: str = ""

    @property
    def name(self) -> str:
        """Return what tells the row from others of the file."""
        return self.key or self.digest


@dataclass(slots=True)
class Run:
    """
    One going through of a file.

    :param source: what the records say of where they come from; the file, where it is not said
    :param put_off: rows that point at a record of the same register that is not there yet
    """

    actor: Actor
    at: datetime
    definition: RegisterDefinition
    reference: str
    dry_run: bool
    source: Source | None = None
    counts: Counts = field(default_factory=Counts)
    problems: list[RowProblem] = field(default_factory=list)
    put_off: list[Line] = field(default_factory=list)
    gives_up: bool = False
    waited: int = -1
    waiting_keys: set[str] = field(default_factory=set)
    uniques: Marks = field(default_factory=Marks)
    seen: Marks = field(default_factory=Marks)
    spans: dict[str, list[tuple[int, Span]]] = field(default_factory=dict)
    names: Marks = field(default_factory=Marks)
    may: dict[str, frozenset[str]] = field(default_factory=dict)
    lookups: Lookups = field(init=False)
    press: bulk.Press = field(init=False)

    def __post_init__(self) -> None:
        self.source = self.source or Source(SourceKind.IMPORT, self.reference)
        self.lookups = Lookups(self.definition)
        entry = hand.Entry(self.source, WHY)
        self.press = bulk.Press(self.definition, at=self.at, entry=entry)

    @property
    def today(self) -> date:
        return local(self.at).date()

    def count(self, **more: int) -> None:
        """Add to the counts."""
        for name, number in more.items():
            setattr(self.counts, name, getattr(self.counts, name) + number)

    def refuse(self, row: int, sentence: str, *, about: str = "") -> None:
        """Leave the row out, and say why."""
        self.count(wrong=1)
        self.problems.append(RowProblem(row, sentence, about))

    def doubt(self, row: int, sentence: str, *, about: str = "") -> None:
        """Take the row in, and say what to look at."""
        self.count(doubtful=1)
        self.problems.append(RowProblem(row, sentence, about, left_out=False))

    def take_problems(self) -> list[RowProblem]:
        """Return what was found since the last time."""
        found, self.problems = self.problems, []
        return found

    def take_put_off(self) -> list[Line]:
        """Return the rows to be tried again, for the last time where none found its record; or nothing."""
        found, self.put_off = self.put_off, []
        self.gives_up = len(found) == self.waited
        self.waited = len(found)
        self.waiting_keys = {self.lookups.key_of(given) for _row, given in found} if self.gives_up else set()
        return found

    def pass_over(self, lines: Iterable[Line]) -> None:
        """Read rows that an earlier run has been through, for their keys and nothing else."""
        before = replace(self.counts)
        for _one in _checked(self, lines):
            pass
        self.counts, self.problems, self.put_off = before, [], []


def work(run: Run, lines: list[Line]) -> Counts:
    """
    Check the rows and, unless it is a dry run, write them; return the counts so far.

    Rows that wait for a record of the same file are tried again as long as new ones come, then put off.
    """
    if not run.dry_run:
        locks.hold(f"registers/import/{run.definition.id}")
    waiting, new = lines, -1
    while waiting and run.counts.new != new:
        new = run.counts.new
        later, run.put_off = run.put_off, []
        run.lookups.look_up(waiting)
        _take(run, list(_checked(run, waiting)))
        waiting, run.put_off = run.put_off, later
    room = MOST_PUT_OFF - len(run.put_off)
    run.put_off += waiting[:room]
    for row, _given in waiting[room:]:
        run.refuse(row, _("Bản ghi cha chưa có. Hãy xếp dòng của bản ghi cha lên trước rồi nhập lại."))
    return run.counts


def _checked(run: Run, lines: Iterable[Line]) -> Iterator[Checked]:
    for number, given in lines:
        try:
            one = _check(run, number, given)
        except RecordInvalid as refusal:
            about = refusal.problems[0].field if len(refusal.problems) == 1 else ""
            run.refuse(number, " ".join(one.sentence for one in refusal.problems), about=about)
        except (Refusal, SpanWrong) as refusal:
            sentence = refusal.sentence() if isinstance(refusal, Refusal) else str(refusal)
            run.refuse(number, sentence)
        else:
            if one is not None:
                yield one


def _check(run: Run, number: int, given: Values) -> Checked | None:
    """Return the row as a record would be; None where it was put off or left out."""
    span = None
    if SINCE in given or UNTIL in given:
        span = read_span(given.get(SINCE), given.get(UNTIL), today=run.today)
        given = {name: value for name, value in given.items() if name not in (SINCE, UNTIL)}
    missing = run.lookups.missing(given, seen=run.seen if run.dry_run else ())
    if missing and not run.gives_up:
        run.put_off.append((number, _with_span(given, span)))
        return None
    if missing:
        run.refuse(number, _missing_sentence(run, missing), about=run.definition.parent or "")
        return None
    content = checking.read(run.definition, given, on=run.today, outside=run.lookups.outside)
    _require_writer(run, content)
    if run.definition.key.has_serial:
        digest = hashlib.sha256(
            json.dumps([content.values, content.geometry], sort_keys=True, default=str).encode()
        ).hexdigest()
        return _once(run, Checked(number, "", content, given, span, digest))
    key = keys.key_for(run.definition, content.values, on=span.since if span else run.today)
    return _once(run, Checked(number, key, content, given, span))


def _with_span(given: Values, span: Span | None) -> Values:
    return given if span is None else {**given, SINCE: str(span.since), UNTIL: span.until and str(span.until)}


def _missing_sentence(run: Run, missing: str) -> str:
    said = {"key": missing}
    if missing in run.waiting_keys:
        return _("Bản ghi cha «%(key)s» lại nằm bên trong chính dòng này. Hãy sửa một trong hai dòng.") % said
    return _("Không có bản ghi «%(key)s» trong sổ và trong tệp. Hãy xem lại khóa của bản ghi cha.") % said


def _once(run: Run, one: Checked) -> Checked | None:
    """Return the row unless an earlier one of the file says the same of the same days."""
    other_name = _differs_in_name(run, one.content.values)
    row = run.seen.setdefault(one.name, one.row)
    if one.span is not None:
        return _once_in_span(run, one)
    if row == one.row:  # also of a row that was put off and comes again
        if other_name:
            run.doubt(one.row, other_name, about=run.definition.subjects[0])
        return one
    said = {"key": one.key or _("(nội dung)"), "row": row}
    sentence = _("Khóa %(key)s đã có ở dòng %(row)s của tệp. Hãy giữ lại một dòng.") % said
    run.refuse(one.row, f"{sentence} {other_name}".strip())
    return None


def _once_in_span(run: Run, one: Checked) -> Checked | None:
    assert one.span is not None
    before = run.spans.setdefault(one.name, [])
    clash = next((row for row, span in before if row != one.row and spans_meet(span, one.span)), None)
    if clash is None:
        before.append((one.row, one.span))
        return one
    said = {"key": one.key, "row": clash}
    run.refuse(one.row, _("Khoảng ngày của khóa %(key)s chồng lên khoảng ở dòng %(row)s.") % said)
    return None


def _differs_in_name(run: Run, values: Values) -> str:
    """Say so where the same personal number came with another name before in the file."""
    paired = run.lookups.paired_name
    number = values.get(run.definition.subjects[0]) if run.definition.subjects else None
    name = values.get(paired) if paired else None
    if not isinstance(number, str) or not isinstance(name, str):
        return ""
    mark = hash(folded(name)) & NAME_BITS
    if run.names.setdefault(number, mark) == mark:
        return ""
    return _("Số định danh này mang họ tên khác ở một dòng trước của tệp. Hãy xem lại ai là đúng.")


def _require_writer(run: Run, content: Content) -> None:
    """:raises NotYourRegister, FieldNotYours: units are asked once each"""
    unit_key = run.lookups.unit_key(content)
    actor, definition = run.actor, run.definition
    if unit_key not in run.may:
        policies.require_writer(actor=actor, definition=definition, unit_keys=[unit_key])
        run.may[unit_key] = policies.fields_to_write(actor=actor, definition=definition, unit_key=unit_key)
    if not content.values.keys() <= run.may[unit_key]:
        names = tuple(content.values)
        policies.require_fields(actor=actor, definition=definition, names=names, unit_keys=[unit_key])


def _take(run: Run, checked: list[Checked]) -> None:
    if not run.dry_run:  # what earlier pieces wrote is held by now
        run.uniques = Marks()
    known = Known(run.definition, checked)
    again: list[Checked] = []
    fresh: dict[str, Checked] = {}
    for one in checked:
        holder, others = known.holder(one)
        if others:
            run.refuse(one.row, _("Một giá trị phải là duy nhất đã thuộc về bản ghi khác của sổ."))
        elif holder is not None:
            _put_right(run, one, holder, known)
        elif one.name in fresh:
            again.append(one)
        elif clash := _taken_in_file(run, one):
            said = {"value": clash}
            run.refuse(one.row, _("«%(value)s» phải là duy nhất, và một dòng trước đã có.") % said)
        else:
            fresh[one.name] = one
    run.count(new=len(fresh))
    if fresh and not run.dry_run:
        ids = _write(run, list(fresh.values()))
        for one in again:
            _put_right(run, one, ids[one.name], known)
    else:
        run.count(changed=len(again))


def _taken_in_file(run: Run, one: Checked) -> str:
    """Return the unique value that an earlier new row of the file has; "" where there is none."""
    for name, value in keys.held_values(run.definition, "", one.content.values):
        if run.uniques.setdefault((name, value), one.row) != one.row:
            return value
    return ""


def _put_right(run: Run, one: Checked, record_id: UUID, known: Known) -> None:
    if one.span is None and known.says(record_id, one.content):
        run.count(same=1)
        return
    if run.dry_run:
        run.count(changed=1)
        return
    assert run.source is not None
    correction = correcting.Correction(one.given, WHY, run.source, from_today=True)
    try:
        with transaction.atomic():
            if one.span is None:
                correcting.correct(
                    actor=run.actor, at=run.at, record_id=record_id, correction=correction, kind=PastCorrected
                )
                run.count(changed=1)
            else:
                done = put_span(
                    actor=run.actor, at=run.at, record_id=record_id, one=one.span, correction=correction
                )
                run.count(**{"changed" if done else "same": 1})
    except (Refusal, SpanWrong) as refusal:
        run.refuse(one.row, refusal.sentence() if isinstance(refusal, Refusal) else str(refusal))


def _write(run: Run, fresh: list[Checked]) -> dict[str, UUID]:
    """Write the new records; return the id of each by the row's name."""
    spans = [one.span or Span(run.today, None) for one in fresh]
    written = run.press.write(
        [
            bulk.NewRecord(one.content, since=span.since, until=span.until, key=one.key)
            for one, span in zip(fresh, spans, strict=True)
        ]
    )
    ids = {one.name: pressed.record_id for one, pressed in zip(fresh, written, strict=True)}
    KnownRow.objects.bulk_create(
        KnownRow(register=run.definition.id, digest=one.digest, record_id=ids[one.name])
        for one in fresh
        if one.digest
    )
    whole = hashlib.sha256("".join(one.digest for one in written).encode()).hexdigest()
    event = RecordsImported(
        import_id=new_id(),
        register=run.definition.id,
        reference=run.reference,
        records=len(written),
        digest=whole,
    )
    ledger.record(actor=run.actor, at=run.at, event=event)
    return ids
