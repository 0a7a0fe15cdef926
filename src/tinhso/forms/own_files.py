"""Files named in answers that came as values: only those that were given for that very place."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from tinhso.definitions.scope import ENTRY
from tinhso.definitions.types import Question, QuestionType
from tinhso.forms.case import Case
from tinhso.forms.kinds.base import label
from tinhso.forms.parts import Papers, number_in, numbered, part_name
from tinhso.forms.types import Cleaned, Problem


def with_own_files(
    case: Case, question: Question, value: object, *, before: object, papers: Papers
) -> Cleaned:
    """
    Return the value with the files of each place put in; a file from elsewhere is a problem.

    :param before: the question's answer so far; an entry that bears no number gets one above all of these
    :param papers: part → ids of the files given for it
    """
    if question.type is QuestionType.FILE:
        given = papers.get(question.id, ())
        return Cleaned(list(given) or None, _foreign(case, question, question.id, value, given))
    if not question.numbers_entries or not isinstance(value, list):
        return Cleaned(value)
    highest = max((number_in(entry) for entry in numbered(before)), default=0)
    if any(not isinstance(entry, dict) for entry in value):
        return Cleaned(value)
    entries, problems = [], []
    for entry in numbered(value, after=highest):
        filled, wrong = _entry(case, question, entry, papers)
        entries.append(filled)
        problems.extend(wrong)
    return Cleaned(entries, tuple(problems))


def _entry(
    case: Case, group: Question, entry: dict[str, object], papers: Papers
) -> tuple[dict[str, object], list[Problem]]:
    filled = dict(entry)
    problems: list[Problem] = []
    for child in group.ask:
        if child.type is not QuestionType.FILE:
            continue
        part = part_name(group.id, number_in(entry), child.id)
        given = papers.get(part, ())
        problems.extend(_foreign(case, child, part, filled.pop(child.id, None), given))
        if given:
            filled[child.id] = list(given)
    # An entry of nothing but its number was left empty, and counts as none.
    return (filled if set(filled) != {ENTRY} else {}), problems


def _foreign(
    case: Case, question: Question, part: str, value: object, given: Sequence[str]
) -> tuple[Problem, ...]:
    named: Iterable[object] = value if isinstance(value, list) else () if value is None else (value,)
    if all(one in given for one in named):
        return ()
    sentence = _("«%(label)s»: có tệp không phải được gửi cho mục này. Hãy tải tệp lên ở đúng mục.")
    return (Problem(part, sentence % {"label": label(question, case.scene)}),)
