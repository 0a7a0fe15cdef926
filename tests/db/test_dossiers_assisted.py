"""Filing with the help of a community team: by the citizen's word, for one procedure, until it ends."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, BIRTH, PERMIT, Province
from tests.fixtures_trust import Trust, trust
from tests.papers_samples import photo
from tinhso.dossiers import queries
from tinhso.dossiers.actions.assist import ask_by_phone, confirm_by_phone, record_signed_paper
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.models import Dossier, Draft
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.notices.models import Delivery, Message
from tinhso.papers.models import PaperGrant
from tinhso.people import actions as people
from tinhso.people.actions.assist import CounterPerson
from tinhso.people.actions.helping import (
    CodeOver,
    CodeWrong,
    PhoneMissing,
    ProofMissing,
    TooManyCodes,
)
from tinhso.people.models import AgencyContact, Mandate, MandateRequest, Person
from tinhso.people.queries import MandateMissing, actor_of, mandates_given_by
from tinhso.people.types import HELPER, Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
SEEN = CounterPerson(personal_id="000150000777", full_name="Tằng Thị Sáu", phone="0900000777")


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def helper(province: Province) -> Actor:
    return province.officer(HELPER)


def met(province: Province, helper: Actor, seen: CounterPerson = SEEN) -> UUID:
    return people.register_person_at_counter(
        actor=helper,
        at=province.at,
        agency_id=helper.posts[0].agency_id,
        seen=seen,
        reason="Giúp nộp hồ sơ",
    )


def asked(province: Province, helper: Actor, person_id: UUID, code: str = BIRTH) -> UUID:
    return ask_by_phone(
        actor=helper,
        at=province.at,
        agency_id=helper.posts[0].agency_id,
        person_id=person_id,
        procedure_code=code,
        days=7,
    )


def code_sent() -> str:
    """Read the code where the citizen does: in the newest text message."""
    text = Delivery.objects.filter(channel="sms", message__template="assist_code").latest("pk").text
    return "".join(filter(str.isdigit, text))[:6]


def again(province: Province, helper: Actor, **later: float) -> Actor:
    return actor_of(helper.signed_in_as, at=province.later(**later))


def trusted(province: Province, helper: Actor) -> tuple[UUID, UUID, Actor]:
    """Return the person, the mandate they gave by code, and the helper who holds it now."""
    person_id = met(province, helper)
    request_id = asked(province, helper, person_id)
    mandate_id = confirm_by_phone(actor=helper, at=province.at, request_id=request_id, code=code_sent())
    return person_id, mandate_id, again(province, helper)


def begun(province: Province, helper: Actor, person_id: UUID, code: str = BIRTH) -> UUID:
    return start_draft(
        actor=helper, at=province.at, procedure_code=code, unit_code=BINH_LIEU, applicant_id=person_id
    ).draft_id


def test_a_code_read_out_by_the_citizen_lets_the_helper_file_and_both_are_recorded(
    province: Province, helper: Actor
) -> None:
    person_id, mandate_id, holding = trusted(province, helper)
    draft_id = begun(province, holding, person_id)
    kit.fill_in(holding, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    filed = file_dossier(actor=holding, at=province.at, draft_id=draft_id)

    dossier = Dossier.objects.get(pk=filed.dossier_id)
    assert (dossier.applicant_id, dossier.mandate_id, dossier.channel) == (person_id, mandate_id, "online")
    (entry,) = LedgerEntry.objects.filter(kind="dossier.filed", subject_id=dossier.pk)
    assert entry.actor_id == str(helper.account_id)
    assert entry.post_id == helper.posts[0].id
    assert entry.payload["mandate_way"] == "sms"
    told = set(Message.objects.filter(person_id=person_id).values_list("template", flat=True))
    assert {"assist_code", "assist_given", "dossier_filed"} <= told


def test_the_code_is_in_the_text_message_and_nowhere_in_the_inbox(province: Province, helper: Actor) -> None:
    person_id = met(province, helper)
    asked(province, helper, person_id)

    message = Message.objects.get(template="assist_code")
    assert code_sent() not in message.body_vi + message.subject_vi
    assert MandateRequest.objects.get().code_hash != code_sent()


def test_wrong_codes_are_counted_and_end_the_request(province: Province, helper: Actor) -> None:
    request_id = asked(province, helper, met(province, helper))
    right = code_sent()
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _try in range(4):
        with pytest.raises(CodeWrong):
            confirm_by_phone(actor=helper, at=province.at, request_id=request_id, code=wrong)
    with pytest.raises(CodeOver):
        confirm_by_phone(actor=helper, at=province.at, request_id=request_id, code=wrong)
    with pytest.raises(CodeOver):
        confirm_by_phone(actor=helper, at=province.at, request_id=request_id, code=right)

    assert MandateRequest.objects.get().tries == 5
    assert not Mandate.objects.exists()


def test_a_code_is_over_after_its_minutes_and_only_so_many_are_sent_a_day(
    province: Province, helper: Actor
) -> None:
    person_id = met(province, helper)
    request_id = asked(province, helper, person_id)
    with pytest.raises(CodeOver):
        confirm_by_phone(actor=helper, at=province.later(minutes=11), request_id=request_id, code=code_sent())
    for _more in range(4):
        asked(province, helper, person_id)
    with pytest.raises(TooManyCodes):
        asked(province, helper, person_id)
    assert not Mandate.objects.exists()
    assert MandateRequest.objects.count() == 5


def test_another_helper_cannot_use_the_code(province: Province, helper: Actor) -> None:
    request_id = asked(province, helper, met(province, helper))
    other = province.officer(HELPER, unit=kit.HONG_GAI)
    with pytest.raises(NotFound):
        confirm_by_phone(actor=other, at=province.at, request_id=request_id, code=code_sent())
    assert not Mandate.objects.exists()


def test_without_a_phone_a_signed_paper_is_photographed_and_the_agency_reads_it(
    province: Province, helper: Actor
) -> None:
    seen = CounterPerson(personal_id="000150000778", full_name="Chíu A Lộc")
    person_id = met(province, helper, seen)
    with pytest.raises(PhoneMissing):
        asked(province, helper, person_id)
    where: dict[str, Any] = {
        "agency_id": helper.posts[0].agency_id,
        "person_id": person_id,
        "procedure_code": BIRTH,
        "days": 7,
    }
    with pytest.raises(ProofMissing):
        record_signed_paper(actor=helper, at=province.at, file_name="", content=None, **where)
    assert not Mandate.objects.exists()

    record_signed_paper(
        actor=helper, at=province.at, file_name="uy-quyen.jpg", content=BytesIO(photo()), **where
    )
    holding = again(province, helper)
    draft_id = begun(province, holding, person_id)
    kit.fill_in(holding, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    filed = file_dossier(actor=holding, at=province.at, draft_id=draft_id)

    mandate = Mandate.objects.get()
    assert mandate.way == "paper"
    assert mandate.proof_id
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    assert PaperGrant.objects.filter(paper_id=mandate.proof_id, agency_id=dossier.agency_id).exists()


def test_the_word_reaches_one_procedure_and_nobody_else(province: Province, helper: Actor) -> None:
    person_id, _mandate, holding = trusted(province, helper)
    with pytest.raises(MandateMissing):
        begun(province, holding, person_id, PERMIT)
    citizen = province.citizen()
    assert citizen.person_id
    with pytest.raises(MandateMissing):
        begun(province, holding, citizen.person_id)
    assert not Draft.objects.exists()


def test_a_helper_sees_no_person_no_case_and_no_paper_of_the_agency(
    province: Province, helper: Actor
) -> None:
    citizen = province.citizen()
    filed = kit.filed(province, citizen, BIRTH)
    fresh = again(province, helper)

    assert not Dossier.objects.visible_to(fresh).exists()
    assert not Person.objects.visible_to(fresh).exists()
    assert not fresh.agency_ids
    with pytest.raises(NotFound):
        queries.access_dossier(actor=fresh, dossier_id=filed.dossier_id)
    assert not AgencyContact.objects.filter(person_id=met(province, helper)).exists()


def test_what_a_helper_filed_they_may_follow_until_the_word_is_taken_back(
    province: Province, helper: Actor
) -> None:
    person_id, mandate_id, holding = trusted(province, helper)
    draft_id = begun(province, holding, person_id)
    kit.fill_in(holding, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    filed = file_dossier(actor=holding, at=province.at, draft_id=draft_id)

    (seen,) = queries.assisted_by(holding)
    assert seen.pk == filed.dossier_id
    assert not Dossier.objects.visible_to(holding).exists()

    sixth = province.citizen("000150000777", full_name="Tằng Thị Sáu")
    (given,) = mandates_given_by(sixth, at=province.at)
    assert given.way == "sms"
    assert given.agent_name == helper.full_name
    assert given.agency_name
    people.revoke_mandate(actor=sixth, at=province.at, mandate_id=mandate_id)
    after = again(province, helper)
    assert list(queries.assisted_by(after)) == []
    assert not Draft.objects.visible_to(after).exists()


def test_a_form_cannot_be_filed_when_the_word_was_taken_back_meanwhile(
    province: Province, helper: Actor
) -> None:
    person_id, mandate_id, holding = trusted(province, helper)
    draft_id = begun(province, holding, person_id)
    kit.fill_in(holding, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    people.revoke_mandate(actor=kit.SYSTEM, at=province.at, mandate_id=mandate_id)

    # The actor was read before the mandate ended: the action judges again.
    with pytest.raises(MandateMissing):
        file_dossier(actor=holding, at=province.later(seconds=1), draft_id=draft_id)
    assert not Dossier.objects.exists()


def test_a_word_ends_by_itself(province: Province, helper: Actor) -> None:
    person_id, _mandate, holding = trusted(province, helper)
    begun(province, holding, person_id)

    over = actor_of(helper.signed_in_as, at=province.at + timedelta(days=9))
    assert over.mandates == ()
    assert not Draft.objects.visible_to(over).exists()


def test_an_officer_who_is_no_helper_asks_for_no_word(province: Province) -> None:
    counter = province.officer("one_stop")
    person_id = met(province, counter)
    with pytest.raises(NotAllowed):
        asked(province, counter, person_id)
    assert not MandateRequest.objects.exists()
    assert not Message.objects.exists()
