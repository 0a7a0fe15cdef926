"""What the page of a payment shows: fee lines with their law, the QR code, how far the money has come."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from tinhso.bookkeeping import queries as books
from tinhso.bookkeeping.types import FeeReceiptView
from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import policies, queries
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.party import into
from tinhso.dossiers.statuses import FINAL
from tinhso.payments import queries as payments
from tinhso.payments.platform import is_connected
from tinhso.payments.states import BillState
from tinhso.payments.types import BillView, RefundView
from tinhso.people.types import Actor
from tinhso.web.portal.bills import newest_by_purpose, owed
from tinhso.web.portal.dossier_page import Office, office

PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class PayPage:
    """
    :param bill: what is owed, else the last bill; None when the dossier never cost anything
    :param bank_app_url: where the stand-in bank pays, outside production only
    :param has_platform: the bill can be paid at the national portal's platform too
    :param is_trial: a stand-in takes the money, outside production only
    :param seen: what the reader's page shows of the bill; a poll that brings the same gets no answer
    """

    dossier_id: UUID
    code: str
    procedure: str
    office: Office
    bill: BillView | None
    earlier: tuple[BillView, ...]
    refunds: tuple[RefundView, ...]
    may_renew: bool
    bank_app_url: str
    seen: str
    has_platform: bool = False
    is_trial: bool = False
    receipts: tuple[FeeReceiptView, ...] = ()

    @property
    def is_expired(self) -> bool:
        return self.bill is not None and self.bill.state is BillState.EXPIRED

    @property
    def is_settled(self) -> bool:
        """Say whether the total came, whatever happened to it afterwards."""
        return self.bill is not None and self.bill.state.was_paid

    @property
    def state_words(self) -> str:
        return _words(self.bill) if self.bill else ""


def pay_page(*, actor: Actor, at: datetime, dossier_id: UUID, language: str) -> PayPage:
    """:raises NotFound: absent, or not visible to the actor"""
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    party = into(actor, dossier)
    bills = payments.bills_of_subject(actor=party, subject_id=dossier.id)
    bill = owed(bills) if dossier.state not in FINAL else None
    bill = bill or next(reversed(newest_by_purpose(bills)), None)
    procedure = catalogue.of_version(dossier.version_id).procedure
    return PayPage(
        dossier_id=dossier.id,
        code=dossier.code,
        procedure=procedure.name.into(language),
        office=office(dossier.agency, language),
        bill=_in_language(bill, procedure, language) if bill else None,
        earlier=tuple(other for other in bills if bill and other.id != bill.id and other.state.was_paid),
        refunds=payments.refunds_of_bill(actor=party, bill_id=bill.id) if bill else (),
        may_renew=_may_renew(actor, dossier),
        bank_app_url=_bank_app_url(bill),
        seen=seen_of(bill),
        has_platform=is_connected() and payable(bill, at) and _may_pay(party, bill),
        is_trial=settings.TINHSO.mode != PRODUCTION,
        receipts=_receipts(party, bills),
    )


def _receipts(party: Actor, bills: Sequence[BillView]) -> tuple[FeeReceiptView, ...]:
    """Return the electronic receipts of what was paid; nothing is asked where nothing was."""
    paid = [bill.id for bill in bills if bill.received]
    return books.receipts_of_bills(actor=party, bill_ids=paid) if paid else ()


def _in_language(bill: BillView, procedure: Procedure, language: str) -> BillView:
    """Return the bill with its fees and reliefs named in the reader's language."""
    fees = {fee.code: fee.name.into(language) for fee in procedure.fees}
    reliefs = {relief.name.vi: relief.name.into(language) for relief in procedure.reliefs}
    lines = tuple(
        replace(line, name=fees.get(line.code, line.name), relief=reliefs.get(line.relief, line.relief))
        for line in bill.lines
    )
    return replace(bill, lines=lines)


def seen_of(bill: BillView | None) -> str:
    """Name what a page shows of a bill, so that a poll knows whether anything changed."""
    return f"{bill.state}.{bill.received}" if bill else "none"


def payable(bill: BillView | None, at: datetime) -> bool:
    """Tell whether money sent now would count."""
    return bill is not None and bill.is_open and bill.expires_at > at


def _may_pay(actor: Actor, bill: BillView | None) -> bool:
    return bill is not None and bill.payer_person_id in {actor.person_id, *actor.whole_principals}


def _may_renew(actor: Actor, dossier: Dossier) -> bool:
    return dossier.state not in FINAL and policies.speaks_for_applicant(actor=actor, dossier=dossier)


def _bank_app_url(bill: BillView | None) -> str:
    if settings.TINHSO.mode == PRODUCTION or bill is None or not bill.is_open:
        return ""
    return f"{settings.TINHSO.bank_url.rstrip('/')}/?{urlencode({'payload': bill.payload})}"


def _words(bill: BillView) -> str:
    return {
        BillState.ISSUED: _("Chưa nhận được tiền"),
        BillState.PART_PAID: _("Đã nhận một phần"),
        BillState.PAID: _("Đã nộp đủ"),
        BillState.CANCELLED: _("Đã hủy, không phải nộp"),
        BillState.EXPIRED: _("Đã hết hạn nộp"),
        BillState.REFUND_PENDING: _("Đã nộp, đang trả lại"),
        BillState.REFUNDED: _("Đã trả lại tiền"),
    }[bill.state]
