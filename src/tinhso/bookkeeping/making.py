"""Make one receipt: number, PDF, XML, all in the transaction around it, so that no number is ever lost."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from django.utils.translation import gettext_lazy as _

from tinhso.bookkeeping.content import DATA_ID, Content, Line, Party, Related, as_json, as_xml
from tinhso.bookkeeping.events import FeeReceiptIssued
from tinhso.bookkeeping.models import FeeReceipt, ReceiptDuty
from tinhso.bookkeeping.rules import TEMPLATE, receipt_rules, template_source
from tinhso.bookkeeping.types import ReceiptKind
from tinhso.kernel import files, ledger
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.kernel.sequences import next_number
from tinhso.papers.actions.issue_document import issue_document
from tinhso.papers.signing_keys import backend_of, key_of_agency
from tinhso.papers.types import DocumentRequest, IssuedView
from tinhso.papers.xml_signing import sign_xml
from tinhso.payments.models import Bill
from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView

XML = "application/xml"


class NoTaxCode(Refusal):
    code = "receipt-no-tax-code"
    message = _(
        "Cơ quan thu «%(agency)s» chưa khai mã số thuế nên chưa lập được biên lai. Hãy khai ở mục tax_codes "
        "của tệp fee-receipts.yaml."
    )


class SeriesFull(Conflict):
    code = "receipt-series-full"
    message = _("Ký hiệu %(symbol)s đã dùng hết số biên lai. Hãy đổi ký hiệu ở tệp fee-receipts.yaml.")


@dataclass(frozen=True, slots=True)
class Order:
    """
    A receipt to be made.

    :param amount: đồng; what an adjustment takes away, negative
    :param payer: instead of the payer of the bill; for a replacement
    """

    bill: Bill
    kind: ReceiptKind
    amount: int
    note: str = ""
    about: FeeReceipt | None = None
    duty: ReceiptDuty | None = None
    payer: Party | None = None


def make(*, actor: Actor, at: datetime, order: Order) -> FeeReceipt:
    """
    Make the receipt. Everything or nothing: the number goes back with the transaction.

    :raises NoTaxCode, SeriesFull: as their sentences say
    :raises Refusal: the agency has no key, or it does not sign; see :mod:`tinhso.papers.signing`
    """
    agency, rules, year = people.agency(order.bill.agency_id), receipt_rules(), local(at).year
    symbol = rules.symbol_of(year)
    draft = _content(order, agency, symbol, at=at)
    number = next_number(f"fee-receipt/{agency.id}/{rules.form}/{symbol}/{year}")
    if number >= 10**rules.digits:
        raise SeriesFull(symbol=symbol)
    content = replace(draft, number=f"{number:0{rules.digits}d}")
    document = _pdf(actor=actor, at=at, order=order, content=content)
    row = key_of_agency(agency.id, key_id=None, holder=agency.name)
    xml = sign_xml(as_xml(content, rules.xml), reference_id=DATA_ID, key=backend_of(row), at=at)
    receipt = FeeReceipt.objects.create(
        agency_id=agency.id,
        form=rules.form,
        symbol=symbol,
        year=year,
        number=number,
        kind=order.kind,
        bill=order.bill,
        duty=order.duty,
        about=order.about,
        total=content.total,
        content=as_json(content),
        note=order.note,
        issued_at=at,
        issued_by_id=actor.account_id,
        xml=files.store(content=BytesIO(xml), media_type=XML),
        xml_sha256=sha256(xml).hexdigest(),
        document_id=document.id,
    )
    _record(receipt, content, actor=actor, at=at)
    return receipt


def _content(order: Order, agency: AgencyView, symbol: str, *, at: datetime) -> Content:
    bill, rules, about = order.bill, receipt_rules(), order.about
    tax_code, is_test = rules.tax_codes.get(agency.code, ""), _is_test(agency, bill)
    if not tax_code and not is_test:
        raise NoTaxCode(agency=agency.name)
    return Content(
        title=rules.name,
        form=rules.form,
        symbol=symbol,
        number="",
        kind=order.kind,
        agency=Party(agency.name, address=agency.address, tax_code=tax_code),
        payer=order.payer or _payer(order),
        lines=_lines(order),
        paid_at=bill.paid_at or at,
        by=rules.xml.payment[_means(bill)],
        note=order.note,
        is_test=is_test,
        issued_at=at,
        related=Related(about.form, about.symbol, shown_number(about), about.issued_at) if about else None,
    )


def shown_number(receipt: FeeReceipt) -> str:
    """Return the number as it is printed."""
    return f"{receipt.number:0{receipt_rules().digits}d}"


def _lines(order: Order) -> tuple[Line, ...]:
    if order.kind is ReceiptKind.ADJUSTMENT:
        return (Line(f"Điều chỉnh giảm: {order.note or 'số tiền đã thu'}", order.amount),)
    return tuple(
        Line(
            line["name"],
            line["amount"],
            line.get("law", ""),
            line.get("full") or 0,
            ", ".join(filter(None, (line.get("relief", ""), line.get("relief_law", "")))),
        )
        for line in order.bill.lines
        if line["amount"]
    )


def _payer(order: Order) -> Party:
    """Return who the bill is on; after a replacement, whom that names."""
    if order.about is not None:
        return Party(**order.about.content["payer"])
    person = people.person(order.bill.payer_person_id)
    return Party(person.full_name, address=person.residence_detail, personal_id=person.personal_id)


def _is_test(agency: AgencyView, bill: Bill) -> bool:
    """Tell whether no real money came: the account is one of the stand-in bank."""
    return any(one.test and one.number == bill.account_number for one in agency.accounts.values())


def _means(bill: Bill) -> str:
    kept = bill.counter.filter(storno__isnull=True).order_by("-taken_at").first()
    if kept is not None:
        return str(kept.means)
    return "platform" if bill.credits.filter(source="platform").exists() else "bank"


def _pdf(*, actor: Actor, at: datetime, order: Order, content: Content) -> IssuedView:
    about = order.about
    return issue_document(
        actor=actor,
        at=at,
        document=DocumentRequest(
            kind="fee_receipt",
            title=f"{content.title} số {content.number}",
            template_source=template_source(),
            template_name=TEMPLATE,
            data={"receipt": as_json(content)},
            agency_id=order.bill.agency_id,
            # The register of documents counts along with the receipts: one of it for each.
            series=f"{content.form}/{content.symbol}",
            notation=f"{content.form}/{content.symbol}",
            subject_id=order.bill.subject_id,
            holder_person_id=order.bill.payer_person_id,
            holder_name=content.payer.name,
            sign_as_person=False,
            supersedes=about.document_id if about and order.kind is ReceiptKind.REPLACEMENT else None,
        ),
    )


def _record(receipt: FeeReceipt, content: Content, *, actor: Actor, at: datetime) -> None:
    event = FeeReceiptIssued(
        receipt_id=receipt.pk,
        receipt_kind=receipt.kind,
        bill_id=receipt.bill_id,
        agency_id=receipt.agency_id,
        number=f"{content.form} {content.symbol} {content.number}",
        amount=receipt.total,
        xml_sha256=receipt.xml_sha256,
        about_id=receipt.about_id,
    )
    ledger.record(actor=actor, at=at, event=event)
