"""Reconcile with what the bank's statement says."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tinhso.kernel.refusals import Refusal
from tinhso.payments import booking, policies
from tinhso.payments.booking import book
from tinhso.payments.models import BankTransaction
from tinhso.payments.statements import Line, read_statement
from tinhso.payments.types import StatementLine, StatementReport
from tinhso.people.types import Actor


@transaction.atomic
def import_statement(*, actor: Actor, at: datetime, bank: str, content: bytes) -> StatementReport:
    """
    Book every credit of the statement that is not known yet; the same file twice changes nothing.

    :param bank: BIN of the bank whose statement it is
    :param content: CSV with the columns of ``statements.COLUMNS``
    :raises RoleMissing: the actor does not reconcile
    :raises UnreadableStatement: the file is no such CSV; nothing of it is booked
    """
    policies.require_reconciler(actor=actor)

    lines = read_statement(content, bank=bank)

    return StatementReport(tuple(_import(actor=actor, at=at, line=line) for line in lines))


def _import(*, actor: Actor, at: datetime, line: Line) -> StatementLine:
    if line.fault:
        return _report(line, "unreadable", line.fault)
    if line.credit is None:
        return _report(line, "not_a_credit", _("Tiền ra, không đối chiếu với phiếu thanh toán."))
    try:
        with transaction.atomic():
            booked = book(actor=actor, at=at, credit=line.credit)
    except Refusal as refusal:
        return _report(line, "contradiction", refusal.sentence())
    row = booked.row
    if not booked.is_new:
        return _report(line, "duplicate", _("Giao dịch đã được ghi nhận trước đó."), row)
    if row.bill is None:
        return _report(line, "unmatched", reason_sentence(row.reason), row)
    return _report(line, "matched", outcome_sentence(row.outcome), row)


def _report(line: Line, result: str, reason: str, row: BankTransaction | None = None) -> StatementLine:
    reference = row.bill.reference if row and row.bill else ""
    return StatementLine(line.number, line.bank_transaction_id, line.amount, result, reason, reference)


def reason_sentence(reason: str) -> str:
    """Say why a credit matches no bill."""
    return {
        booking.NO_REFERENCE: _("Nội dung chuyển khoản không có mã thanh toán."),
        booking.UNKNOWN_REFERENCE: _("Mã thanh toán không thuộc phiếu nào."),
        booking.SEVERAL_BILLS: _("Nội dung chuyển khoản có mã của nhiều phiếu."),
        booking.PLATFORM_SETTLEMENT: _("Cổng thanh toán chuyển lại tiền người dân đã nộp qua Cổng."),
        booking.OTHER_ACCOUNT: _("Tiền vào tài khoản khác với tài khoản của phiếu."),
    }.get(reason, reason)


def outcome_sentence(outcome: str) -> str:
    """Say how a credit counted for its bill."""
    return {
        "paid": _("Đã đủ tiền cho phiếu thanh toán."),
        "short": _("Chưa đủ tiền, phiếu vẫn chờ phần còn thiếu."),
        "over": _("Thừa tiền, phần thừa chờ hoàn lại."),
        "late": _("Phiếu đã đóng, toàn bộ số tiền chờ hoàn lại."),
    }.get(outcome, outcome)
