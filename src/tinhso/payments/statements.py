"""Bank statements as CSV: one credit or debit a line, UTF-8, a header that names the columns."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Invalid
from tinhso.payments.booking import Credit
from tinhso.payments.vietqr import AMOUNT_CEILING

COLUMNS = ("transaction_id", "received_at", "account", "amount", "purpose")
LARGEST_FILE = 5_000_000
MOST_LINES = 20_000
_GROUPED = re.compile(r"-?[0-9]{1,3}([.,][0-9]{3})*|-?[0-9]+")


class UnreadableStatement(Invalid):
    code = "statement-unreadable"
    message = _("Không đọc được sao kê: %(reason)s Hãy xuất lại tệp CSV (UTF-8) từ ngân hàng.")


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of the file.

    :param number: as an editor counts lines of records, the header being 1
    :param amount: negative for a debit; None where the line makes no sense
    :param fault: what is wrong with it, empty for a good line
    :param account_number: and the two below: of good lines, debits too
    """

    number: int
    bank_transaction_id: str
    amount: int | None
    credit: Credit | None
    fault: str = ""
    account_number: str = ""
    received_at: datetime | None = None
    purpose: str = ""


def read_statement(content: bytes, *, bank: str) -> tuple[Line, ...]:
    """
    Take a statement apart. Columns may stand in any order; unknown ones are kept with the transaction.

    :raises UnreadableStatement: not text, no such header, or too large
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableStatement(reason=_("tệp lớn hơn 5 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise UnreadableStatement(reason=_("tệp không phải là văn bản UTF-8.")) from problem
    if "\x00" in text:
        raise UnreadableStatement(reason=_("tệp không phải là văn bản UTF-8."))
    try:
        return tuple(_lines(text, bank=bank))
    except csv.Error as problem:
        raise UnreadableStatement(reason=_("tệp không phải là CSV.")) from problem


def _lines(text: str, *, bank: str) -> Iterator[Line]:
    rows = csv.DictReader(io.StringIO(text), strict=True, restkey="more", restval="")
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise UnreadableStatement(reason=_("thiếu cột %(columns)s.") % {"columns": ", ".join(missing)})
    for number, row in enumerate(rows, start=2):
        if number > MOST_LINES + 1:
            raise UnreadableStatement(reason=_("tệp có quá nhiều dòng."))
        yield _line(number, row, bank=bank)


def _line(number: int, row: dict[str, str], *, bank: str) -> Line:
    transaction_id, amount = row["transaction_id"].strip(), _amount(row["amount"])
    received_at = _moment(row["received_at"])
    fault = _fault(transaction_id, amount, received_at, row["account"].strip())
    if fault or amount is None or received_at is None:
        return Line(number, transaction_id[:64], amount, None, fault)
    known = (row["account"].strip(), received_at, row["purpose"])
    if amount < 0:
        return Line(number, transaction_id, amount, None, "", *known)
    credit = Credit(
        bank=bank,
        bank_transaction_id=transaction_id,
        account_number=row["account"].strip(),
        amount=amount,
        purpose=row["purpose"],
        received_at=received_at,
        source="statement",
        raw=dict(row),
    )
    return Line(number, transaction_id, amount, credit, "", *known)


def _fault(transaction_id: str, amount: int | None, received_at: datetime | None, account: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z._-]{1,64}", transaction_id):
        return str(_("Số giao dịch trống hoặc có ký tự lạ."))
    if amount is None or not 0 < abs(amount) <= AMOUNT_CEILING:
        return str(_("Số tiền không phải là số nguyên đồng."))
    if received_at is None:
        return str(_("Thời điểm phải có dạng 2026-11-21T09:30:00+07:00."))
    if not re.fullmatch(r"[0-9A-Za-z]{1,19}", account):
        return str(_("Số tài khoản không hợp lệ."))
    return ""


def _amount(text: str) -> int | None:
    bare = text.strip()
    return int(re.sub("[.,]", "", bare)) if _GROUPED.fullmatch(bare) else None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else None
