"""The boxes of a condition: lines to choose from, or CEL where that is not enough."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.definitions.designing import clauses
from tinhso.definitions.designing.clauses import OPERATORS, WITHOUT_VALUE, Clause, Clauses, ValueUnfit
from tinhso.definitions.places import Location
from tinhso.definitions.scope import APPLICANT, ENTRY, Kind, scope_of
from tinhso.definitions.types import Procedure, Question
from tinhso.forms.types import Choice
from tinhso.kernel.text import fold
from tinhso.web.designer import labels
from tinhso.web.portal.language import say

SPARE_LINES, MOST_LINES = 2, 8
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


@dataclass(frozen=True, slots=True)
class Line:
    """One clause as it is chosen; ``number`` from 1."""

    number: int
    name: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Known:
    """A question a condition may read, with what its answer may be."""

    name: str
    label: str
    options: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionBox:
    """
    :param mode: ``always``, ``simple`` or ``cel``
    :param may_build: there is something to choose from
    :param error: what is wrong with what stands there
    """

    name: str
    label: str
    hint: str
    mode: str
    join: str
    lines: tuple[Line, ...]
    known: tuple[Known, ...]
    operators: tuple[tuple[str, str], ...]
    cel: str
    may_build: bool
    error: str = ""


class ConditionUnread(ValueError):  # noqa: N818  (an answer, not a fault)
    """What was chosen makes no condition; the sentence says why."""


def box(
    name: str,
    words: tuple[str, str],
    text: str,
    *,
    procedure: Procedure | None,
    at: Location,
    data: QueryDict | None,
    error: str = "",
) -> ConditionBox:
    """Return the boxes of the condition at the part, as typed or as the file says."""
    known = tuple(readable(procedure, (*at, name))) if procedure else ()
    kinds = kinds_at(procedure, at) if procedure else {}
    read = clauses.read(text, kinds) if text and text != "true" and procedure else None
    mode = "always" if text in ("", "true") else "simple" if read else "cel"
    lines, join = _lines(read, procedure), str(read.join) if read else "and"
    cel = text if text != "true" else ""
    if data is not None and f"{name}-mode" in data:
        mode, join, cel = (data.get(f"{name}-{part}", "") for part in ("mode", "join", "cel"))
        lines = tuple(_typed(name, data))
    names = [one.name for one in known]
    return ConditionBox(
        name=name,
        label=words[0],
        hint=words[1],
        mode=mode,
        join=join or "and",
        lines=_with_spare(lines),
        known=known,
        operators=tuple((one, str(labels.OPERATORS[one])) for one in clauses.operators(names, kinds)),
        cel=cel,
        may_build=bool(known),
        error=error,
    )


def read(name: str, data: QueryDict, *, procedure: Procedure | None, at: Location) -> str | None:
    """Return the condition as CEL, None for «always». :raises ConditionUnread: it cannot be told"""
    mode = data.get(f"{name}-mode", "always")
    if mode == "always":
        return None
    if mode == "cel" or procedure is None:
        return data.get(f"{name}-cel", "").strip() or None
    kinds = kinds_at(procedure, at)
    options = {one.name: one.options for one in readable(procedure, (*at, name))}
    chosen = [line for line in _typed(name, data) if line.name]
    made = tuple(_clause(line, kinds, options) for line in chosen)
    if not made:
        return None
    try:
        return clauses.cel(Clauses("or" if data.get(f"{name}-join") == "or" else "and", made), kinds)
    except ValueUnfit as unfit:
        said = _(
            "Giá trị «%(value)s» không hợp với câu hỏi đã chọn. Hãy ghi số, ngày hoặc một lựa chọn của câu."
        )
        raise ConditionUnread(said % {"value": unfit}) from unfit


def kinds_at(procedure: Procedure, at: Location) -> dict[str, Kind]:
    """Return what an expression at the place may read, by name."""
    return scope_of(procedure, _group(procedure, at)).kinds


def readable(procedure: Procedure, at: Location) -> Iterator[Known]:
    """Yield what the expression at the place may read: what is asked before it, and what is always known."""
    yield from (_known(one, one.id) for one in _before(procedure, at))
    group = _group(procedure, at)
    if group is not None:
        inner = next(one.ask for one in _all(procedure) if one.id == group)
        index = at[5] if len(at) > 5 and isinstance(at[5], int) else 0
        yield from (_known(one, f"{ENTRY}.{one.id}") for one in inner[:index])
    yield Known("channel", str(labels.FACTS["channel"]), _ways())
    yield from (Known(name, str(labels.FACTS[name])) for name in APPLICANT)


def _before(procedure: Procedure, at: Location) -> list[Question]:
    pages, steps = procedure.form, procedure.steps
    if at[0] == "form":
        index = int(at[1])
        earlier = [one for page in pages[:index] for one in page.ask]
        if len(at) < 4 or at[2] != "ask" or index >= len(pages):
            return earlier
        here = len(pages[index].ask) if "rules" in at else int(at[3])
        return earlier + list(pages[index].ask[:here])
    asked = [one for page in pages for one in page.ask]
    if at[0] == "time":
        return asked + list(steps[0].ask if steps else ())
    if at[0] == "steps":
        return asked + [one for step in steps[: int(at[1])] for one in step.ask]
    return asked


def _all(procedure: Procedure) -> list[Question]:
    return [*procedure.questions(), *(one for step in procedure.steps for one in step.ask)]


def _group(procedure: Procedure, at: Location) -> str | None:
    """Return the group inside which the place is."""
    if len(at) < 6 or at[4] != "ask" or at[0] not in ("form", "steps"):
        return None
    lists = procedure.form if at[0] == "form" else procedure.steps
    try:
        question = lists[int(at[1])].ask[int(at[3])]
    except IndexError:
        return None
    return question.id if question.ask else None


def _known(question: Question, name: str) -> Known:
    options = tuple(Choice(one.value, say(one.label)) for one in question.options)
    return Known(name, say(question.label), options)


def _ways() -> tuple[Choice, ...]:
    return tuple(Choice(value, str(words)) for value, words in labels.CHOICES["channels"])


def _lines(read: Clauses | None, procedure: Procedure | None) -> tuple[Line, ...]:
    if read is None or procedure is None:
        return ()
    return tuple(
        Line(number, one.name, one.operator, _shown(one)) for number, one in enumerate(read.clauses, start=1)
    )


def _shown(clause: Clause) -> str:
    if clause.operator in ("before", "after"):
        year, month, day = clause.value.split("-")
        return f"{day}/{month}/{year}"
    return clause.value


def _typed(name: str, data: QueryDict) -> Iterator[Line]:
    for number in range(1, MOST_LINES + 1):
        parts = [data.get(f"{name}-{number}-{part}", "").strip() for part in ("name", "op", "value")]
        if any(parts):
            yield Line(number, *parts)


def _with_spare(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    wanted = min(len(lines) + SPARE_LINES, MOST_LINES)
    kept = [Line(number, one.name, one.operator, one.value) for number, one in enumerate(lines, start=1)]
    return tuple(kept) + tuple(Line(number, "", "", "") for number in range(len(kept) + 1, wanted + 1))


def _clause(line: Line, kinds: Mapping[str, Kind], options: Mapping[str, tuple[Choice, ...]]) -> Clause:
    kind = kinds.get(line.name, Kind.TEXT)
    operator = next((one for one in OPERATORS[kind] if one == line.operator), None)
    if operator is None:
        said = _("Cách so đã chọn không dùng được cho «%(name)s». Hãy chọn cách so khác.")
        raise ConditionUnread(said % {"name": line.name})
    if operator in WITHOUT_VALUE:
        return Clause(line.name, operator)
    return Clause(line.name, operator, _value(line.value, operator, options.get(line.name, ())))


def _value(typed: str, operator: str, options: tuple[Choice, ...]) -> str:
    """Return the value as the file has it: an option for its label, a day in the order of the calendar."""
    if operator in ("before", "after") and (match := _DAY.match(typed)):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    if operator in ("among", "not_among"):
        return ", ".join(_option(one.strip(), options) for one in typed.split(",") if one.strip())
    return _option(typed, options)


def _option(typed: str, options: tuple[Choice, ...]) -> str:
    return next((one.value for one in options if fold(typed) in (fold(one.label), one.value)), typed)
