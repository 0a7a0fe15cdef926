"""Money in whole đồng and numbers; a dot groups thousands and a comma starts the decimals."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from tinhso.definitions.types import Question, QuestionType
from tinhso.forms.kinds.base import label, problem, typed, without_controls
from tinhso.forms.types import Cleaned, Data, Scene
from tinhso.kernel.money import format_dong

_CURRENCY = re.compile(r"(đồng|vnđ|vnd|đ|₫)\.?$", re.IGNORECASE)
_GROUPED = re.compile(r"-?[0-9]{1,3}([. ,])[0-9]{3}(?:\1[0-9]{3}){0,3}")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"(?P<whole>-?[0-9]{1,15}|-?[0-9]{1,3}(?:[. ][0-9]{3}){1,4}),(?P<part>[0-9]+)")
_DOTTED = re.compile(r"(?P<whole>-?[0-9]{1,15})\.(?P<part>[0-9]+)")


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    text = " ".join(without_controls(typed(data, name), keep="\t").replace("\u00a0", " ").split())
    if not text:
        return Cleaned()
    number = _money(text) if question.type is QuestionType.MONEY else _number(text, question.decimals)
    if number is None:
        return problem(name, _how_to(question), label=label(question, scene))
    if -number.as_tuple().exponent > question.decimals:  # type: ignore[operator]
        return problem(
            name,
            _("«%(label)s» chỉ nhận tối đa %(count)s chữ số sau dấu phẩy."),
            label=label(question, scene),
            count=question.decimals,
        )
    return _within(question, name, number, scene)


def _money(text: str) -> Decimal | None:
    return _number(_CURRENCY.sub("", text).strip(), 0)


def _number(text: str, decimals: int) -> Decimal | None:
    if _WHOLE.fullmatch(text):
        return Decimal(text)
    if decimals and (match := _DECIMAL.fullmatch(text)):
        return _joined(match)
    if grouped := _GROUPED.fullmatch(text):
        # With decimals a single comma before three digits would be a guess; the dot is the safe reading.
        return None if decimals and grouped[1] == "," else Decimal(text.replace(grouped[1], ""))
    if decimals and (match := _DOTTED.fullmatch(text)):
        return _joined(match)
    return None


def _joined(match: re.Match[str]) -> Decimal:
    whole = match["whole"].replace(".", "").replace(" ", "")
    return Decimal(f"{whole}.{match['part'].rstrip('0') or '0'}")


def _how_to(question: Question) -> str:
    if question.type is QuestionType.MONEY:
        return _("«%(label)s» là số tiền, chỉ gồm chữ số. Hãy viết như 8.000 hoặc 8000.")
    if question.decimals:
        return _("«%(label)s» là một số. Hãy viết như 85 hoặc 85,5.")
    return _("«%(label)s» là một số nguyên. Hãy chỉ viết chữ số, ví dụ 3.")


def _within(question: Question, name: str, number: Decimal, scene: Scene) -> Cleaned:
    lowest = 0 if question.minimum is None and question.type is QuestionType.MONEY else question.minimum
    if lowest is not None and number < lowest:
        sentence = _("«%(label)s» nhỏ nhất là %(bound)s. Hãy sửa lại.")
        return problem(
            name, sentence, label=label(question, scene), bound=_written(question, Decimal(lowest))
        )
    if question.maximum is not None and number > question.maximum:
        sentence = _("«%(label)s» lớn nhất là %(bound)s. Hãy sửa lại.")
        return problem(
            name, sentence, label=label(question, scene), bound=_written(question, Decimal(question.maximum))
        )
    return Cleaned(_canonical(number) if question.decimals else int(number))


def _canonical(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _written(question: Question, number: Decimal) -> str:
    whole, _dot, part = _canonical(number).partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{grouped},{part}" if part else f"{sign}{grouped}"


def render(question: Question, name: str, value: object) -> dict[str, list[str]]:
    return {name: [_written(question, Decimal(str(value)))]}


def show(question: Question, value: object, scene: Scene) -> str:
    if question.type is QuestionType.MONEY:
        return format_dong(int(str(value)))
    unit = question.unit_label.into(scene.language)
    return f"{_written(question, Decimal(str(value)))} {unit}".strip()


def fits(question: Question, value: object) -> bool:
    if question.decimals and question.type is QuestionType.NUMBER:
        return isinstance(value, str) and bool(re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,4})?", value))
    return isinstance(value, int) and not isinstance(value, bool)
