"""One question and what came back for it, groups included."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from tinhso.definitions.scope import ENTRY
from tinhso.definitions.types import Question
from tinhso.forms.boxes import entry_count, entry_names, entry_numbers, first_box
from tinhso.forms.case import Case, Inside
from tinhso.forms.kinds import KINDS
from tinhso.forms.kinds.base import label, missing
from tinhso.forms.rules import broken_rules
from tinhso.forms.types import Answers, Cleaned, Data, Problem


def clean_one(case: Case, question: Question, data: Data, answers: Answers) -> Cleaned:
    """
    Return the value of a question of the form and what is wrong with it; its own rules are not judged here.

    :param answers: the answers before this question, which conditions inside a group may read
    """
    if question.ask:
        return _clean_group(case, question, data, answers)
    return _required(
        case, question, question.id, KINDS[question.type].clean(question, question.id, data, case.scene)
    )


def _required(case: Case, question: Question, name: str, cleaned: Cleaned) -> Cleaned:
    if cleaned.value is None and not cleaned.problems and question.required:
        return Cleaned(problems=(Problem(first_box(question, name), missing(question, case.scene)),))
    return cleaned


def _clean_group(case: Case, group: Question, data: Data, answers: Answers) -> Cleaned:
    entries: list[object] = []
    problems: list[Problem] = []
    numbers = entry_numbers(group, data, entry_count(group, group.id, data))
    for index, number in enumerate(numbers):
        entry, wrong = _clean_entry(case, group, entry_names(group, index, number), data, answers)
        if entry or wrong:
            entries.append({ENTRY: number, **entry} if group.numbers_entries else entry)
            problems.extend(wrong if len(numbers) == 1 else _of_entry(case, group, index + 1, wrong))
    lowest = group.at_least if group.required else 0
    if len(entries) < lowest:
        sentence = _("«%(label)s» cần ít nhất %(least)s mục. Hãy điền thêm.")
        told = {"label": label(group, case.scene), "least": lowest}
        problems.append(Problem(first_box(group, group.id), sentence % told))
    if len(entries) > group.at_most:
        sentence = _("«%(label)s» nhận nhiều nhất %(most)s mục. Hãy bỏ bớt.")
        told = {"label": label(group, case.scene), "most": group.at_most}
        problems.append(Problem(first_box(group, group.id), sentence % told))
    return Cleaned(entries or None, tuple(problems))


def _of_entry(case: Case, group: Question, place: int, wrong: list[Problem]) -> Iterator[Problem]:
    """Say of which of several entries it is: the list of errors stands far from them."""
    for problem in wrong:
        yield Problem(problem.field_name, f"{label(group, case.scene)} {place}: {problem.sentence}")


def _clean_entry(
    case: Case, group: Question, names: Mapping[str, str], data: Data, answers: Answers
) -> tuple[dict[str, object], list[Problem]]:
    """Return one entry; an entry with every box empty is none, and lacks nothing."""
    raw = {child.id: KINDS[child.type].clean(child, names[child.id], data, case.scene) for child in group.ask}
    if not any(cleaned.value is not None or cleaned.problems for cleaned in raw.values()):
        return {}, []
    entry: dict[str, object] = {}
    problems: list[Problem] = []
    asked = []
    for child in group.ask:
        if not case.holds(child.when, answers, Inside(group.id, entry)):
            continue
        cleaned = _required(case, child, names[child.id], raw[child.id])
        problems.extend(cleaned.problems)
        asked.append(child)
        if cleaned.value is not None:
            entry[child.id] = cleaned.value
    for child in asked:
        if child.id in entry:
            problems.extend(broken_rules(case, child, names[child.id], answers, Inside(group.id, entry)))
    return entry, problems
