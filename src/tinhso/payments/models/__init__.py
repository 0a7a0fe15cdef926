"""Tables of the room: bills, the money that came, the money that went back, and what the bank told us."""

from tinhso.payments.models.bills import Bill, PaymentEvent
from tinhso.payments.models.callbacks import CallbackCount, CallbackNonce
from tinhso.payments.models.counter import CashShift, CounterReceipt, CounterStorno
from tinhso.payments.models.credits import BankTransaction
from tinhso.payments.models.platform import PlatformPayment
from tinhso.payments.models.refunds import Refund

__all__ = [
    "BankTransaction",
    "Bill",
    "CallbackCount",
    "CallbackNonce",
    "CashShift",
    "CounterReceipt",
    "CounterStorno",
    "PaymentEvent",
    "PlatformPayment",
    "Refund",
]
