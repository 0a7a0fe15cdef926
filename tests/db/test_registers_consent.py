"""Consent where the law wants it: without it nothing is looked up, with it every look is kept."""

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from tests import dossiers_kit as kit
from tests import registers_kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue
from tinhso.dossiers.actions.agree import agree
from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.dossiers.models import Draft
from tinhso.kernel.models import LedgerEntry
from tinhso.people.types import Actor
from tinhso.registers import consents
from tinhso.registers.actions.consent import (
    ConsentMissing,
    ConsentNotNeeded,
    WordingChanged,
    revoke_consent,
)
from tinhso.registers.models import Consent, RegisterLook

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
NUMBER, CARD, ALLOWANCES = "022191004512", "1.014137", "social.allowances"
ALLOWANCE = {
    "paid.unit": kit.BINH_LIEU,
    "decision.number": "77/QĐ-UBND",
    "decision.on": "2025-01-10",
    "person.full_name": "Trần Thị Hòa",
    "person.personal_id": NUMBER,
    "person.group": "disabled_severe",
}


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def draft(province: Province) -> UUID:
    registers_kit.enter(ALLOWANCE, register=ALLOWANCES)
    return kit.begin(province, province.citizen(NUMBER), CARD)


def need() -> consents.Need:
    (one,) = consents.needs(catalogue.current(CARD).procedure, "vi")
    return one


def agreed(province: Province, citizen: Actor, draft_id: UUID, **changes: str) -> None:
    told = {"register_id": ALLOWANCES, "digest": need().digest, "language": "vi", **changes}
    agree(actor=citizen, at=province.at, draft_id=draft_id, **told)


def proof_number(draft_id: UUID) -> object:
    return Draft.objects.get(pk=draft_id).answers.get("insured.proof_number")


def test_without_consent_nothing_is_filled_in_and_nothing_looked_up(province: Province, draft: UUID) -> None:
    assert proof_number(draft) is None
    assert not RegisterLook.objects.exists()
    assert not LedgerEntry.objects.filter(kind="register.asked").exists()


def test_with_consent_the_register_is_asked_and_what_was_agreed_to_is_kept_word_for_word(
    province: Province, draft: UUID
) -> None:
    citizen = province.citizen(NUMBER)
    agreed(province, citizen, draft)
    assert proof_number(draft) == "77/QĐ-UBND"
    row = Consent.objects.get()
    assert (row.register, row.procedure, row.way, row.subject_id) == (ALLOWANCES, CARD, "online", draft)
    assert row.wording == need().wording
    assert "Mục đích: Điền sẵn tờ khai từ quyết định trợ cấp" in row.wording
    assert "91/2025/QH15" in row.law
    entry = LedgerEntry.objects.get(kind="consent.given")
    assert entry.payload["digest"] == need().digest == row.digest
    (look,) = RegisterLook.objects.all()
    assert look.purpose == "prefill"


def test_consent_given_twice_is_one_and_counts_for_the_next_form(province: Province, draft: UUID) -> None:
    citizen = province.citizen(NUMBER)
    agreed(province, citizen, draft)
    agreed(province, citizen, draft)
    assert Consent.objects.count() == 1
    assert proof_number(kit.begin(province, citizen, CARD)) == "77/QĐ-UBND"


def test_consent_taken_back_stops_the_looking_up_and_leaves_what_was_filed(
    province: Province, draft: UUID
) -> None:
    citizen = province.citizen(NUMBER)
    agreed(province, citizen, draft)
    consent_id = Consent.objects.get().pk
    with pytest.raises(ConsentMissing):
        revoke_consent(actor=province.citizen("022191009999"), at=province.at, consent_id=consent_id)
    revoke_consent(actor=citizen, at=province.at, consent_id=consent_id)
    assert proof_number(kit.begin(province, citizen, CARD)) is None
    assert proof_number(draft) == "77/QĐ-UBND"
    assert RegisterLook.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="consent.revoked").count() == 1
    with pytest.raises(ConsentMissing):
        revoke_consent(actor=citizen, at=province.at, consent_id=consent_id)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"digest": "0" * 64}, WordingChanged),
        ({"register_id": "civil-status.births"}, ConsentNotNeeded),
    ],
)
def test_consent_to_other_words_or_to_what_needs_none_is_refused(
    province: Province, draft: UUID, changes: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        agreed(province, province.citizen(NUMBER), draft, **changes)
    assert not Consent.objects.exists()
    assert proof_number(draft) is None


def test_what_was_typed_stays_before_what_the_register_knows(province: Province, draft: UUID) -> None:
    citizen = province.citizen(NUMBER)
    given = {"request.kind": "new", "insured.group": "allowance", "insured.proof_number": "Số tôi gõ"}
    save_answers(actor=citizen, at=province.at, draft_id=draft, given=given)
    agreed(province, citizen, draft)
    assert proof_number(draft) == "Số tôi gõ"


def test_the_database_keeps_consents_as_they_were_given(province: Province, draft: UUID) -> None:
    agreed(province, province.citizen(NUMBER), draft)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(wording="Tôi đồng ý mọi việc")
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.all().delete()
    assert Consent.objects.get().wording == need().wording
