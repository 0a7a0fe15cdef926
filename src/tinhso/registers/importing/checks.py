"""Each row of a file is checked like an entry at the desk: a record to be, or why it is none."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tinhso.kernel.refusals import Refusal
from tinhso.registers import checking, keys, policies
from tinhso.registers.checking import Content
from tinhso.registers.importing.known import name_mark, named
from tinhso.registers.importing.matching import SINCE, UNTIL
from tinhso.registers.importing.run import Checked, Line, Run
from tinhso.registers.importing.spans import Span, SpanWrong, read_span, spans_meet
from tinhso.registers.refusals import RecordInvalid
from tinhso.registers.types import Values


def checked(run: Run, lines: Iterable[Line]) -> Iterator[Checked]:
    """Yield the good rows; the others are put off, or refused with a sentence."""
    left_out = {number for number, is_left_out in (run.told or {}).items() if is_left_out}
    for number, given in lines:
        if number in left_out:
            continue
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
    if run.told is not None:
        return one
    other_name = _differs_in_name(run, one.content.values)
    row = run.seen.setdefault(one.name, one.row)
    if one.span is not None:
        return _once_in_span(run, one)
    if row == one.row:  # also of a row that was put off and comes again
        if other_name:
            run.doubt(one.row, other_name, about=run.definition.subjects[0], of_file=True)
        return one
    said = {"key": one.key or _("(nội dung)"), "row": row}
    sentence = _("Khóa %(key)s đã có ở dòng %(row)s của tệp. Hãy giữ lại một dòng.") % said
    run.refuse(one.row, f"{sentence} {other_name}".strip(), of_file=True)
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
    number, name = named(run.definition, values)
    if not name:
        return ""
    mark = name_mark(name)
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
