"""The one-stop counter, mandates and one's own settings, through the API."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.api_kit import Caller, code_of
from tests.dossiers_kit import BINH_LIEU, BIRTH, COPY, Province
from tinhso.edge.limits import Limit
from tinhso.people.models import AgencyContact, Mandate, Organisation, Person, PersonAccess
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
CARD = {
    "personal_id": "000201000777",
    "full_name": "Chìu Thị Mai",
    "born_on": "2001-05-06",
    "sex": "female",
    "residence_commune": BINH_LIEU,
}
WHY = "Nộp hồ sơ khai sinh tại quầy"
SHOWN = "Công dân có mặt, đã xuất trình thẻ căn cước."
NGA = {"agent_personal_id": "000 195 000 102", "agent_name": "la thi nga", "days": 30, "evidence": "Đi vắng."}


def desk_of(province: Province) -> tuple[Caller, str]:
    """Return the counter and its agency."""
    officer = province.officer("one_stop")
    return Caller(officer), str(officer.posts[0].agency_id)


def written_down(counter: Caller, agency: str, **card: Any) -> Any:
    return counter.send("/counter/persons", {"agency_id": agency, "reason": WHY, "person": CARD | card})


def test_a_person_is_written_down_assisted_and_their_form_begun(province: Province) -> None:
    counter, agency = desk_of(province)
    made = written_down(counter, agency)
    assert made.status_code == 201, made.content
    person = made.json()["id"]
    assert made["Location"].endswith(person)
    assert PersonAccess.objects.get(person_id=person).reason == WHY

    helped = counter.send(
        f"/counter/persons/{person}/assist", {"agency_id": agency, "evidence": SHOWN, "scope": [BIRTH]}
    )
    assert helped.status_code == 201, helped.content
    assert helped.json()["until_at"]

    begin = {"unit_code": BINH_LIEU, "applicant_id": person, "channel": "counter"}
    begun = counter.send("/drafts", begin | {"procedure_code": BIRTH})
    assert (begun.status_code, begun.json()["applicant_name"]) == (201, "Chìu Thị Mai")
    beyond = counter.send("/drafts", begin | {"procedure_code": COPY})
    assert (beyond.status_code, code_of(beyond)) == (403, "mandate-missing")


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ({"personal_id": "00020100077"}, "personal-id-malformed"),
        ({"full_name": "Mai"}, "name-incomplete"),
        ({"born_on": "2999-01-01"}, "birth-impossible"),
        ({"residence_commune": "99999"}, "commune-unknown"),
        ({"sex": "x"}, "invalid"),
    ],
)
def test_a_card_misread_is_refused_and_nobody_written_down(
    province: Province, card: dict[str, Any], code: str
) -> None:
    counter, agency = desk_of(province)
    before = Person.objects.count()
    refused = written_down(counter, agency, **card)
    assert (refused.status_code, code_of(refused)) == (422, code)
    assert (Person.objects.count(), PersonAccess.objects.count()) == (before, 0)


def test_a_search_finds_whom_the_counter_may_see_and_notes_why(province: Province) -> None:
    counter, agency = desk_of(province)
    person = written_down(counter, agency).json()["id"]
    asked = {"agency_id": agency, "reason": "Tìm người đến nộp bổ sung", "words": "chiu mai"}

    (found,) = counter.send("/counter/search", asked).json()["items"]

    assert found["id"] == person
    assert "personal_id" not in found
    look = PersonAccess.objects.filter(person_id=person).latest("pk")
    assert (look.purpose, look.reason) == ("search", asked["reason"])
    elsewhere = province.officer("one_stop", unit="06652")
    other = {**asked, "agency_id": str(elsewhere.posts[0].agency_id)}
    assert Caller(elsewhere).send("/counter/search", other).json()["items"] == []
    assert Caller(elsewhere).send("/counter/search", asked).status_code == 403
    assert PersonAccess.objects.filter(person_id=person).count() == 2


def test_a_person_is_read_with_a_reason(province: Province) -> None:
    counter, agency = desk_of(province)
    person = written_down(counter, agency).json()["id"]
    path = f"/counter/persons/{person}?agency_id={agency}"
    assert counter.ask("GET", path).status_code == 422
    assert counter.read(f"{path}&reason=Đối chiếu thẻ căn cước")["personal_id"] == CARD["personal_id"]
    assert PersonAccess.objects.filter(person_id=person, reason="Đối chiếu thẻ căn cước").exists()


def test_a_resident_is_introduced_to_the_counter_s_own_agency_only(province: Province) -> None:
    counter, agency = desk_of(province)
    resident = province.citizen()
    path = f"/counter/persons/{resident.person_id}/introduce"
    assert counter.send(path, {"agency_id": str(UUID(int=5))}).status_code == 403
    assert not AgencyContact.objects.filter(person_id=resident.person_id).exists()
    for _ in range(2):
        assert counter.send(path, {"agency_id": agency}).status_code == 204
    assert AgencyContact.objects.filter(person_id=resident.person_id, agency_id=agency).count() == 1


def test_an_organisation_and_its_representative_are_recorded_and_shown_to_them(province: Province) -> None:
    counter, agency = desk_of(province)
    citizen = province.citizen()
    asked = {"agency_id": agency, "tax_code": "5701234567", "name": "HTX Miến dong Bình Liêu"}
    made = counter.send("/counter/organisations", asked)
    assert made.status_code == 201, made.content
    mandate = {
        "agency_id": agency,
        "kind": "representative",
        "agent_person_id": str(citizen.person_id),
        "principal_organisation_id": made.json()["organisation_id"],
        "evidence": "Giấy chứng nhận đăng ký hợp tác xã số 12.",
    }
    assert counter.send("/counter/mandates", mandate).status_code == 201

    (own,) = Caller(citizen).read("/me/organisations")["items"]
    assert (own["tax_code"], own["name"]) == ("5701234567", "HTX Miến dong Bình Liêu")
    shown = f"/counter/persons/{citizen.person_id}/organisations?agency_id={agency}&reason={WHY}"
    assert [one["id"] for one in counter.read(shown)["items"]] == [own["id"]]
    wrong = counter.send("/counter/organisations", asked | {"tax_code": "123"})
    assert (wrong.status_code, code_of(wrong)) == (422, "tax-code-malformed")
    assert Organisation.objects.count() == 1
    search = {"agency_id": agency, "tax_code": "5701234567"}
    assert len(counter.send("/counter/organisations/search", search).json()["items"]) == 1


# Mandates


def given(province: Province, owner: Actor, **changes: Any) -> Any:
    province.citizen("000195000102", full_name="La Thị Nga")
    return Caller(owner).send("/mandates", NGA | changes)


def test_a_mandate_is_given_for_chosen_procedures_seen_and_ended(province: Province) -> None:
    owner = province.citizen()
    made = given(province, owner, scope=[BIRTH])
    assert made.status_code == 201, made.content
    agent = Caller(province.citizen("000195000102", full_name="La Thị Nga"))

    (shown,) = Caller(owner).read("/me/mandates")["given"]
    assert (shown["agent_name"], shown["scope"]) == ("La Thị Nga", [BIRTH])
    (held,) = agent.read("/me/mandates")["held"]
    assert (held["id"], held["principal_name"]) == (made.json()["id"], owner.full_name)
    stranger = Caller(province.citizen("000188000103", full_name="Vũ Thị Hạnh"))
    assert stranger.send(f"/mandates/{held['id']}/revoke").status_code == 404
    assert Mandate.objects.get().revoked_at is None
    assert agent.send(f"/mandates/{held['id']}/revoke").status_code == 204
    assert Caller(owner).read("/me/mandates")["given"] == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"scope": ["9.999999"]}, "scope-unknown"),
        ({"agent_name": "La Thị Ngà Ngà"}, "agent-unknown"),
        ({"days": 400}, "invalid"),
        ({"evidence": " "}, "mandate-malformed"),
    ],
)
def test_a_mandate_that_makes_no_sense_is_refused(
    province: Province, changes: dict[str, Any], code: str
) -> None:
    refused = given(province, province.citizen(), **changes)
    assert (refused.status_code, code_of(refused)) == (422, code)
    assert not Mandate.objects.exists()


def test_guessing_at_numbers_is_stopped(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinhso.api.v1.mandates.routes.AGENT", Limit("agent", 1, 3600))
    owner = province.citizen()
    wrong = [given(province, owner, agent_name="Ai Đó") for _ in range(2)]
    assert [answer.status_code for answer in wrong] == [422, 429]


def test_a_mandate_ends_at_a_midnight(province: Province) -> None:
    until = given(province, province.citizen(), days=1).json()["until_at"]
    assert until.endswith(("T17:00:00Z", "T00:00:00+07:00"))
    assert Mandate.objects.get().until_at - province.at <= timedelta(days=2)


# One's own settings


def test_one_chooses_how_one_is_reached(province: Province) -> None:
    caller = Caller(province.citizen())
    assert caller.ask("PATCH", "/me/contact", {"phone": "0912 345 678"}).status_code == 204
    facts = {fact["name"]: fact["value"] for fact in caller.read("/me/facts")["items"]}
    assert facts["applicant.phone"] == "0912345678"
    wrong = caller.ask("PATCH", "/me/contact", {"phone": "12"})
    assert (wrong.status_code, code_of(wrong)) == (422, "phone-malformed")
    assert caller.ask("PUT", "/me/channels", {"email": False, "sms": True}).status_code == 200
    assert caller.read("/me/channels") == {"email": False, "sms": True}
    assert caller.ask("PUT", "/me/language", {"language": "en"}).status_code == 204
    assert caller.ask("PUT", "/me/language", {"language": "fr"}).status_code == 422
