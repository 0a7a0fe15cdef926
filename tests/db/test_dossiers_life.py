"""The life of a dossier through the actions, on the real procedures of the packs."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, COPY, Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers import queries, refusals
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step, step_back
from tinhso.dossiers.actions.answer_supplement import answer_supplement
from tinhso.dossiers.actions.claim import claim_step, hand_over_step
from tinhso.dossiers.actions.close_early import stop_dossier, withdraw_dossier
from tinhso.dossiers.actions.decline import decline_dossier
from tinhso.dossiers.actions.discard_draft import discard_draft
from tinhso.dossiers.actions.extend import ExtendedAlready, extend_deadline
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.rate import RatedAlready, TooEarlyToRate, rate_dossier
from tinhso.dossiers.actions.request_supplement import NothingMissing, request_supplement
from tinhso.dossiers.actions.sign_result import refuse_result, sign_result
from tinhso.dossiers.actions.sign_several import sign_several
from tinhso.dossiers.actions.start_draft import AssuranceTooLow, start_draft
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.statuses import Status
from tinhso.dossiers.types import MissingItem
from tinhso.forms import boxes
from tinhso.kernel import files
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.papers import queries as kept_papers
from tinhso.papers.verifying import verify_pdf
from tinhso.people import actions as people
from tinhso.people.queries import MandateMissing, actor_of
from tinhso.people.types import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
WHY = "Thiếu chữ ký của cha trên tờ khai."


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def found_at(province: Province, dossier_id: UUID) -> dict[str, list[str]]:
    """Return what the officer of the open step fills in, by HTML name, from the procedure's example."""
    dossier = Dossier.objects.get(pk=dossier_id)
    procedure = kit.procedure(dossier.procedure_code)
    run = queries.open_run(dossier)
    assert run is not None
    asked = [
        question for question in procedure.step(run.step).ask if question.id in procedure.examples[0].findings
    ]
    data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
    for question in asked:
        data |= boxes.render(question, question.id, procedure.examples[0].findings[question.id])
    return data


def accepted(province: Province, citizen: Actor, code: str = BIRTH) -> UUID:
    filed = kit.filed(province, citizen, code)
    kit.pay_cash(province, filed)
    found = found_at(province, filed.dossier_id)
    accept_dossier(
        actor=province.officer("one_stop"), at=province.at, dossier_id=filed.dossier_id, found=found
    )
    return filed.dossier_id


def ready_to_sign(province: Province, citizen: Actor) -> UUID:
    dossier_id = accepted(province, citizen)
    examiner = province.officer("civil_status_officer")
    claim_step(actor=examiner, at=province.at, dossier_id=dossier_id)
    advance_step(actor=examiner, at=province.at, dossier_id=dossier_id, found=found_at(province, dossier_id))
    return dossier_id


def events_of(dossier_id: UUID) -> list[str]:
    rows = LedgerEntry.objects.filter(subject_id=dossier_id, subject_kind="dossier").order_by("position")
    return list(rows.values_list("kind", flat=True))


def test_a_birth_is_registered_from_form_to_signed_certificate(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = ready_to_sign(province, citizen)

    signed = sign_result(
        actor=province.officer("chairperson"),
        at=province.at,
        dossier_id=dossier_id,
        found=found_at(province, dossier_id),
    )

    dossier = queries.access_dossier(actor=citizen, dossier_id=dossier_id)
    assert dossier.state is Status.RETURNED
    assert dossier.national_status == 10
    assert dossier.result.granted
    assert signed.number.endswith("/KS")
    pdf = files.open_file(dossier.result.document.file_id).read()
    reports = verify_pdf(pdf)
    assert [report.valid for report in reports if report.kind == "signature"] == [True, True]
    assert reports[-1].covers_whole_file
    assert events_of(dossier_id) == [
        "dossier.filed",
        "dossier.accepted",
        "dossier.step_claimed",
        "dossier.step_completed",
        "dossier.result_signed",
        "dossier.result_delivered",
    ]


def test_the_portal_sees_received_before_it_sees_being_processed(province: Province) -> None:
    dossier_id = accepted(province, province.citizen())
    assert Dossier.objects.get(pk=dossier_id).national_status == 2
    claim_step(actor=province.officer("civil_status_officer"), at=province.at, dossier_id=dossier_id)
    assert Dossier.objects.get(pk=dossier_id).national_status == 4


def test_the_counter_cannot_withdraw_what_was_filed_online(province: Province) -> None:
    dossier_id = kit.filed(province, province.citizen(), BIRTH).dossier_id
    with pytest.raises(NotAllowed):
        withdraw_dossier(actor=province.officer("one_stop"), at=province.at, dossier_id=dossier_id)
    assert Dossier.objects.get(pk=dossier_id).state is Status.FILED


def test_who_runs_the_system_sees_no_dossier_and_oversight_is_the_provinces(province: Province) -> None:
    kit.filed(province, province.citizen(), BIRTH)
    operator = province.officer("system_operator")
    local = province.officer("supervisor", unit=kit.HONG_GAI)
    overseer = province.officer("supervisor", "province_committee")
    assert [Dossier.objects.visible_to(actor).count() for actor in (operator, local, overseer)] == [0, 0, 1]


def test_a_mandate_for_another_procedure_does_not_reach_this_one(province: Province) -> None:
    parent, agent = province.citizen(), province.citizen("000195000102", full_name="La Thị Nga")
    people.give_mandate(
        actor=parent,
        at=province.at,
        agent_person_id=agent.person_id,
        until_at=province.later(days=30),
        evidence="Giấy ủy quyền số 12",
        scope=(COPY,),
    )
    with pytest.raises(MandateMissing):
        start_draft(
            actor=actor_of(agent.signed_in_as, at=province.later(seconds=1), assurance=2),
            at=province.later(seconds=1),
            procedure_code=BIRTH,
            unit_code=kit.BINH_LIEU,
            applicant_id=parent.person_id,
        )
    assert not Draft.objects.exists()


def test_a_consulted_agency_reads_the_papers_and_the_ledger_names_the_question(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = accepted(province, citizen, kit.ALLOWANCE)
    asked = Dossier.objects.get(pk=dossier_id).consultations.order_by("consultation")[0]
    consulted = province.officer(asked.role, asked.agency.kind)
    papers = [UUID(one) for ids in Dossier.objects.get(pk=dossier_id).papers.values() for one in ids]
    assert papers
    assert len(kept_papers.papers(actor=consulted, paper_ids=papers)) == len(papers)
    assert "dossier.opinion_asked" in events_of(dossier_id)


def test_filing_twice_files_once(province: Province) -> None:
    citizen = province.citizen()
    draft_id = kit.begin(province, citizen, BIRTH)
    kit.fill_in(citizen, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)

    first = file_dossier(actor=citizen, at=province.at, draft_id=draft_id)
    second = file_dossier(actor=citizen, at=province.later(seconds=1), draft_id=draft_id)

    assert first == second
    assert Dossier.objects.count() == 1
    assert events_of(first.dossier_id) == ["dossier.filed"]


def test_an_incomplete_form_is_not_filed_and_keeps_what_was_typed(province: Province) -> None:
    citizen = province.citizen()
    draft_id = kit.begin(province, citizen, BIRTH)

    with pytest.raises(refusals.FormIncomplete) as refused:
        file_dossier(actor=citizen, at=province.at, draft_id=draft_id)

    assert refused.value.errors
    assert Draft.objects.get(pk=draft_id).answers
    assert not Dossier.objects.exists()


def test_level_1_is_told_to_raise_its_level(province: Province) -> None:
    with pytest.raises(AssuranceTooLow):
        start_draft(
            actor=province.citizen(level=1), at=province.at, procedure_code=BIRTH, unit_code=kit.BINH_LIEU
        )
    assert not Draft.objects.exists()


def test_a_fee_must_be_paid_before_the_counter_accepts(province: Province) -> None:
    filed = kit.filed(province, province.citizen(), COPY)
    assert filed.bill_id is not None

    with pytest.raises(refusals.FeeNotPaid):
        accept_dossier(
            actor=province.officer("one_stop"),
            at=province.at,
            dossier_id=filed.dossier_id,
            found=found_at(province, filed.dossier_id),
        )

    assert Dossier.objects.get().state is Status.FILED


def test_a_supplement_stops_the_clock_and_starts_it_from_zero(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = accepted(province, citizen)
    before = Dossier.objects.get(pk=dossier_id).due_at
    examiner = province.officer("civil_status_officer")
    with pytest.raises(NothingMissing):
        request_supplement(actor=examiner, at=province.at, dossier_id=dossier_id, items=())
    item = MissingItem("other", "", "Ảnh giấy chứng sinh bị mờ, hãy chụp lại rõ bốn góc.")
    request_supplement(actor=examiner, at=province.at, dossier_id=dossier_id, items=[item])
    assert Dossier.objects.get(pk=dossier_id).national_status == 5

    answered = answer_supplement(actor=citizen, at=province.later(days=3), dossier_id=dossier_id)

    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.state is Status.IN_PROGRESS
    assert before is not None
    assert answered.due_at is not None
    assert answered.due_at > before
    assert dossier.clock_started_at == province.later(days=3)
    assert dossier.supplements.get().replaced["answers"]


def test_a_form_that_was_filed_is_not_thrown_away(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = accepted(province, citizen)
    draft_id = Dossier.objects.get(pk=dossier_id).draft_id
    examiner = province.officer("civil_status_officer")
    item = MissingItem("other", "", "Ảnh giấy chứng sinh bị mờ.")
    request_supplement(actor=examiner, at=province.at, dossier_id=dossier_id, items=[item])

    with pytest.raises(NotFound):
        discard_draft(actor=citizen, at=province.at, draft_id=draft_id)

    assert Draft.objects.filter(pk=draft_id).exists()


def test_a_second_supplement_is_marked_as_late(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = accepted(province, citizen)
    examiner = province.officer("civil_status_officer")
    item = MissingItem("other", "", "Ảnh giấy chứng sinh bị mờ.")
    for round_number in range(2):
        request_supplement(actor=examiner, at=province.at, dossier_id=dossier_id, items=[item])
        answer_supplement(actor=citizen, at=province.later(hours=round_number), dossier_id=dossier_id)
    marks = Dossier.objects.get(pk=dossier_id).supplements.order_by("asked_at", "id")
    assert list(marks.values_list("counts_late", flat=True)) == [False, True]


def test_two_officers_cannot_both_decide(province: Province) -> None:
    dossier_id = ready_to_sign(province, province.citizen())
    chair = province.officer("chairperson")
    refuse_result(actor=chair, at=province.at, dossier_id=dossier_id, reason=WHY)

    with pytest.raises(refusals.MoveNotPossible):
        sign_result(actor=chair, at=province.at, dossier_id=dossier_id)

    dossier = Dossier.objects.get(pk=dossier_id)
    assert not dossier.result.granted
    assert "dossier.result_signed" not in events_of(dossier_id)


def test_a_stale_page_is_refused(province: Province) -> None:
    dossier_id = accepted(province, province.citizen())
    seen = Dossier.objects.get(pk=dossier_id).revision
    examiner = province.officer("civil_status_officer")
    claim_step(actor=examiner, at=province.at, dossier_id=dossier_id, revision=seen)

    with pytest.raises(refusals.StaleVersion):
        advance_step(actor=examiner, at=province.at, dossier_id=dossier_id, revision=seen)


def test_a_wrong_role_and_a_stranger_are_told_apart_only_where_they_may_be(province: Province) -> None:
    dossier_id = accepted(province, province.citizen())
    with pytest.raises(refusals.NotYourStep):
        advance_step(actor=province.officer("chairperson"), at=province.at, dossier_id=dossier_id)
    elsewhere = province.officer("civil_status_officer", unit=kit.HONG_GAI)
    stranger = province.citizen("000195000102", full_name="La Thị Nga")
    for outsider in (elsewhere, stranger, ANONYMOUS):
        with pytest.raises(NotFound):
            withdraw_dossier(actor=outsider, at=province.at, dossier_id=dossier_id)
        assert not Dossier.objects.visible_to(outsider).exists()


def test_a_step_comes_back_to_who_held_it(province: Province) -> None:
    dossier_id = ready_to_sign(province, province.citizen())
    step_back(
        actor=province.officer("chairperson"),
        at=province.at,
        dossier_id=dossier_id,
        to_step="examine",
        reason="Xem lại họ tên của trẻ trên giấy chứng sinh.",
    )
    run = queries.open_run(Dossier.objects.get(pk=dossier_id))
    assert run is not None
    assert (run.step, run.holder_id) == ("examine", province.officer("civil_status_officer").account_id)


def test_a_claimed_step_is_not_taken_by_a_colleague_nor_handed_to_another_role(province: Province) -> None:
    dossier_id = accepted(province, province.citizen())
    examiner = province.officer("civil_status_officer")
    claim_step(actor=examiner, at=province.at, dossier_id=dossier_id)
    with pytest.raises(NotAllowed):
        hand_over_step(
            actor=province.officer("one_stop"),
            at=province.at,
            dossier_id=dossier_id,
            to_account_id=examiner.signed_in_as,
        )
    with pytest.raises(refusals.Refusal, match="vai trò"):
        hand_over_step(
            actor=examiner,
            at=province.at,
            dossier_id=dossier_id,
            to_account_id=province.officer("chairperson").signed_in_as,
        )


def test_a_dossier_can_be_declined_withdrawn_and_stopped_and_then_nothing_more_happens(
    province: Province,
) -> None:
    citizen = province.citizen()
    declined = kit.filed(province, citizen, BIRTH).dossier_id
    decline_dossier(actor=province.officer("one_stop"), at=province.at, dossier_id=declined, reason=WHY)
    withdrawn = kit.filed(province, citizen, BIRTH).dossier_id
    withdraw_dossier(actor=citizen, at=province.at, dossier_id=withdrawn)
    stopped = accepted(province, citizen)
    stop_dossier(
        actor=province.officer("civil_status_officer"), at=province.at, dossier_id=stopped, reason=WHY
    )

    codes = [Dossier.objects.get(pk=pk).national_status for pk in (declined, withdrawn, stopped)]
    assert codes == [3, 7, 8]
    for closed in (declined, withdrawn, stopped):
        with pytest.raises(refusals.MoveNotPossible):
            withdraw_dossier(actor=citizen, at=province.at, dossier_id=closed)


def test_the_date_may_be_moved_once(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = accepted(province, citizen)
    due = Dossier.objects.get(pk=dossier_id).due_at
    assert due is not None
    examiner = province.officer("civil_status_officer")
    early = due - timedelta(days=2)
    new_due = due + timedelta(days=3)
    extend_deadline(actor=examiner, at=early, dossier_id=dossier_id, new_due_at=new_due, reason=WHY)
    with pytest.raises(ExtendedAlready):
        extend_deadline(actor=examiner, at=early, dossier_id=dossier_id, new_due_at=new_due, reason=WHY)
    assert Dossier.objects.get(pk=dossier_id).due_at == new_due


def test_several_results_are_signed_each_on_its_own(province: Province) -> None:
    citizen = province.citizen()
    good, bad = ready_to_sign(province, citizen), accepted(province, citizen)

    outcomes = sign_several(
        actor=province.officer("chairperson"), at=province.at, dossier_ids=[bad, good, good]
    )

    assert [outcome.refusal is None for outcome in outcomes] == [False, True]
    assert Dossier.objects.get(pk=good).state is Status.RETURNED
    assert Dossier.objects.get(pk=bad).state is Status.ACCEPTED


def test_a_result_is_rated_once_and_not_before_it_is_there(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = ready_to_sign(province, citizen)
    token = Dossier.objects.get(pk=dossier_id).rating_token
    with pytest.raises(TooEarlyToRate):
        rate_dossier(actor=ANONYMOUS, at=province.at, token=token, stars=5)
    sign_result(actor=province.officer("chairperson"), at=province.at, dossier_id=dossier_id)
    rate_dossier(actor=ANONYMOUS, at=province.at, token=token, stars=4, comment="Nhanh")
    with pytest.raises(RatedAlready):
        rate_dossier(actor=ANONYMOUS, at=province.at, token=token, stars=1)
    assert Dossier.objects.get(pk=dossier_id).rating.stars == 4


def test_nobody_handles_their_own_case(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = kit.filed(province, citizen, BIRTH).dossier_id
    officer = province.officer("one_stop")
    relative = Actor(
        **{name: getattr(officer, name) for name in officer.__slots__} | {"person_id": citizen.person_id}
    )
    with pytest.raises(refusals.OwnCase):
        accept_dossier(actor=relative, at=province.at, dossier_id=dossier_id)
