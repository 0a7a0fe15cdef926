"""Applicant and office write to each other about a dossier."""

from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import BIRTH, HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.papers_samples import photo
from tinhso.dossiers import conversation, queries
from tinhso.dossiers.actions.close_early import withdraw_dossier
from tinhso.dossiers.actions.write_message import (
    Enclosed,
    MessageEmpty,
    MessageTooLong,
    ThreadClosed,
    TooManyFiles,
    TooManyMessages,
    read_messages,
    write_message,
)
from tinhso.dossiers.models import CaseMessage
from tinhso.dossiers.rules import rules
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.notices.models import Message
from tinhso.papers import queries as papers
from tinhso.papers.models import Paper
from tinhso.papers.refusals import WrongType
from tinhso.people import actions as people
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
ASKED = "Tôi cần nộp thêm giấy gì không?"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


@pytest.fixture
def case(province: Province, citizen: Actor) -> UUID:
    return mine.accepted(province, citizen)


def write(actor: Actor, province: Province, case: UUID, text: str = ASKED, **how: object) -> UUID:
    return write_message(actor=actor, at=province.at, dossier_id=case, text=text, **how)  # type: ignore[arg-type]


def picture(name: str = "them.jpg") -> Enclosed:
    return Enclosed(name, BytesIO(photo(width=401, height=300)))


def test_a_question_reaches_whoever_holds_the_step_and_the_answer_the_applicant(
    province: Province, citizen: Actor, case: UUID
) -> None:
    examiner = province.officer("civil_status_officer")
    write(citizen, province, case)

    told = Message.objects.get(template="officer_message", account_id=examiner.account_id)
    assert told.link.endswith("/trao-doi/")
    assert ASKED not in told.body_vi

    write(examiner, province, case, "Hồ sơ đã đủ.")
    answer = Message.objects.get(template="message_from_office", person_id=citizen.person_id)
    assert "Hồ sơ đã đủ" not in answer.body_vi
    said = conversation.thread_of(actor=citizen, at=province.at, dossier_id=case).messages
    assert [(one.side, one.is_own, one.author) for one in said] == [
        ("applicant", True, citizen.full_name),
        ("office", False, ""),
    ]


def test_a_message_is_read_by_the_other_side_and_by_nobody_who_watches(
    province: Province, citizen: Actor, case: UUID
) -> None:
    write(citizen, province, case)
    watcher = province.officer("supervisor", "province_committee")

    assert read_messages(actor=citizen, at=province.at, dossier_id=case) == 0
    assert read_messages(actor=watcher, at=province.at, dossier_id=case) == 0
    assert CaseMessage.objects.get().read_at is None

    examiner = province.officer("civil_status_officer")
    assert read_messages(actor=examiner, at=province.at, dossier_id=case) == 1
    assert read_messages(actor=examiner, at=province.later(hours=1), dossier_id=case) == 0
    assert CaseMessage.objects.get().read_at == province.at
    assert LedgerEntry.objects.filter(kind="dossier.messages_read", subject_id=case).count() == 1


def test_unread_messages_are_counted_in_the_lists_of_both_sides(
    province: Province, citizen: Actor, case: UUID
) -> None:
    examiner = province.officer("civil_status_officer")
    write(citizen, province, case)
    row = queries.work_list(actor=examiner).get(pk=case)
    assert vars(row)["has_message"] is True

    write(examiner, province, case, "Chưa cần.")
    write(examiner, province, case, "Sẽ có kết quả chiều nay.")
    assert vars(queries.dossiers_of(citizen).get(pk=case))["unread_messages"] == 2

    read_messages(actor=citizen, at=province.at, dossier_id=case)
    read_messages(actor=examiner, at=province.at, dossier_id=case)
    assert vars(queries.dossiers_of(citizen).get(pk=case))["unread_messages"] == 0
    assert vars(queries.work_list(actor=examiner).get(pk=case))["has_message"] is False


def test_a_file_belongs_to_the_applicant_and_every_agency_of_the_case_reads_it(
    province: Province, citizen: Actor, case: UUID
) -> None:
    write(citizen, province, case, "Ảnh chụp lại.", files=[picture()])

    (paper_id,) = CaseMessage.objects.get().papers
    assert papers.access_paper(actor=citizen, paper_id=UUID(paper_id)).owner_person_id == citizen.person_id
    for role in ("one_stop", "civil_status_officer"):
        view, content = conversation.open_enclosed(
            actor=province.officer(role), dossier_id=case, paper_id=UUID(paper_id)
        )
        content.close()
        assert view.file_name == "them.jpg"
    elsewhere = province.officer("one_stop", unit=HONG_GAI)
    with pytest.raises(NotFound):
        conversation.open_enclosed(actor=elsewhere, dossier_id=case, paper_id=UUID(paper_id))


def test_a_file_of_another_case_is_not_served_through_the_thread(
    province: Province, citizen: Actor, case: UUID
) -> None:
    handed_in = queries.access_dossier(actor=citizen, dossier_id=case).papers
    other = next(iter(handed_in.values()))[0]
    with pytest.raises(NotFound):
        conversation.open_enclosed(actor=citizen, dossier_id=case, paper_id=UUID(other))


def test_strangers_see_no_thread_and_a_watcher_or_an_operator_writes_nothing(
    province: Province, citizen: Actor, case: UUID
) -> None:
    for actor, refusal in (
        (mine.stranger(province), NotFound),
        (province.officer("one_stop", unit=HONG_GAI), NotFound),
        (province.officer("supervisor", "province_committee"), NotAllowed),
    ):
        with pytest.raises(refusal):
            write(actor, province, case)
    assert not CaseMessage.objects.exists()
    del citizen


def test_who_acts_for_the_applicant_writes_while_the_mandate_lasts(
    province: Province, citizen: Actor, case: UUID
) -> None:
    helper = mine.stranger(province)
    assert helper.person_id is not None
    mandate = people.give_mandate(
        actor=citizen,
        at=province.at,
        agent_person_id=helper.person_id,
        until_at=province.later(days=3),
        evidence="Con gái làm thay",
    )
    acting = actor_of(helper.signed_in_as, at=province.at, assurance=2)
    write(acting, province, case, files=[picture()])
    (paper,) = Paper.objects.filter(pk__in=CaseMessage.objects.get().papers)
    assert paper.owner_id == citizen.person_id

    people.revoke_mandate(actor=citizen, at=province.at, mandate_id=mandate)
    with pytest.raises(NotFound):
        write(actor_of(helper.signed_in_as, at=province.at, assurance=2), province, case)
    assert CaseMessage.objects.count() == 1


def test_what_cannot_be_sent_is_told_and_leaves_nothing(
    province: Province, citizen: Actor, case: UUID
) -> None:
    rule = rules().messages
    before = Paper.objects.count()
    with pytest.raises(MessageEmpty):
        write(citizen, province, case, "  \n ")
    with pytest.raises(MessageTooLong):
        write(citizen, province, case, "ạ" * (rule.longest + 1))
    with pytest.raises(TooManyFiles):
        write(citizen, province, case, files=[picture()] * (rule.most_files + 1))
    with pytest.raises(WrongType):
        write(citizen, province, case, files=[picture(), Enclosed("x.gif", BytesIO(b"GIF89a"))])

    assert not CaseMessage.objects.exists()
    assert not Message.objects.filter(template="officer_message").exists()
    assert Paper.objects.count() == before


def test_one_account_writes_only_so_many_messages_a_day(
    province: Province, citizen: Actor, case: UUID
) -> None:
    most = rules().messages.most_a_day
    for number in range(most):
        write(citizen, province, case, f"Tin {number}")
    with pytest.raises(TooManyMessages):
        write(citizen, province, case, "Một tin nữa")
    assert CaseMessage.objects.count() == most

    next_day = province.later(days=1, minutes=1)
    write_message(actor=citizen, at=next_day, dossier_id=case, text="Hôm sau")
    assert CaseMessage.objects.count() == most + 1


def test_a_second_click_sends_nothing_twice(province: Province, citizen: Actor, case: UUID) -> None:
    first = write(citizen, province, case, client_key="a1")
    again = write(citizen, province, case, client_key="a1")
    assert first == again
    assert CaseMessage.objects.count() == 1
    assert write(citizen, province, case, client_key="a2") != first


def test_a_dossier_that_is_over_takes_messages_for_so_many_days(province: Province, citizen: Actor) -> None:
    case = kit.filed(province, citizen, BIRTH).dossier_id
    withdraw_dossier(actor=citizen, at=province.at, dossier_id=case)
    days = rules().messages.open_days_after_end

    write_message(actor=citizen, at=province.later(days=days), dossier_id=case, text="Tôi rút nhầm.")
    told = Message.objects.filter(template="officer_message")
    assert told.count() <= 1

    late = province.later(days=days, seconds=1)
    with pytest.raises(ThreadClosed):
        write_message(actor=citizen, at=late, dossier_id=case, text="Còn ai đọc không?")
    thread = conversation.thread_of(actor=citizen, at=late, dossier_id=case)
    assert (thread.is_closed, thread.may_write, len(thread.messages)) == (True, False, 1)
    assert thread.closes_at == province.at + timedelta(days=days)
