"""
Conditions as a few lines that people choose, and the CEL they stand for.

One condition is clauses of one question each, all joined by «and» or all by «or». What is read back is only
what this file would have written itself; any other CEL stays as it is and is shown as text.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tinhso.definitions.scope import Kind

Join = Literal["and", "or"]
Operator = Literal[
    "is", "is_not", "among", "not_among", "at_least", "at_most", "more", "less", "before", "after", "yes",
    "no", "has", "given", "absent", "age_at_least", "age_below", "count_at_least",
]  # fmt: skip

OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: ("is", "is_not", "among", "not_among", "given", "absent"),
    Kind.WHOLE: ("is", "is_not", "at_least", "at_most", "more", "less", "given", "absent"),
    Kind.DECIMAL: ("at_least", "at_most", "more", "less", "given", "absent"),
    Kind.DATE: ("before", "after", "age_at_least", "age_below", "given", "absent"),
    Kind.YES_NO: ("yes", "no", "given", "absent"),
    Kind.TEXTS: ("has", "count_at_least"),
    Kind.GROUP: ("count_at_least",),
    Kind.ADDRESS: ("given", "absent"),
}
WITHOUT_VALUE: frozenset[Operator] = frozenset({"yes", "no", "given", "absent"})
_SIGNS: dict[Operator, str] = {
    "is": "==", "is_not": "!=", "at_least": ">=", "at_most": "<=", "more": ">", "less": "<",
}  # fmt: skip
_BY_SIGN = {sign: operator for operator, sign in _SIGNS.items()}

_NAME = r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*"
_TEXT = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_COMPARED = re.compile(rf"^({_NAME}) *(==|!=|>=|<=|>|<) *({_TEXT}|-?\d+(?:\.\d+)?)$")
_DAY = re.compile(rf"^({_NAME}) *(<|>) *date\('(\d{{4}}-\d\d-\d\d)'\)$")
_AGE = re.compile(rf"^age_years\(({_NAME}), *today\) *(>=|<) *(\d+)$")
_COUNT = re.compile(rf"^size\(({_NAME})\) *>= *(\d+)$")
_IN = re.compile(rf"^({_TEXT}) +in +({_NAME})$")
_AMONG = re.compile(rf"^({_NAME}) +in +\[((?:{_TEXT})(?: *, *(?:{_TEXT}))*)\]$")
_NOT_AMONG = re.compile(rf"^!\(({_NAME}) +in +\[((?:{_TEXT})(?: *, *(?:{_TEXT}))*)\]\)$")
_GIVEN = re.compile(rf"^(!?)has\(({_NAME})\)$")
_YES = re.compile(rf"^(!?)({_NAME})$")


@dataclass(frozen=True, slots=True)
class Clause:
    """
    :param name: of the question, or ``channel``, ``entry.…``, ``applicant.…``
    :param value: as it is compared: the option, ``2026-01-31``, ``18``, ``a, b``; empty where none is taken
    """

    name: str
    operator: Operator
    value: str = ""


@dataclass(frozen=True, slots=True)
class Clauses:
    join: Join
    clauses: tuple[Clause, ...]


class ValueUnfit(ValueError):  # noqa: N818  (an answer, not a fault)
    """The value cannot be compared so: no number, no day."""


def cel(clauses: Clauses, kinds: dict[str, Kind]) -> str:
    """
    Return the condition as CEL. :raises ValueUnfit: a value is not of its question's kind

    :param kinds: what each name is, as :class:`tinhso.definitions.scope.Scope` has it
    """
    sign = " && " if clauses.join == "and" else " || "
    return sign.join(_cel(clause, kinds.get(clause.name, Kind.TEXT)) for clause in clauses.clauses)


def read(text: str, kinds: dict[str, Kind]) -> Clauses | None:
    """Return the clauses of a condition, None where it is not of this simple kind."""
    for join, sign in (("and", "&&"), ("or", "||")):
        parts = _split(text.strip(), sign)
        found = [_clause(part, kinds) for part in parts]
        clauses = tuple(one for one in found if one is not None)
        if len(clauses) == len(parts) and (join == "or" or len(parts) > 1 or "||" not in text):
            made = Clauses(join if len(parts) > 1 else "and", clauses)  # type: ignore[arg-type]
            return made if _same(cel(made, kinds), text) else None
    return None


def operators(names: Iterable[str], kinds: dict[str, Kind]) -> tuple[Operator, ...]:
    """Return every operator one of the names takes, each once."""
    return tuple(dict.fromkeys(one for name in names for one in OPERATORS[kinds.get(name, Kind.TEXT)]))


def _cel(clause: Clause, kind: Kind) -> str:
    name, value = clause.name, clause.value
    if clause.operator in _SIGNS:
        return f"{name} {_SIGNS[clause.operator]} {_literal(value, kind)}"
    shape, literal = _SHAPES[clause.operator]
    return shape.format(name=name, value=literal(value) if literal else "")


def _clause(text: str, kinds: dict[str, Kind]) -> Clause | None:
    text = text.strip()
    for read_one in (_compared, _of_day, _of_age, _of_list):
        if (found := read_one(text)) and found.name in kinds and _fits(found, kinds[found.name]):
            return found
    if (match := _GIVEN.match(text)) and match[2] in kinds:
        return Clause(match[2], "absent" if match[1] else "given")
    if (match := _YES.match(text)) and kinds.get(match[2]) is Kind.YES_NO:
        return Clause(match[2], "no" if match[1] else "yes")
    return None


def _fits(clause: Clause, kind: Kind) -> bool:
    return clause.operator in OPERATORS[kind]


def _compared(text: str) -> Clause | None:
    match = _COMPARED.match(text)
    return Clause(match[1], _BY_SIGN[match[2]], _unquoted(match[3])) if match else None


def _of_day(text: str) -> Clause | None:
    match = _DAY.match(text)
    return Clause(match[1], "before" if match[2] == "<" else "after", match[3]) if match else None


def _of_age(text: str) -> Clause | None:
    match = _AGE.match(text)
    return Clause(match[1], "age_at_least" if match[2] == ">=" else "age_below", match[3]) if match else None


def _of_list(text: str) -> Clause | None:
    if match := _COUNT.match(text):
        return Clause(match[1], "count_at_least", match[2])
    if match := _IN.match(text):
        return Clause(match[2], "has", _unquoted(match[1]))
    if match := _AMONG.match(text) or _NOT_AMONG.match(text):
        values = ", ".join(_unquoted(one) for one in re.findall(_TEXT, match[2]))
        return Clause(match[1], "not_among" if text.startswith("!") else "among", values)
    return None


def _split(text: str, sign: str) -> list[str]:
    """Return the parts between the signs, those within quotes left alone."""
    parts, begin = [], 0
    for found in re.finditer(rf"{_TEXT}|{re.escape(sign)}", text):
        if found[0] == sign:
            parts.append(text[begin : found.start()])
            begin = found.end()
    return [*parts, text[begin:]]


def _literal(value: str, kind: Kind) -> str:
    if kind is Kind.WHOLE:
        return _whole(value)
    if kind is Kind.DECIMAL:
        return _decimal(value)
    return _quoted(value)


def _whole(value: str) -> str:
    if not re.fullmatch(r"-?\d{1,15}", value.strip()):
        raise ValueUnfit(value)
    return str(int(value))


def _decimal(value: str) -> str:
    if not re.fullmatch(r"-?\d{1,12}([.,]\d{1,4})?", value.strip()):
        raise ValueUnfit(value)
    return str(float(value.replace(",", ".")))


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as wrong:
        raise ValueUnfit(value) from wrong


def _quoted(value: str) -> str:
    if not value:
        raise ValueUnfit(value)
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _several(value: str) -> str:
    return ", ".join(_quoted(one.strip()) for one in value.split(","))


def _unquoted(text: str) -> str:
    if text[0] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text[0] == "'" else text


def _same(one: str, other: str) -> bool:
    """Tell whether both are the same but for spaces and the kind of quotes."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> Sequence[str]:
    found = re.findall(rf"{_TEXT}|\S", text)
    return [f"'{_unquoted(part)}'" if part[0] in "'\"" else part for part in found]


_SHAPES: dict[Operator, tuple[str, Callable[[str], str] | None]] = {
    "yes": ("{name}", None),
    "no": ("!{name}", None),
    "given": ("has({name})", None),
    "absent": ("!has({name})", None),
    "among": ("{name} in [{value}]", _several),
    "not_among": ("!({name} in [{value}])", _several),
    "has": ("{value} in {name}", _quoted),
    "count_at_least": ("size({name}) >= {value}", _whole),
    "before": ("{name} < date('{value}')", _day),
    "after": ("{name} > date('{value}')", _day),
    "age_at_least": ("age_years({name}, today) >= {value}", _whole),
    "age_below": ("age_years({name}, today) < {value}", _whole),
}
