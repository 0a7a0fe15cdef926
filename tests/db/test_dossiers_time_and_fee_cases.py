"""What the first officer finds decides how long the agency has, and what the citizen pays."""

import pytest

from tests import dossiers_kit as kit
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers import queries, time_limits
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.file_dossier import Filed
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import Status
from tinhso.forms import boxes
from tinhso.payments import queries as payments
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
RESIDENCE, VEHICLE = "1.010041", "1.013067"


def accepted(province: kit.Province, filed: Filed, code: str, example: int, counter: Actor) -> Dossier:
    """Accept with what the example says the counter finds."""
    procedure = kit.procedure(code)
    findings = procedure.examples[example].findings
    data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in procedure.steps[0].ask]}
    for question in procedure.steps[0].ask:
        data |= boxes.render(question, question.id, findings[question.id])
    accept_dossier(actor=counter, at=province.at, dossier_id=filed.dossier_id, found=data)
    return queries.access_dossier(actor=counter, dossier_id=filed.dossier_id)


@pytest.mark.parametrize(("example", "days"), [(0, 1), (1, 3)], ids=["found", "to-verify"])
def test_a_case_that_must_be_verified_has_longer(trust: Trust, example: int, days: int) -> None:
    province = kit.found(trust)
    police = province.officer("one_stop", "commune_police")
    filed = kit.filed(province, province.citizen(), RESIDENCE, example=example)

    dossier = accepted(province, filed, RESIDENCE, example, police)

    limit = time_limits.limit_of(dossier, kit.procedure(RESIDENCE))
    assert limit.value == days
    assert time_limits.in_words(limit, "vi") == f"{days} ngày làm việc"


def test_a_fee_the_counter_works_out_is_billed_on_acceptance_and_then_goes_on(trust: Trust) -> None:
    province = kit.found(trust)
    police = province.officer("one_stop", "commune_police")
    citizen = province.citizen()
    filed = kit.filed(province, citizen, VEHICLE)
    assert filed.bill_id is None

    waiting = accepted(province, filed, VEHICLE, 0, police)

    [bill] = payments.bills_of_subject(actor=citizen, subject_id=filed.dossier_id)
    assert (bill.total, waiting.state) == (150_000, Status.AWAITING_PAYMENT)
    mark_cash(actor=police, at=province.at, bill_id=bill.id)
    paid = queries.access_dossier(actor=citizen, dossier_id=filed.dossier_id)
    assert paid.state is Status.IN_PROGRESS
    assert time_limits.limit_of(paid, kit.procedure(VEHICLE)).value == 2


def test_a_plate_won_at_auction_takes_seven_days(trust: Trust) -> None:
    province = kit.found(trust)
    police = province.officer("one_stop", "commune_police")
    filed = kit.filed(province, province.citizen(), VEHICLE, example=1)

    dossier = accepted(province, filed, VEHICLE, 1, police)

    assert time_limits.limit_of(dossier, kit.procedure(VEHICLE)).value == 7
