"""Boxes of the desk's own forms, drawn by the same components as the citizens' questions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions.types import Text
from tinhso.forms.types import Choice, Field, FieldError, Problem
from tinhso.kernel.text import normalise

READY, REASON, DAY, STEP, COLLEAGUE = "cau-san", "ly-do", "han-moi", "ve-buoc", "nguoi-nhan"


def field(
    name: str,
    kind: str,
    label: str,
    data: QueryDict,
    *,
    hint: str = "",
    errors: tuple[FieldError, ...] = (),
    options: Iterable[tuple[str, str]] = (),
    required: bool = True,
    max_length: int = 0,
    default: str = "",
    inputmode: str = "",
) -> Field:
    """Return one box with what was typed in it and what is wrong with it."""
    names = tuple(f"{name}-{part}" for part in ("day", "month", "year")) if kind == "date" else (name,)
    values = tuple(data.get(box, default) for box in names)
    return Field(
        question_id=name,
        name=name,
        id=names[0],
        kind=kind,
        label=label,
        hint=hint,
        names=names,
        values=values,
        options=tuple(Choice(value, words, "", value in values) for value, words in options),
        errors=tuple(Problem(e.field_name, e.sentence) for e in errors if e.field_name in (name, *names)),
        required=required,
        max_length=max_length,
        inputmode=inputmode,
    )


def with_options(drawn: Field, options: tuple[Choice, ...]) -> Field:
    """Return the box with choices of which several may be chosen already."""
    return replace(drawn, options=options)


def reason_fields(
    ready: Iterable[Text],
    data: QueryDict,
    errors: tuple[FieldError, ...] = (),
    *,
    own: Iterable[str] = (),
) -> tuple[Field, ...]:
    """
    Return a choice of ready sentences, and a box for one's own words.

    :param own: sentences the agency keeps, offered before those of the packs
    """
    language = (get_language() or "vi")[:2]
    kept = [(sentence, sentence) for sentence in own]
    options = kept + [(sentence.vi, sentence.into(language)) for sentence in ready]
    return (
        field(
            READY,
            "one_of",
            _("Câu có sẵn"),
            data,
            hint=_("Chọn một câu, viết lời của bạn, hoặc cả hai. Không thể bỏ trống cả hai."),
            options=options,
            required=False,
        ),
        field(
            REASON,
            "long_text",
            _("Lý do bằng lời của bạn"),
            data,
            hint=_("Viết thêm, hoặc viết thay câu có sẵn. Người nhận sẽ đọc đúng những lời này."),
            errors=errors,
            required=False,
            max_length=2000,
        ),
    )


def reason_of(data: QueryDict) -> str:
    """Return the ready sentence and the officer's own words as one reason."""
    return normalise(f"{data.get(READY, '')} {data.get(REASON, '')}")


def day_of(data: QueryDict, name: str) -> date | None:
    """Return the day of three boxes; None when they make no day."""
    parts = [data.get(f"{name}-{part}", "").strip() for part in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
