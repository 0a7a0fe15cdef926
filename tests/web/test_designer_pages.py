"""The designer's pages: what an officer without YAML does there, sees there, and is refused there."""

import io
import re
import zipfile
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from tests import designs_kit as kit
from tests import desk_kit as desk
from tests import dossiers_kit
from tests.designs_kit import CODE, HOME, RENAMED
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.definitions import catalogue
from tinhso.definitions.designing.document import Document
from tinhso.definitions.designing.edits import Set, Write
from tinhso.designs import queries
from tinhso.designs.models import Design

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return dossiers_kit.found(trust)


@pytest.fixture
def design_id(province: Province) -> UUID:
    return kit.opened(province)


@pytest.fixture
def editing(browser: Browser, province: Province) -> Browser:
    desk.enter(browser, kit.editor(province))
    return browser


def revision(design_id: UUID) -> str:
    return str(kit.row(design_id).revision)


def at(design_id: UUID, *place: int | str) -> object:
    return Document(kit.row(design_id).source).get(place)


def body(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def test_every_page_of_a_design_is_there(editing: Browser, design_id: UUID) -> None:
    template = next(iter(kit.row(design_id).templates))
    for parts in (
        (),
        ("muc", "form"),
        ("muc", "fees"),
        ("muc", "steps"),
        ("muc", "law"),
        ("phan", "dau"),
        ("phan", "time"),
        ("phan", "result"),
        ("phan", "form.0"),
        ("phan", "form.0.ask.1"),
        ("phan", "papers.0"),
        ("phan", "fees.0"),
        ("phan", "steps.1"),
        ("phan", "law.0"),
        ("phan", "examples.0"),
        ("them", "form.0.ask"),
        ("them", "fees"),
        ("them", "notices"),
        ("mau", template),
        ("xem-truoc",),
        ("vi-du",),
        ("so-sanh",),
        ("quy-trinh",),
        ("cong-bo",),
        ("tai-ve",),
    ):
        with within("designer:page"):
            response = editing.get(kit.address(design_id, *parts))
        assert response.status_code == 200, parts


def test_the_file_itself_is_shown_word_for_word(client: Client, province: Province, design_id: UUID) -> None:
    desk.enter(client, kit.editor(province))  # braces that close are no fault here, as on other pages
    page = body(client.get(kit.address(design_id, "tep")))
    assert escape(kit.row(design_id).source) in page


def test_pages_are_read_in_english_too(editing: Browser, design_id: UUID) -> None:
    for parts in ((), ("muc", "form"), ("phan", "form.0.ask.1"), ("vi-du",), ("cong-bo",)):
        assert editing.read_in("en").get(kit.address(design_id, *parts)).status_code == 200


def test_a_procedure_is_found_and_opened(editing: Browser, province: Province) -> None:
    assert "2.000815" in body(editing.get(f"{HOME}?q=chung+thuc+ban+sao"))
    response = editing.post(f"{HOME}mo/", {"code": CODE, "do": "open"})
    (design,) = Design.objects.all()
    assert response["Location"] == kit.address(design.pk)
    assert design.title in body(editing.get(HOME))


def test_a_question_with_a_condition_is_added_by_boxes(editing: Browser, design_id: UUID) -> None:
    first = at(design_id, "form", 0, "ask", 0, "id")
    sent = {
        "revision": revision(design_id),
        "asked": ["label.vi", "type", "id", "required"],
        "label.vi": "Bạn cần mấy bộ?",
        "label.en": "How many sets?",
        "type": "number",
        "required": "yes",
        "when-mode": "simple",
        "when-join": "and",
        "when-1-name": str(first),
        "when-1-op": "given",
    }
    response = editing.post(kit.address(design_id, "them", "form.0.ask"), sent)
    assert response.status_code == 302, body(response)
    asked = at(design_id, "form", 0, "ask")
    assert isinstance(asked, list)
    assert asked[-1]["label"] == {"vi": "Bạn cần mấy bộ?", "en": "How many sets?"}
    assert asked[-1]["when"] == f"has({first})"
    assert asked[-1]["type"] == "number"
    assert queries.check(kit.row(design_id)).errors == ()
    assert re.fullmatch(r"[a-z_.]+", asked[-1]["id"])


def test_comments_and_the_rest_of_the_file_stay(editing: Browser, design_id: UUID) -> None:
    before = kit.row(design_id).source.splitlines()
    sent = {"revision": revision(design_id), "label.vi": "Câu mới", "label.en": "New question"}
    editing.post(kit.address(design_id, "phan", "form.0.ask.1"), sent)
    after = kit.row(design_id).source.splitlines()
    changed = [line for line in after if line not in before]
    assert len(changed) == 1
    assert "Câu mới" in changed[0]
    comments = [[line for line in lines if line.startswith("#")] for lines in (before, after)]
    assert comments[0] == comments[1]


def test_a_mistake_is_shown_at_its_place_and_keeps_the_way_to_publishing_closed(
    editing: Browser, design_id: UUID
) -> None:
    sent = {"revision": revision(design_id), "when-mode": "cel", "when-cel": "khong_co == 1"}
    editing.post(kit.address(design_id, "phan", "form.0.ask.1"), sent)
    page = body(editing.get(kit.address(design_id)))
    assert "Biểu thức đọc «khong_co»" in page
    assert "phan/form.0.ask.1/#when-mode" in page
    assert re.search(r"procedure\.yaml, dòng \d+", page)
    assert "when-error" in body(editing.get(kit.address(design_id, "phan", "form.0.ask.1")))
    words = {"revision": revision(design_id), "do": "propose", "ly-do": "x", "quyet-dinh": "1/QĐ"}
    refused = editing.post(kit.address(design_id, "cong-bo"), words)
    assert refused.status_code == 409
    assert "1 lỗi" in body(refused)
    assert kit.row(design_id).state == Design.State.DRAFT


def test_what_was_typed_over_an_older_state_is_kept_on_the_page(editing: Browser, design_id: UUID) -> None:
    old = revision(design_id)
    editing.post(kit.address(design_id, "phan", "form.0"), {"revision": old, "title.vi": "Trang một"})
    refused = editing.post(
        kit.address(design_id, "phan", "form.0"), {"revision": old, "title.vi": "Trang hai"}
    )
    assert refused.status_code == 409
    assert "Trang hai" in body(refused)
    assert at(design_id, "form", 0, "title", "vi") == "Trang một"


def test_what_saves_itself_tells_the_new_revision_and_is_one_edit(editing: Browser, design_id: UUID) -> None:
    for words in ("Trang", "Trang một", "Trang một hai"):
        sent = {"revision": revision(design_id), "title.vi": words, "do": "autosave"}
        saved = editing.post(kit.address(design_id, "phan", "form.0"), sent, headers={"X-Part": "autosave"})
        assert f'value="{revision(design_id)}"' in body(saved)
    assert kit.row(design_id).applied == 1


def test_things_are_moved_and_deleted_and_brought_back(editing: Browser, design_id: UUID) -> None:
    asked = at(design_id, "form", 0, "ask")
    assert isinstance(asked, list)
    do = kit.address(design_id, "viec")
    editing.post(do, {"revision": revision(design_id), "do": "down", "place": "form.0.ask.0"})
    assert at(design_id, "form", 0, "ask", 1, "id") == asked[0]["id"]
    editing.post(do, {"revision": revision(design_id), "do": "remove", "place": "form.0.ask.1"})
    assert len(at(design_id, "form", 0, "ask")) == len(asked) - 1  # type: ignore[arg-type]
    editing.post(do, {"revision": revision(design_id), "do": "undo"})
    editing.post(do, {"revision": revision(design_id), "do": "undo"})
    assert at(design_id, "form", 0, "ask") == asked


def test_the_form_is_tried_as_a_citizen_and_kept_as_an_example(editing: Browser, design_id: UUID) -> None:
    found = queries.check(kit.row(design_id)).procedure
    assert found is not None
    address = kit.address(design_id, "xem-truoc")
    page = body(editing.get(f"{address}?vi-du=0"))
    for _ in found.form:
        sent = dict(re.findall(r'<input type="hidden" name="(da-khai|trang)" value="([^"]*)"', page))
        sent |= dict(_boxes(page))
        page = body(editing.post(address, sent))
        if "Giữ làm ví dụ" in page:
            break
    assert "Giữ làm ví dụ" in page
    sent = dict(re.findall(r'<input type="hidden" name="(da-khai|trang|revision)" value="([^"]*)"', page))
    editing.post(address, sent | {"ten-vi-du": "Điền thử"})
    examples = at(design_id, "examples")
    assert isinstance(examples, list)
    assert examples[-1]["name"] == "Điền thử"
    assert examples[-1]["answers"] == examples[0]["answers"]
    assert "Chưa đúng" not in body(editing.get(kit.address(design_id, "vi-du")))


def _boxes(page: str) -> list[tuple[str, str]]:
    """Return what a browser would send of the boxes that are filled in."""
    found = []
    for tag in re.findall(r"<input [^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind, name = attributes.get("type", "text"), attributes.get("name", "")
        if kind in ("radio", "checkbox") and " checked" not in tag:
            continue
        if name and kind not in ("hidden", "submit", "file", "search"):
            found.append((name, attributes.get("value", "")))
    return found


def test_a_design_goes_from_one_officer_to_the_other_and_into_force(
    browser: Browser, province: Province, design_id: UUID
) -> None:
    kit.change(province, design_id, RENAMED)
    desk.enter(browser, kit.editor(province))
    publish = kit.address(design_id, "cong-bo")
    words = {"ly-do": kit.REASON, "quyet-dinh": kit.DECISION}
    browser.post(publish, {"revision": revision(design_id), "do": "propose", **words})
    assert "Công bố phiên bản này" not in body(browser.get(publish))
    refused = browser.post(publish, {"revision": revision(design_id), "do": "publish"})
    assert refused.status_code == 403
    desk.enter(browser, kit.publisher(province))
    page = body(browser.get(publish))
    assert kit.DECISION in page
    seen = re.search(r'name="ban-da-xem" value="([^"]+)"', page)
    assert seen is not None
    browser.post(publish, {"revision": revision(design_id), "do": "publish", "ban-da-xem": seen[1]})
    assert catalogue.current(CODE).procedure.summary.vi == "Bản sao có giá trị như bản chính."
    versions = body(browser.get(f"{HOME}thu-tuc/{CODE}/"))
    assert kit.DECISION in versions
    assert kit.publisher(province).full_name in versions


def test_the_difference_is_told_in_words_and_as_text(
    editing: Browser, province: Province, design_id: UUID
) -> None:
    kit.change(province, design_id, Set(("fees", 0), {"amount": 9999}))
    page = body(editing.get(kit.address(design_id, "so-sanh")))
    assert "9.999" in page
    assert "ds-text__added" in page


def test_files_go_out_and_come_in_again(editing: Browser, design_id: UUID) -> None:
    response = editing.get(kit.address(design_id, "tai-ve"))
    content = response.content
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        assert bundle.read(f"procedures/{CODE}.yaml").decode() == kit.row(design_id).source
    sent = {"tep": SimpleUploadedFile("a.zip", content)}
    taken = editing.post(f"{HOME}nhap/", sent)
    other = taken["Location"].rstrip("/").rpartition("/")[2]
    assert kit.row(UUID(other)).source == kit.row(design_id).source


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 no zip", "tệp ZIP bị hỏng"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a" * 2_000_001, "quá lớn"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(editing: Browser, content: bytes, said: str) -> None:
    refused = editing.post(f"{HOME}nhap/", {"tep": SimpleUploadedFile("a.zip", content)})
    assert refused.status_code == 422
    assert said in body(refused)
    assert not Design.objects.exists()


def test_a_file_with_mistakes_is_taken_in_and_shows_them(editing: Browser) -> None:
    sent = {"tep": SimpleUploadedFile("a.yaml", b'code: "9.000001"\nname: [\n')}
    address = editing.post(f"{HOME}nhap/", sent)["Location"]
    page = body(editing.get(address))
    assert "Không đọc được YAML" in page
    assert "#line-" in page
    assert "name: [" in body(editing.get(f"{address}tep/"))
    for part in ("muc/form/", "so-sanh/", "vi-du/", "cong-bo/", "tai-ve/"):
        assert editing.get(f"{address}{part}").status_code == 200, part
    for part in ("phan/dau/", "xem-truoc/"):
        assert editing.get(f"{address}{part}").status_code == 409, part


def test_a_template_shows_how_it_looks_and_what_is_wrong_in_it(
    editing: Browser, province: Province, design_id: UUID
) -> None:
    name, text = next(iter(kit.row(design_id).templates.items()))
    picture = editing.get(kit.address(design_id, "ban-mau"))
    assert picture.content.startswith(b"\x89PNG")
    assert editing.get(f"{kit.address(design_id, 'ban-mau')}?dang=pdf").content.startswith(b"%PDF")
    kit.change(province, design_id, Write(name, f'{text}\n#read("/etc/passwd")\n'))
    assert "Chưa dựng được kết quả" in body(editing.get(kit.address(design_id, "mau", name)))


def test_only_who_writes_or_publishes_enters(browser: Browser, province: Province, design_id: UUID) -> None:
    assert browser.get(HOME).status_code == 302
    desk.enter(browser, province.officer("chairperson"))
    for address in (HOME, kit.address(design_id), f"{HOME}thu-tuc/{CODE}/", f"{HOME}nhap/"):
        assert browser.get(address).status_code == 403
    desk.enter(browser, kit.publisher(province))
    assert browser.get(kit.address(design_id)).status_code == 200
    refused = browser.post(
        kit.address(design_id, "phan", "form.0"), {"revision": revision(design_id), "title.vi": "x"}
    )
    assert refused.status_code == 403
    assert browser.post(f"{HOME}mo/", {"code": CODE}).status_code == 403
    assert kit.row(design_id).applied == 0


def test_an_editor_of_another_agency_sees_nothing_of_it(
    browser: Browser, province: Province, design_id: UUID
) -> None:
    desk.enter(browser, province.officer("catalogue_editor", "construction_department"))
    assert browser.get(kit.address(design_id)).status_code == 404
    assert kit.row(design_id).title not in body(browser.get(HOME))


def test_a_list_costs_the_same_with_one_design_and_with_many(editing: Browser, province: Province) -> None:
    for _ in range(3):
        kit.opened(province)
        with within("designer:home"):
            editing.get(HOME)
