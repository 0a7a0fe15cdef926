"""Refusals as problems (RFC 9457): one body for everything that says no, in the reader's language."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, Schema

from tinhso.api.v1 import refusals
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.edge.refusals import TooManyTries
from tinhso.edge.statuses import TITLES, status_of
from tinhso.kernel.refusals import Refusal
from tinhso.registers.refusals import RecordInvalid

MEDIA_TYPE = "application/problem+json"
READABLE = {"ensure_ascii": False}
CHALLENGE = 'Bearer realm="tinhso"'

# What pydantic finds wrong, in words for people; anything else is «not of the right kind».
SENTENCES = {
    "missing": gettext_lazy("Thiếu mục này."),
    "extra_forbidden": gettext_lazy("Không có mục này; hãy bỏ đi."),
    "string_too_long": gettext_lazy("Dài quá %(max_length)s ký tự."),
    "string_too_short": gettext_lazy("Cần ít nhất %(min_length)s ký tự."),
    "string_pattern_mismatch": gettext_lazy("Không đúng dạng %(pattern)s."),
    "too_long": gettext_lazy("Nhiều quá %(max_length)s mục."),
    "too_short": gettext_lazy("Cần ít nhất %(min_length)s mục."),
    "greater_than_equal": gettext_lazy("Phải từ %(ge)s trở lên."),
    "less_than_equal": gettext_lazy("Phải từ %(le)s trở xuống."),
    "literal_error": gettext_lazy("Phải là một trong các giá trị: %(expected)s."),
    "enum": gettext_lazy("Phải là một trong các giá trị: %(expected)s."),
    "timezone_aware": gettext_lazy("Thời điểm phải có múi giờ, ví dụ +07:00."),
}


class FieldProblem(Schema):
    """One thing wrong, and where."""

    field: str = Field(description="Where: a question's id, a paper's id, or a place such as `body.stars`.")
    sentence: str = Field(description="What is wrong and what to do, in the language asked for.")


class Problem(Schema):
    """RFC 9457. `type` is stable and names the refusal; `detail` says what to do next."""

    type: str = Field(examples=["/problems/stale-version"])
    title: str
    status: int
    detail: str
    instance: str = Field(description="The address that was asked.")
    errors: list[FieldProblem] = Field(default=[], description="Field by field, when fields are to blame.")


def answer(request: HttpRequest, refusal: Refusal, errors: Sequence[FieldProblem] = ()) -> JsonResponse:
    """Return the refusal as a response."""
    status = status_of(refusal)
    body = Problem(
        type=f"/problems/{refusal.code}",
        title=str(TITLES[status]),
        status=status,
        detail=refusal.sentence(),
        instance=request.path,
        errors=[*errors, *_fields_of(refusal)],
    )
    response = JsonResponse(
        body.model_dump(), status=status, content_type=MEDIA_TYPE, json_dumps_params=READABLE
    )
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = CHALLENGE
    if isinstance(refusal, TooManyTries):
        response["Retry-After"] = str(refusal.seconds)
    return response


def of_shape(request: HttpRequest, wrong: Sequence[dict[str, Any]]) -> JsonResponse:
    """Return what the documented shape refuses, place by place."""
    errors = [FieldProblem(field=_place(one["loc"]), sentence=_sentence(one)) for one in wrong]
    return answer(request, refusals.FieldsInvalid(count=len(errors)), errors)


def _fields_of(refusal: Refusal) -> list[FieldProblem]:
    if isinstance(refusal, RecordInvalid):
        return [FieldProblem(field=one.field, sentence=one.sentence) for one in refusal.problems]
    if not isinstance(refusal, FormIncomplete):
        return []
    return [FieldProblem(field=error.question_id, sentence=error.sentence) for error in refusal.errors]


def _place(where: Sequence[object]) -> str:
    parts = [str(part) for part in where]
    # ninja names the body's place and then the argument that takes it, which is called «body» here.
    return ".".join(parts[1:] if parts[:2] == ["body", "body"] else parts)


def _sentence(one: dict[str, Any]) -> str:
    words = SENTENCES.get(str(one["type"]))
    return str(words) % one.get("ctx", {}) if words else _("Giá trị này không đúng kiểu.")
