"""What becomes of a signed result, of officers' questions and notes, and of money asked for in the middle."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import PERMIT, Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers import queries, refusals
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.amend_result import correct_result, reissue_result, revoke_result
from tinhso.dossiers.actions.ask_opinion import (
    AnsweredMeanwhile,
    NobodyAsked,
    PaperNotInDossier,
    QuestionUnclear,
    ask_opinion,
    withdraw_question,
)
from tinhso.dossiers.actions.ask_payment import (
    Duty,
    DutyUnclear,
    NoDutyAsked,
    ask_payment,
    take_back_payment,
)
from tinhso.dossiers.actions.give_opinion import give_opinion
from tinhso.dossiers.actions.notes import NoteStands, strike_note, write_note
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.corrections import NothingCorrected
from tinhso.dossiers.models import Consultation, Dossier, Note, ResultChange
from tinhso.dossiers.timeline import timeline_of
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.notices.models import Message
from tinhso.papers import queries as papers
from tinhso.papers.models import IssuedDocument
from tinhso.papers.types import Validity
from tinhso.payments import queries as payments
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
WHY = "Ghi sai tên đệm của trẻ so với giấy chứng sinh."
QUESTION = "Thửa đất này có nằm trong hành lang đê không?"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def signed(province: Province, citizen: Actor) -> UUID:
    dossier_id = desk.to_sign(province, citizen)
    chair = province.officer("chairperson")
    sign_result(actor=chair, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))
    return dossier_id


def kinds() -> list[str]:
    return list(LedgerEntry.objects.order_by("position").values_list("kind", flat=True))


def document_of(dossier_id: UUID) -> IssuedDocument:
    return Dossier.objects.get(pk=dossier_id).result.document


def test_a_correction_supersedes_the_wrong_result_and_keeps_it_readable(province: Province) -> None:
    citizen = province.citizen()
    chair = province.officer("chairperson")
    dossier_id = signed(province, citizen)
    wrong = document_of(dossier_id)
    name = Dossier.objects.get(pk=dossier_id).answers["child.full_name"]

    done = correct_result(
        actor=chair,
        at=province.later(days=1),
        dossier_id=dossier_id,
        given={"child.full_name": "Hoàng Thị Minh Châu"},
        reason=WHY,
    )

    right, dossier = document_of(dossier_id), Dossier.objects.get(pk=dossier_id)
    assert (right.pk, right.number_text) == (done.document_id, done.number)
    assert right.number_text != wrong.number_text
    assert dossier.answers["child.full_name"] == "Hoàng Thị Minh Châu"
    public = papers.verify_token(wrong.token, at=province.later(days=2))
    assert (public.validity, public.replaced_by) == (Validity.SUPERSEDED, right.token)
    assert papers.verify_token(right.token, at=province.later(days=2)).validity is Validity.VALID
    assert papers.open_document(actor=citizen, document_id=wrong.pk).read(4) == b"%PDF"
    change = ResultChange.objects.get()
    assert (change.kind, change.old_document_id, change.reason) == ("corrected", wrong.pk, WHY)
    assert change.replaced == {"child.full_name": name}
    assert "dossier.result_corrected" in kinds()
    told = Message.objects.get(template="result_corrected")
    assert told.person_id == citizen.person_id
    assert "không phải nộp phí" in told.body_vi
    assert all(
        not bill.is_open for bill in payments.bills_of_subject(actor=kit.SYSTEM, subject_id=dossier_id)
    )


def test_a_correction_that_changes_nothing_or_is_wrong_is_refused(province: Province) -> None:
    chair = province.officer("chairperson")
    dossier_id = signed(province, province.citizen())
    before = document_of(dossier_id)
    name = Dossier.objects.get(pk=dossier_id).answers["child.full_name"]

    for given, refusal in (
        ({"child.full_name": name}, NothingCorrected),
        ({"no.such": "x"}, refusals.FormIncomplete),
        ({"child.born_on": "hôm qua"}, refusals.FormIncomplete),
    ):
        with pytest.raises(refusal):
            correct_result(actor=chair, at=province.at, dossier_id=dossier_id, given=given, reason=WHY)

    assert document_of(dossier_id) == before
    assert not ResultChange.objects.exists()


def test_only_who_signs_for_the_agency_may_amend_its_result(province: Province) -> None:
    citizen = province.citizen()
    dossier_id = signed(province, citizen)
    others = [
        (province.officer("one_stop"), NotAllowed),
        (province.officer("civil_status_officer"), NotAllowed),
        (citizen, NotAllowed),
        (province.officer("supervisor", kind="province_committee"), NotAllowed),
        (province.officer("chairperson", unit=kit.HONG_GAI), NotFound),
    ]
    for actor, refusal in others:
        with pytest.raises(refusal):
            revoke_result(actor=actor, at=province.at, dossier_id=dossier_id, reason=WHY)
    assert papers.verify_token(document_of(dossier_id).token, at=province.at).validity is Validity.VALID
    assert not ResultChange.objects.exists()


def test_a_result_is_issued_again_and_then_revoked_by_a_signed_decision(province: Province) -> None:
    citizen, chair = province.citizen(), province.officer("chairperson")
    dossier_id = signed(province, citizen)
    first = document_of(dossier_id)

    reissue_result(actor=chair, at=province.at, dossier_id=dossier_id, reason="Bản cũ bị mất do cháy nhà.")
    second = document_of(dossier_id)
    revoked = revoke_result(actor=chair, at=province.at, dossier_id=dossier_id, reason=WHY)

    assert papers.verify_token(first.token, at=province.at).replaced_by == second.token
    public = papers.verify_token(second.token, at=province.at)
    assert (public.validity, public.reason) == (Validity.REVOKED, WHY)
    decision = papers.access_document(actor=citizen, document_id=revoked.document_id)
    assert {one.role for one in decision.signatures} == {"signer", "agency"}
    assert Message.objects.get(template="result_revoked").person_id == citizen.person_id
    assert kinds().count("dossier.result_reissued") == kinds().count("dossier.result_revoked") == 1
    with pytest.raises(refusals.ResultNotInForce):
        reissue_result(actor=chair, at=province.at, dossier_id=dossier_id, reason=WHY)
    assert ResultChange.objects.count() == 2


def appraising(province: Province) -> tuple[Actor, UUID]:
    """Return the specialist and a permit at the step that appraises."""
    specialist = province.officer("specialist")
    return specialist, desk.accepted(province, province.citizen(), PERMIT)


def test_a_colleague_is_asked_and_the_step_waits_for_the_answer(province: Province) -> None:
    examiner = province.officer("civil_status_officer")
    counter = province.officer("one_stop")
    citizen = province.citizen()
    dossier_id = desk.accepted(province, citizen)
    question = ask_opinion(
        actor=examiner,
        at=province.at,
        dossier_id=dossier_id,
        question=QUESTION,
        to_account_id=counter.account_id,
    )
    assert Message.objects.get(template="officer_opinion_asked").account_id == counter.account_id
    with pytest.raises(refusals.OpinionsOutstanding):
        advance_step(actor=examiner, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))
    with pytest.raises(NotAllowed):
        give_opinion(
            actor=examiner, at=province.at, dossier_id=dossier_id, consultation_id=question, opinion="agree"
        )

    give_opinion(
        actor=counter, at=province.at, dossier_id=dossier_id, consultation_id=question, opinion="agree"
    )

    assert {message.account_id for message in Message.objects.filter(template="officer_opinion_given")} == {
        examiner.account_id
    }
    advance_step(actor=examiner, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))
    seen = timeline_of(actor=citizen, dossier=queries.access_dossier(actor=citizen, dossier_id=dossier_id))
    assert not [entry for entry in seen if "advice" in entry.kind]


def test_a_question_that_need_not_be_waited_for_lets_the_step_end(province: Province) -> None:
    examiner, counter = province.officer("civil_status_officer"), province.officer("one_stop")
    dossier_id = desk.accepted(province, province.citizen())
    question = ask_opinion(
        actor=examiner,
        at=province.at,
        dossier_id=dossier_id,
        question=QUESTION,
        to_account_id=counter.account_id,
        blocks=False,
    )

    advance_step(actor=examiner, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))
    assert [row.pk for row in queries.opinions_for(counter)] == [question]
    give_opinion(
        actor=counter, at=province.at, dossier_id=dossier_id, consultation_id=question, opinion="agree"
    )

    assert Consultation.objects.get(pk=question).opinion == "agree"


def test_another_agency_reads_only_the_papers_that_go_with_the_question(province: Province) -> None:
    specialist, dossier_id = appraising(province)
    asked = province.officer("specialist", kind="health_department")
    held = [UUID(one) for ids in Dossier.objects.get(pk=dossier_id).papers.values() for one in ids]
    with pytest.raises(NotFound):
        queries.access_dossier(actor=asked, dossier_id=dossier_id)

    ask_opinion(
        actor=specialist,
        at=province.at,
        dossier_id=dossier_id,
        question=QUESTION,
        to_agency_id=asked.posts[0].agency_id,
        paper_ids=held[:1],
        hours=8,
    )

    assert queries.access_dossier(actor=asked, dossier_id=dossier_id).pk == dossier_id
    assert [view.id for view in papers.papers(actor=asked, paper_ids=held)] == held[:1]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"question": "Sao?"}, QuestionUnclear),
        ({"to_account_id": None}, NobodyAsked),
        ({"paper_ids": [UUID(int=1)]}, PaperNotInDossier),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    province: Province, wrong: dict[str, object], refusal: type[Exception]
) -> None:
    examiner, counter = province.officer("civil_status_officer"), province.officer("one_stop")
    dossier_id = desk.accepted(province, province.citizen())
    said: dict[str, object] = {"question": QUESTION, "to_account_id": counter.account_id, **wrong}
    with pytest.raises(refusal):
        ask_opinion(actor=examiner, at=province.at, dossier_id=dossier_id, **said)
    assert not Consultation.objects.exists()


def test_a_question_is_taken_back_once_and_then_not_answered(province: Province) -> None:
    examiner, counter = province.officer("civil_status_officer"), province.officer("one_stop")
    dossier_id = desk.accepted(province, province.citizen())
    question = ask_opinion(
        actor=examiner,
        at=province.at,
        dossier_id=dossier_id,
        question=QUESTION,
        to_account_id=counter.account_id,
    )
    aim = {"at": province.at, "dossier_id": dossier_id, "consultation_id": question}
    with pytest.raises(NotAllowed):
        withdraw_question(actor=counter, **aim)

    withdraw_question(actor=examiner, **aim)

    assert Consultation.objects.get().opinion == "withdrawn"
    with pytest.raises(AnsweredMeanwhile):
        withdraw_question(actor=examiner, **aim)
    advance_step(actor=examiner, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))


def test_a_note_is_for_colleagues_of_the_agency_and_nobody_else(province: Province) -> None:
    examiner, counter = province.officer("civil_status_officer"), province.officer("one_stop")
    citizen = province.citizen()
    supervisor = province.officer("supervisor", kind="province_committee")
    dossier_id = desk.accepted(province, citizen)
    dossier = Dossier.objects.get(pk=dossier_id)

    note = write_note(actor=examiner, at=province.at, dossier_id=dossier_id, text="Đã gọi điện, hẹn thứ Năm.")

    assert [one.pk for one in queries.notes_of(actor=counter, dossier=dossier)] == [note]
    for nobody in (citizen, supervisor, province.officer("one_stop", unit=kit.HONG_GAI)):
        assert not queries.notes_of(actor=nobody, dossier=dossier).exists()
    for refused, why in ((citizen, NotAllowed), (supervisor, NotAllowed)):
        with pytest.raises(why):
            write_note(actor=refused, at=province.at, dossier_id=dossier_id, text="Tôi xem được không?")
    assert Note.objects.count() == 1
    entry = LedgerEntry.objects.get(kind="dossier.note_written")
    assert "điện" not in str(entry.payload)


def test_a_note_is_struck_by_its_author_in_time_and_kept(province: Province) -> None:
    examiner, counter = province.officer("civil_status_officer"), province.officer("one_stop")
    dossier_id = desk.accepted(province, province.citizen())
    note = write_note(actor=examiner, at=province.at, dossier_id=dossier_id, text="Ghi nhầm hồ sơ.")
    aim = {"dossier_id": dossier_id, "note_id": note}
    with pytest.raises(NoteStands):
        strike_note(actor=counter, at=province.at, **aim)
    with pytest.raises(NoteStands):
        strike_note(actor=examiner, at=province.at + timedelta(hours=24, seconds=1), **aim)
    assert Note.objects.get().struck_at is None

    strike_note(actor=examiner, at=province.later(hours=24), **aim)

    assert (Note.objects.get().struck_at, Note.objects.get().text) == (
        province.later(hours=24),
        "Ghi nhầm hồ sơ.",
    )


DUTIES = [Duty("Lệ phí trước bạ nhà, đất", 1_250_000), Duty("Thuế thu nhập cá nhân", 4_000_000)]
BASIS = "Thông báo 125/TB-TCS ngày 20/11/2026 của cơ quan thuế"


def test_a_duty_in_the_middle_stops_the_clock_until_it_is_paid(province: Province) -> None:
    specialist, dossier_id = appraising(province)
    due_at = Dossier.objects.get(pk=dossier_id).due_at

    ask_payment(actor=specialist, at=province.at, dossier_id=dossier_id, duties=DUTIES, basis=BASIS)

    waiting = Dossier.objects.get(pk=dossier_id)
    assert (waiting.status, waiting.national_status) == ("awaiting_payment", 6)
    bill = [one for one in payments.bills_of_subject(actor=kit.SYSTEM, subject_id=dossier_id) if one.is_open]
    assert [(one.total, one.lines[0].law) for one in bill] == [(5_250_000, BASIS)]
    assert waiting.documents.filter(kind="duty").count() == 1
    assert Message.objects.filter(template="bill_issued", body_vi__contains="5.250.000").exists()

    desk.pay(province, dossier_id)

    going_on = Dossier.objects.get(pk=dossier_id)
    assert going_on.status == "in_progress"
    assert (going_on.due_at, going_on.suspensions.get().ended_at) == (due_at, province.at)


def test_a_duty_asked_by_mistake_is_taken_back_and_the_clock_runs_on(province: Province) -> None:
    specialist, dossier_id = appraising(province)
    due_at = Dossier.objects.get(pk=dossier_id).due_at
    assert due_at is not None
    aim = {"actor": specialist, "dossier_id": dossier_id}
    ask_payment(**aim, at=province.at, duties=DUTIES, basis=BASIS)

    take_back_payment(**aim, at=province.later(days=7), reason="Thông báo thuế là của hồ sơ khác.")

    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.status == "in_progress"
    assert dossier.due_at is not None
    assert dossier.due_at > due_at
    assert not [
        one for one in payments.bills_of_subject(actor=kit.SYSTEM, subject_id=dossier_id) if one.is_open
    ]
    assert Message.objects.filter(template="payment_taken_back").count() == 1


@pytest.mark.parametrize(
    ("duties", "basis"), [([], BASIS), ([Duty("Thuế", 0)], BASIS), ([Duty(" ", 5)], BASIS), (DUTIES, "TB")]
)
def test_a_duty_that_is_unclear_is_refused(province: Province, duties: list[Duty], basis: str) -> None:
    specialist, dossier_id = appraising(province)
    with pytest.raises(DutyUnclear):
        ask_payment(actor=specialist, at=province.at, dossier_id=dossier_id, duties=duties, basis=basis)
    assert Dossier.objects.get(pk=dossier_id).status == "accepted"


def test_fees_of_the_procedure_itself_are_not_taken_back(province: Province) -> None:
    specialist, dossier_id = appraising(province)
    Dossier.objects.filter(pk=dossier_id).update(status="awaiting_payment")
    with pytest.raises(NoDutyAsked):
        take_back_payment(actor=specialist, at=province.at, dossier_id=dossier_id, reason=WHY)
    assert Dossier.objects.get(pk=dossier_id).status == "awaiting_payment"
