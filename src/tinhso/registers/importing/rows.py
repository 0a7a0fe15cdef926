"""
Rows of a file become records, some at a time: checked, compared with what the register holds, written.

A key nobody holds is a new record, a known one is put right where it differs, what is wrong is named and left
out. Memory grows with the keys of the file and with nothing else.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.ids import new_id
from tinhso.kernel.refusals import Refusal
from tinhso.registers import bulk, correcting, keys, relations
from tinhso.registers.events import PastCorrected, RecordsImported
from tinhso.registers.importing.checks import checked
from tinhso.registers.importing.known import Known
from tinhso.registers.importing.marks import Marks
from tinhso.registers.importing.run import WHY, Checked, Counts, Line, Run
from tinhso.registers.importing.spans import Span, SpanWrong, put_span
from tinhso.registers.models import KnownRow
from tinhso.registers.refusals import ParentCycle

__all__ = ["Counts", "Line", "Run", "pass_over", "work"]

PIECE = 2000
# Rows that wait for a record of the same file; a file sorted from the top down has none.
MOST_PUT_OFF = 50_000


def work(run: Run, lines: list[Line]) -> Counts:
    """
    Check the rows and, unless it is a dry run, write them; return the counts so far.

    Rows that wait for a record of the same file are tried again as long as new ones come, then put off.
    """
    if not run.dry_run:
        hold = locks.hold if run.told is None else locks.share
        hold(f"registers/import/{run.definition.id}")
    waiting, new = lines, -1
    while waiting and run.counts.new != new:
        new = run.counts.new
        later, run.put_off = run.put_off, []
        run.lookups.look_up(waiting)
        _take(run, list(checked(run, waiting)))
        waiting, run.put_off = run.put_off, later
    room = MOST_PUT_OFF - len(run.put_off)
    run.put_off += waiting[:room]
    for row, _given in waiting[room:]:
        run.refuse(row, _("Bản ghi cha chưa có. Hãy xếp dòng của bản ghi cha lên trước rồi nhập lại."))
    return run.counts


def pass_over(run: Run, lines: Iterable[Line], *, put_off: Collection[int]) -> None:
    """
    Read rows that an earlier run has been through, for their keys and for those that wait still.

    :param put_off: the numbers of those the earlier run had put off
    """
    before, numbers, kept = replace(run.counts), frozenset(put_off), list[Line]()
    rows = iter(lines)
    while piece := list(islice(rows, PIECE)):
        kept += [line for line in piece if line[0] in numbers]
        run.lookups.look_up(piece)
        for _one in checked(run, [line for line in piece if line[0] not in numbers]):
            pass
    run.counts, run.problems, run.put_off = before, [], kept


def _take(run: Run, good: list[Checked]) -> None:
    if not run.dry_run:  # what earlier pieces wrote is held by now
        run.uniques = Marks()
    known = Known(run.definition, good)
    run.namesakes.look_up(good)
    again: list[Checked] = []
    fresh: dict[str, Checked] = {}
    for one in good:
        holder, others = known.holder(one)
        _doubt_name(run, one)
        if others:
            run.refuse(one.row, _("Một giá trị phải là duy nhất đã thuộc về bản ghi khác của sổ."))
        elif holder is not None:
            _put_right(run, one, holder, known)
        elif one.name in fresh:
            again.append(one)
        elif clash := _taken_in_file(run, one):
            said = {"value": clash}
            sentence = _("«%(value)s» phải là duy nhất, và một dòng trước đã có.") % said
            run.refuse(one.row, sentence, of_file=True)
        else:
            fresh[one.name] = one
    run.count(new=len(fresh))
    if fresh and not run.dry_run:
        ids = _write(run, list(fresh.values()))
        for one in again:
            _put_right(run, one, ids[one.name], known)
    else:
        run.count(changed=len(again))


def _doubt_name(run: Run, one: Checked) -> None:
    """Say so where the register knows the number under another name, unless the file said so before."""
    if run.namesakes.differ(one.content.values) and not run.is_doubted(one.row):
        sentence = _("Số định danh này mang họ tên khác ở một bản ghi của sổ. Hãy xem lại ai là đúng.")
        run.doubt(one.row, sentence, about=run.definition.subjects[0])


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
        _try(run, one, record_id, known)
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


def _try(run: Run, one: Checked, record_id: UUID, known: Known) -> None:
    """Count the row as a change, unless it would lay a record inside itself."""
    parent = str(one.content.values.get(run.definition.parent or "") or "")
    try:
        if parent and parent != known.parent_of(record_id):
            relations.require_no_cycle(run.definition, record_id, parent, moved=run.moved)
            run.moved[record_id] = UUID(parent)
    except ParentCycle as refusal:
        run.refuse(one.row, refusal.sentence())
    else:
        run.count(changed=1)


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
