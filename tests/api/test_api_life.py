"""A birth registered through the API alone, from the catalogue to a PDF that verifies."""

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import dossiers_kit as kit
from tests.api_kit import ROOT, Caller, code_of
from tests.dossiers_kit import BINH_LIEU, BIRTH, COPY, Province
from tests.papers_samples import photo
from tinhso.dossiers.models import Dossier, Draft
from tinhso.kernel.models import LedgerEntry
from tinhso.people.models import PersonAccess

pytestmark = pytest.mark.django_db
WHY = "Thiếu chữ ký của cha trên tờ khai."


def draft_of(caller: Caller, code: str) -> str:
    made = caller.send("/drafts", {"procedure_code": code, "unit_code": BINH_LIEU})
    assert made.status_code == 201, made.content
    assert made["Location"] == f"{ROOT}/drafts/{made.json()['id']}"
    return str(made.json()["id"])


def filled_in(caller: Caller, code: str) -> str:
    """Fill in a draft from the procedure's example, as values."""
    example = kit.procedure(code).examples[0]
    draft = draft_of(caller, code)
    saved = caller.ask("PATCH", f"/drafts/{draft}/answers", {"answers": example.answers})
    assert saved.status_code == 200, saved.content
    for number, part in enumerate(example.papers):
        picture = SimpleUploadedFile(f"{part}.jpg", photo(width=640 + number, height=480), "image/jpeg")
        attached = caller.upload(f"/drafts/{draft}/papers", {"requirement": part, "file": picture})
        assert attached.status_code == 201, attached.content
    return draft


def filed(caller: Caller, code: str) -> dict[str, Any]:
    answer = caller.send(f"/drafts/{filled_in(caller, code)}/file")
    assert answer.status_code == 201, answer.content
    return dict(answer.json())


def paid(citizen: Caller, counter: Caller, code: str) -> str:
    """Return the id of a dossier whose bill the counter took in cash."""
    made = filed(citizen, code)
    if made["bill_id"]:
        assert counter.send(f"/bills/{made['bill_id']}/cash").status_code == 200
    return str(made["dossier_id"])


def findings(code: str, step: str) -> dict[str, object]:
    example = kit.procedure(code).examples[0]
    asked = {question.id for question in kit.procedure(code).step(step).ask}
    return {name: value for name, value in example.findings.items() if name in asked}


def test_a_birth_is_registered_through_the_api_alone(province: Province) -> None:
    citizen = Caller(province.citizen())
    counter = Caller(province.officer("one_stop"))
    examiner = Caller(province.officer("civil_status_officer"))
    chair = Caller(province.officer("chairperson"))
    one = f"/dossiers/{paid(citizen, counter, BIRTH)}"

    accepted = counter.send(f"{one}/accept", {"found": findings(BIRTH, "receive")})
    assert accepted.status_code == 200, accepted.content
    assert accepted.json()["due_at"]
    assert examiner.send(f"{one}/claim").status_code == 200
    examined = examiner.send(f"{one}/advance", {"found": findings(BIRTH, "examine"), "note": "Đủ"})
    assert examined.status_code == 200, examined.content
    signed = chair.send(f"{one}/sign", {"found": {}})
    assert signed.status_code == 200, signed.content

    told = citizen.read(one)
    assert (told["status"], told["national_status"], told["moves"]) == ("returned", 10, [])
    document = told["result"]["document_id"]
    pdf = citizen.get(f"{ROOT}/documents/{document}/content")
    content = b"".join(pdf.streaming_content)
    assert pdf["Content-Type"] == "application/pdf"
    verified = Caller().upload("/verify", {"file": SimpleUploadedFile("kq.pdf", content)}).json()
    assert verified["record"]["validity"] == "valid"
    assert [report["valid"] for report in verified["signatures"] if report["kind"] == "signature"] == [
        True
    ] * 2
    token = citizen.read(f"/documents/{document}")["verify_url"].rsplit("/", 1)[-1]
    assert Caller().read(f"/verify/{token}")["number"] == citizen.read(f"/documents/{document}")["number"]
    flipped = content[:2000] + bytes([content[2000] ^ 1]) + content[2001:]
    broken = Caller().upload("/verify", {"file": SimpleUploadedFile("kq.pdf", flipped)}).json()
    assert broken["record"]["validity"] == "unknown"
    assert not all(report["valid"] for report in broken["signatures"])


def test_citizens_read_no_officer_s_name_and_officers_do(province: Province) -> None:
    citizen, counter = Caller(province.citizen()), Caller(province.officer("one_stop"))
    one = f"/dossiers/{filed(citizen, BIRTH)['dossier_id']}"
    counter.send(f"{one}/claim")
    name = province.officer("one_stop").full_name

    assert counter.read(one)["steps"][0]["holder_name"] == name
    assert name not in citizen.ask("GET", one).content.decode()
    assert name not in citizen.ask("GET", f"{one}/timeline").content.decode()
    kinds = [event["kind"] for event in citizen.read(f"{one}/timeline")["items"]]
    assert kinds == ["dossier.filed"]
    assert [event["kind"] for event in counter.read(f"{one}/timeline")["items"]][1] == "dossier.step_claimed"


def test_an_officer_s_look_is_noted_and_a_citizen_s_own_is_not(province: Province) -> None:
    actor = province.citizen()
    citizen, counter = Caller(actor), Caller(province.officer("one_stop"))
    one = f"/dossiers/{filed(citizen, BIRTH)['dossier_id']}"
    before = PersonAccess.objects.count()
    citizen.read(one)
    assert PersonAccess.objects.count() == before
    counter.read(one)
    (look,) = citizen.read("/me/accesses")["items"][:1]
    assert (look["purpose"], look["agency_name"]) == (
        "dossier",
        province.officer("one_stop").posts[0].agency_name,
    )


def test_what_is_missing_is_named_field_by_field_and_nothing_is_filed(province: Province) -> None:
    citizen = Caller(province.citizen())
    draft = draft_of(citizen, BIRTH)
    checked = citizen.read(f"/drafts/{draft}/check")
    assert not checked["is_complete"]

    refused = citizen.send(f"/drafts/{draft}/file")

    assert (refused.status_code, code_of(refused)) == (422, "form-incomplete")
    assert refused.json()["errors"] == checked["errors"]
    assert {error["field"] for error in checked["errors"]} >= {"child.full_name"}
    assert not Dossier.objects.exists()


def test_one_wrong_answer_keeps_none(province: Province) -> None:
    citizen = Caller(province.citizen())
    draft = draft_of(citizen, BIRTH)
    before = Draft.objects.get().answers

    refused = citizen.ask(
        "PATCH",
        f"/drafts/{draft}/answers",
        {"answers": {"child.full_name": "Hoàng Gia Bảo", "child.born_on": "31/02/2026", "no.such": 1}},
    )

    assert refused.status_code == 422
    assert {error["field"] for error in refused.json()["errors"]} == {"child.born_on", "no.such"}
    assert Draft.objects.get().answers == before


def test_a_fee_is_shown_as_bill_and_qr_and_taken_in_cash(province: Province) -> None:
    citizen, counter = Caller(province.citizen()), Caller(province.officer("one_stop"))
    made = filed(citizen, COPY)
    bill = citizen.read(f"/bills/{made['bill_id']}")
    assert bill["missing"] == bill["total"] > 0
    assert bill["reference"] in citizen.read(f"/bills/{made['bill_id']}/qr")["payload"]
    early = counter.send(f"/dossiers/{made['dossier_id']}/accept", {"found": findings(COPY, "receive")})
    assert (early.status_code, code_of(early)) == (422, "fee-not-paid")

    assert citizen.send(f"/bills/{made['bill_id']}/cash").status_code == 403
    paid = counter.send(f"/bills/{made['bill_id']}/cash").json()

    assert (paid["state"], paid["missing"], bool(paid["receipt_number"])) == ("paid", 0, True)
    assert citizen.read(f"/bills/{made['bill_id']}/qr")["payload"] == ""
    assert citizen.read(f"/dossiers/{made['dossier_id']}/bills")["items"][0]["state"] == "paid"


def test_a_supplement_goes_through_the_draft_and_back(province: Province) -> None:
    citizen, counter = Caller(province.citizen()), Caller(province.officer("one_stop"))
    one = f"/dossiers/{filed(citizen, BIRTH)['dossier_id']}"
    item = {"kind": "other", "text": "Ảnh giấy chứng sinh bị mờ, hãy chụp lại."}
    asked = counter.send(f"{one}/request-supplement", {"items": [item]})
    assert asked.status_code == 200, asked.content
    told = citizen.read(one)
    assert told["supplements"][0]["items"][0]["text"] == item["text"]
    assert "answer_supplement" in told["moves"]

    changed = citizen.ask(
        "PATCH", f"/drafts/{told['draft_id']}/answers", {"answers": {"child.full_name": "Hoàng Gia An"}}
    )
    assert changed.status_code == 200, changed.content
    answered = citizen.send(f"{one}/answer-supplement", If_Match=citizen.ask("GET", one)["ETag"])

    assert answered.json()["answers"]["child.full_name"].endswith("An")
    assert answered.json()["status"] == "filed"


def test_a_dossier_is_declined_and_withdrawn_with_its_reason(province: Province) -> None:
    citizen, counter = Caller(province.citizen()), Caller(province.officer("one_stop"))
    first, second = (f"/dossiers/{filed(citizen, BIRTH)['dossier_id']}" for _ in range(2))
    assert counter.send(f"{first}/decline", {"reason": "Vì"}).status_code == 422
    assert counter.send(f"{first}/decline", {"reason": WHY}).json()["status"] == "not_accepted"
    assert citizen.send(f"{second}/withdraw").json()["status"] == "withdrawn"
    again = citizen.send(f"{second}/withdraw")
    assert (again.status_code, code_of(again)) == (409, "move-not-possible")
    kinds = [one["kind"] for one in citizen.read(f"{first}/documents")["items"]]
    assert kinds == ["refusal"]


def test_several_are_signed_each_on_its_own(province: Province) -> None:
    citizen = Caller(province.citizen())
    bad = filed(citizen, BIRTH)["dossier_id"]
    answer = Caller(province.officer("chairperson")).send("/signing", {"dossier_ids": [bad]})
    (told,) = answer.json()["items"]
    assert (told["problem"], told["number"]) == ("move-not-possible", "")
    stranger = Caller(province.citizen("000195000102", full_name="La Thị Nga"))
    (unseen,) = stranger.send("/signing", {"dossier_ids": [bad]}).json()["items"]
    assert unseen["problem"] == "not-found"
    assert not LedgerEntry.objects.filter(kind="dossier.result_signed").exists()


def test_a_broken_file_is_refused_and_the_draft_stays(province: Province) -> None:
    citizen = Caller(province.citizen())
    draft = draft_of(citizen, BIRTH)
    part = kit.procedure(BIRTH).papers[0].id
    refused = citizen.upload(
        f"/drafts/{draft}/papers",
        {"requirement": part, "file": SimpleUploadedFile("a.pdf", BytesIO(b"hello").read())},
    )
    assert refused.status_code == 422
    assert Draft.objects.get().papers == {}


def test_the_deadline_explains_itself_day_by_day(province: Province) -> None:
    citizen, counter = Caller(province.citizen()), Caller(province.officer("one_stop"))
    one = f"/dossiers/{paid(citizen, counter, BIRTH)}"
    assert citizen.read(f"{one}/deadline")["days"] == []
    accepted = counter.send(f"{one}/accept", {"found": findings(BIRTH, "receive")})
    assert accepted.status_code == 200, accepted.content
    told = citizen.read(f"{one}/deadline")
    due, counted = (datetime.fromisoformat(told[name]) for name in ("due_at", "counted_until"))
    assert due == counted
    assert any(day["counted"] for day in told["days"])
