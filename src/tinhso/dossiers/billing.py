"""The bill of a dossier: its lines from the fee rules, one bill for each moment at which the law asks for money."""

from datetime import datetime
from uuid import UUID

from tinhso.definitions.types import Procedure
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier
from tinhso.forms import engine
from tinhso.payments import queries as payments
from tinhso.payments.actions.cancel_bill import cancel_bill
from tinhso.payments.actions.issue_bill import issue_bill
from tinhso.payments.types import BillLine
from tinhso.people.types import Actor


def bill_for(
    *, actor: Actor, at: datetime, dossier: Dossier, procedure: Procedure, moment: str
) -> UUID | None:
    """
    Issue the bill that is due at the moment (``on_filing``, ``on_accept``, ``on_return``).

    :return: the bill's id, or None when nothing is due then
    """
    facts = facts_of(dossier=dossier, at=at)
    lines = [line for line in engine.fees(procedure, dossier.answers, facts) if line.pay == moment]
    if not lines:
        return None
    bill = issue_bill(
        actor=actor,
        at=at,
        subject_id=dossier.id,
        payer_person_id=dossier.applicant_id,
        agency_id=dossier.agency_id,
        account=lines[0].account,
        lines=tuple(BillLine(code=line.code, name=line.name, amount=line.amount, law=line.law) for line in lines),
        key=moment,
        description=dossier.code,
    )
    return bill.id


def has_open_bill(dossier: Dossier) -> bool:
    """Tell whether any money is still owed."""
    return any(bill.is_open for bill in payments.bills_of(subject_id=dossier.id))


def cancel_open_bills(*, actor: Actor, at: datetime, dossier: Dossier) -> None:
    """Cancel what is unpaid, and owe back what is paid, as when a case ends before anything was done."""
    for bill in payments.bills_of(subject_id=dossier.id):
        if bill.is_open:
            cancel_bill(actor=actor, at=at, bill_id=bill.id)
