"""What a column of a sheet may hold for a procedure, and what its heading seems to say."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.types import Procedure, Question, QuestionType
from tinhso.dossiers.models.dossier import Channel
from tinhso.kernel.text import fold

PERSON = "@"  # begins no question's id
NUMBER, NAME, BORN, SEX, PHONE, COMMUNE, DETAIL = (
    f"{PERSON}{part}" for part in ("personal_id", "full_name", "born_on", "sex", "phone", "commune", "detail")
)
ALWAYS = (NUMBER, NAME)
COMMUNE_PART, DETAIL_PART = "commune", "detail"
PART = "/"  # in no question's id
# ``children#2.full_name`` is the second entry's; ``children#.full_name`` has one entry on each line.
EACH = "#"
IN_COLUMNS = 4  # entries that may stand side by side; more of them stand on lines of their own
FILE = "@file:"  # the name of a file in the ZIP beside the sheet, for a paper or a question
ARCHIVE = "@zip"
_ENTRY = re.compile(r"(?P<file>@file:)?(?P<group>[a-z][a-z0-9_.]*)#(?P<number>[0-9]*)\.(?P<rest>.+)")
CLOSE = 0.88
# Of these an answer stands in one cell, of an address in two.
SIMPLE = frozenset(QuestionType) - {QuestionType.GROUP, QuestionType.FILE, QuestionType.DECLARATION}
# What the person's own columns prove, so that it is not asked again.
PROVED = {
    "applicant.personal_id": NUMBER,
    "applicant.full_name": NAME,
    "applicant.born_on": BORN,
    "applicant.sex": SEX,
    "applicant.phone": PHONE,
    "applicant.address": COMMUNE,
}
LABELS = {
    NUMBER: _("Số định danh cá nhân của người nộp"),
    NAME: _("Họ tên người nộp"),
    BORN: _("Ngày sinh người nộp"),
    SEX: _("Giới tính người nộp"),
    PHONE: _("Điện thoại người nộp"),
    COMMUNE: _("Nơi cư trú người nộp: xã, phường"),
    DETAIL: _("Nơi cư trú người nộp: thôn, khu, số nhà"),
}
# Headings as lists of communes have them, folded.
SAID = {
    NUMBER: (
        "so dinh danh",
        "so dinh danh ca nhan",
        "so cccd",
        "cccd",
        "cccd/cmnd",
        "so cccd/cmnd",
        "can cuoc",
    ),
    NAME: ("ho ten", "ho va ten", "ho, chu dem, ten", "ho va ten nguoi nop", "nguoi nop", "ten nguoi nop"),
    BORN: ("ngay sinh", "ngay thang nam sinh", "ngay, thang, nam sinh", "sinh ngay"),
    SEX: ("gioi tinh", "nam/nu"),
    PHONE: ("dien thoai", "so dien thoai", "sdt", "so dt"),
    COMMUNE: ("xa", "xa phuong", "xa, phuong", "xa/phuong", "noi cu tru", "noi o hien nay"),
    DETAIL: ("thon", "thon, khu", "thon/khu", "dia chi", "so nha", "thon ban"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """
    :param id: ``@full_name`` of who files; the id of a question; of an address ``child.born_at/commune``
    :param needed: no row can be filed without it
    """

    id: str
    label: str
    needed: bool


def targets_of(procedure: Procedure, language: str) -> tuple[Target, ...]:
    """Return everything a column may hold, the person first, then the questions in their order."""
    found = [Target(one, str(label), one in ALWAYS) for one, label in LABELS.items()]
    for question in askable(procedure):
        found += _of_question(question, language)
    for question in procedure.questions():
        if question.type is QuestionType.GROUP:
            found += _of_group(question, language)
        elif question.type is QuestionType.FILE:
            found.append(_file(question.id, question.label.into(language)))
    found += [_file(paper.id, paper.name.into(language)) for paper in procedure.papers]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class EntryCell:
    """
    A target inside a group.

    :param number: of the entry; 0 where each line has one
    :param rest: the child's id, of an address with its part
    """

    group: str
    number: int
    rest: str
    is_file: bool


def entry_cell(target: str) -> EntryCell | None:
    """Return what a target means inside a group; none when it is outside of them."""
    found = _ENTRY.fullmatch(target)
    if found is None:
        return None
    return EntryCell(found["group"], int(found["number"] or 0), found["rest"], found["file"] is not None)


def entry_target(cell: EntryCell, number: int) -> str:
    """Return the target of the same cell of the entry that bears this number."""
    return f"{FILE if cell.is_file else ''}{cell.group}{EACH}{number}.{cell.rest}"


def askable(procedure: Procedure) -> tuple[Question, ...]:
    """Return the questions outside groups that a cell answers, but those that the person's columns prove."""
    return tuple(
        question
        for page in procedure.form
        for question in page.ask
        if question.type in SIMPLE and question.known not in PROVED
    )


def is_importable(procedure: Procedure) -> bool:
    """Say whether rows of a table can be filed: whether the procedure is filed at the counter at all."""
    return Channel.COUNTER in {str(way) for way in procedure.channels}


def declares(procedure: Procedure) -> tuple[Question, ...]:
    """Return the declarations, which applicants sign on paper."""
    asked = (question for page in procedure.form for question in page.ask)
    return tuple(question for question in asked if question.type is QuestionType.DECLARATION)


def guessed(
    headings: Iterable[str], targets: tuple[Target, ...], remembered: Mapping[str, str]
) -> dict[str, str]:
    """
    Return place of a column → what it seems to hold; each target once.

    :param remembered: folded heading → what officers said it holds the last time
    """
    known = {target.id for target in targets}
    by_words = {fold(target.label): target.id for target in targets}
    by_words |= {said: target for target, words in SAID.items() for said in words}
    found: dict[str, str] = {}
    for place, heading in enumerate(headings):
        target = remembered.get(fold(heading)) or _guess(fold(heading), by_words)
        if target in known and target not in found.values():
            found[str(place)] = target
    return found


def _guess(heading: str, by_words: Mapping[str, str]) -> str:
    if heading in by_words:
        return by_words[heading]
    near = get_close_matches(heading, by_words, n=1, cutoff=CLOSE) if len(heading) > 3 else []
    return by_words[near[0]] if near else ""


def _of_group(group: Question, language: str) -> Iterator[Target]:
    label = group.label.into(language)
    for number in range(1, min(group.at_most, IN_COLUMNS) + 1):
        yield from _of_entry(group, str(number), f"{label} {number}", language)
    each = _("%(label)s, mỗi dòng một mục") % {"label": label}
    yield from _of_entry(group, "", each, language)


def _of_entry(group: Question, number: str, label: str, language: str) -> Iterator[Target]:
    for child in group.ask:
        name = f"{group.id}{EACH}{number}.{child.id}"
        if child.type is QuestionType.FILE:
            yield _file(name, f"{label} · {child.label.into(language)}")
        elif child.type in SIMPLE:
            yield from (
                Target(name + one.id.removeprefix(child.id), f"{label} · {one.label}", False)
                for one in _of_question(child, language)
            )


def _file(part: str, label: str) -> Target:
    return Target(f"{FILE}{part}", _("Tên tệp trong tệp ZIP: %(label)s") % {"label": label}, False)


def _of_question(question: Question, language: str) -> list[Target]:
    label = question.label.into(language)
    needed = question.required and question.when is None
    if question.type is not QuestionType.ADDRESS:
        return [Target(question.id, label, needed)]
    return [
        Target(f"{question.id}{PART}{COMMUNE_PART}", _("%(label)s: xã, phường") % {"label": label}, needed),
        Target(f"{question.id}{PART}{DETAIL_PART}", _("%(label)s: thôn, số nhà") % {"label": label}, False),
    ]
