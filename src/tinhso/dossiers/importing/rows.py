"""One row: who files, what they answer, and everything that is wrong with it."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure
from tinhso.dossiers.importing import cells, targets
from tinhso.dossiers.importing.archive import Archive
from tinhso.dossiers.importing.limits import ArchiveMissing
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.places import commune_lookup
from tinhso.forms import engine
from tinhso.forms.parts import is_part_of
from tinhso.forms.types import FieldError
from tinhso.kernel.clock import local
from tinhso.kernel.text import fold
from tinhso.people.actions.assist import CounterPerson, PersonalIdMalformed

DIGITS = 12
FIRST_BIRTH = date(1880, 1, 1)
NO_FILES: Mapping[str, list[str]] = {}
# ``children-0-full_name``, of a date ``children-0-born_on-day``
_BOX = re.compile(r"[a-z][a-z0-9_.]*-(?P<index>[0-9]{1,3})-(?P<child>[a-z0-9_.]+).*")


@dataclass(frozen=True, slots=True)
class Fault:
    """:param heading: of the column; empty when it concerns the whole row"""

    heading: str
    sentence: str


@dataclass(frozen=True)
class Plan:
    """
    How the sheet is read.

    :param columns: place of a column → target
    :param papers: papers given once for all rows
    :param declared: who files signed the declarations on paper
    """

    procedure: Procedure
    unit_code: str
    agency_id: UUID
    headings: tuple[str, ...]
    columns: Mapping[int, str]
    papers: frozenset[str]
    declared: bool
    places: dict[str, str] = field(default_factory=dict)

    def row(self, cells_: tuple[str, ...]) -> dict[str, str]:
        """Return target → text of the cells that were chosen and are not empty."""
        return {
            target: cells_[place]
            for place, target in self.columns.items()
            if place < len(cells_) and cells_[place]
        }

    @property
    def has_entry_lines(self) -> bool:
        """Say whether entries of a group stand on lines of their own."""
        return any(
            cell is not None and not cell.number for cell in map(targets.entry_cell, self.columns.values())
        )

    @property
    def has_files(self) -> bool:
        """Say whether rows name files in the ZIP beside the sheet."""
        return any(target.startswith(targets.FILE) for target in self.columns.values())

    def goes_on(self, row: Mapping[str, str]) -> bool:
        """Say whether a line only has further entries of whoever stands above it."""
        return self.has_entry_lines and targets.NUMBER not in row and targets.NAME not in row

    def joined(self, lines: Sequence[Mapping[str, str]]) -> dict[str, str]:
        """Return one row out of a person's lines: the first one's cells, and of each line its entry."""
        whole: dict[str, str] = {}
        for place, row in enumerate(lines, start=1):
            for target, text in row.items():
                cell = targets.entry_cell(target)
                if cell is not None and not cell.number:
                    whole[targets.entry_target(cell, targets.IN_COLUMNS + place)] = text
                elif place == 1:
                    whole[target] = text
        return whole

    def heading_of(self, target: str) -> str:
        """Return the heading of the column a question or a part of the person was read from."""
        for place, held in self.columns.items():
            if held in (target, f"{targets.FILE}{target}") or held.startswith(f"{target}{targets.PART}"):
                return self.headings[place] if place < len(self.headings) else ""
        return ""

    def heading_of_entry_file(self, part: str) -> str:
        """Return the heading of the column that names files of ``children[2].birth_proof``."""
        group, _sign, rest = part.partition("[")
        child = rest.partition("].")[2]
        for place, held in self.columns.items():
            cell = targets.entry_cell(held)
            if cell is not None and cell.is_file and (cell.group, cell.rest) == (group, child):
                return self.headings[place] if place < len(self.headings) else ""
        return ""

    def fault_of(self, error: FieldError, row: Mapping[str, str]) -> Fault:
        """Return what is wrong, at its column; inside a group at that of the entry."""
        inside = _BOX.fullmatch(error.field_name)
        group = next((one for one in self.procedure.questions() if one.id == error.question_id), None)
        if inside is None or group is None or not group.ask:
            return Fault(self.heading_of(error.question_id), error.sentence)
        numbers, index = cells.entry_numbers(group, row), int(inside["index"])
        number = numbers[index] if index < len(numbers) else 0
        held = (f"{group.id}#{one}.{inside['child']}" for one in (number, ""))
        return Fault(next(filter(None, map(self.heading_of, held)), ""), error.sentence)

    def key(self, row: Mapping[str, str]) -> str:
        """Return the digest by which the same row is known in any file; see ``ImportedRow``."""
        said = [self.procedure.code, self.unit_code, str(self.agency_id), sorted(row.items())]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Read:
    """One row as understood. ``person`` is none when it cannot be told who files."""

    person: CounterPerson | None
    given: dict[str, object]
    faults: tuple[Fault, ...]


def read(plan: Plan, row: Mapping[str, str], *, at: datetime, archive: Archive | None = None) -> Read:
    """
    Return what the row says, and everything that would keep it from being filed.

    :param archive: the ZIP beside the sheet
    """
    person, wrong = person_of(plan, row, at=at)
    if person is None:
        return Read(None, {}, tuple(wrong))
    facts = Facts(today=local(at).date(), applicant=_proved(person), channel=Channel.COUNTER)
    named = cells.file_names(plan.procedure, row) if plan.has_files else {}
    wrong += _file_faults(plan, named, archive)
    stand_ins = {
        part: [str(UUID(int=place)) for place, _name in enumerate(names, 1)] for part, names in named.items()
    }
    given, errors = answers(plan, row, facts=facts, files=stand_ins)
    counted = engine.counted_answers(plan.procedure, given, facts)
    papers = dict.fromkeys(plan.papers, 1) | {part: len(names) for part, names in named.items()}
    whole = engine.check_all(plan.procedure, counted, papers=papers, facts=facts, communes=commune_lookup)
    # A cell that could not be read is not called missing too.
    told = {one.question_id for one in errors}
    errors += tuple(one for one in whole if one.question_id not in told)
    faults = dict.fromkeys(plan.fault_of(one, row) for one in errors)
    return Read(person, given, (*wrong, *faults))


def answers(
    plan: Plan, row: Mapping[str, str], *, facts: Facts, files: Mapping[str, list[str]] = NO_FILES
) -> tuple[dict[str, object], tuple[FieldError, ...]]:
    """
    Type the row into the form, page by page; return the answers and what the pages say is wrong.

    :param files: part → ids of what stands for its files while they are not there yet
    """
    given: dict[str, object] = {}
    wrong: list[FieldError] = []
    for page in plan.procedure.form:
        data: dict[str, list[str]] = {}
        for question in page.ask:
            is_declared = question in targets.declares(plan.procedure) and plan.declared
            if is_declared:
                data[question.id] = ["yes"]
            elif question.ask:
                data |= cells.entries_typed(question, row)
            else:
                data |= cells.typed(question, row)
        data |= {part: ids for part, ids in files.items() if any(is_part_of(one, part) for one in page.ask)}
        result = engine.clean_page(
            plan.procedure, page.id, data, answers=given, facts=facts, communes=commune_lookup
        )
        given = dict(result.answers)
        wrong += result.errors
    return given, tuple(wrong)


def _file_faults(plan: Plan, named: Mapping[str, Sequence[str]], archive: Archive | None) -> Iterator[Fault]:
    for part, names in named.items():
        heading = plan.heading_of(part) or plan.heading_of_entry_file(part)
        for name in names:
            if archive is None:
                yield Fault(heading, ArchiveMissing().sentence())
            elif said := archive.problem(name):
                yield Fault(heading, said)


def person_of(
    plan: Plan, row: Mapping[str, str], *, at: datetime
) -> tuple[CounterPerson | None, list[Fault]]:
    """Return who files the row; none, and what is wrong, when it cannot be told."""
    today = local(at).date()
    number = "".join(row.get(targets.NUMBER, "").replace(".", " ").split())
    name, sex = row.get(targets.NAME, ""), row.get(targets.SEX, "")
    wrong = list(_person_faults(plan, row, number=number, today=today))
    if wrong:
        return None, wrong
    commune = commune_lookup(row[targets.COMMUNE], today) if targets.COMMUNE in row else None
    return CounterPerson(
        personal_id=number,
        full_name=name,
        born_on=_day(row.get(targets.BORN, "")),
        sex=cells.SEXES.get(fold(sex), ""),
        phone="".join(row.get(targets.PHONE, "").replace(".", " ").split()),
        residence_commune=commune.code if commune else "",
        residence_detail=row.get(targets.DETAIL, ""),
    ), []


def _person_faults(plan: Plan, row: Mapping[str, str], *, number: str, today: date) -> Iterator[Fault]:
    def fault(target: str, sentence: str) -> Fault:
        return Fault(plan.heading_of(target), sentence)

    if len(number) != DIGITS or not (number.isascii() and number.isdigit()):
        lost = _("Bảng tính có thể đã bỏ số 0 đứng đầu: hãy đặt cột này ở dạng văn bản.")
        said = [PersonalIdMalformed().sentence(), *([lost] if number.isdigit() else [])]
        yield fault(targets.NUMBER, " ".join(said))
    if len(row.get(targets.NAME, "").split()) < 2:
        yield fault(targets.NAME, _("Hãy ghi đủ họ và tên như trên thẻ căn cước."))
    if born := row.get(targets.BORN):
        on = _day(born)
        if on is None or not FIRST_BIRTH <= on <= today:
            yield fault(targets.BORN, _("Hãy ghi ngày sinh đủ ngày, tháng, năm và không ở sau hôm nay."))
    if (sex := row.get(targets.SEX)) and fold(sex) not in cells.SEXES:
        yield fault(targets.SEX, _("Hãy ghi giới tính là Nam hoặc Nữ."))
    if written := row.get(targets.COMMUNE):
        match = commune_lookup(written, today)
        if match is None or not match.code:
            sentence = _("Không có «%(written)s». Hãy ghi tên xã, phường, đặc khu kèm tỉnh.")
            yield fault(targets.COMMUNE, sentence % {"written": written})


def _day(text: str) -> date | None:
    parts = cells.day_first(text).replace("-", "/").replace(".", "/").split("/")
    try:
        day, month, year = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def _proved(person: CounterPerson) -> dict[str, object]:
    """Return what the counter will have written down, as ``people.queries.proved_facts`` tells it."""
    facts: dict[str, object] = {
        "applicant.personal_id": person.personal_id,
        "applicant.full_name": person.full_name,
        "applicant.born_on": person.born_on.isoformat() if person.born_on else "",
        "applicant.sex": person.sex,
        "applicant.phone": person.phone,
        "applicant.address": {"commune": person.residence_commune, "detail": person.residence_detail}
        if person.residence_commune
        else "",
    }
    return {name: value for name, value in facts.items() if value}
