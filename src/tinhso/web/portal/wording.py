"""Conditions and amounts of a procedure in words, as far as they are simple; else what to expect."""

import re

from django.utils.translation import gettext as _

from tinhso.definitions.types import Fee, Procedure, Question, QuestionType
from tinhso.kernel.money import format_dong
from tinhso.web.portal.language import say

_COMPARED = re.compile(r"([a-z][a-z0-9_.]*) (==|!=) '([^']*)'")
_BARE = re.compile(r"[a-z][a-z0-9_.]*")
# A sum below this is a count of things, not of đồng.
_LEAST_DONG = 500


def when_words(procedure: Procedure, expression: str) -> str:
    """
    Say when the condition holds: «Khi «Giấy tờ chứng minh việc sinh» là «Giấy cam đoan»».

    Empty when it always holds. A condition that is more than one comparison, or several joined by «or», is
    not put in words: the form itself shows whether it holds.
    """
    if expression == "true":
        return ""
    said = [_one(procedure, part.strip()) for part in expression.split("||")]
    if not all(said):
        return _("Tùy nội dung bạn khai; biểu mẫu sẽ báo khi cần.")
    return _("Khi %(conditions)s.") % {"conditions": _(" hoặc ").join(dict.fromkeys(said))}


def amount_words(procedure: Procedure, fee: Fee) -> str:
    """Say an amount: «8.000 ₫», «8.000 ₫ × Số bản sao»; else that it follows from the answers."""
    if said := money_words(procedure, fee.amount):
        return said
    if fee.pay == "on_filing":
        return _("Tính theo nội dung khai, hiện trước khi nộp")
    return _("Cơ quan tính khi tiếp nhận hồ sơ và báo cho bạn")


def money_words(procedure: Procedure, expression: str) -> str:
    """Say what a simple expression for an amount gives; empty when it is not simple."""
    said = [_factor(procedure, part.strip()) for part in expression.split("*")]
    return " × ".join(said) if all(said) else ""


def pay_words(moment: str) -> str:
    """Say when a fee is paid."""
    if moment.startswith("on_step"):
        return _("Nộp khi hồ sơ đến bước xử lý có khoản này")
    return {
        "on_filing": _("Nộp ngay sau khi gửi hồ sơ"),
        "on_accept": _("Nộp khi hồ sơ được tiếp nhận"),
        "on_return": _("Nộp khi nhận kết quả"),
    }[moment]


def channel_words(channel: str) -> str:
    return {"online": _("trực tuyến"), "counter": _("tại bộ phận một cửa"), "post": _("qua bưu chính")}[
        channel
    ]


def _one(procedure: Procedure, part: str) -> str:
    """Say one comparison, or one question answered with yes; empty when it is neither."""
    if match := _COMPARED.fullmatch(part):
        return _comparison(procedure, *match.groups())
    question = _question(procedure, part) if _BARE.fullmatch(part) else None
    if question is None or question.type is not QuestionType.YES_NO:
        return ""
    return _("trả lời «Có» ở câu «%(question)s»") % {"question": say(question.label)}


def _comparison(procedure: Procedure, name: str, sign: str, value: str) -> str:
    if name == "channel":
        return _("nộp %(way)s") % {"way": channel_words(value)} if sign == "==" else ""
    question = _question(procedure, name)
    if question is None:
        return ""
    label = next((say(option.label) for option in question.options if option.value == value), "")
    told = {"question": say(question.label), "answer": label}
    if not label:
        return ""
    if sign == "==":
        return _("«%(question)s» là «%(answer)s»") % told
    return _("«%(question)s» không phải «%(answer)s»") % told


def _factor(procedure: Procedure, part: str) -> str:
    if part.isdigit():
        return format_dong(int(part)) if int(part) >= _LEAST_DONG else part
    question = _question(procedure, part) if _BARE.fullmatch(part) else None
    return say(question.label) if question and question.type is QuestionType.NUMBER else ""


def _question(procedure: Procedure, question_id: str) -> Question | None:
    return next((one for one in procedure.questions() if one.id == question_id), None)
