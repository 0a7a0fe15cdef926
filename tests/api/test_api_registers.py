"""Registers through the API: found, read, changed as at the desk; no field more than its reader sees."""

from typing import Any

import pytest
from django.core.cache import cache

from tests import people_kit
from tests import registers_kit as kit
from tests.api_kit import Caller, code_of, token_for
from tests.registers_kit import AT, BIRTHS, HONG_GAI, PARCELS, SCHOOLS
from tinhso.edge.limits import RECORD
from tinhso.people.models import PersonAccess
from tinhso.people.types import ANONYMOUS
from tinhso.registers.actions.seek_twins import seek_twins
from tinhso.registers.models import LikelyTwin, Record, RecordVersion

pytestmark = pytest.mark.django_db
PARCEL = {
    "place.unit": kit.BINH_LIEU,
    "map.sheet": "12",
    "parcel.number": "34",
    "area": "120.5",
    "use": "ont",
    "party.full_name": "Triệu Văn Phúc",
    "party.personal_id": "022078004455",
}


@pytest.fixture
def registrar() -> Caller:
    return Caller(kit.registrar())


@pytest.fixture
def settler() -> Caller:
    """Who may write and settle schools of the commune."""
    return Caller(kit.officer("specialist"))


def titles(page: Any) -> list[str]:
    return [one["title"] for one in page["items"]]


def test_each_sees_the_registers_and_fields_that_are_theirs(registrar: Caller) -> None:
    public = {one["id"] for one in Caller().read("/registers?limit=100")["items"]}
    assert SCHOOLS in public
    assert BIRTHS not in public
    assert BIRTHS in {one["id"] for one in registrar.read("/registers?limit=100")["items"]}
    hidden = Caller().ask("GET", f"/registers/{BIRTHS}")
    absent = Caller().ask("GET", "/registers/no.such")
    assert (hidden.status_code, code_of(hidden)) == (absent.status_code, code_of(absent))

    school = Caller().read(f"/registers/{SCHOOLS}")
    assert "head.full_name" not in {one["id"] for one in school["fields"]}
    assert school["may_enter"] is False
    assert all(one["is_public"] for one in school["fields"])


def test_records_are_found_as_on_the_page(registrar: Caller) -> None:
    kit.enter(kit.birth())
    kit.enter(kit.birth(**{"registered.unit": HONG_GAI, "child.full_name": "Lê Văn Bình"}))
    here = f"/registers/{BIRTHS}/records"

    found = registrar.read(f"{here}?q=mai+an&filter=child.sex:female&count=true")
    assert (found["count"], titles(found)) == (1, ["Nguyễn Thị Mai An, 2026-03-01"])
    assert registrar.read(f"{here}?q=binh")["items"] == []
    assert registrar.read(f"{here}?unit={HONG_GAI}")["items"] == []
    assert registrar.read(f"{here}?valid=2026-03-09")["items"] == []
    counted = registrar.read(f"/registers/{BIRTHS}/units")["items"]
    assert counted == [{"unit_code": kit.BINH_LIEU, "records": 1}]
    refused = registrar.ask("GET", f"{here}?filter=mother.full_name:x")
    assert (refused.status_code, code_of(refused)) == (422, "record-field-not-askable")
    assert Caller().ask("GET", here).status_code == 404


def test_pages_go_on_behind_the_last_record(settler: Caller) -> None:
    ids = [str(kit.school(f"2200{place}", f"Trường {place}")) for place in range(5)]
    seen, path = [], f"/registers/{SCHOOLS}/records?limit=2"
    while path:
        page = settler.read(path)
        seen += [one["id"] for one in page["items"]]
        kit.school(f"2300{len(seen)}", "Trường đến sau")
        path = (page["next"] or "").partition("/api/v1")[2] if len(seen) < 5 else ""
    assert seen[:5] == ids
    assert settler.ask("GET", f"/registers/{SCHOOLS}/records?cursor=x").status_code == 422


def test_a_box_is_read_or_refused(settler: Caller) -> None:
    place = {"type": "Point", "coordinates": [107.39, 21.52]}
    kit.school("22001", "Trường A", more={"place": place})
    here = f"/registers/{SCHOOLS}/records"
    (found,) = settler.read(f"{here}?bbox=107.3,21.4,107.5,21.6")["items"]
    assert found["geometry"] == place
    assert settler.read(f"{here}?bbox=106,20,107,21")["items"] == []
    assert settler.read(f"{here}?bbox=170,20,107.5,22")["items"] == [found]
    for box in ("1,2,3", "a,b,c,d", "1,5,2,4", "nan,1,2,3"):
        refused = settler.ask("GET", f"{here}?bbox={box}")
        assert (refused.status_code, code_of(refused)) == (400, "bbox-unreadable")


def test_what_may_only_be_asked_by_its_key_is_not_listed_to_the_public() -> None:
    record_id = kit.enter(PARCEL, register=PARCELS).record_id
    public, clerk = Caller(), Caller(kit.officer("specialist"))
    here = f"/registers/{PARCELS}"

    assert public.read(f"{here}/records?count=true")["items"] == []
    assert public.read(f"{here}/records?count=true")["count"] == 0
    one = public.read(f"{here}/record?key=06838-12-34")
    assert one["values"]["area"] == "120.5"
    assert set(one["values"]) == {"place.unit", "map.sheet", "parcel.number", "area", "use"}
    assert (one["hidden"], one["reason"], one["reference"]) == (0, "", "")
    assert public.ask("GET", f"{here}/record?key=06838-12-35").status_code == 404
    assert len(clerk.read(f"{here}/records")["items"]) == 1
    assert clerk.read(f"/records/{record_id}")["values"]["party.full_name"] == "Triệu Văn Phúc"


def test_nobody_tries_key_after_key() -> None:
    kit.enter(PARCEL, register=PARCELS)
    here = f"/registers/{PARCELS}/record?key=06838-12-35"
    cache.set("tries:record:127.0.0.1", RECORD.most, RECORD.seconds)
    assert Caller().ask("GET", here).status_code == 429
    assert Caller(kit.officer("specialist")).ask("GET", here).status_code == 404
    cache.delete("tries:record:127.0.0.1")


def test_a_record_is_entered_corrected_cancelled_and_restored(settler: Caller) -> None:
    values = {
        "school.code": "22001",
        "school.name": "Trường A",
        "level": "primary",
        "place.unit": kit.BINH_LIEU,
    }
    made = settler.send(f"/registers/{SCHOOLS}/records", {"values": values, "since": "2026-03-01"})
    assert made.status_code == 201
    here, tag = f"/records/{made.json()['id']}", made["ETag"]

    grown = settler.send(
        f"{here}/correct",
        {"changes": {"pupils": 250}, "reason": "Năm học mới", "since": "2026-09-05"},
        If_Match=tag,
    )
    assert grown.json()["values"]["pupils"] == 250
    late = settler.send(f"{here}/correct", {"changes": {"pupils": 260}, "reason": "x"}, If_Match=tag)
    assert (late.status_code, code_of(late)) == (412, "record-stale")
    past = settler.send(
        f"{here}/correct-past", {"changes": {"school.name": "Trường B"}, "reason": "Ghi nhầm"}
    )
    assert past.json()["title"] == "Trường B"
    assert settler.read(f"{here}?valid=2026-04-01")["values"].get("pupils") is None
    assert settler.send(f"{here}/confirm", If_Match=past["ETag"]).status_code == 200
    assert settler.send(f"{here}/cancel", {"reason": "Giải thể"}).json()["state"] == "cancelled"
    assert settler.send(f"{here}/confirm").status_code == 409
    assert settler.send(f"{here}/restore", {"reason": "Hủy nhầm"}).json()["state"] == "in_force"
    newest = settler.read(f"{here}/history")["items"][0]
    assert newest["version"]["reason"] == "Hủy nhầm"
    assert Caller().read(f"{here}/history")["items"][0]["version"]["reason"] == ""


def test_the_public_is_not_told_what_was_put_right(settler: Caller) -> None:
    record_id = kit.school("22001", "Trường Nhầm Tên")
    body = {"changes": {"school.name": "Trường Đúng Tên"}, "reason": "Ghi nhầm"}
    settler.send(f"/records/{record_id}/correct-past", body)

    assert "Nhầm" in str(settler.read(f"/records/{record_id}/history"))
    assert "Nhầm" not in str(Caller().read(f"/records/{record_id}/history"))
    before = f"/records/{record_id}?known=2026-03-11T00:00:00Z"
    assert settler.read(before)["title"] == "Trường Nhầm Tên"
    assert Caller().ask("GET", before).status_code == 404


def test_whom_a_record_is_about_reads_who_looked_at_it(registrar: Caller) -> None:
    mother = people_kit.citizen("022191004512")
    record_id = kit.enter(kit.birth()).record_id
    Caller(mother).read(f"/records/{record_id}")
    assert PersonAccess.objects.filter(purpose="register").count() == 0

    registrar.read(f"/records/{record_id}")

    (look,) = PersonAccess.objects.filter(purpose="register")
    assert (look.person_id, look.subject_id) == (mother.person_id, record_id)
    assert look.reason == "Sổ đăng ký khai sinh"


def test_two_become_one_and_one_becomes_two(settler: Caller) -> None:
    first, second = kit.school("22001", "Trường A"), kit.school("22002", "Trường A (cũ)")
    branch = kit.school("22003", "Điểm trường", more={"school.main": str(second)})

    merged = settler.send(f"/records/{first}/merge", {"loser_id": str(second), "reason": "Một trường"})
    assert merged.json()["id"] == str(first)
    assert settler.read(f"/records/{second}")["merged_into"] == str(first)
    assert settler.read(f"/registers/{SCHOOLS}/record?key=22002")["id"] == str(first)
    (related,) = settler.read(f"/records/{first}/related")["items"]
    assert (related["field"], related["record"]["id"]) == ("school.main", str(branch))

    parts = [{"school.code": "22011", "school.name": "Trường A1"}, {"school.code": "22012"}]
    split = settler.send(f"/records/{first}/split", {"parts": parts, "reason": "Tách trường"})
    assert titles(split.json()) == ["Trường A1", "Trường A"]
    assert settler.read(f"/records/{first}")["state"] == "split"
    few = settler.send(f"/records/{branch}/split", {"parts": [{}], "reason": "x"})
    assert (few.status_code, code_of(few)) == (422, "record-too-few-parts")


def test_the_same_key_enters_one_record(settler: Caller) -> None:
    values = {
        "school.code": "22001",
        "school.name": "Trường A",
        "level": "primary",
        "place.unit": kit.BINH_LIEU,
    }
    sent = [
        settler.send(f"/registers/{SCHOOLS}/records", {"values": values}, Idempotency_Key="k1")
        for _time in range(2)
    ]
    assert [one.status_code for one in sent] == [201, 201]
    assert sent[1]["Idempotency-Replayed"] == "true"
    assert Record.objects.count() == 1


@pytest.mark.parametrize("role", ["anonymous", "other", "reader"])
def test_nobody_else_writes(role: str) -> None:
    record_id = kit.school("22001", "Trường A")
    actor = {
        "anonymous": lambda: ANONYMOUS,
        "other": lambda: kit.officer("specialist", unit=HONG_GAI),
        "reader": lambda: kit.officer("chairperson"),
    }[role]()
    caller = Caller(actor)
    sent = [
        caller.send(f"/registers/{SCHOOLS}/records", {"values": {}}),
        caller.send(f"/records/{record_id}/correct", {"changes": {"pupils": 1}, "reason": "x"}),
        caller.send(f"/records/{record_id}/correct-past", {"changes": {"pupils": 1}, "reason": "x"}),
        caller.send(f"/records/{record_id}/cancel", {"reason": "x"}),
        caller.send(f"/records/{record_id}/confirm"),
        caller.send(f"/records/{record_id}/split", {"parts": [{}, {}], "reason": "x"}),
    ]
    codes = [one.status_code for one in sent[1:]]
    assert codes == [401 if role == "anonymous" else 403] * 5
    assert sent[0].status_code in (401, 403, 422)
    assert RecordVersion.objects.count() == 1


def test_a_token_that_only_reads_changes_nothing() -> None:
    officer = kit.officer("specialist")
    posts = tuple(post.id for post in officer.posts)
    machine = Caller(token=token_for(officer, at=AT, post_ids=posts))
    assert machine.ask("POST", f"/registers/{SCHOOLS}/records", {"values": {}}).status_code in (401, 403)
    assert Record.objects.count() == 0


def test_quality_is_for_who_reads_by_a_post(registrar: Caller) -> None:
    record_id = kit.enter(kit.birth()).record_id
    here = f"/registers/{BIRTHS}"
    told = registrar.read(f"{here}/quality")
    assert told["records"] == 1
    assert {one["kind"] for one in told["scores"]} == {"correct", "complete", "clean", "alive"}
    rules = [one["rule"] for one in told["rules"] if one["failing"]]
    for rule in rules:
        failing = registrar.read(f"{here}/quality/{rule}/records")
        assert [one["id"] for one in failing["items"]] == [str(record_id)]
    assert registrar.read(f"{here}/quality-trend?kind=complete&since=2026-01-01") == {"items": []}
    assert Caller().ask("GET", f"{here}/quality").status_code == 401
    schools = Caller(kit.officer("one_stop")).ask("GET", f"/registers/{SCHOOLS}/quality")
    assert schools.status_code == 403


def test_a_likely_pair_is_decided_once(registrar: Caller) -> None:
    kit.enter(kit.birth())
    kit.enter(kit.birth(**{"certificate.number": "13/KS", "child.personal_id": ""}))
    seek_twins(actor=kit.SYSTEM, at=AT, register_id=BIRTHS)
    here = f"/registers/{BIRTHS}/twins"
    (pair,) = registrar.read(here)["items"]
    assert pair["likeness"] >= 88
    assert pair["first"]["register_id"] == BIRTHS

    decide = f"/register-twins/{pair['id']}/decide"
    assert Caller(kit.officer("one_stop")).send(decide, {"are_one": True}).status_code == 403
    assert Caller(kit.officer("one_stop", unit=HONG_GAI)).send(decide, {"are_one": True}).status_code == 404
    assert LikelyTwin.objects.get().decision == LikelyTwin.Decision.OPEN
    assert registrar.send(decide, {"are_one": False}).status_code == 204
    assert LikelyTwin.objects.get().decision == LikelyTwin.Decision.TWO
    assert registrar.read(here)["items"] == []
