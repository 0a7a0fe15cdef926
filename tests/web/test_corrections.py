"""«Không đúng?»: a request from the form page to the corrected register, and one's own data."""

import re
from uuid import UUID

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests import people_kit, registers_kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.dossiers.models import Dossier
from tinhso.kernel.ids import new_id
from tinhso.people.models import PersonAccess
from tinhso.people.types import Actor
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.actions.open_correction import open_correction, open_corrections
from tinhso.registers.asking import Given, Purpose, note_given
from tinhso.registers.correction_making import Asked
from tinhso.registers.models import Correction, RecordVersion
from tinhso.registers.types import LookPurpose

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
NUMBER = "022191004512"
NEW, DESK = "/dinh-chinh/moi/", "/ban-lam-viec/du-lieu/dinh-chinh/"
PROOF = "Giấy chứng nhận CK 123456 cấp ngày 12/3/2015"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def parcel(number: str = NUMBER, **changes: object) -> UUID:
    values = {
        "place.unit": kit.BINH_LIEU,
        "map.sheet": "12",
        "parcel.number": "7",
        "area": "500",
        "use": "ont",
        "certificate.number": "CK 123456",
        "certificate.on": "2015-03-12",
        "party.full_name": "Trần Thị Hòa",
        "party.personal_id": number,
        **changes,
    }
    return registers_kit.enter(values, register="land.parcels").record_id


def citizen(province: Province, browser: Browser, number: str = NUMBER) -> Actor:
    actor = province.citizen(number)
    assert actor.account_id is not None
    people_kit.sign_in(browser, actor.account_id, assurance=2)
    return actor


def registrar(province: Province) -> Actor:
    return province.officer("specialist", "land_registry")


def test_a_form_page_shows_the_value_its_record_and_where_to_put_it_right(
    province: Province, browser: Browser
) -> None:
    record_id = parcel()
    person = citizen(province, browser)
    draft_id = kit.begin(province, person, "1.013225")
    html = browser.get(f"/to-khai/{draft_id}/site/").content.decode()
    assert 'value="CK 123456"' in html
    assert "Sổ thửa đất, bản ghi 06838-12-7, sổ ghi ngày" in html
    assert f"/dinh-chinh/moi/?ban-ghi={record_id}&amp;muc=certificate.number" in html
    english = browser.read_in("en").get(f"/to-khai/{draft_id}/site/").content.decode()
    assert "Register of land parcels" in english


def test_an_answer_that_differs_says_what_the_register_says_to_the_person_and_to_the_officer(
    province: Province, browser: Browser
) -> None:
    parcel()
    person = citizen(province, browser)
    draft_id = kit.begin(province, person, "1.013225")
    kit.fill_in(person, draft_id, kit.procedure("1.013225").examples[0], at=province.at)
    page = browser.get(f"/to-khai/{draft_id}/site/").content.decode()
    assert "Sổ ghi: CK 123456" in page
    assert "Bạn trả lời khác; cán bộ thấy cả hai." in page
    check = browser.get(f"/to-khai/{draft_id}/kiem-tra/").content.decode()
    assert "Sổ ghi: CK 123456" in check
    filed = file_dossier(actor=person, at=province.at, draft_id=draft_id)

    desk.enter(browser, province.officer("one_stop"))
    html = browser.get(desk.url_of(filed.dossier_id)).content.decode()
    assert "CT 774512" in html
    assert "Sổ ghi: CK 123456" in html
    assert "Sổ sai?" in html


def test_a_paper_that_data_replace_is_not_asked_and_the_officer_sees_the_extract_as_of_filing(
    province: Province, browser: Browser
) -> None:
    record_id = parcel(**{"certificate.number": "CT 774512"})
    person = citizen(province, browser)
    draft_id = kit.begin(province, person, "1.013225")
    example = kit.procedure("1.013225").examples[0]
    others = tuple(one for one in example.papers if one != "land_certificate")
    kit.fill_in(person, draft_id, example.model_copy(update={"papers": others}), at=province.at)
    papers = browser.get(f"/to-khai/{draft_id}/giay-to/").content.decode()
    assert 'name="paper-land_certificate-file"' not in papers
    assert "Giấy tờ không phải nộp" in papers
    check = browser.get(f"/to-khai/{draft_id}/kiem-tra/").content.decode()
    assert "Nghị quyết 66.7/2025/NQ-CP" in check
    filed = file_dossier(actor=person, at=province.at, draft_id=draft_id)
    write_otherwise(record_id)

    officer = province.officer("one_stop")
    desk.enter(browser, officer)
    assert "thay bằng bản trích từ sổ" in browser.get(desk.url_of(filed.dossier_id)).content.decode()
    extract = browser.get(f"{desk.url_of(filed.dossier_id)}du-lieu/land_certificate/").content.decode()
    assert "CT 774512" in extract
    assert "Sổ đã đổi sau khi nộp" in extract
    assert person.person_id is not None
    assert "Xem bản trích" in PersonAccess.objects.filter(person_id=person.person_id).latest("at").reason
    stranger = province.officer("one_stop", unit=kit.HONG_GAI)
    desk.enter(browser, stranger)
    assert browser.get(f"{desk.url_of(filed.dossier_id)}du-lieu/land_certificate/").status_code == 404
    assert Dossier.objects.get(pk=filed.dossier_id).by_data


def write_otherwise(record_id: UUID) -> None:
    from_now = {"certificate.number": "CX 000009"}
    correct_past(
        actor=registers_kit.SYSTEM,
        at=RecordVersion.objects.latest("known_from").known_from,
        record_id=record_id,
        changes=from_now,
        reason="Ghi nhầm",
    )


def test_a_request_goes_from_the_form_to_the_register_and_every_step_is_on_its_page(
    province: Province, browser: Browser
) -> None:
    record_id = parcel()
    citizen(province, browser)
    back = "/tai-khoan/du-lieu/"
    address = f"{NEW}?ban-ghi={record_id}&muc=area&ve={back}"
    page = browser.get(address)
    assert "500" in page.content.decode()
    data = {"ban-ghi": str(record_id), "muc": "area", "dung": "512.5", "can-cu": PROOF, "ve": back}
    assert browser.post(NEW, {**data, "can-cu": " "}).status_code == 422
    assert not Correction.objects.exists()
    answer = browser.post(NEW, data)
    assert (answer.status_code, answer["Location"]) == (302, back)
    row = Correction.objects.get()
    assert browser.post(NEW, data).status_code == 409
    assert "512,5" in browser.get("/dinh-chinh/").content.decode()

    officer = registrar(province)
    desk.enter(browser, officer)
    listed = browser.get(DESK).content.decode()
    assert row.number in listed
    one = f"{DESK}{row.pk}/"
    assert browser.post(one, {"viec": "ask", "hoi": "", "revision": "1"}).status_code == 422
    assert browser.post(one, {"viec": "ask", "hoi": "Bản đo nào?", "revision": "1"}).status_code == 302

    citizen(province, browser)
    mine = f"/dinh-chinh/{row.pk}/"
    assert "Bản đo nào?" in browser.get(mine).content.decode()
    assert browser.post(mine, {"tra-loi": "Bản đo năm 2024", "revision": "2"}).status_code == 302

    desk.enter(browser, officer)
    assert browser.post(one, {"viec": "settle", "revision": "3"}).status_code == 409
    assert browser.post(one, {"viec": "verify", "revision": "3"}).status_code == 302
    assert browser.post(one, {"viec": "settle", "revision": "4"}).status_code == 302
    assert RecordVersion.objects.now().get(record_id=record_id).values["area"] == "512.5"
    citizen(province, browser)
    assert "Đã sửa sổ" in browser.get(mine).content.decode()
    assert "đính chính theo phiếu đề nghị" in browser.get(back).content.decode()


def test_nobody_else_sees_a_request_or_asks_about_a_record_of_another(
    province: Province, browser: Browser
) -> None:
    record_id = parcel()
    citizen(province, browser)
    data = {"ban-ghi": str(record_id), "muc": "area", "dung": "512.5", "can-cu": PROOF}
    browser.post(NEW, data)
    row = Correction.objects.get()
    citizen(province, browser, "022191009999")
    assert browser.get(f"/dinh-chinh/{row.pk}/").status_code == 404
    assert browser.post(NEW, data | {"muc": "certificate.number", "dung": "X"}).status_code in (403, 404, 422)
    desk.enter(browser, province.officer("civil_status_officer"))
    assert browser.get(f"{DESK}{row.pk}/").status_code == 404
    assert Correction.objects.count() == 1
    assert row.number not in browser.get(DESK).content.decode()


def test_a_field_is_chosen_first_where_none_was_named(province: Province, browser: Browser) -> None:
    record_id = parcel()
    citizen(province, browser)
    html = browser.get(f"{NEW}?ban-ghi={record_id}").content.decode()
    assert "Mục nào sai?" in html
    assert browser.get(f"{NEW}?ban-ghi=khong-phai").status_code == 404
    html = browser.get(f"{NEW}?ban-ghi={record_id}&muc=use&ve=//elsewhere.example").content.decode()
    assert re.search(r"(href|value)=\"//elsewhere", html) is None


def test_a_begun_day_that_is_no_day_is_refused_and_nothing_typed_is_lost(
    province: Province, browser: Browser
) -> None:
    record_id = parcel()
    citizen(province, browser)
    data = {"ban-ghi": str(record_id), "muc": "area", "dung": "512.5", "can-cu": PROOF, "tu-ngay-day": "31"}
    answer = browser.post(NEW, data | {"tu-ngay-month": "2", "tu-ngay-year": "2024"})
    assert answer.status_code == 422
    assert PROOF in answer.content.decode()
    assert not Correction.objects.exists()


def test_my_data_shows_records_looks_and_what_was_agreed_in_both_languages(
    province: Province, browser: Browser
) -> None:
    citizen(province, browser)
    assert "Chưa có bản ghi nào nói về bạn" in browser.get("/tai-khoan/du-lieu/").content.decode()
    parcel()
    person = citizen(province, browser)
    kit.begin(province, person, "1.013225")
    html = browser.get("/tai-khoan/du-lieu/").content.decode()
    assert "06838-12-7" in html
    assert "Điền sẵn tờ khai" in html
    assert "Số phát hành Giấy chứng nhận" in html
    assert person.person_id is not None
    name = kit.procedure("1.013225").name
    note_given(
        actor=province.officer("one_stop"),
        at=province.at,
        person_id=person.person_id,
        subject_id=new_id(),
        purpose=Purpose.of(LookPurpose.PREFILL, "Điền sẵn tờ khai «%(procedure)s»", procedure=name),
        given=[Given("x", RecordVersion.objects.get())],
    )
    addresses = ("/tai-khoan/du-lieu/", "/tai-khoan/ai-da-xem/", "/tai-khoan/")
    for address in addresses:
        assert f"Điền sẵn tờ khai «{name.vi}»" in browser.get(address).content.decode(), address
    english = browser.read_in("en")
    for address in addresses:
        html = english.get(address).content.decode()
        assert f"Filling in the form “{name.en}”" in html, address
        assert "Điền sẵn" not in html


def test_figures_open_down_to_the_dossiers(province: Province, browser: Browser) -> None:
    desk.enter(browser, province.officer("one_stop"))
    assert "Chưa có hồ sơ nào được đếm" in browser.get("/ban-lam-viec/hoi-mot-lan/").content.decode()
    parcel(**{"certificate.number": "CT 774512"})
    person = province.citizen(NUMBER)
    filed = kit.filed(province, person, "1.013225")
    desk.enter(browser, province.officer("one_stop"))
    assert "1.013225" in browser.get("/ban-lam-viec/hoi-mot-lan/").content.decode()
    one = browser.get("/ban-lam-viec/hoi-mot-lan/?thu-tuc=1.013225").content.decode()
    assert filed.code in one
    assert browser.get("/ban-lam-viec/hoi-mot-lan/?tu=31-31").status_code == 422


def test_lists_cost_the_same_with_one_request_and_with_fifty(province: Province, browser: Browser) -> None:
    officer = registrar(province)
    ids = [parcel(**{"parcel.number": str(number)}) for number in range(1, 52)]
    asked = [Asked(one, "area", "512.5", PROOF) for one in ids]
    open_corrections(actor=officer, at=province.at, several=asked[:1])
    desk.enter(browser, officer)
    with within("corrections:list"):
        browser.get(DESK)
    open_corrections(actor=officer, at=province.at, several=asked[1:])
    with within("corrections:list"):
        html = browser.get(DESK).content.decode()
    assert len(re.findall(r"DC-\d{4}-\d{6}", html)) == 50


def test_consent_is_asked_on_the_page_in_so_many_words_and_taken_back_on_ones_own_page(
    province: Province, browser: Browser
) -> None:
    allowance = {
        "paid.unit": kit.BINH_LIEU,
        "decision.number": "77/QĐ-UBND",
        "decision.on": "2025-01-10",
        "person.full_name": "Trần Thị Hòa",
        "person.personal_id": NUMBER,
        "person.group": "elder",
    }
    registers_kit.enter(allowance, register="social.allowances")
    person = citizen(province, browser)
    draft_id = kit.begin(province, person, "1.014137")
    given = {"request.kind": "new", "insured.group": "allowance"}
    save_answers(actor=person, at=province.at, draft_id=draft_id, given=given)
    procedure = kit.procedure("1.014137")
    page = next(one.id for one in procedure.form if any(q.id == "insured.group" for q in one.ask))
    address = f"/to-khai/{draft_id}/{page}/"
    html = browser.get(address).content.decode()
    assert "Tôi đồng ý để hệ thống tra «Sổ người hưởng trợ cấp xã hội hằng tháng» về tôi" in html
    assert "77/QĐ-UBND" not in html
    value = re.search(r'name="consent" value="([^"]+)"', html)
    assert value is not None
    typed = {"insured.group": "allowance", "insured.proof_number": "", "asked": ["insured.group"]}
    assert browser.post(address, typed | {"consent": "social.allowances 00"}).status_code == 409
    assert browser.post(address, typed | {"consent": value[1]}).status_code == 302
    html = browser.get(address).content.decode()
    assert 'value="77/QĐ-UBND"' in html
    assert 'name="consent"' not in html

    mine = browser.get("/tai-khoan/du-lieu/").content.decode()
    assert "Rút lời đồng ý" in mine
    button = re.search(r'action="(/tai-khoan/du-lieu/dong-y/[^"]+)"', mine)
    assert button is not None
    assert browser.post(button[1]).status_code == 302
    assert "đã rút lúc" in browser.get("/tai-khoan/du-lieu/").content.decode()
    assert browser.post(button[1]).status_code == 404


def test_pages_keep_their_budgets(province: Province, browser: Browser) -> None:
    record_id = parcel(**{"certificate.number": "CT 774512"})
    person = citizen(province, browser)
    asked = Asked(record_id, "area", "512.5", PROOF)
    correction_id = open_correction(actor=person, at=province.at, asked=asked)
    draft_id = kit.begin(province, person, "1.013225")
    filed = kit.filed(province, person, "1.013225")
    mine = {
        "portal:form-page of a register": f"/to-khai/{draft_id}/site/",
        "corrections:mine": "/dinh-chinh/",
        "corrections:one": f"/dinh-chinh/{correction_id}/",
        "corrections:new": f"{NEW}?ban-ghi={record_id}&muc=area",
        "mydata:show": "/tai-khoan/du-lieu/",
    }
    office = {
        "corrections:desk": f"{DESK}{correction_id}/",
    }
    counter = {
        "desk:once-only": "/ban-lam-viec/hoi-mot-lan/?thu-tuc=1.013225",
        "desk:extract": f"{desk.url_of(filed.dossier_id)}du-lieu/land_certificate/",
    }
    keep(browser, mine)
    desk.enter(browser, registrar(province))
    keep(browser, office)
    desk.enter(browser, province.officer("one_stop"))
    keep(browser, counter)


def keep(browser: Browser, pages: dict[str, str]) -> None:
    for name, address in pages.items():
        browser.get(address)
        with within(name) as caught:
            browser.get(address)
        print(f"{name}: {len(caught)}")  # noqa: T201  (the figure for the file)
