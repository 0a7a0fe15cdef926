"""Files inside a group through the API: attached by the entry's number, kept when answers are sent again."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests import dossiers_kit as kit
from tests.api_kit import Caller, code_of
from tests.children_kit import CHILDREN, offer_children, proof
from tests.dossiers_kit import BINH_LIEU, Province
from tests.fixtures_trust import Trust
from tests.papers_samples import photo
from tinhso.dossiers.models import Dossier, Draft

pytestmark = pytest.mark.django_db
AN, BINH = {"full_name": "Hoàng Gia An", "adopted": False}, {"full_name": "Hoàng Gia Bình", "adopted": False}


@pytest.fixture
def province(settings: Settings, tmp_path: Path, trust: Trust) -> Province:
    offer_children(settings, tmp_path)
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Caller:
    return Caller(province.citizen())


def begin(caller: Caller) -> str:
    made = caller.send("/drafts", {"procedure_code": CHILDREN, "unit_code": BINH_LIEU})
    assert made.status_code == 201, made.content
    return f"/drafts/{made.json()['id']}"


def answer(caller: Caller, draft: str, *children: dict[str, Any]) -> Any:
    return caller.ask("PATCH", f"{draft}/answers", {"answers": {"children": list(children)}})


def attach(caller: Caller, draft: str, part: str, *, width: int = 640) -> Any:
    file = SimpleUploadedFile("giay.jpg", photo(width=width, height=480), "image/jpeg")
    return caller.upload(f"{draft}/papers", {"requirement": part, "file": file})


def test_two_children_are_filed_each_with_its_file(citizen: Caller) -> None:
    draft = begin(citizen)
    told = answer(citizen, draft, AN, BINH).json()
    assert [child["entry"] for child in told["answers"]["children"]] == [1, 2]
    lacking = citizen.read(f"{draft}/check")
    assert not lacking["is_complete"]

    ids = [attach(citizen, draft, proof(number), width=640 + number).json()["id"] for number in (1, 2)]

    assert citizen.read(f"{draft}/check")["is_complete"]
    read = citizen.read(draft)
    assert read["papers"] == {proof(1): [ids[0]], proof(2): [ids[1]]}
    assert [child["birth_proof"] for child in read["answers"]["children"]] == [[ids[0]], [ids[1]]]
    filed = citizen.send(f"{draft}/file")
    assert filed.status_code == 201, filed.content
    dossier = citizen.read(f"/dossiers/{filed.json()['dossier_id']}")
    assert dossier["papers"] == read["papers"]


def test_what_was_read_may_be_sent_back_with_one_child_less_and_in_another_order(citizen: Caller) -> None:
    draft = begin(citizen)
    answer(citizen, draft, AN, BINH, AN)
    ids = [attach(citizen, draft, proof(number), width=640 + number).json()["id"] for number in (1, 2, 3)]
    first, _second, third = citizen.read(draft)["answers"]["children"]

    told = answer(citizen, draft, third, first).json()

    assert [(one["entry"], one["birth_proof"]) for one in told["answers"]["children"]] == [
        (3, [ids[2]]),
        (1, [ids[0]]),
    ]
    assert told["papers"].keys() == {proof(1), proof(3)}


def test_somebody_else_s_paper_in_the_answers_is_refused(province: Province, citizen: Caller) -> None:
    other = Caller(province.citizen("000195000102", full_name="La Thị Nga"))
    theirs = attach(other, begin(other), proof(1)).json()["id"]
    draft = begin(citizen)
    answer(citizen, draft, AN)
    before = Draft.objects.values().get(pk=draft.rsplit("/", 1)[1])

    refused = answer(citizen, draft, {**AN, "entry": 1, "birth_proof": [theirs]})

    assert (refused.status_code, code_of(refused)) == (422, "form-incomplete")
    assert "không phải được gửi cho mục này" in refused.content.decode()
    assert Draft.objects.values().get(pk=draft.rsplit("/", 1)[1]) == before


def test_a_child_that_is_not_there_takes_no_file_and_a_file_is_taken_out_by_its_part(
    citizen: Caller,
) -> None:
    draft = begin(citizen)
    answer(citizen, draft, AN)
    gone = attach(citizen, draft, proof(7))
    assert (gone.status_code, code_of(gone)) == (409, "entry-gone")
    assert attach(citizen, draft, "children[1].nothing").status_code == 404
    paper = attach(citizen, draft, proof(1)).json()["id"]

    assert citizen.ask("DELETE", f"{draft}/papers/{proof(1)}/{paper}").status_code == 204

    assert citizen.read(draft)["papers"] == {proof(1): []}
    assert citizen.send(f"{draft}/file").status_code == 422
    assert not Dossier.objects.exists()
