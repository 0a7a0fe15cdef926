"""
What a Typst template may read from ``data``.

``data.answers`` holds every answer by its id, dots as levels: ``data.answers.child.full_name``; an answer
that was not given is ``none``. Values are as answers are kept: dates ``"YYYY-MM-DD"``, choices by value.
``data.shown`` has the same names with the text a reader sees: ``02/03/2026``, the label of a choice, the
address in words; always text. A group is a list of entries in both. The rest is listed in :data:`STANDARD`.
"""

from collections.abc import Mapping
from typing import Any

from tinhso.definitions.binding import nest
from tinhso.definitions.scope import APPLICANT, all_questions
from tinhso.definitions.types import Procedure, Question

STANDARD: dict[str, str] = {
    "procedure.code": "Mã thủ tục",
    "procedure.name": "Tên thủ tục",
    "dossier.code": "Mã hồ sơ",
    "dossier.filed_on": "Ngày nộp, YYYY-MM-DD",
    "dossier.accepted_on": "Ngày tiếp nhận, YYYY-MM-DD",
    "dossier.due_on": "Ngày hẹn trả, YYYY-MM-DD",
    "document.title": "Tên văn bản",
    "document.number": "Số của văn bản, có ký hiệu: 12/KS",
    "document.issued_on": "Ngày ký, YYYY-MM-DD",
    "document.issued_at": "Lúc ký, dd/mm/yyyy HH:MM",
    "document.valid_until": "Ngày hết hạn, YYYY-MM-DD; none nếu không hết hạn",
    "document.place": "Địa danh",
    "document.agency.name": "Cơ quan ban hành",
    "document.agency.parent": "Cơ quan cấp trên",
    "document.agency.address": "Địa chỉ cơ quan",
    "document.agency.phone": "Điện thoại cơ quan",
    "document.agency.email": "Thư điện tử cơ quan",
    "document.signer.name": "Người ký",
    "document.signer.post": "Chức vụ người ký",
    "document.verify_url": "Địa chỉ kiểm tra văn bản",
    "document.token": "Mã kiểm tra văn bản",
    **dict.fromkeys(APPLICANT, "Tài khoản chứng minh; none nếu không có"),
}
"""Dotted name → what it is."""

ANSWERS, SHOWN = "answers", "shown"
ADDRESS_PARTS = ("commune", "detail")


def answers_for_template(procedure: Procedure, answers: Mapping[str, object]) -> dict[str, Any]:
    """Return ``data.answers``: every question of the procedure by levels, ``None`` where not answered."""
    return nest({question.id: _for_template(question, answers) for question in all_questions(procedure)})


def _for_template(question: Question, answers: Mapping[str, object]) -> object:
    value = answers.get(question.id)
    if not question.ask:
        return value
    entries = value if isinstance(value, list | tuple) else ()
    return [
        nest({inner.id: entry.get(inner.id) for inner in question.ask})
        for entry in entries
        if isinstance(entry, Mapping)
    ]
