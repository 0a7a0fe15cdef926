"""Who sees the desk and what of it; who may do what; what two officers do to each other."""

import pytest
from django.urls import reverse

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, PERMIT, Province
from tests.fixtures_trust import Trust, trust
from tests.people_kit import sign_in
from tests.web.client import Browser
from tinhso.dossiers.models import Consultation, Dossier
from tinhso.dossiers.statuses import OPEN
from tinhso.people.models import PersonAccess
from tinhso.web.desk import looking

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
PAGES = ("inbox", "search", "signing", "opinions", "intake")


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(browser: Browser, page: str) -> None:
    answer = browser.get(reverse(f"desk:{page}"))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/?next=%2Fban-lam-viec%2F")


@pytest.mark.parametrize("page", PAGES)
def test_a_citizen_is_told_the_desk_is_not_theirs(province: Province, browser: Browser, page: str) -> None:
    sign_in(browser, province.citizen().signed_in_as)
    answer = browser.get(reverse(f"desk:{page}"))
    assert answer.status_code == 403
    assert "chỉ dành cho cán bộ" in answer.content.decode()


def test_officers_of_other_agencies_find_nothing(province: Province, browser: Browser) -> None:
    dossier_id = desk.to_sign(province, province.citizen())
    desk.enter(browser, province.officer("chairperson", unit=kit.HONG_GAI))
    for url in (
        desk.aside(dossier_id),
        desk.url_of(dossier_id),
        desk.url_of(dossier_id, "ky"),
        desk.url_of(dossier_id, "xem-truoc"),
    ):
        assert browser.get(url).status_code == 404
    assert browser.post(desk.url_of(dossier_id, "ky"), desk.form(dossier_id)).status_code == 404
    assert Dossier.objects.get(pk=dossier_id).state in OPEN
    assert "Không tìm thấy hồ sơ nào" in browser.get("/ban-lam-viec/tra-cuu/?q=hoang").content.decode()


def test_another_role_sees_who_must_act_and_is_offered_nothing(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("chairperson"))
    html = browser.get(desk.aside(dossier_id)).content.decode()
    assert "Bạn chỉ xem được hồ sơ này" in html
    assert 'id="main-act"' not in html
    answer = browser.post(desk.url_of(dossier_id, "chuyen-buoc"), desk.form(dossier_id))
    assert answer.status_code == 403
    assert Dossier.objects.get(pk=dossier_id).steps.get(closed_at=None).step == "examine"


def test_a_supervisor_only_reads(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("supervisor", "province_committee"))
    html = browser.get(desk.aside(dossier_id)).content.decode()
    assert "để giám sát" in html
    assert 'id="main-act"' not in html
    assert browser.get(desk.url_of(dossier_id, "dung")).status_code == 409


def test_a_stale_page_is_refused_and_keeps_what_was_typed(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("civil_status_officer"))
    seen = desk.form(dossier_id, ly_do="Ảnh giấy chứng sinh không đọc được.")
    browser.post(desk.url_of(dossier_id, "nhan"), {"revision": seen["revision"]})

    answer = browser.post(desk.url_of(dossier_id, "dung"), seen)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in html
    assert "Ảnh giấy chứng sinh không đọc được." in html
    assert f'name="revision" value="{desk.revision(dossier_id)}"' in html
    assert Dossier.objects.get(pk=dossier_id).state in OPEN


def test_a_form_without_its_revision_changes_nothing(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("civil_status_officer"))
    assert browser.post(desk.url_of(dossier_id, "chuyen-buoc"), desk.found(dossier_id)).status_code == 409
    assert Dossier.objects.get(pk=dossier_id).steps.get(closed_at=None).step == "examine"


@pytest.mark.parametrize("act", ["dung", "gia-han", "bo-sung", "ban-giao"])
def test_an_act_without_its_reason_is_refused_there(province: Province, browser: Browser, act: str) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("civil_status_officer"))
    answer = browser.post(desk.url_of(dossier_id, act), {"revision": str(desk.revision(dossier_id))})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi: " in html
    assert "data-error-summary" in html
    assert Dossier.objects.get(pk=dossier_id).state in OPEN


def test_a_wrong_finding_is_shown_at_its_field(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("civil_status_officer"))
    form = desk.form(dossier_id) | {
        "child.personal_id": "123",
        "asked": ["register.book", "child.personal_id"],
    }
    answer = browser.post(desk.url_of(dossier_id, "chuyen-buoc"), form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#child.personal_id"' in html
    assert 'value="123"' in html


def test_a_claimed_dossier_names_its_holder_to_colleagues(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    examiner = province.officer("civil_status_officer")
    desk.enter(browser, examiner)
    browser.post(desk.url_of(dossier_id, "nhan"), {"revision": str(desk.revision(dossier_id))})
    assert ">Bạn</td>" in browser.get("/ban-lam-viec/").content.decode()
    desk.enter(browser, province.officer("one_stop"))
    html = browser.get("/ban-lam-viec/?muc=dang-xu-ly").content.decode()
    assert examiner.full_name in html


def test_a_look_is_noted_once_a_day_for_each_dossier(province: Province, browser: Browser) -> None:
    citizen = province.citizen()
    dossier_id = desk.accepted(province, citizen)
    officer = province.officer("civil_status_officer")
    for _session in range(2):
        desk.enter(browser, officer)
        for url in (desk.aside(dossier_id), desk.url_of(dossier_id)):
            browser.get(url)
        browser.logout()
        looking._noted.clear()  # as another process would be
    looks = PersonAccess.objects.filter(subject_id=dossier_id, actor_id=str(officer.account_id))
    assert [look.purpose for look in looks] == ["dossier"]


def test_an_opinion_is_answered_where_it_was_asked(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen(), PERMIT)
    asked = Consultation.objects.get(consultation="planning", dossier_id=dossier_id)
    desk.enter(browser, province.officer("specialist", "construction_department"))
    assert str(asked.pk) in browser.get("/ban-lam-viec/y-kien/").content.decode()
    url = desk.url_of(dossier_id, f"y-kien/{asked.pk}")
    assert f'action="{url}"' in browser.get(desk.url_of(dossier_id)).content.decode()
    refused = browser.post(url, {"opinion": "disagree", "text": "ngắn"})
    assert refused.status_code == 422
    assert ">ngắn</textarea>" in refused.content.decode().replace("\n", "")
    assert browser.post(url, {"opinion": "agree", "text": ""}).status_code == 302
    asked.refresh_from_db()
    assert asked.opinion == "agree"
    assert str(asked.pk) not in browser.get("/ban-lam-viec/y-kien/").content.decode()


def test_only_its_own_papers_are_served_and_originals_are_kept_out(
    province: Province, browser: Browser
) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    other_id = kit.filed(province, province.citizen("000195000102", full_name="La Thị Nga"), BIRTH).dossier_id
    paper = next(ids[0] for ids in Dossier.objects.get(pk=dossier_id).papers.values() if ids)
    desk.enter(browser, province.officer("one_stop"))
    original = browser.get(desk.url_of(dossier_id, f"giay-to/{paper}"))
    assert original["Content-Disposition"].startswith("attachment")
    copy = browser.get(desk.url_of(dossier_id, f"giay-to/{paper}") + "?ban=xem")
    assert copy["Content-Type"] == "image/jpeg"
    assert browser.get(desk.url_of(other_id, f"giay-to/{paper}")).status_code == 404
    assert "chưa quét vi-rút" in browser.get(desk.url_of(dossier_id)).content.decode()
