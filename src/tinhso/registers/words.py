"""
The words a version is found by.

Each word carries who may find by it: ``an`` of a public field, ``~r~an`` of one for all readers,
``~cause~an`` of a field that only some roles see. Beside them ``=sex=male`` for filters and ``#022…`` for
whom the record is about, and ``@civil-status.births`` for the register, so that one index answers a whole
question; and ``~r~nguyen+an`` where a word says little without the one beside it (``pairs``).
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

from tinhso.definitions.registers.scope import ByFingerprint
from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.kernel.text import fold
from tinhso.registers import pairs

READERS = "r"
LONGEST = 200
# No version has this word: who sees no searched field finds nothing by searching.
NOBODY = "!"
_SHARED = frozenset(
    {FieldType.PERSON_NAME, FieldType.CHOICE, FieldType.UNIT, FieldType.YES_NO, FieldType.DATE}
)


def words_of(definition: RegisterDefinition, values: Mapping[str, object]) -> list[str]:
    """Return every word of a version, sorted, each once."""
    found = [of_register(definition.id)]
    for name, words_of_one in _indexed(ByFingerprint(definition.fingerprint, definition)):
        value = values.get(name)
        if value is None:
            continue
        if isinstance(value, list):
            for one in value:
                found += words_of_one(one)
        else:
            found += words_of_one(value["code"] if isinstance(value, dict) else value)
    for name in definition.subjects:
        if isinstance(number := values.get(name), str):
            found.append(about(number))
    return sorted(set(found))


def about(personal_id: str) -> str:
    return f"#{personal_id}"


def facet(field_id: str, value: object) -> str:
    """Return the word of one value of a filter: yes and no as in JSON, a unit by its code."""
    plain = value["code"] if isinstance(value, dict) else value
    text = str(plain).lower() if isinstance(plain, bool) else folded(str(plain))
    return f"={field_id}={text}"[:LONGEST]


def of_register(register_id: str) -> str:
    return f"@{register_id}"


def query(
    definition: RegisterDefinition,
    *,
    seen: frozenset[str],
    text: str = "",
    filters: Mapping[str, object] | None = None,
    is_open: bool = True,
    apart: bool = False,
) -> str:
    """
    Return the question in the language of ``tsquery``: every word of the text.

    :param seen: the fields by which may be found
    :param is_open: the last word may be unfinished
    :param filters: field id → value, or several as a frozenset: one of them
    :param apart: common words of names are looked for in any value, not beside the others
    """
    marks = marks_of(definition, seen)
    asked = [quoted(of_register(definition.id))]
    asked += [_one_of(name, value) for name, value in (filters or {}).items()]
    parts = split(text)
    if parts and not marks:
        asked.append(quoted(NOBODY))
    for several in _terms(parts if marks else [], is_open=is_open, apart=apart):
        either = (
            quoted(mark + one.word) + (":*" if one.is_open else "") for one in several for mark in marks
        )
        asked.append(f"({' | '.join(either)})")
    return " & ".join(asked)


def _terms(parts: list[str], *, is_open: bool, apart: bool) -> list[tuple[pairs.Term, ...]]:
    if not apart:
        return pairs.terms(parts, is_open=is_open)
    last = len(parts) - 1
    return [(pairs.Term(one, is_open and place == last),) for place, one in enumerate(parts)]


def _one_of(name: str, value: object) -> str:
    several = sorted(map(str, value)) if isinstance(value, frozenset) else None
    if several is None:
        return quoted(facet(name, value))
    return "(" + " | ".join(quoted(facet(name, one)) for one in several) + ")"


def marks_of(definition: RegisterDefinition, seen: frozenset[str]) -> list[str]:
    """Return what stands before the words that are searched by who sees these fields."""
    fields = (definition.by_id[name] for name in seen)
    return sorted({mark_of(definition, one) for one in fields if one.searched})


def split(text: str) -> list[str]:
    """Return the folded words of a text, punctuation left out."""
    if text.isascii() and text.isalnum():  # a number: nothing to remember
        return [text.lower()[:LONGEST]]
    return [word for part in text.split() for word in _parts(part)]


def folded(text: str) -> str:
    """Return the text as ``kernel.text.fold`` does, remembering the words it is made of."""
    if text.isascii():
        return " ".join(text.split()).lower()
    return " ".join([_folded(part) for part in text.split()])


@lru_cache(maxsize=1 << 16)
def _folded(part: str) -> str:
    return fold(part)


@lru_cache(maxsize=1 << 16)
def _parts(part: str) -> tuple[str, ...]:
    """Names are made of few words: each is folded once."""
    folded = "".join(mark if mark.isalnum() else " " for mark in fold(part))
    return tuple(word[:LONGEST] for word in folded.split())


def mark_of(definition: RegisterDefinition, field: RegisterField) -> str:
    """Return what stands before the words of the field."""
    if field.seen_by:
        return f"~{field.id}~"
    if definition.public and field.id in definition.public.fields:
        return ""
    return f"~{READERS}~"


def quoted(word: str) -> str:
    """Return the word as ``tsquery`` takes it literally."""
    escaped = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


@lru_cache(maxsize=256)
def _indexed(key: ByFingerprint) -> tuple[tuple[str, Callable[[object], tuple[str, ...]]], ...]:
    """Return the fields records are found by, each with what makes the words of one value."""
    return tuple(
        (one.id, _maker(one, mark_of(key.definition, one) if one.searched else None))
        for one in key.definition.fields
        if one.is_filter or one.searched
    )


def _maker(field: RegisterField, mark: str | None) -> Callable[[object], tuple[str, ...]]:
    """Values that many records share are turned into words once."""

    def make(value: object) -> tuple[str, ...]:
        found = (facet(field.id, value),) if field.is_filter else ()
        if mark is None:
            return found
        parts = split(str(value))
        return (*found, *(mark + word for word in parts), *(mark + pair for pair in pairs.of_value(parts)))

    return lru_cache(maxsize=1 << 14, typed=True)(make) if field.type in _SHARED else make
