"""Tables of the room: electronic receipts, what outsiders say of a day's money, and how it compares."""

from tinhso.bookkeeping.models.receipts import FeeReceipt, ReceiptDuty
from tinhso.bookkeeping.models.reports import BankLine, CardLine, DayReport, Difference

__all__ = ["BankLine", "CardLine", "DayReport", "Difference", "FeeReceipt", "ReceiptDuty"]
