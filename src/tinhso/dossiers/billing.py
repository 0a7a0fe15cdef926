"""The bill of a dossier: lines from the fee rules, one bill for each moment at which money is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tinhso.definitions.types import Procedure
from tinhso.dossiers.facts import all_answers, facts_of
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.reliefs import note_claims, verdicts_of
from tinhso.forms import engine
from tinhso.forms.types import FeeLine
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
ON_STEP = "on_step."


def bill_for(*, at: datetime, dossier: Dossier, procedure: Procedure, moment: str) -> UUID | None:
    """
    Issue the bill that is due at the moment: ``on_filing``, ``on_accept``, ``on_step.<step>``, ``on_return``.

    What was spared on filing by a relief that was refused since then falls due on acceptance.

    :return: the bill's id, or None when nothing is due then, or was paid already
    """
    all_lines = lines_of(at=at, dossier=dossier, procedure=procedure)
    note_claims(at=at, dossier=dossier, lines=all_lines)
    due = [(line.account, bill_line(line)) for line in all_lines if line.pay == moment]
    if moment == "on_accept":
        due += _differences(dossier, all_lines)
    if not sum(line.amount for _account, line in due) or _is_paid(dossier, moment):
        return None
    account = people.agency(dossier.agency_id).accounts[due[0][0]]
    bill = issue_bill(
        actor=ACTOR,
        at=at,
        subject_id=dossier.id,
        purpose_key=moment,
        payer_person_id=dossier.applicant_id,
        agency_id=dossier.agency_id,
        account=CollectingAccount(account.bin, account.number, account.name),
        lines=tuple(line for _account, line in due),
    )
    return bill.id


def lines_of(*, at: datetime, dossier: Dossier, procedure: Procedure) -> tuple[FeeLine, ...]:
    """Return what the dossier costs by what is known and decided now."""
    facts, verdicts = facts_of(dossier=dossier, at=at), verdicts_of(dossier)
    return engine.fees(procedure, all_answers(dossier), facts, verdicts=verdicts)


def bill_line(line: FeeLine) -> BillLine:
    """Return the line as the bill keeps it, with what was spared and why."""
    spared = line.amount < line.full
    return BillLine(
        line.code,
        line.name,
        line.amount,
        line.law,
        kind=line.kind,
        full=line.full if spared else None,
        relief=line.relief_name if spared else "",
        relief_law=line.relief_law if spared else "",
    )


def _differences(dossier: Dossier, lines: Sequence[FeeLine]) -> list[tuple[str, BillLine]]:
    """Return what a refused relief had spared on filing: what is owed now less what was billed then."""
    refused = {fee for (fee, _relief), granted in verdicts_of(dossier).items() if not granted}
    bills = payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id)
    on_filing = [bill for bill in bills if bill.purpose_key == "on_filing" and bill.is_paid]
    billed = {line.code: line.amount for bill in on_filing for line in bill.lines}
    return [
        (
            line.account,
            replace(bill_line(line), amount=line.amount - billed.get(line.code, 0), full=None, relief=""),
        )
        for line in lines
        if line.pay == "on_filing" and line.code in refused and line.amount > billed.get(line.code, 0)
    ]


def _is_paid(dossier: Dossier, moment: str) -> bool:
    """Tell whether a step that was entered again has been paid for; only steps are entered again."""
    if not moment.startswith(ON_STEP):
        return False
    bills = payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id)
    return any(bill.purpose_key == moment and bill.is_paid for bill in bills)


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
