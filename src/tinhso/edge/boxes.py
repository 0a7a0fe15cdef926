"""Boxes on the earth as addresses write them: west, south, east, north in degrees, WGS 84 (CRS84)."""

import math
from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from tinhso.edge.refusals import EdgeRefusal
from tinhso.registers.columns import Box

FLAT, WITH_HEIGHT = 4, 6


class BoxUnreadable(EdgeRefusal):
    code = "bbox-unreadable"
    status = HTTPStatus.BAD_REQUEST
    message = _(
        "Không đọc được bbox. Hãy ghi bốn số: tây,nam,đông,bắc, theo độ WGS 84, ví dụ 107.0,20.9,107.2,21.0."
    )


def read_box(written: str) -> Box:
    """
    Return the box; heights are left out, and west may lie beyond east, round the other side of the earth.

    :raises BoxUnreadable: it is none
    """
    try:
        numbers = [float(part) for part in written.split(",")]
    except ValueError:
        raise BoxUnreadable from None
    if len(numbers) == WITH_HEIGHT:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != FLAT or not all(map(math.isfinite, numbers)):
        raise BoxUnreadable
    west, south, east, north = numbers
    if south > north:
        raise BoxUnreadable
    return west, south, east, north
