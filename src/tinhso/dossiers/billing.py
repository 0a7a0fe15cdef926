"""The bill of a dossier: lines from the fee rules, one bill for each moment at which money is asked for."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tinhso.definitions.types import Procedure
from tinhso.dossiers.facts import all_answers, facts_of
from tinhso.dossiers.models import Dossier
from tinhso.forms import engine
from tinhso.payments import queries as payments
from tinhso.payments.actions.cancel_bill import cancel_bill
from tinhso.payments.actions.issue_bill import issue_bill
from tinhso.payments.states import BillState
from tinhso.payments.types import BillLine, BillView, CollectingAccount
from tinhso.people import queries as people
from tinhso.people.types import system

# A bill follows from the law, whoever's act called it forth.
ACTOR = system("billing")
# What an officer put to the case; the other bills follow from the procedure's fees.
DUTY = "duty"


def bill_for(*, at: datetime, dossier: Dossier, procedure: Procedure, moment: str) -> UUID | None:
    """
    Issue the bill that is due at the moment (``on_filing``, ``on_accept``, ``on_return``).

    :return: the bill's id, or None when nothing is due then
    """
    facts = facts_of(dossier=dossier, at=at)
    lines = [line for line in engine.fees(procedure, all_answers(dossier), facts) if line.pay == moment]
    if not lines:
        return None
    account = people.agency(dossier.agency_id).accounts[lines[0].account]
    bill = issue_bill(
        actor=ACTOR,
        at=at,
        subject_id=dossier.id,
        purpose_key=moment,
        payer_person_id=dossier.applicant_id,
        agency_id=dossier.agency_id,
        account=CollectingAccount(account.bin, account.number, account.name),
        lines=tuple(BillLine(line.code, line.name, line.amount, line.law) for line in lines),
    )
    return bill.id


def bill_duty(
    *, at: datetime, dossier: Dossier, lines: Sequence[tuple[str, int]], basis: str, account: str
) -> UUID | None:
    """
    Issue the bill of a duty that an officer put to the case; None when there is no such account.

    :param lines: what for, and whole đồng
    :param basis: where the amounts stand
    """
    to = people.agency(dossier.agency_id).accounts.get(account)
    if to is None:
        return None
    earlier = payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id)
    number = sum(bill.purpose_key.startswith(DUTY) for bill in earlier) + 1
    bill = issue_bill(
        actor=ACTOR,
        at=at,
        subject_id=dossier.id,
        purpose_key=f"{DUTY}.{number}",
        payer_person_id=dossier.applicant_id,
        agency_id=dossier.agency_id,
        account=CollectingAccount(to.bin, to.number, to.name),
        lines=tuple(BillLine(f"duty_{n}", name, amount, basis) for n, (name, amount) in enumerate(lines, 1)),
    )
    return bill.id


def renew_duty(*, at: datetime, lapsed: BillView) -> UUID:
    """Issue the bill of a duty again, word for word; what is owed stands in a notice."""
    bill = issue_bill(
        actor=ACTOR,
        at=at,
        subject_id=lapsed.subject_id,
        purpose_key=lapsed.purpose_key,
        payer_person_id=lapsed.payer_person_id,
        agency_id=lapsed.agency_id,
        account=lapsed.account,
        lines=lapsed.lines,
    )
    return bill.id


def cancel_duties(*, at: datetime, dossier: Dossier) -> int:
    """Cancel the unpaid bills that officers put to the case; return how many. Lapsed ones count, too."""
    duties = [
        bill
        for bill in payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id)
        if bill.purpose_key.startswith(DUTY) and (bill.is_open or bill.state is BillState.EXPIRED)
    ]
    for bill in duties:
        if bill.is_open:
            cancel_bill(actor=ACTOR, at=at, bill_id=bill.id)
    return len(duties)


def has_open_bill(dossier: Dossier) -> bool:
    """Tell whether any money is still owed; a bill that expired unpaid is owed all the same."""
    newest = {
        bill.purpose_key: bill for bill in payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id)
    }
    return any(bill.is_open or bill.state is BillState.EXPIRED for bill in newest.values())


def cancel_open_bills(*, at: datetime, dossier: Dossier) -> None:
    """Cancel what is unpaid, as when a case ends early; what was paid in part is owed back."""
    for bill in payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id):
        if bill.is_open:
            cancel_bill(actor=ACTOR, at=at, bill_id=bill.id)
