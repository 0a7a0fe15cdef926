"""Pay what a dossier owes at the payment platform of the national portal."""

from datetime import datetime
from uuid import UUID

from tinhso.definitions import catalogue
from tinhso.dossiers import policies, queries
from tinhso.dossiers.actions.renew_bill import NothingToRenew
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.party import into
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.payments import queries as payments
from tinhso.payments.actions.begin_platform_payment import begin_platform_payment, offer_to_platform
from tinhso.payments.types import BillView, DueAtPlatform, PaidFor
from tinhso.people import queries as people
from tinhso.people.types import Actor


def pay_at_platform(*, actor: Actor, at: datetime, dossier_id: UUID, return_url: str) -> str:
    """
    Return the address at the portal where the first open bill of the dossier is paid.

    :raises NotFound, NotAllowed: absent, or not theirs to pay for
    :raises NothingToRenew: nothing is owed
    :raises Refusal: see :func:`begin_platform_payment`
    """
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)

    if not policies.speaks_for_applicant(actor=actor, dossier=dossier):
        raise NotAllowed

    party = into(actor, dossier)
    bill = _open_bill(party, dossier)
    if bill is None:
        raise NothingToRenew
    return begin_platform_payment(
        actor=party, at=at, bill_id=bill.id, about=_paid_for(dossier, bill), return_url=return_url
    )


def tell_platform_what_is_due(*, actor: Actor, at: datetime, code: str) -> DueAtPlatform | None:
    """
    Answer a reverse lookup by the code of a dossier; None where nothing is to be paid, or there is none.

    :param actor: the platform, whose checksum the caller has checked
    """
    try:
        dossier = queries.dossier_by_code(actor=actor, code=code)
    except NotFound:
        return None
    bill = _open_bill(actor, dossier)
    if bill is None or bill.expires_at <= at:
        return None
    return offer_to_platform(actor=actor, at=at, bill_id=bill.id, about=_paid_for(dossier, bill))


def _open_bill(actor: Actor, dossier: Dossier) -> BillView | None:
    bills = payments.bills_of_subject(actor=actor, subject_id=dossier.id)
    return next((bill for bill in bills if bill.is_open), None)


def _paid_for(dossier: Dossier, bill: BillView) -> PaidFor:
    procedure = catalogue.of_version(dossier.version_id).procedure
    agency = people.agency(bill.agency_id)
    payer = people.person(bill.payer_person_id)
    return PaidFor(
        dossier_code=dossier.code,
        procedure_code=procedure.code,
        procedure_name=procedure.name.vi,
        agency_code=agency.code,
        agency_name=agency.name,
        payer_name=payer.full_name,
        payer_personal_id=payer.personal_id,
        payer_address=payer.residence_detail,
    )
