"""What comes due is proposed once, to who may be told, and never to who refused it."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import BIRTH, SYSTEM, Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers.models import Dossier, Draft
from tinhso.kernel.clock import local
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.notices.models import Message
from tinhso.outreach import queries
from tinhso.outreach.actions.open_prepared import open_prepared
from tinhso.outreach.actions.propose import propose_what_is_due
from tinhso.outreach.actions.refuse import refuse_suggestion, take_back_refusal
from tinhso.outreach.actions.remind import remind_of_expiry
from tinhso.outreach.models import ExpiryReminder, Suggestion, SuggestionRefusal
from tinhso.outreach.queries import RESULT_EXPIRES
from tinhso.outreach.rules import When, expiry, rule_of
from tinhso.papers.models import IssuedDocument
from tinhso.people.models import Person
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
PENSION, FIRST_GRADE, SIXTH_GRADE = "social_pension", "child_first_grade", "child_sixth_grade"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def born(actor: Actor, on: date) -> Actor:
    Person.objects.filter(pk=actor.person_id).update(born_on=on)
    return actor


def elder(province: Province, *, in_days: int = 10, personal_id: str = "000191000101") -> Actor:
    """Return a citizen who turns 75 in so many days."""
    due = local(province.at).date() + timedelta(days=in_days)
    return born(province.citizen(personal_id), due.replace(year=due.year - 75, day=min(due.day, 28)))


def parent(province: Province, *, age: int, month_day: str = "06-01") -> tuple[Actor, Dossier, datetime]:
    """Return a parent, their granted birth dossier, and a moment on which the child is due by year."""
    citizen = province.citizen()
    dossier = Dossier.objects.get(pk=mine.returned(province, citizen))
    year = local(province.at).year
    dossier.answers["child.born_on"] = f"{year - age}-03-15"
    dossier.save(update_fields=["answers"])
    at = province.at.replace(month=int(month_day[:2]), day=int(month_day[3:]), hour=3)
    return citizen, dossier, at - timedelta(days=1)


def propose(at: datetime) -> int:
    return propose_what_is_due(actor=SYSTEM, at=at)


def rules_of(actor: Actor, at: datetime) -> list[str]:
    return [one.rule for one in queries.coming_up(actor=actor, at=at)]


@pytest.mark.parametrize(
    ("when", "born_on", "due"),
    [
        (When(age=75), date(1951, 5, 1), date(2026, 5, 1)),
        (When(age=75), date(1952, 2, 29), date(2027, 2, 28)),
        (When(age=6, by="year", on="06-01"), date(2020, 12, 31), date(2026, 6, 1)),
    ],
)
def test_a_rule_counts_by_birthday_or_by_year(when: When, born_on: date, due: date) -> None:
    assert when.due_on(born_on) == due


def test_who_turns_75_is_told_once_with_why_it_is_known(province: Province) -> None:
    citizen = elder(province)
    assert propose(province.at) == 1
    assert propose(province.later(days=1)) == 0

    (coming,) = queries.coming_up(actor=citizen, at=province.at)
    assert (coming.rule, coming.level, coming.procedure_code) == (PENSION, 2, "1.014027")
    assert [fact.kind for fact in coming.facts] == ["account"]
    assert "176/2025" in coming.source
    assert Message.objects.filter(template="coming_up", person_id=citizen.person_id).count() == 1
    assert LedgerEntry.objects.filter(kind="suggestion.made").count() == 1


def test_nothing_is_proposed_too_early_or_too_late_or_to_who_has_no_account(province: Province) -> None:
    rule = rule_of(PENSION)
    assert rule is not None
    elder(province, in_days=rule.ahead_days + 40)
    elder(province, in_days=-(rule.until_days + 40), personal_id="000191000202")
    person = Person.objects.exclude(accounts__isnull=False).first()
    assert person is None or person.born_on is None
    assert propose(province.at) == 0
    assert not Suggestion.objects.exists()


def test_the_prepared_form_opens_with_what_is_known_and_once(province: Province) -> None:
    citizen = elder(province)
    Person.objects.filter(pk=citizen.person_id).update(residence_commune=kit.BINH_LIEU)
    propose(province.at)
    suggestion = Suggestion.objects.get()
    assert not Draft.objects.exists()

    draft_id = open_prepared(actor=citizen, at=province.at, suggestion_id=suggestion.pk)
    again = open_prepared(actor=citizen, at=province.at, suggestion_id=suggestion.pk)
    assert draft_id == again
    draft = Draft.objects.get()
    assert draft.answers["request.content"] == "Đề nghị hưởng trợ cấp hưu trí xã hội vì đủ 75 tuổi."
    assert draft.procedure_code == "1.014027"

    with pytest.raises(NotFound):
        open_prepared(actor=mine.stranger(province), at=province.at, suggestion_id=suggestion.pk)


def test_a_matter_refused_is_neither_listed_nor_proposed_until_that_is_taken_back(
    province: Province,
) -> None:
    citizen = elder(province)
    propose(province.at)
    refusal = refuse_suggestion(actor=citizen, at=province.at, rule=PENSION, key="self")
    assert refuse_suggestion(actor=citizen, at=province.at, rule=PENSION, key="self") == refusal
    assert rules_of(citizen, province.at) == []
    assert LedgerEntry.objects.filter(kind="suggestion.refused").count() == 1

    Suggestion.objects.all().delete()
    assert propose(province.later(days=1)) == 0

    take_back_refusal(actor=citizen, at=province.later(days=2), refusal_id=refusal)
    take_back_refusal(actor=citizen, at=province.later(days=2), refusal_id=refusal)
    assert propose(province.later(days=3)) == 1
    assert rules_of(citizen, province.later(days=3)) == [PENSION]
    assert SuggestionRefusal.objects.get().taken_back_at is not None


def test_nobody_refuses_for_another_or_what_was_never_proposed(province: Province) -> None:
    citizen = elder(province)
    propose(province.at)
    with pytest.raises(NotFound):
        refuse_suggestion(actor=mine.stranger(province), at=province.at, rule=PENSION, key="self")
    with pytest.raises(NotFound):
        refuse_suggestion(actor=citizen, at=province.at, rule=FIRST_GRADE, key="self")
    with pytest.raises(NotAllowed):
        refuse_suggestion(actor=province.officer("one_stop"), at=province.at, rule=PENSION, key="self")
    refusal = refuse_suggestion(actor=citizen, at=province.at, rule=PENSION, key="self")
    with pytest.raises(NotFound):
        take_back_refusal(actor=mine.stranger(province), at=province.at, refusal_id=refusal)
    assert SuggestionRefusal.objects.filter(taken_back_at=None).count() == 1


def test_a_child_of_ones_own_birth_dossier_reaches_school(province: Province) -> None:
    citizen, dossier, at = parent(province, age=6)
    assert propose(at) == 1
    (coming,) = queries.coming_up(actor=citizen, at=at)
    assert (coming.rule, coming.level, coming.procedure_code) == (FIRST_GRADE, 1, "")
    assert coming.about == dossier.answers["child.full_name"]
    assert [(fact.code, fact.label.vi) for fact in coming.facts] == [(dossier.code, "Ngày sinh của trẻ")]


def test_at_eleven_the_form_is_prepared_with_name_and_birthday(province: Province) -> None:
    _citizen, dossier, at = parent(province, age=11)
    assert propose(at) == 1
    suggestion = Suggestion.objects.get()
    assert (suggestion.rule, suggestion.level) == (SIXTH_GRADE, 2)
    said = suggestion.answers["request.content"]
    assert dossier.answers["child.full_name"] in said
    assert f"15/03/{local(at).year - 11}" in said


def test_a_result_that_was_revoked_or_refused_proposes_nothing(province: Province) -> None:
    citizen = province.citizen()
    dossier = Dossier.objects.get(pk=mine.refused(province, citizen))
    year = local(province.at).year
    dossier.answers["child.born_on"] = f"{year - 6}-03-15"
    dossier.save(update_fields=["answers"])
    assert propose(province.at.replace(month=5, day=30)) == 0


def test_nobody_is_reminded_of_a_child_whose_death_was_registered_here(province: Province) -> None:
    citizen, dossier, at = parent(province, age=6)
    run = dossier.steps.order_by("-opened_at").first()
    assert run is not None
    known = "022320000123"
    dossier.answers["child.personal_id"] = known
    dossier.save(update_fields=["answers"])
    for step in dossier.steps.all():
        step.findings.pop("child.personal_id", None)
        step.save(update_fields=["findings"])
    other = mine.returned(province, mine.stranger(province))
    Dossier.objects.filter(pk=other).update(
        procedure_code=expiry().deaths.procedure, answers={expiry().deaths.personal_id: known}
    )

    assert propose(at) == 0
    del citizen


def test_who_filed_by_themselves_is_not_asked_to(province: Province) -> None:
    citizen = elder(province)
    filed = kit.filed(province, citizen, BIRTH).dossier_id
    Dossier.objects.filter(pk=filed).update(procedure_code="1.014027")
    assert propose(province.at) == 0


def expiring(province: Province, citizen: Actor, *, in_days: int) -> UUID:
    dossier = Dossier.objects.get(pk=mine.returned(province, citizen))
    document = dossier.result.document_id
    last = local(province.at).date() + timedelta(days=in_days)
    IssuedDocument.objects.filter(pk=document).update(valid_until=last)
    return document  # type: ignore[no-any-return]


def remind(at: datetime) -> int:
    return remind_of_expiry(actor=SYSTEM, at=at)


def test_a_result_is_reminded_of_once_for_each_of_the_days(province: Province) -> None:
    citizen = province.citizen()
    document = expiring(province, citizen, in_days=61)
    assert remind(province.at) == 0
    assert [remind(province.later(days=days)) for days in (1, 2, 31, 32, 54, 61, 62)] == [1, 0, 1, 0, 1, 0, 0]
    assert set(ExpiryReminder.objects.values_list("document", "days_before")) == {
        (document, days) for days in expiry().days_before
    }
    assert Message.objects.filter(template="result_expires", person_id=citizen.person_id).count() == 3


def test_days_that_passed_while_nobody_ran_are_not_made_up_for(province: Province) -> None:
    expiring(province, province.citizen(), in_days=5)
    assert remind(province.at) == 1
    assert ExpiryReminder.objects.get().days_before == min(expiry().days_before)


def test_what_expires_stands_in_the_account_and_can_be_refused(province: Province) -> None:
    citizen = province.citizen()
    document = expiring(province, citizen, in_days=40)
    (coming,) = queries.coming_up(actor=citizen, at=province.at)
    assert (coming.rule, coming.document_id) == (RESULT_EXPIRES, document)
    assert queries.coming_up(actor=mine.stranger(province), at=province.at) == ()

    refuse_suggestion(actor=citizen, at=province.at, rule=RESULT_EXPIRES, key=str(document))
    assert remind(province.at) == 0
    assert queries.coming_up(actor=citizen, at=province.at) == ()
    assert not Message.objects.filter(template="result_expires").exists()


def test_a_result_that_is_not_handed_out_or_in_force_is_not_reminded_of(province: Province) -> None:
    citizen = province.citizen()
    document = expiring(province, citizen, in_days=40)
    Dossier.objects.filter(result__document_id=document).update(returned_at=None)
    assert remind(province.at) == 0
    assert queries.coming_up(actor=citizen, at=province.at) == ()
