"""Corrections, own records, consents, sources and figures through the API, as pages have them."""

from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import registers_kit
from tests.api_kit import Caller
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tinhso.registers.consents import needs
from tinhso.registers.models import Consent, Correction, RecordVersion

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
NUMBER = "022191004512"
PARCEL = {
    "place.unit": kit.BINH_LIEU,
    "map.sheet": "12",
    "parcel.number": "7",
    "area": "500",
    "use": "ont",
    "certificate.number": "CT 774512",
    "certificate.on": "2015-03-12",
    "party.full_name": "Trần Thị Hòa",
    "party.personal_id": NUMBER,
}


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def parcel(**changes: object) -> UUID:
    return registers_kit.enter({**PARCEL, **changes}, register="land.parcels").record_id


def test_a_request_goes_from_asking_to_the_corrected_record(province: Province) -> None:
    record_id = parcel()
    mine = Caller(province.citizen(NUMBER))
    body = {"record_id": str(record_id), "field": "area", "right": "512.5", "proof": "Bản đo năm 2024"}
    made = mine.ask("POST", "/corrections", body)
    assert made.status_code == 201, made.content
    one = f"/corrections/{made.json()['id']}"
    assert mine.ask("POST", "/corrections", body).status_code == 409
    assert mine.ask("POST", f"{one}/verify", {}).status_code == 403

    office = Caller(province.officer("specialist", "land_registry"))
    assert [item["number"] for item in office.read("/corrections?state=open")["items"]] == [
        made.json()["number"]
    ]
    assert office.ask("POST", f"{one}/settle", {}).status_code == 409
    assert office.ask("POST", f"{one}/question", {"text": "Bản nào?", "revision": 1}).status_code == 200
    assert mine.ask("POST", f"{one}/answer", {"text": "Bản trích đo"}).status_code == 200
    assert office.ask("POST", f"{one}/verify", {"revision": 2}).status_code == 409
    assert office.ask("POST", f"{one}/verify", {"revision": 3}).status_code == 200
    done = office.ask("POST", f"{one}/settle", {}).json()
    assert (done["state"], done["said"], done["right"]) == ("done", "500", "512.5")
    assert RecordVersion.objects.now().get(record_id=record_id).values["area"] == "512.5"
    assert mine.read("/me/records")["items"][0]["source"] == "ticket"


def test_many_requests_come_at_once_and_lists_come_in_pages(province: Province) -> None:
    ids = [parcel(**{"parcel.number": str(number)}) for number in range(1, 6)]
    office = Caller(province.officer("specialist", "land_registry"))
    items = [{"record_id": str(one), "field": "area", "right": "512.5", "proof": "Đo lại"} for one in ids]
    answer = office.ask("POST", "/corrections/batches", {"items": [*items, items[0]]})
    assert answer.status_code == 201, answer.content
    assert len(answer.json()["correction_ids"]) == 5
    assert [one["row"] for one in answer.json()["wrong"]] == [6]
    seen, address = [], "/corrections?limit=2"
    while address:
        page = office.read(address)
        seen += [one["id"] for one in page["items"]]
        address = f"/corrections?limit=2&cursor={page['next_cursor']}" if page["next_cursor"] else ""
    assert sorted(seen) == sorted(str(row.pk) for row in Correction.objects.all())


def test_consent_sources_extracts_and_figures_are_told(province: Province) -> None:
    parcel()
    citizen = province.citizen(NUMBER)
    mine = Caller(citizen)
    card = kit.begin(province, citizen, "1.014137")
    (lacking,) = mine.read(f"/drafts/{card}/consents")["items"]
    assert lacking["digest"] == needs(kit.procedure("1.014137"), "vi")[0].digest
    given = {"register_id": lacking["register_id"], "digest": lacking["digest"]}
    assert mine.ask("POST", f"/drafts/{card}/consents", given | {"digest": "0"}).status_code == 409
    assert mine.ask("POST", f"/drafts/{card}/consents", given).status_code == 201
    (consent,) = mine.read("/me/consents")["items"]
    assert consent["wording"] == lacking["wording"]
    assert mine.ask("POST", f"/me/consents/{consent['id']}/revoke").status_code == 204
    assert Consent.objects.get().revoked_at is not None

    filed = kit.filed(province, citizen, "1.013225")
    office = Caller(province.officer("one_stop"))
    sources = {one["question"]: one for one in office.read(f"/dossiers/{filed.dossier_id}/sources")["items"]}
    assert sources["site.certificate_number"]["agrees"] is True
    assert sources["site.certificate_on"]["agrees"] is False
    (extract,) = office.read(f"/dossiers/{filed.dossier_id}/extracts")["items"]
    assert (extract["paper"], extract["values"]["certificate.number"]) == ("land_certificate", "CT 774512")
    (figures,) = office.read("/once-only")["items"]
    assert (figures["procedure_code"], figures["saved"], figures["differing"]) == ("1.013225", 1, 1)
    (behind,) = office.read("/once-only/1.013225/dossiers")["items"]
    assert behind["dossier_id"] == str(filed.dossier_id)
    assert mine.read("/me/register-looks")["items"]
