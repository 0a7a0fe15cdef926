"""Files inside a group on the portal and at the desk, with scripts and without."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from tests import desk_kit as desk
from tests import dossiers_kit
from tests import portal_kit as kit
from tests.children_kit import CHILDREN, PAGE, PHOTO_PAGE, family, offer_children, proof
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.portal_mine_kit import enter
from tests.web.client import Browser
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.models import Dossier, Draft
from tinhso.papers.models import Paper
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
AN, BINH = (1, "Hoàng Gia An"), (2, "Hoàng Gia Bình")
MUSIC = b"ID3\x03" + b"\0" * 500


@pytest.fixture
def draft_id(settings: Settings, tmp_path: Path, browser: Browser) -> UUID:
    offer_children(settings, tmp_path)
    kit.found()
    kit.sign_in(browser)
    return kit.start(browser, CHILDREN)


def page(draft_id: UUID, stop: str = PAGE) -> str:
    return f"/to-khai/{draft_id}/{stop}/"


def body(answer: Any) -> str:
    return str(answer.content.decode())


def file_box(number: int, name: str = "birth_proof") -> str:
    return f"{proof(number, name)}-file"


def two(browser: Browser, draft_id: UUID) -> dict[str, list[str]]:
    """Declare two children, each with a file, without scripts; return the files by part."""
    browser.post(page(draft_id), family(AN) | {"add-children": "1"})
    files = {file_box(1): kit.picture("an"), file_box(2): kit.picture("binh")}
    answer = browser.post(page(draft_id), family(AN, BINH) | files)
    assert answer["Location"] == page(draft_id, PHOTO_PAGE), body(answer)
    papers: dict[str, list[str]] = Draft.objects.get().papers
    return papers


def test_each_entry_shows_its_own_upload_and_keeps_its_number_in_a_hidden_box(
    browser: Browser, draft_id: UUID
) -> None:
    html = body(browser.get(page(draft_id)))
    assert f'name="{file_box(1)}"' in html
    assert f'data-upload="/to-khai/{draft_id}/tep/"' in html
    assert '<input type="hidden" name="children-0-entry" value="1">' in html
    assert "js/upload.js" in html
    browser.post(page(draft_id), family(AN) | {"add-children": "1"})
    html = body(browser.get(page(draft_id)))
    assert '<input type="hidden" name="children-1-entry" value="2">' in html
    assert f'name="{file_box(2)}"' in html


def test_two_children_are_filed_without_scripts_and_shown_to_citizen_and_desk(
    settings: Settings, tmp_path: Path, browser: Browser, trust: Trust
) -> None:
    offer_children(settings, tmp_path)
    province = dossiers_kit.found(trust)
    citizen = province.citizen()
    enter(browser, citizen)
    draft_id = kit.start(browser, CHILDREN)
    papers = two(browser, draft_id)
    browser.post(page(draft_id, PHOTO_PAGE), {"asked": ["photo"], "photo-file": kit.picture("chung")})
    browser.post(page(draft_id, "giay-to"), {})
    assert "Giấy khai sinh: 1 tệp" in body(browser.get(page(draft_id, "kiem-tra")))

    browser.post(page(draft_id, "kiem-tra"))

    dossier = Dossier.objects.get()
    assert dossier.papers.keys() == {proof(1), proof(2), "photo"}
    mine = body(browser.get(f"/ho-so/{dossier.id}/"))
    officer = Browser()
    desk.enter(officer, province.officer("one_stop"))
    theirs = body(officer.get(desk.url_of(dossier.id)))
    for html in (mine, theirs):
        assert html.index("Con 1 · Giấy khai sinh") < html.index("Con 2 · Giấy khai sinh")
    opened = officer.get(desk.url_of(dossier.id, f"giay-to/{papers[proof(2)][0]}"))
    assert opened.status_code == 200


def test_an_entry_without_its_file_leads_to_its_own_box(browser: Browser, draft_id: UUID) -> None:
    browser.post(page(draft_id), family(AN) | {"add-children": "1"})
    answer = browser.post(page(draft_id), family(AN, BINH) | {file_box(1): kit.picture("an")})
    html = body(answer)
    assert answer.status_code == 422
    assert f'href="#{proof(2)}"' in html
    assert f'id="{proof(2)}-error"' in html
    assert f'id="{proof(1)}-error"' not in html
    assert "Con 2: «Giấy khai sinh» chưa có tệp nào" in html
    assert "an.jpg" in html


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bai-hat.mp3", MUSIC, "không thuộc loại được nhận"),
        ("to.jpg", b"\xff\xd8\xff" + b"\0" * 11_000_000, "lớn hơn 10 MB"),
    ],
)
def test_a_file_that_is_refused_says_why_in_its_entry_and_loses_nothing_typed(
    browser: Browser, draft_id: UUID, name: str, content: bytes, said: str
) -> None:
    browser.post(page(draft_id), family(AN) | {"add-children": "1"})
    data = family(AN, BINH) | {"note": "Gia đình ở bản xa <chợ>", "children-1-full_name": "Bình 7"}
    files = {file_box(1): kit.picture("an"), file_box(2): kit.upload(name, content, "image/jpeg")}

    answer = browser.post(page(draft_id), data | files)

    html = body(answer)
    assert answer.status_code == 422
    assert said in html
    assert f'href="#{proof(2)}"' in html
    assert "chưa có tệp nào" not in html
    assert 'value="Bình 7"' in html
    assert "Gia đình ở bản xa &lt;chợ&gt;" in html
    assert "an.jpg" in html
    assert Draft.objects.get().papers.keys() == {proof(1)}
    assert Paper.objects.count() == 1


def test_a_refused_file_is_told_even_when_saving_for_later(browser: Browser, draft_id: UUID) -> None:
    file = {file_box(1): kit.upload("a.mp3", MUSIC, "audio/mpeg"), "do": "later"}
    answer = browser.post(page(draft_id), family(AN) | file)
    assert answer.status_code == 422
    assert "không thuộc loại được nhận" in body(answer)
    assert Draft.objects.get().typed[PAGE]["children-0-full_name"] == ["Hoàng Gia An"]


def test_a_file_chosen_just_before_adding_another_entry_is_taken(browser: Browser, draft_id: UUID) -> None:
    data = family(AN) | {"add-children": "1", file_box(1): kit.picture("an")}
    assert browser.post(page(draft_id), data)["Location"].endswith("#children-entry-2")
    assert "an.jpg" in body(browser.get(page(draft_id)))


def test_removing_an_entry_releases_its_file_and_the_other_keeps_its_own(
    browser: Browser, draft_id: UUID
) -> None:
    papers = two(browser, draft_id)

    browser.post(page(draft_id), family(AN, BINH) | {"remove-children-0": "1"})

    html = body(browser.get(page(draft_id)))
    assert "an.jpg" not in html
    assert "binh.jpg" in html
    assert '<input type="hidden" name="children-0-entry" value="2">' in html
    assert Draft.objects.get().papers == {proof(2): papers[proof(2)]}
    assert browser.get(f"/to-khai/{draft_id}/tep/{papers[proof(1)][0]}/").status_code == 404


def test_a_file_is_taken_out_of_one_entry_alone_without_scripts(browser: Browser, draft_id: UUID) -> None:
    browser.post(page(draft_id), family(AN) | {"add-children": "1"})
    same = {file_box(1): kit.picture("chung"), file_box(2): kit.picture("chung")}
    browser.post(page(draft_id), family(AN, BINH) | same)
    (paper_id,) = Draft.objects.get().papers[proof(1)]
    button = f"{proof(1)} {paper_id}"
    assert f'value="{button}"' in body(browser.get(page(draft_id)))

    browser.post(page(draft_id), family(AN, (2, "Bình đang gõ 7")) | {"remove-file": button})

    assert Draft.objects.get().papers == {proof(1): [], proof(2): [paper_id]}
    assert 'value="Bình đang gõ 7"' in body(browser.get(page(draft_id)))


def test_a_script_sends_a_file_to_an_entry_that_moved_up_meanwhile(browser: Browser, draft_id: UUID) -> None:
    two(browser, draft_id)
    browser.post(page(draft_id), family(AN, BINH) | {"remove-children-0": "1"})
    address, headers = f"/to-khai/{draft_id}/tep/", {"X-Part": "file"}

    late = browser.post(address, {"field": proof(2), "file": kit.picture("muon")}, headers=headers)
    gone = browser.post(address, {"field": proof(1), "file": kit.picture("mat")}, headers=headers)

    assert late.status_code == 200
    assert gone.status_code == 422
    assert "không còn trong bản khai" in body(gone)
    assert Draft.objects.get().papers.keys() == {proof(2)}
    wrong = {"field": "children[2].nothing", "file": kit.picture()}
    assert browser.post(address, wrong, headers=headers).status_code == 404
    (_first, paper_id) = Draft.objects.get().papers[proof(2)]
    removed = {"field": proof(2), "remove-file": f"{proof(2)} {paper_id}"}
    assert browser.post(address, removed, headers=headers).status_code == 204
    assert len(Draft.objects.get().papers[proof(2)]) == 1


def test_autosave_keeps_the_file_and_what_is_typed_beside_it(browser: Browser, draft_id: UUID) -> None:
    address = f"/to-khai/{draft_id}/tep/"
    browser.post(address, {"field": proof(1), "file": kit.picture("an")}, headers={"X-Part": "file"})
    half = family((1, "Hoàng 7")) | {"do": "autosave"}
    browser.post(page(draft_id), half, headers={"X-Part": "autosave"})
    html = body(browser.get(page(draft_id)))
    assert 'value="Hoàng 7"' in html
    assert "an.jpg" in html


def test_a_question_that_an_answer_of_the_entry_brings_shows_its_upload_to_scripts(
    browser: Browser, draft_id: UUID
) -> None:
    data = family(AN, adopted="yes") | {"do": "refresh"}
    answer = browser.post(page(draft_id), data, headers={"X-Part": "refresh"})
    assert f'name="{file_box(1, "adoption_proof")}"' in body(answer)
    hidden = family(AN) | {"do": "refresh"}
    answer = browser.post(page(draft_id), hidden, headers={"X-Part": "refresh"})
    assert file_box(1, "adoption_proof") not in body(answer)


def test_the_check_leads_to_the_box_of_the_entry(browser: Browser, draft_id: UUID) -> None:
    browser.post(page(draft_id), family(AN) | {"do": "later"})
    html = body(browser.post(page(draft_id, "kiem-tra")))
    assert f"?xem-loi=1&amp;ve=kiem-tra#{proof(1)}" in html


def test_other_people_put_nothing_into_an_entry(browser: Browser, draft_id: UUID) -> None:
    other = Browser()
    kit.sign_in(other, "000195000102", full_name="La Thị Nga")
    data = {"field": proof(1), "file": kit.picture()}
    assert other.post(f"/to-khai/{draft_id}/tep/", data, headers={"X-Part": "f"}).status_code == 404
    assert Draft.objects.get().papers == {}


def test_the_page_is_whole_in_english(browser: Browser, draft_id: UUID) -> None:
    two(browser, draft_id)
    html = body(browser.read_in("en").get(page(draft_id)))
    assert "Birth certificate" in html


def filed(province: Province, citizen: Actor) -> UUID:
    example = dossiers_kit.procedure(CHILDREN).examples[0]
    draft_id = dossiers_kit.begin(province, citizen, CHILDREN)
    dossiers_kit.fill_in(citizen, draft_id, example, at=province.at)
    return file_dossier(actor=citizen, at=province.at, draft_id=draft_id).dossier_id


def test_the_desk_asks_for_one_child_s_file_again_and_the_citizen_mends_it(
    settings: Settings, tmp_path: Path, trust: Trust, browser: Browser
) -> None:
    offer_children(settings, tmp_path)
    province = dossiers_kit.found(trust)
    citizen = province.citizen()
    dossier_id = filed(province, citizen)
    accept_dossier(actor=province.officer("one_stop"), at=province.at, dossier_id=dossier_id)
    officer = Browser()
    desk.enter(officer, province.officer("civil_status_officer"))
    asking = desk.url_of(dossier_id, "bo-sung")
    assert f'value="question:{proof(2)}"' in body(officer.get(asking))
    ticked = {"revision": str(desk.revision(dossier_id)), "thieu": f"question:{proof(2)}"}
    assert officer.post(asking, ticked).status_code == 302
    (item,) = Dossier.objects.get().supplements.get().items
    assert (item["kind"], item["id"]) == ("question", proof(2))
    assert item["text"].startswith("Con 2 · Giấy khai sinh: ")

    enter(browser, citizen)
    draft = Draft.objects.get()
    assert f'href="{page(draft.id)}#{proof(2)}"' in body(browser.get(f"/ho-so/{dossier_id}/bo-sung/"))
    (old,) = draft.papers[proof(2)]
    address, headers = f"/to-khai/{draft.id}/tep/", {"X-Part": "file"}
    browser.post(address, {"field": proof(2), "file": kit.picture("net", width=900)}, headers=headers)
    removed = {"field": proof(2), "remove-file": f"{proof(2)} {old}"}
    assert browser.post(address, removed, headers=headers).status_code == 204
    sent = browser.post(f"/ho-so/{dossier_id}/bo-sung/", {"revision": str(desk.revision(dossier_id))})
    assert sent.status_code == 302
    (new,) = Dossier.objects.get().papers[proof(2)]
    assert new != old
    shown = body(officer.get(desk.url_of(dossier_id)))
    assert f"/giay-to/{new}/" in shown
    assert f"/giay-to/{old}/" not in shown
