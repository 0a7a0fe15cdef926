"""What dossiers do when money moves or officers leave. Wired in ``wiring/listeners.py``."""

from datetime import datetime

from tinhso.definitions import catalogue
from tinhso.dossiers import announce
from tinhso.dossiers.actions.release import hand_over_all, release_steps
from tinhso.dossiers.actions.settle_payment import settle_payment, wait_again
from tinhso.dossiers.events import DossierEvent
from tinhso.dossiers.jobs import follow
from tinhso.dossiers.models import Dossier
from tinhso.kernel.jobs import defer
from tinhso.payments import queries as payments
from tinhso.payments.events import (
    BillEvent,
    BillIssued,
    BillPaid,
    BillPartPaid,
    BillReopened,
    RefundMade,
)
from tinhso.people.events import AccountClosed, PostEnded, SubstitutionEnded
from tinhso.people.types import system

READER = system("dossiers")


def on_bill_issued(*, event: BillIssued, at: datetime) -> None:
    """Tell the applicant what to pay, and under which reference."""
    bill = payments.access_bill(actor=READER, bill_id=event.bill_id)
    _tell(event=event, at=at, template="bill_issued", amount=bill.total, reference=bill.reference)


def on_bill_part_paid(*, event: BillPartPaid, at: datetime) -> None:
    """Tell the applicant what is still missing."""
    bill = payments.access_bill(actor=READER, bill_id=event.bill_id)
    _tell(event=event, at=at, template="bill_part_paid", missing=bill.missing)


def on_bill_paid(*, event: BillPaid, at: datetime) -> None:
    """Say that the money came, and go on with the case that waited for it."""
    _tell(event=event, at=at, template="bill_paid")
    if _dossier(event) is not None:
        settle_payment(dossier_id=event.for_subject_id, at=at)


def on_bill_reopened(*, event: BillReopened, at: datetime) -> None:
    """Say that the counter took its receipt back and the sum is open again; the case waits for it."""
    _tell(event=event, at=at, template="bill_reopened", amount=event.amount, reference=event.reference)
    dossier = _dossier(event)
    if dossier is not None:
        wait_again(dossier_id=dossier.id, at=at)


def on_refund_made(*, event: RefundMade, at: datetime) -> None:
    """Tell the applicant what went back."""
    _tell(event=event, at=at, template="refund_made", amount=event.amount)


def on_post_ended(*, event: PostEnded, at: datetime) -> None:
    """Hand what the officer had in hand to the successor; what nobody may act in any more is free again."""
    if event.successor_account_id is not None:
        steps = hand_over_all(
            actor=READER,
            at=at,
            from_account_id=event.account_id,
            to_account_id=event.successor_account_id,
            agency_id=event.agency_id,
            role=event.role,
        )
        if steps:
            announce.tell_successor(
                post_id=event.post_id, account_id=event.successor_account_id, steps=steps, at=at
            )
    if event.is_at_once:
        # Not the holder's alone: a substitute of the post may act from it no more than they.
        release_steps(actor=READER, at=at, agency_id=event.agency_id)


def on_substitution_ended(*, event: SubstitutionEnded, at: datetime) -> None:
    """Free what the substitute took and may not finish."""
    release_steps(actor=READER, at=at, account_id=event.substitute_account_id)


def on_account_closed(*, event: AccountClosed, at: datetime) -> None:
    """Free what the officer had in hand."""
    release_steps(actor=READER, at=at, account_id=event.account_id)


def on_dossier_ended(*, event: DossierEvent, at: datetime) -> None:  # noqa: ARG001
    """File what was asked for together with the dossier and waited for its end, once this is committed."""
    if Dossier.objects.filter(pk=event.dossier_id, draft__filing__isnull=False).exists():
        defer(follow, dossier_id=str(event.dossier_id))


def _tell(*, event: BillEvent, at: datetime, template: str, **data: str | int) -> None:
    dossier = _dossier(event)
    if dossier is None:
        return
    announce.tell_applicant(
        dossier=dossier,
        procedure=catalogue.of_version(dossier.version_id).procedure,
        at=at,
        template=template,
        # A bill that was opened again by a storno is paid once more, and said so once more.
        occasion=f"{event.bill_id}:{data}:{at.isoformat()}",
        page="thanh-toan/",
        **data,
    )


def _dossier(event: BillEvent) -> Dossier | None:
    """Return the case the bill is for; other rooms may ask for money too."""
    return Dossier.objects.filter(pk=event.for_subject_id).first()
