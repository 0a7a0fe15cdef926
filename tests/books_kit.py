"""What tests of receipts and of the daily comparison start from: an agency, its key, a payer, paid bills."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.fixtures_trust import PASSPHRASE, Trust
from tests.payments_kit import ACCOUNT, AGENCY, AT, PAYER, SYSTEM, hear, new_bill, officer, report
from tinhso.bookkeeping import queries
from tinhso.bookkeeping.actions.issue_receipt import issue_receipt
from tinhso.bookkeeping.models import FeeReceipt, ReceiptDuty
from tinhso.bookkeeping.types import FeeReceiptView
from tinhso.papers.actions.register_key import register_pkcs12
from tinhso.payments.types import BillView
from tinhso.people.models import Account, Agency, Person
from tinhso.people.types import Actor


def set_up(*, test_account: bool = True) -> None:
    """Make the agency of the payments kit and its payer."""
    account = {
        "bin": ACCOUNT.bin,
        "number": ACCOUNT.number,
        "name": ACCOUNT.name,
        "test": test_account,
    }
    Agency.objects.create(
        id=AGENCY,
        code="H49.99",
        name="Ủy ban nhân dân xã Bình Liêu",
        kind="commune_committee",
        unit_code="06841",
        place="Bình Liêu",
        accounts={"state_budget": account},
    )
    Person.objects.create(
        id=PAYER,
        personal_id="022198003412",
        full_name="Chìu Thị Hương",
        born_on=date(1998, 8, 20),
        residence_detail="Khu Bình An",
        made_at=AT,
    )


def give_key(trust: Trust, *, at: datetime) -> None:
    """Register a key of the agency's, good at the moment."""
    content = trust.agency().pkcs12
    register_pkcs12(actor=SYSTEM, at=at, agency_id=AGENCY, content=content, passphrase=PASSPHRASE)


def known_officer(*roles: str) -> Actor:
    """Return an officer of the agency whose account is a row, as what they sign for names it."""
    actor = officer(*roles)
    Account.objects.create(id=actor.account_id, username=f"cb{actor.account_id}", full_name="Tằng Thị Mai")
    return actor


def paid_bill(*, at: datetime, **changes: Any) -> BillView:
    """Return a bill that was paid by a transfer at the moment."""
    bill = new_bill(at=at, **changes)
    hear(report(bill, amount=bill.total, paid_at=at.isoformat()), at=at + timedelta(seconds=1))
    return bill


def issue_all(*, at: datetime, actor: Actor = SYSTEM) -> list[FeeReceiptView | None]:
    """Make every receipt that is owed, in the order it was owed."""
    owed = ReceiptDuty.objects.filter(state="owed").order_by("owed_at", "id")
    return [issue_receipt(actor=actor, at=at, duty_id=duty.pk) for duty in owed]


def receipts_of(bill_id: UUID) -> list[FeeReceiptView]:
    """Return the bill's receipts, oldest first."""
    return list(queries.receipts_of_bills(actor=SYSTEM, bill_ids=[bill_id]))


def numbers() -> list[int]:
    """Return all numbers, in order."""
    return sorted(FeeReceipt.objects.values_list("number", flat=True))
