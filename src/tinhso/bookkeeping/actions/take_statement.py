"""Take in what the bank or the card terminals say of a day: booked as far as it is new, kept to compare."""

import csv
import io
import re
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.bookkeeping import policies
from tinhso.bookkeeping.models import BankLine, CardLine
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Invalid
from tinhso.payments.actions.import_statement import import_statement
from tinhso.payments.statements import LARGEST_FILE, MOST_LINES, read_statement
from tinhso.payments.types import StatementReport
from tinhso.payments.vietqr import AMOUNT_CEILING
from tinhso.people.types import Actor

CARD_COLUMNS = ("terminal", "approval_code", "amount", "day")
_TERMINAL = re.compile(r"[0-9A-Z]{4,16}")
_APPROVAL = re.compile(r"[0-9A-Z]{6}")


class UnreadableCardList(Invalid):
    code = "card-list-unreadable"
    message = _(
        "Không đọc được bảng kết toán, dòng %(line)s. Cần tệp CSV (UTF-8) với các cột terminal, "
        "approval_code, amount, day (2026-11-21); chưa ghi dòng nào."
    )


@transaction.atomic
def take_statement(*, actor: Actor, at: datetime, bank: str, content: bytes) -> StatementReport:
    """
    Import a bank's statement and keep its lines, credits and debits; the same file twice changes nothing.

    :raises RoleMissing, UnreadableStatement: see :func:`import_statement`
    """
    report = import_statement(actor=actor, at=at, bank=bank, content=content)

    lines = [
        BankLine(
            bank=bank,
            transaction_id=line.bank_transaction_id,
            account_number=line.account_number,
            amount=line.amount,
            received_at=line.received_at,
            day=local(line.received_at).date(),
            purpose=line.purpose[:255],
            read_at=at,
        )
        for line in read_statement(content, bank=bank)
        if not line.fault and line.amount is not None and line.received_at is not None
    ]
    BankLine.objects.bulk_create(lines, ignore_conflicts=True, batch_size=1000)
    return report


@transaction.atomic
def take_card_list(*, actor: Actor, at: datetime, agency_id: UUID, content: bytes) -> int:
    """
    Keep the settlement list of an agency's card terminals; return how many lines are new.

    :raises RoleMissing: the actor does not answer for the agency's money
    :raises UnreadableCardList: a line makes no sense; nothing of the file is kept
    """
    policies.require_overseer(actor=actor, agency_id=agency_id)

    lines = _read_cards(content, agency_id=agency_id, at=at)

    before = CardLine.objects.count()
    CardLine.objects.bulk_create(lines, ignore_conflicts=True, batch_size=1000)
    return CardLine.objects.count() - before


def _read_cards(content: bytes, *, agency_id: UUID, at: datetime) -> list[CardLine]:
    try:
        text = content[: LARGEST_FILE + 1].decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), strict=True, restkey="more", restval=""))
    except (UnicodeDecodeError, csv.Error) as problem:
        raise UnreadableCardList(line=1) from problem
    if len(content) > LARGEST_FILE or len(rows) > MOST_LINES or not rows:
        raise UnreadableCardList(line=1)
    return [_card_line(number, row, agency_id=agency_id, at=at) for number, row in enumerate(rows, 2)]


def _card_line(number: int, row: dict[str, str], *, agency_id: UUID, at: datetime) -> CardLine:
    typed = {name: str(row.get(name, "")).strip() for name in CARD_COLUMNS}
    terminal, approval = typed["terminal"].upper(), typed["approval_code"].upper()
    amount = typed["amount"].replace(".", "").replace(",", "")
    try:
        day = date.fromisoformat(typed["day"])
        dong = int(amount) if amount.isascii() and amount.isdigit() else 0
    except ValueError as problem:
        raise UnreadableCardList(line=number) from problem
    if not _TERMINAL.fullmatch(terminal) or not _APPROVAL.fullmatch(approval):
        raise UnreadableCardList(line=number)
    if not 0 < dong <= AMOUNT_CEILING:
        raise UnreadableCardList(line=number)
    return CardLine(
        agency_id=agency_id, terminal=terminal, approval_code=approval, amount=dong, day=day, read_at=at
    )
