"""Many rows of a file become records: new ones written, known ones put right, wrong ones named."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.ids import new_id
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor
from tinhso.registers import bulk, checking, correcting, hand, keys, policies
from tinhso.registers.checking import Content
from tinhso.registers.events import PastCorrected, RecordsImported
from tinhso.registers.models import HeldValue, RecordVersion
from tinhso.registers.relations import KEY
from tinhso.registers.types import ImportReport, RowProblem, Source, SourceKind, Values

CHUNK = 1000
MOST_PROBLEMS = 1000
_WHY = "Theo tệp nhập"


@dataclass(slots=True)
class _Run:
    actor: Actor
    at: datetime
    definition: RegisterDefinition
    reference: str
    dry_run: bool
    new: int = 0
    changed: int = 0
    same: int = 0
    rows: int = 0
    wrong: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    @property
    def today(self) -> date:
        return local(self.at).date()

    def refuse(self, row: int, sentence: str) -> None:
        self.wrong += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(RowProblem(row, sentence))


@dataclass(frozen=True, slots=True)
class _Checked:
    row: int
    key: str
    content: Content
    given: Values


@transaction.atomic
def import_records(
    *,
    actor: Actor,
    at: datetime,
    register_id: str,
    rows: Iterable[Values],
    reference: str,
    dry_run: bool = False,
) -> ImportReport:
    """
    Write the rows: a key nobody holds is a new record, a known one is put right where it differs, the rest is
    named.

    The same file again changes nothing. Memory does not grow with the rows but for their keys.

    :param rows: field id → value; numbered from 1 in the report
    :param reference: the file, as people know it
    :param dry_run: write nothing, and report what would be written
    :raises RegisterMissing: there is no such register
    :raises TruthIsOutside, NotYourRegister: the actor may write none of it
    """
    definition = register(register_id)
    locks.hold(f"registers/import/{register_id}")

    policies.require_writer(actor=actor, definition=definition, unit_keys=[])

    run = _Run(actor, at, definition, reference[:100], dry_run)
    waiting = iter(enumerate(rows, 1))
    while chunk := list(islice(waiting, CHUNK)):
        run.rows += len(chunk)
        _work(run, list(_checked(run, chunk)))
    return ImportReport(run.rows, run.new, run.changed, run.same, run.wrong, tuple(run.problems))


def _checked(run: _Run, chunk: Iterable[tuple[int, Values]]) -> Iterator[_Checked]:
    for number, given in chunk:
        try:
            content = checking.read(run.definition, given, on=run.today)
            unit_key = hand.unit_key(run.definition, content)
            policies.require_writer(actor=run.actor, definition=run.definition, unit_keys=[unit_key])
            key = ""
            if not run.definition.key.has_serial:
                key = keys.key_for(run.definition, content.values, on=run.today)
        except Refusal as refusal:
            run.refuse(number, refusal.sentence())
            continue
        if key and key in run.seen:
            run.refuse(number, f"Khóa {key} đã có ở một dòng trước của tệp.")
            continue
        run.seen.add(key)
        yield _Checked(number, key, content, given)


def _work(run: _Run, checked: list[_Checked]) -> None:
    held = _holders(run, checked)
    fresh: list[_Checked] = []
    for one in checked:
        record_id = held.get((KEY, one.key))
        others = {held[name] for name in _unique(run, one) if name in held} - {record_id}
        if others:
            run.refuse(one.row, "Một giá trị phải là duy nhất đã thuộc về bản ghi khác của sổ.")
        elif record_id is None:
            fresh.append(one)
        else:
            _put_right(run, one, record_id)
    run.new += len(fresh)
    if fresh and not run.dry_run:
        _write(run, fresh)


def _holders(run: _Run, checked: list[_Checked]) -> Mapping[tuple[str, str], UUID]:
    names = {name for one in checked for name in _unique(run, one)}
    rows = HeldValue.objects.filter(register=run.definition.id, value__in={value for _field, value in names})
    return {(row.field, row.value): row.record_id for row in rows}


def _unique(run: _Run, one: _Checked) -> list[tuple[str, str]]:
    return list(keys.held_values(run.definition, one.key, one.content.values))


def _put_right(run: _Run, one: _Checked, record_id: UUID) -> None:
    known = RecordVersion.objects.now().in_force().filter(record_id=record_id)
    standing = known.filter(valid_to__isnull=True).first()
    if standing is None or _says(standing, one):
        run.same += 1
        return
    run.changed += 1
    if run.dry_run:
        return
    source = Source(SourceKind.IMPORT, run.reference)
    correction = correcting.Correction(one.given, _WHY, source, from_today=True)
    try:
        with transaction.atomic():
            correcting.correct(
                actor=run.actor, at=run.at, record_id=record_id, correction=correction, kind=PastCorrected
            )
    except Refusal as refusal:
        run.changed -= 1
        run.refuse(one.row, refusal.sentence())


def _says(standing: RecordVersion, one: _Checked) -> bool:
    """Tell whether the record says it already; the day whose map a unit was read on is no difference."""
    before, after = dict(standing.values), dict(one.content.values)
    for name, value in after.items():
        old = before.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            if value["code"] != old["code"]:
                return False
        elif value != old:
            return False
    return one.content.geometry is None or one.content.geometry == standing.geometry


def _write(run: _Run, fresh: list[_Checked]) -> None:
    entry = hand.Entry(Source(SourceKind.IMPORT, run.reference), _WHY)
    new = [bulk.NewRecord(one.content, since=run.today) for one in fresh]
    digests = bulk.copy_records(run.definition, new, at=run.at, entry=entry)
    whole = hashlib.sha256("".join(digests).encode()).hexdigest()
    event = RecordsImported(
        import_id=new_id(),
        register=run.definition.id,
        reference=run.reference,
        records=len(digests),
        digest=whole,
    )
    ledger.record(actor=run.actor, at=run.at, event=event)
