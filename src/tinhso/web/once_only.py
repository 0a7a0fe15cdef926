"""Where an answer that a register began comes from, in words: on forms, the check, at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.definitions.registers.reading import registers
from tinhso.definitions.types import Procedure
from tinhso.dossiers.once_only import Origin, origins_of_answers
from tinhso.forms.types import Row
from tinhso.registers.in_words import value_in_words
from tinhso.registers.types import RecordView
from tinhso.web.corrections.asking import new_url
from tinhso.web.parts import SummaryRow
from tinhso.web.templatetags.look import day


@dataclass(frozen=True, slots=True)
class SourceLine:
    """
    :param words: register, record and day
    :param differs: what the register says where the answer is another; empty where they agree
    :param correct_url: where the record is asked to be put right
    """

    words: str
    differs: str
    correct_url: str


def source_lines(
    *,
    procedure: Procedure,
    subject_id: UUID,
    answers: Mapping[str, object],
    language: str,
    back: str,
) -> Mapping[str, SourceLine]:
    """
    Return question → where its value comes from; one question, none where the procedure asks no register.

    The caller has checked the right to the draft or dossier.
    """
    if not any(question.origin for question in procedure.questions()):
        return {}
    found = origins_of_answers(subject_id=subject_id, answers=answers)
    return {
        name: _line(origin, language, back, subject_id)
        for name, origin in found.items()
        if origin.agrees or answers.get(name) is not None
    }


def sourced(row: Row, line: SourceLine | None) -> Row | SummaryRow:
    """Return the row with where its answer comes from and what the register says instead."""
    if line is None:
        return row
    source = f"{line.differs}. {line.words}" if line.differs else line.words
    return SummaryRow(row.label, row.shown, source=source, correct_url=line.correct_url)


def record_words(view: RecordView, language: str) -> str:
    """Name a record with its register and the day it was written so."""
    definition = registers().get(view.register)
    return _("%(register)s, bản ghi %(key)s, sổ ghi ngày %(day)s") % {
        "register": definition.name.into(language) if definition else view.register,
        "key": view.key,
        "day": day(view.known_from),
    }


def _line(origin: Origin, language: str, back: str, subject_id: UUID) -> SourceLine:
    known = origin.known
    definition = registers().get(known.register)
    name = definition.name.into(language) if definition else known.register_name
    told = {"register": name, "key": known.key, "day": day(known.known_from)}
    words = _("%(register)s, bản ghi %(key)s, sổ ghi ngày %(day)s") % told
    field = definition.by_id.get(known.field) if definition else None
    said = value_in_words(field, known.value, language) if field else str(known.value)
    return SourceLine(
        words=words,
        differs="" if origin.agrees else _("Sổ ghi: %(value)s") % {"value": said},
        correct_url=new_url(record_id=known.record_id, field=known.field, back=back, form_id=subject_id),
    )
