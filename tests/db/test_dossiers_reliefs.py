"""Exemptions and reductions: claimed with a proof, looked at on acceptance, refused or granted late."""

from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers import queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.file_dossier import Filed
from tinhso.dossiers.actions.grant_relief import NothingToSpare, grant_relief
from tinhso.dossiers.models import Dossier, ReliefClaim
from tinhso.dossiers.reliefs import Decision, ReliefUndecided
from tinhso.dossiers.statuses import Status
from tinhso.forms import boxes
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, Refusal
from tinhso.notices.models import Message
from tinhso.payments import queries as payments
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.payments.actions.take_back_receipt import take_back_receipt
from tinhso.payments.models import CounterReceipt, Refund
from tinhso.payments.types import BillView
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
# Permanent residence: the police of the commune decide; 10.000 đồng online; the second example is poor.
RESIDENCE, POOR, KIND = "1.004222", 1, "commune_police"


class World:
    """A case of a poor household that was filed online, with its officers."""

    def __init__(self, trust: Trust, example: int = POOR) -> None:
        self.province = kit.found(trust)
        self.citizen = self.province.citizen()
        self.counter = self.province.officer("one_stop", KIND)
        self.chief = self.province.officer("leader", KIND)
        self.filed: Filed = kit.filed(self.province, self.citizen, RESIDENCE, example=example)

    @property
    def dossier(self) -> Dossier:
        return queries.access_dossier(actor=self.counter, dossier_id=self.filed.dossier_id)

    @property
    def claim(self) -> ReliefClaim:
        return ReliefClaim.objects.get(dossier_id=self.filed.dossier_id)

    @property
    def bills(self) -> tuple[BillView, ...]:
        return payments.bills_of_subject(actor=kit.SYSTEM, subject_id=self.filed.dossier_id)

    def accept(self, decisions: dict[UUID, Decision] | None = None) -> None:
        procedure = kit.procedure(RESIDENCE)
        data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in procedure.steps[0].ask]}
        for question in procedure.steps[0].ask:
            data |= boxes.render(question, question.id, procedure.examples[POOR].findings[question.id])
        accept_dossier(
            actor=self.counter,
            at=self.province.at,
            dossier_id=self.filed.dossier_id,
            found=data,
            reliefs=decisions,
        )

    def grant(
        self, actor: Actor | None = None, relief: str = "poor", reason: str = "Đã xem sổ hộ nghèo"
    ) -> int:
        return grant_relief(
            actor=actor or self.chief,
            at=self.province.later(minutes=5),
            dossier_id=self.filed.dossier_id,
            fee="residence",
            relief=relief,
            reason=reason,
        )


@pytest.fixture
def world(trust: Trust) -> World:
    return World(trust)


def test_a_claim_spares_the_fee_on_filing_and_waits_to_be_looked_at(world: World) -> None:
    assert world.filed.bill_id is None
    claim = world.claim
    assert (claim.fee, claim.relief, claim.proof) == ("residence", "poor", "exemption_proof")
    assert (claim.full, claim.pays, claim.state) == (10_000, 0, "claimed")


def test_nothing_is_accepted_while_a_claim_is_undecided(world: World) -> None:
    for said in (None, {}, {world.claim.pk: Decision(granted=False, reason="  ")}):
        with pytest.raises(ReliefUndecided):
            world.accept(said)
    assert (world.dossier.state, world.claim.state, world.bills) == (Status.FILED, "claimed", ())


def test_a_granted_claim_lets_the_case_go_on_unpaid(world: World) -> None:
    world.accept({world.claim.pk: Decision(granted=True)})
    assert (world.dossier.state, world.claim.state, world.bills) == (Status.ACCEPTED, "granted", ())
    assert LedgerEntry.objects.filter(kind="dossier.relief_granted").count() == 1


def test_a_refused_claim_makes_the_difference_due_and_tells_why(world: World) -> None:
    world.accept({world.claim.pk: Decision(granted=False, reason="Sổ hộ nghèo đã hết hạn")})

    (bill,) = world.bills
    assert (bill.purpose_key, bill.total, bill.lines[0].code) == ("on_accept", 10_000, "residence")
    assert (world.dossier.state, world.claim.state) == (Status.AWAITING_PAYMENT, "refused")
    told = Message.objects.get(template="relief_refused")
    assert "Sổ hộ nghèo đã hết hạn" in str(vars(told))

    mark_cash(actor=world.counter, at=world.province.at, bill_id=bill.id)
    assert world.dossier.state is Status.IN_PROGRESS


def test_a_refused_claim_granted_late_before_paying_takes_the_bill_back(world: World) -> None:
    world.accept({world.claim.pk: Decision(granted=False, reason="Chưa thấy giấy tờ")})
    assert world.grant() == 10_000
    assert [(bill.state.value, bill.missing) for bill in world.bills] == [("cancelled", 0)]
    assert (world.claim.state, world.claim.reason) == ("granted", "Đã xem sổ hộ nghèo")
    assert world.dossier.state is Status.IN_PROGRESS


def test_granted_after_paying_the_money_goes_back_and_the_bill_stays_paid(world: World) -> None:
    world.accept({world.claim.pk: Decision(granted=False, reason="Chưa thấy giấy tờ")})
    mark_cash(actor=world.counter, at=world.province.at, bill_id=world.bills[0].id)
    assert world.grant() == 10_000

    refund = Refund.objects.get()
    assert (refund.amount, refund.reason, refund.note) == (10_000, "relief", "Đã xem sổ hộ nghèo")
    assert world.bills[0].is_paid
    with pytest.raises(NothingToSpare):
        world.grant()
    assert Refund.objects.count() == 1


def test_one_that_was_never_claimed_may_be_granted_too(trust: Trust) -> None:
    world = World(trust, example=0)
    bill = world.bills[0]
    assert bill.total == 10_000
    mark_cash(actor=world.counter, at=world.province.at, bill_id=bill.id)
    assert world.grant(relief="elder", reason="Căn cước: 71 tuổi") == 10_000
    assert Refund.objects.get().amount == 10_000


@pytest.mark.parametrize("who", ["counter", "citizen"])
def test_only_who_gives_the_agencys_money_back_grants_late(world: World, who: str) -> None:
    world.accept({world.claim.pk: Decision(granted=False, reason="Chưa thấy giấy tờ")})
    with pytest.raises(NotAllowed):
        world.grant(actor=getattr(world, who))
    assert (world.claim.state, world.bills[0].is_open) == ("refused", True)


@pytest.mark.parametrize(("relief", "reason"), [("nobody", "Đã xem"), ("poor", "  ")])
def test_a_late_grant_needs_a_rule_and_a_reason(world: World, relief: str, reason: str) -> None:
    world.accept({world.claim.pk: Decision(granted=False, reason="Chưa thấy giấy tờ")})
    with pytest.raises(Refusal):
        world.grant(relief=relief, reason=reason)
    assert (world.claim.state, world.bills[0].is_open, Refund.objects.count()) == ("refused", True, 0)


def test_a_storno_in_the_middle_lets_the_case_wait_again(world: World) -> None:
    world.accept({world.claim.pk: Decision(granted=False, reason="Chưa thấy giấy tờ")})
    mark_cash(actor=world.counter, at=world.province.at, bill_id=world.bills[0].id)
    wrong = CounterReceipt.objects.get().pk
    take_back_receipt(
        actor=world.counter, at=world.province.later(minutes=3), receipt_id=wrong, reason="nhầm"
    )

    assert world.dossier.state is Status.AWAITING_PAYMENT
    assert world.dossier.suspensions.filter(ended_at__isnull=True).count() == 1
    assert Message.objects.filter(template="bill_reopened").count() == 1
    mark_cash(actor=world.counter, at=world.province.later(minutes=9), bill_id=world.bills[0].id)
    assert world.dossier.state is Status.IN_PROGRESS
