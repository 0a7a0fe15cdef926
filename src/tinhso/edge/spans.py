"""From … to …, as addresses write it: ``100..500``, ``2026-01-01..``, ``..12.5``."""

import re
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.registers.types import FieldType
from tinhso.edge.refusals import EdgeRefusal
from tinhso.registers.ranges import Range

PARTING = ".."
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,6})?", re.ASCII)


class SpanUnreadable(EdgeRefusal):
    code = "span-unreadable"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _(
        "Không đọc được khoảng «%(written)s». Hãy ghi thấp nhất..cao nhất, "
        "ví dụ 100..500, 2026-01-01.. hoặc ..12.5."
    )


def read_span(written: str, kind: FieldType) -> Range:
    """Return the lowest and highest value. :raises SpanUnreadable: it is none for fields of this kind"""
    low, parting, high = written.partition(PARTING)
    shape = _DAY if kind is FieldType.DATE else _NUMBER
    if not parting or not (low or high) or any(one and not shape.fullmatch(one) for one in (low, high)):
        raise SpanUnreadable(written=written[:60])
    return low or None, high or None
