"""In which states bookings and turns are, and from which to which they go."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class BookingState(StrEnum):
    """Where a booking stands. ``DISPLACED``: the hall no longer keeps its time, another is to be chosen."""

    BOOKED = "booked"
    DISPLACED = "displaced"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"

    @property
    def is_open(self) -> bool:
        return self in (BookingState.BOOKED, BookingState.DISPLACED)

    @property
    def label(self) -> object:
        return _BOOKING_WORDS[self]


class TurnState(StrEnum):
    """Where one passage through one queue stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    ABSENT = "absent"
    TRANSFERRED = "transferred"
    LEFT = "left"
    EXPIRED = "expired"

    @property
    def is_open(self) -> bool:
        return self in OPEN_TURN

    @property
    def label(self) -> object:
        return _TURN_WORDS[self]


OPEN_TURN = (TurnState.WAITING, TurnState.CALLED, TurnState.SERVING)
AT_COUNTER = (TurnState.CALLED, TurnState.SERVING)

_BOOKING_WORDS = {
    BookingState.BOOKED: _("Đã đặt"),
    BookingState.DISPLACED: _("Cần chọn giờ khác"),
    BookingState.ARRIVED: _("Đã đến"),
    BookingState.CANCELLED: _("Đã hủy"),
    BookingState.NO_SHOW: _("Không đến"),
}
_TURN_WORDS = {
    TurnState.WAITING: _("Đang chờ"),
    TurnState.CALLED: _("Đang gọi"),
    TurnState.SERVING: _("Đang phục vụ"),
    TurnState.DONE: _("Đã xong"),
    TurnState.ABSENT: _("Vắng khi gọi"),
    TurnState.TRANSFERRED: _("Đã chuyển quầy khác"),
    TurnState.LEFT: _("Đã bỏ số"),
    TurnState.EXPIRED: _("Hết giờ"),
}

# act → from which states of a turn, to which
TURN_MOVES: dict[str, tuple[tuple[TurnState, ...], TurnState]] = {
    "call": ((TurnState.WAITING,), TurnState.CALLED),
    "call_again": ((TurnState.CALLED,), TurnState.CALLED),
    "mark_absent": ((TurnState.CALLED,), TurnState.ABSENT),
    "start": ((TurnState.CALLED,), TurnState.SERVING),
    "finish": ((TurnState.SERVING,), TurnState.DONE),
    "transfer": (AT_COUNTER, TurnState.TRANSFERRED),
    "leave": ((TurnState.WAITING,), TurnState.LEFT),
    "expire": (OPEN_TURN, TurnState.EXPIRED),
}
