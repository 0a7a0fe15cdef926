"""The states of a bill and of a refund, and every move between them: one event for each."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict
from tinhso.payments import events


class BillState(StrEnum):
    ISSUED = "issued"
    PART_PAID = "part_paid"
    PAID = "paid"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUND_PENDING = "refund_pending"
    REFUNDED = "refunded"

    @property
    def is_open(self) -> bool:
        """Say whether money is still expected."""
        return self in OPEN

    @property
    def was_paid(self) -> bool:
        """Say whether the total was there at some time."""
        return self in WAS_PAID


OPEN = frozenset({BillState.ISSUED, BillState.PART_PAID})
WAS_PAID = frozenset({BillState.PAID, BillState.REFUND_PENDING, BillState.REFUNDED})
# Over for good: the same subject may get another bill for the same purpose.
OVER = frozenset({BillState.CANCELLED, BillState.EXPIRED, BillState.REFUNDED})


class RefundState(StrEnum):
    DUE = "due"
    REQUESTED = "requested"
    MADE = "made"
    FAILED = "failed"


class Means(StrEnum):
    """How money came over the counter."""

    CASH = "cash"
    CARD = "card"


class PlatformState(StrEnum):
    """How far a payment at the portal's platform has come."""

    WAITING = "waiting"
    PAID = "paid"
    UNPAID = "unpaid"


class Outcome(StrEnum):
    """How a credit counted."""

    PAID = "paid"
    SHORT = "short"
    OVER = "over"
    LATE = "late"
    UNMATCHED = "unmatched"


class RefundReason(StrEnum):
    OVERPAID = "overpaid"
    LATE = "late"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DECIDED = "decided"
    RELIEF = "relief"


class NoSuchMove(Conflict):
    code = "payment-no-such-move"
    message = _(
        "Khoản thanh toán đang ở trạng thái «%(state)s», không làm được việc này. Hãy tải lại trang để xem."
    )


@dataclass(frozen=True, slots=True)
class Move:
    """
    One arrow of the graph.

    :param came_from: empty for the birth of the thing
    :param why: the occasion, for the reader of the documentation
    """

    name: str
    came_from: str
    to: str
    event: type[events.BillEvent]
    why: str


B = BillState
BILL_MOVES = (
    Move("issue", "", B.ISSUED, events.BillIssued, "a fee rule asks for money"),
    Move("pay_part", B.ISSUED, B.PART_PAID, events.BillPartPaid, "a credit is short of the total"),
    Move(
        "pay_part", B.PART_PAID, B.PART_PAID, events.BillPartPaid, "another credit, and some is still missing"
    ),
    Move(
        "pay",
        B.ISSUED,
        B.PAID,
        events.BillPaid,
        "a credit or cash covers the total; what is over falls due back",
    ),
    Move("pay", B.PART_PAID, B.PAID, events.BillPaid, "the missing part came; what is over falls due back"),
    Move("cancel", B.ISSUED, B.CANCELLED, events.BillCancelled, "the bill is no longer wanted"),
    Move(
        "cancel", B.PART_PAID, B.CANCELLED, events.BillCancelled, "no longer wanted; what came falls due back"
    ),
    Move("expire", B.ISSUED, B.EXPIRED, events.BillExpired, "nobody paid in time, nor within the grace"),
    Move(
        "expire",
        B.PART_PAID,
        B.EXPIRED,
        events.BillExpired,
        "the rest did not come; what came falls due back",
    ),
    Move(
        "order_refund", B.PAID, B.REFUND_PENDING, events.BillRefundOrdered, "an officer gives all of it back"
    ),
    Move("reopen", B.PAID, B.ISSUED, events.BillReopened, "the counter's receipt was a mistake: a storno"),
    Move("reopen_part", B.PAID, B.PART_PAID, events.BillReopened, "as above, and a credit came besides"),
    Move("close_refund", B.REFUND_PENDING, B.REFUNDED, events.BillRefunded, "the last sum went back"),
)

R = RefundState
REFUND_MOVES = (
    Move("fall_due", "", R.DUE, events.RefundFellDue, "money came that is not owed, or is to be given back"),
    Move("request", R.DUE, R.REQUESTED, events.RefundRequested, "an officer asks the bank to send it back"),
    Move("request", R.FAILED, R.REQUESTED, events.RefundRequested, "an officer asks again"),
    Move("make", R.REQUESTED, R.MADE, events.RefundMade, "the bank sent it back"),
    Move("fail", R.REQUESTED, R.FAILED, events.RefundFailed, "the bank refused, or stayed unreachable"),
    Move(
        "pay_out", R.DUE, R.MADE, events.RefundMade, "it went back over the counter, or by an order outside"
    ),
)


def bill_move(name: str, state: str) -> Move:
    """Return the bill's move of this name from the state. :raises NoSuchMove: the graph has none"""
    return _find(BILL_MOVES, name, state)


def refund_move(name: str, state: str) -> Move:
    """Return the refund's move of this name from the state. :raises NoSuchMove: the graph has none"""
    return _find(REFUND_MOVES, name, state)


def _find(moves: tuple[Move, ...], name: str, state: str) -> Move:
    for move in moves:
        if (move.name, move.came_from) == (name, state):
            return move
    raise NoSuchMove(state=STATE_NAMES[state] if state else "", move=name)


STATE_NAMES: dict[str, Promise] = {
    B.ISSUED: _("chờ thanh toán"),
    B.PART_PAID: _("đã thanh toán một phần"),
    B.PAID: _("đã thanh toán"),
    B.CANCELLED: _("đã hủy"),
    B.EXPIRED: _("đã hết hạn"),
    B.REFUND_PENDING: _("đang hoàn tiền"),
    B.REFUNDED: _("đã hoàn tiền"),
    R.DUE: _("chờ hoàn tiền"),
    R.REQUESTED: _("đã yêu cầu ngân hàng hoàn tiền"),
    R.MADE: _("đã hoàn tiền"),
    R.FAILED: _("ngân hàng chưa hoàn được tiền"),
}
