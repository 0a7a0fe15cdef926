"""The boxes of one part of a procedure, and what is read out of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.definitions.designing.document import Document
from tinhso.definitions.designing.edits import new_id
from tinhso.definitions.designing.examining import Found
from tinhso.definitions.designing.shapes import Part, Shape
from tinhso.definitions.places import Location
from tinhso.definitions.types import Procedure
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.text import normalise
from tinhso.web.designer import condition
from tinhso.web.designer.choosing import choices
from tinhso.web.designer.condition import ConditionBox, ConditionUnread
from tinhso.web.designer.labels import part_words
from tinhso.web.desk import boxes

VI, EN = "vi", "en"
_WHOLE = re.compile(r"^-?\d{1,12}$")
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_IDS = {"id": "label", "value": "label", "code": "name"}
_LONGEST = {"line": 400, "text": 1000, "long": 4000, "words": 4000, "amount": 2000}


@dataclass(frozen=True, slots=True)
class Box:
    """One part: its fields, or its condition."""

    fields: tuple[Field, ...] = ()
    condition: ConditionBox | None = None


@dataclass(frozen=True, slots=True)
class Editing:
    """
    One thing under edit.

    :param thing: its fields as the file says them; empty for a new one
    :param procedure: the whole as it stands, None while it cannot be read
    """

    shape: Shape
    at: Location
    thing: Mapping[str, Any]
    document: Document
    procedure: Procedure | None
    templates: Iterable[str]

    def parts(self) -> tuple[Part, ...]:
        """Return the parts this thing has; a question's depend on its type."""
        kind = str(self.thing.get("type", ""))
        return tuple(part for part in self.shape.parts if not part.only or kind in part.only)


def draw(
    editing: Editing,
    *,
    data: QueryDict | None = None,
    errors: tuple[FieldError, ...] = (),
    found: Iterable[Found] = (),
) -> tuple[Box, ...]:
    """Return every box with what was typed, or what the file says, and what the check says about it."""
    said = (*errors, *_of_check(editing, found))
    return tuple(_box(editing, part, data, said) for part in editing.parts())


def read(editing: Editing, data: QueryDict) -> tuple[dict[str, Any], tuple[FieldError, ...]]:
    """Return what is to be written, field by field, and what could not be read."""
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for part in editing.parts():
        if not _sent(part, data):
            continue
        try:
            value = _value(editing, part, data)
        except (ValueError, ConditionUnread) as wrong:
            errors.append(FieldError(part.name, box_name(part), str(wrong)))
            continue
        present = editing.thing.get(part.name)
        if value != present and not (present is None and value in (part.default, None)):
            values[part.name] = value
    return values, tuple(errors)


def completed(
    values: Mapping[str, Any], shape: Shape, taken: frozenset[str], *, prefix: str = ""
) -> dict[str, Any]:
    """Return a new thing with an id of its own where none was typed."""
    made = dict(values)
    for name, source in _IDS.items():
        if any(part.name == name for part in shape.parts) and not made.get(name) and shape.kind != "law":
            words = made.get(source) or made.get("name") or made.get("title") or made.get("label")
            text = words.get(VI, "") if isinstance(words, dict) else str(words or shape.kind)
            made[name] = new_id(text, taken, prefix=prefix)
    return made


def box_name(part: Part) -> str:
    """Return the box that gets the focus."""
    name = part.name or "sentence"
    return (
        f"{name}.{VI}"
        if part.widget in ("text", "long")
        else f"{name}-mode"
        if part.widget == "when"
        else name
    )


def _sent(part: Part, data: QueryDict) -> bool:
    name = part.name or "sentence"
    if part.widget == "when":
        return f"{name}-mode" in data
    if part.widget in ("text", "long"):
        return f"{name}.{VI}" in data
    return name in data or name in data.getlist("asked")


def _box(editing: Editing, part: Part, data: QueryDict | None, errors: tuple[FieldError, ...]) -> Box:
    words = part_words(editing.shape.kind, part.name)
    present = editing.thing.get(part.name)
    if part.widget == "when":
        error = " ".join(one.sentence for one in errors if one.question_id == part.name)
        return Box(
            condition=condition.box(
                part.name,
                words,
                _as_cel(present),
                procedure=editing.procedure,
                at=editing.at,
                data=data,
                error=error,
            )
        )
    typed = data if data is not None else QueryDict()
    if part.widget in ("text", "long"):
        return Box(fields=tuple(_in_two(part, words, present, typed, errors)))
    return Box(fields=(_field(editing, part, words, present, typed, errors),))


def _in_two(
    part: Part, words: tuple[str, str], present: object, typed: QueryDict, errors: tuple[FieldError, ...]
) -> Iterator[Field]:
    said = present if isinstance(present, dict) else {VI: "" if present is None else str(present)}
    kind, name = "text" if part.widget == "text" else "long_text", part.name or "sentence"
    yield boxes.field(
        f"{name}.{VI}",
        kind,
        words[0],
        typed,
        hint=words[1],
        errors=errors,
        default=str(said.get(VI) or ""),
        max_length=_LONGEST[part.widget],
    )
    yield boxes.field(
        f"{name}.{EN}",
        kind,
        _("%(label)s – tiếng Anh") % {"label": words[0]},
        typed,
        default=str(said.get(EN) or ""),
        required=False,
        max_length=_LONGEST[part.widget],
    )


def _field(
    editing: Editing,
    part: Part,
    words: tuple[str, str],
    present: object,
    typed: QueryDict,
    errors: tuple[FieldError, ...],
) -> Field:
    value = part.default if present is None else present
    match part.widget:
        case "choice":
            listed = choices(part.source, editing.document, editing.at, editing.templates)
            return boxes.field(
                part.name, "one_of", words[0], typed, hint=words[1], errors=errors, options=listed,
                default=_text(value),
            )  # fmt: skip
        case "choices":
            return _many(editing, part, words, value, typed, errors)
        case "flag":
            default = "yes" if value else "no"
            return boxes.field(
                part.name, "yes_no", words[0], typed, hint=words[1], errors=errors, default=default
            )
        case "words":
            default = "\n".join(map(str, value)) if isinstance(value, list) else ""
            kind = "long_text"
        case "day":
            default, kind = _shown_day(value), "text"
        case _:
            default, kind = _text(value), "number" if part.widget == "number" else "text"
    return boxes.field(
        part.name,
        kind,
        words[0],
        typed,
        hint=words[1],
        errors=errors,
        default=default,
        required=part.default is None and part.widget != "day" and not part.only,
        max_length=_LONGEST.get(part.widget, 20),
        inputmode="numeric" if part.widget == "number" else "",
    )


def _many(
    editing: Editing,
    part: Part,
    words: tuple[str, str],
    value: object,
    typed: QueryDict,
    errors: tuple[FieldError, ...],
) -> Field:
    listed = choices(part.source, editing.document, editing.at, editing.templates)
    chosen = (
        typed.getlist(part.name) if typed else [str(one) for one in value] if isinstance(value, list) else []
    )
    data = QueryDict(mutable=True)
    data.setlist(part.name, chosen)
    drawn = boxes.field(
        part.name, "many_of", words[0], data, hint=words[1], errors=errors, options=listed, required=False
    )
    marked = tuple(type(one)(one.value, one.label, one.hint, one.value in chosen) for one in drawn.options)
    return Field(
        question_id=drawn.question_id,
        name=drawn.name,
        id=drawn.id,
        kind=drawn.kind,
        label=drawn.label,
        hint=drawn.hint,
        names=drawn.names,
        values=tuple(chosen),
        options=marked,
        errors=drawn.errors,
        required=False,
    )


def _value(editing: Editing, part: Part, data: QueryDict) -> Any:
    """Return what the file is to say. :raises ValueError, ConditionUnread: with a sentence"""
    typed = data.get(part.name or "sentence", "").strip()
    match part.widget:
        case "when":
            return condition.read(part.name, data, procedure=editing.procedure, at=editing.at)
        case "text" | "long":
            return _both(part, data, editing.thing.get(part.name))
        case "flag":
            return typed == "yes"
        case "choices":
            return data.getlist(part.name)
        case "words":
            return [normalise(line) for line in typed.splitlines() if line.strip()]
        case "number":
            return _number(typed)
        case "amount":
            return (
                int(typed.replace(".", ""))
                if re.fullmatch(r"\d{1,3}(\.\d{3})*|\d+", typed)
                else typed or None
            )
        case "day":
            return _day(typed)
        case "choice" if part.name == "assurance":
            return int(typed) if typed.isdigit() else None
        case _:
            return typed or None


def _both(part: Part, data: QueryDict, present: object) -> Any:
    name = part.name or "sentence"
    vietnamese, english = (_words(data.get(f"{name}.{tongue}", ""), part) for tongue in (VI, EN))
    if not vietnamese and not english:
        return None
    if english or isinstance(present, dict):
        return {VI: vietnamese, EN: english} if english else {VI: vietnamese}
    return vietnamese


def _words(typed: str, part: Part) -> str:
    # Line breaks of a browser's box are no part of a sentence.
    return (
        normalise(typed) if part.widget == "text" else normalise(typed.replace("\r", " ").replace("\n", " "))
    )


def _number(typed: str) -> int | None:
    if not typed:
        return None
    if not _WHOLE.match(typed):
        raise ValueError(_("Hãy ghi một số nguyên, ví dụ 3."))
    return int(typed)


def _day(typed: str) -> str | None:
    if not typed:
        return None
    match = _DAY.match(typed)
    if match is None:
        raise ValueError(_("Hãy ghi ngày theo dạng ngày/tháng/năm, ví dụ 1/7/2026."))
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"


def _shown_day(value: object) -> str:
    match = re.match(r"^(\d{4})-(\d\d)-(\d\d)$", str(value or ""))
    return f"{match[3]}/{match[2]}/{match[1]}" if match else _text(value)


def _as_cel(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else _text(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _of_check(editing: Editing, found: Iterable[Found]) -> Iterator[FieldError]:
    """Yield the mistakes of the check at the box they are about; those of lists below are shown there."""
    length = len(editing.at)
    names = {part.name: part for part in editing.parts()}
    for one in found:
        if one.is_error and one.at[:length] == editing.at and len(one.at) > length:
            part = names.get(str(one.at[length]))
            if part is not None:
                sentence = f"{one.mistake.problem} {one.mistake.remedy}"
                yield FieldError(part.name, box_name(part), sentence)
