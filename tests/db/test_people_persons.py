"""Persons: what is proved, who may see them, who looked."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from tests.people_kit import AT, SYSTEM, actor, agency, citizen, identity, officer
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people import actions, queries
from tinhso.people.actions.receive_identity import AccountClosedAlready, IdentityContradicts
from tinhso.people.actions.record_organisation import TaxCodeMalformed
from tinhso.people.actions.update_contact import EmailMalformed, PhoneMalformed
from tinhso.people.models import Account, Organisation, Person, PersonAccess
from tinhso.people.types import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db


def person_of(someone: Actor) -> UUID:
    assert someone.person_id is not None
    return someone.person_id


def test_a_level_2_sign_in_proves_everything_the_provider_says() -> None:
    chiu = citizen()

    assert queries.proved_facts(person_of(chiu)) == {
        "applicant.full_name": "Hoàng Văn Chíu",
        "applicant.personal_id": "000191000101",
        "applicant.born_on": "1991-03-14",
        "applicant.sex": "male",
        "applicant.nationality": "Việt Nam",
        "applicant.ethnicity": "Dao",
        "applicant.phone": "0900000101",
        "applicant.address": {"commune": "06838", "detail": "Thôn Ngàn Pạt"},
    }
    assert queries.fact_sources(person_of(chiu))["applicant.address"].source == "dinh-danh"
    assert queries.fact_sources(person_of(chiu))["applicant.born_on"].checked_at == AT


def test_a_level_1_sign_in_says_who_it_is_and_no_more() -> None:
    ngoc = citizen(assurance=1)

    facts = queries.proved_facts(person_of(ngoc))

    assert ngoc.assurance == 1
    assert set(facts) == {
        "applicant.full_name",
        "applicant.personal_id",
        "applicant.born_on",
        "applicant.sex",
        "applicant.phone",
    }


def test_a_level_1_sign_in_changes_nothing_that_level_2_proved() -> None:
    chiu = citizen()

    citizen(assurance=1, at=AT + timedelta(days=1), born_on=date(1990, 1, 1), ethnicity="Kinh")

    facts = queries.proved_facts(person_of(chiu))
    assert (facts["applicant.born_on"], facts["applicant.ethnicity"]) == ("1991-03-14", "Dao")


def test_a_birth_date_known_only_by_its_year_is_not_offered_as_a_day() -> None:
    hoa = citizen(born_on=date(1950, 1, 1), born_precision="year")

    assert "applicant.born_on" not in queries.proved_facts(person_of(hoa))
    assert queries.person(person_of(hoa)).born_precision == "year"


def test_the_same_person_comes_back_to_the_same_account_however_the_name_is_written() -> None:
    first = citizen(full_name="Phạm Thị Hoà")

    second = citizen(full_name="PHẠM THỊ HÒA", subject="another-subject")

    assert (second.account_id, second.person_id) == (first.account_id, first.person_id)


def test_another_name_for_the_same_number_is_refused_and_nothing_changes() -> None:
    chiu = citizen()
    before = Person.objects.values().get()

    with pytest.raises(IdentityContradicts):
        citizen(full_name="Hoàng Văn Chiu", ethnicity="Kinh", subject="x")

    assert Person.objects.values().get() == before
    assert Account.objects.get().pk == chiu.account_id


def test_a_providers_account_that_changes_its_number_is_refused() -> None:
    citizen()

    with pytest.raises(IdentityContradicts):
        citizen("000195000102", full_name="La Thị Nga", subject="sub-000191000101")

    assert Person.objects.count() == 1


def test_a_closed_citizens_account_stays_closed() -> None:
    citizen()
    Account.objects.update(is_active=False)

    with pytest.raises(AccountClosedAlready):
        citizen()


def test_only_the_system_receives_identities() -> None:
    lan = actor(officer("lan", role="system_operator"))

    with pytest.raises(NotAllowed):
        actions.receive_identity(actor=lan, at=AT, identity=identity())

    assert Person.objects.count() == 0


def test_nothing_but_the_link_to_the_provider_is_kept_of_its_answer() -> None:
    chiu = Account.objects.get(pk=citizen().account_id)

    assert chiu.socialaccount_set.get().extra_data == {}
    assert not chiu.has_usable_password()


def test_people_choose_how_to_be_reached_and_no_provider_overwrites_it() -> None:
    chiu = citizen()

    actions.update_contact(actor=chiu, at=AT, person_id=person_of(chiu), phone="+84 912 345 678")
    citizen(phone="0900000999", at=AT + timedelta(days=1))

    assert queries.proved_facts(person_of(chiu))["applicant.phone"] == "0912345678"
    assert queries.fact_sources(person_of(chiu))["applicant.phone"].source == "self"


def test_nobody_else_changes_how_a_person_is_reached() -> None:
    chiu = citizen()
    for refused in (citizen("000195000102", full_name="La Thị Nga"), actor(officer("lan"))):
        with pytest.raises(NotAllowed):
            actions.update_contact(actor=refused, at=AT, person_id=person_of(chiu), phone="")
    assert queries.person(person_of(chiu)).phone == "0900000101"


def test_a_malformed_phone_or_address_is_refused() -> None:
    chiu = citizen()

    with pytest.raises(PhoneMalformed):
        actions.update_contact(actor=chiu, at=AT, person_id=person_of(chiu), phone="12345")
    with pytest.raises(EmailMalformed):
        actions.update_contact(actor=chiu, at=AT, person_id=person_of(chiu), email="chiu@")

    assert queries.person(person_of(chiu)).phone == "0900000101"


def seen_by(who: Actor) -> set[str]:
    return set(Person.objects.visible_to(who).values_list("full_name", flat=True))


def test_everyone_sees_only_whom_they_may() -> None:
    chiu = citizen()
    nga = citizen("000195000102", full_name="La Thị Nga", residence_commune="06673")
    actions.introduce(
        actor=nga,
        at=AT,
        person_id=person_of(nga),
        agency_id=agency("health_department", "22", name="Sở Y tế"),
    )
    health = agency("health_department", "22")

    assert seen_by(chiu) == {"Hoàng Văn Chíu"}
    assert seen_by(ANONYMOUS) == set()
    assert seen_by(SYSTEM) == {"Hoàng Văn Chíu", "La Thị Nga"}
    assert seen_by(actor(officer("lan"))) == {"Hoàng Văn Chíu"}
    assert seen_by(actor(officer("chu-tich", role="chairperson"))) == set()
    assert seen_by(actor(officer("so-y-te", role="specialist", agency_id=health))) == {"La Thị Nga"}
    assert seen_by(actor(officer("cu-roi", until_on=date(2026, 1, 2)))) == set()


def test_absent_and_not_yours_are_the_same_refusal() -> None:
    chiu, nga = citizen(), citizen("000195000102", full_name="La Thị Nga")

    for person_id in (person_of(nga), uuid4()):
        with pytest.raises(NotFound):
            queries.access_person(actor=chiu, person_id=person_id)
    assert queries.access_person(actor=chiu, person_id=person_of(chiu)).full_name == "Hoàng Văn Chíu"
    assert queries.person_by_personal_id(actor=chiu, personal_id="000195000102") is None


def test_a_citizen_introduces_nobody_but_themselves() -> None:
    chiu, nga = citizen(), citizen("000195000102", full_name="La Thị Nga")

    with pytest.raises(NotFound):
        actions.introduce(actor=chiu, at=AT, person_id=person_of(nga), agency_id=agency())

    assert Person.objects.get(pk=nga.person_id).contacts.count() == 0


@pytest.mark.parametrize(
    "words", ["chiu", "HOANG VAN", "Hoàng  chíu", "văn ch", "000191000101", "000 191 000 101"]
)
def test_search_finds_a_name_however_it_is_typed(words: str) -> None:
    citizen()
    citizen("000195000102", full_name="La Thị Nga")

    found = queries.search_persons(actor=actor(officer("lan")), words=words)

    assert [entry.full_name for entry in found] == ["Hoàng Văn Chíu"]


@pytest.mark.parametrize("words", ["", "   ", "' | :*", "xyz", "00019100010"])
def test_search_finds_nothing_for_nothing(words: str) -> None:
    citizen()

    assert queries.search_persons(actor=actor(officer("lan")), words=words) == ()


def test_search_finds_only_whom_one_may_see_in_the_order_of_given_names() -> None:
    for number, name in (("1", "Trần Văn Bình"), ("2", "Lê Thị An"), ("3", "An Văn Chi")):
        citizen(f"00019100020{number}", full_name=name)
    citizen("000191000204", full_name="Bùi An", residence_commune="06673")

    found = queries.search_persons(actor=actor(officer("lan")), words="an")

    assert [entry.full_name for entry in found] == ["Lê Thị An", "An Văn Chi"]


def test_a_look_is_told_to_the_person_and_to_nobody_else() -> None:
    chiu, lan = citizen(), actor(officer("lan"))
    dossier = uuid4()

    actions.note_access(
        actor=lan, at=AT, person_id=person_of(chiu), purpose="dossier", subject_id=dossier, reason="Thẩm định"
    )

    (look,) = queries.who_looked_at(actor=chiu, person_id=person_of(chiu))
    assert (look.actor_name, look.agency_name, look.purpose) == ("Cán bộ lan", "UBND xã Bình Liêu", "dossier")
    assert (look.subject_id, look.reason, look.at) == (dossier, "Thẩm định", AT)
    for refused in (lan, citizen("000195000102", full_name="La Thị Nga"), ANONYMOUS):
        with pytest.raises(NotFound):
            queries.who_looked_at(actor=refused, person_id=person_of(chiu))


def test_looking_at_oneself_is_not_noted() -> None:
    chiu = citizen()

    actions.note_access(actor=chiu, at=AT, person_id=person_of(chiu), purpose="support")

    assert PersonAccess.objects.count() == 0


def test_a_look_without_a_known_purpose_is_a_mistake_of_the_program() -> None:
    chiu, lan = citizen(), actor(officer("lan"))

    with pytest.raises(ValueError, match="curiosity"):
        actions.note_access(actor=lan, at=AT, person_id=person_of(chiu), purpose="curiosity")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_forbids_changing_who_looked(change: str) -> None:
    chiu, lan = citizen(), actor(officer("lan"))
    actions.note_access(actor=lan, at=AT, person_id=person_of(chiu), purpose="dossier")

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        if change == "update":
            PersonAccess.objects.update(purpose="x")
        else:
            PersonAccess.objects.all().delete()
    assert PersonAccess.objects.get().purpose == "dossier"


def test_the_representative_of_one_organisation_need_not_type_its_name() -> None:
    chiu, lan = citizen(), actor(officer("lan"))

    def record(tax_code: str, name: str) -> None:
        actions.record_organisation(
            actor=lan,
            at=AT,
            agency_id=agency(),
            tax_code=tax_code,
            name=name,
            representative_person_id=chiu.person_id,
        )

    record("0100000001", "Hợp tác xã Dong Riềng")
    assert queries.proved_facts(person_of(chiu))["applicant.organisation_name"] == "Hợp tác xã Dong Riềng"

    record("0100000002", "Hợp tác xã Miến Dong")
    assert "applicant.organisation_name" not in queries.proved_facts(person_of(chiu))


def test_an_organisation_is_recorded_once_by_the_counter_and_by_a_sound_number() -> None:
    lan, head = actor(officer("lan")), actor(officer("chu-tich", role="chairperson"))
    paper = {"at": AT, "agency_id": agency(), "name": "HTX"}

    with pytest.raises(NotAllowed):
        actions.record_organisation(actor=head, tax_code="0100000001", **paper)
    with pytest.raises(TaxCodeMalformed):
        actions.record_organisation(actor=lan, tax_code="010000000", **paper)
    assert not Organisation.objects.exists()

    first = actions.record_organisation(actor=lan, tax_code="0100000001", **paper)
    assert actions.record_organisation(actor=lan, tax_code="0100000001", **paper) == first
