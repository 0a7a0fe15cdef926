"""What the inbox holds, in which order; signing several; the counter; the search; both languages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import MOST, budgets
from tests.web.client import Browser
from tinhso.dossiers import queries
from tinhso.dossiers.models import Batch, Dossier, Draft
from tinhso.dossiers.statuses import Status
from tinhso.kernel import clock
from tinhso.people.actions import introduce
from tinhso.people.models import Mandate, Person
from tinhso.people.queries import actor_of
from tinhso.web.desk import work

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
TAB = r'href="/ban-lam-viec/\?muc=([a-z-]+)"[^>]*>[^<]+<span class="ts-count[^"]*">(\d+)'


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def codes(html: str) -> list[str]:
    return re.findall(r"</a><small>([^<]+)</small></td>", html)


def test_what_is_due_next_stands_first_and_paused_dossiers_last(province: Province, browser: Browser) -> None:
    ids = [desk.accepted(province, province.citizen()) for _turn in range(3)]
    for dossier_id, hours in zip(ids, (50, -30, 3), strict=True):
        Dossier.objects.filter(pk=dossier_id).update(due_at=clock.now() + timedelta(hours=hours, minutes=5))
    Dossier.objects.filter(pk=ids[2]).update(status=Status.AWAITING_SUPPLEMENT)
    desk.enter(browser, province.officer("one_stop"))
    html = browser.get("/ban-lam-viec/tra-cuu/?q=hoang van chiu").content.decode()
    expected = [Dossier.objects.get(pk=ids[place]).code for place in (1, 0, 2)]
    assert codes(html) == expected
    assert "Quá hạn" in html
    assert "Tạm dừng" in html


def test_counts_on_tabs_are_the_lengths_of_their_lists(province: Province, browser: Browser) -> None:
    citizen = province.citizen()
    kit.filed(province, citizen, BIRTH)
    desk.accepted(province, citizen)
    late = desk.to_sign(province, citizen)
    Dossier.objects.filter(pk=late).update(due_at=clock.now() - timedelta(days=1))
    for role in ("one_stop", "civil_status_officer", "chairperson"):
        officer = province.officer(role)
        desk.enter(browser, officer)
        html = browser.get("/ban-lam-viec/").content.decode()
        found = re.findall(
            r'href="/ban-lam-viec/\?muc=([a-z-]+)"[^>]*>[^<]+<span class="ts-count[^"]*">(\d+)', html
        )
        tabs = dict(found)
        assert len(tabs) == 6
        for tab, count in tabs.items():
            listed = codes(browser.get(f"/ban-lam-viec/?muc={tab}").content.decode())
            assert len(listed) == int(count), (role, tab)
        mine = queries.mine(queries.work_list(actor=officer), officer).count()
        assert mine == int(tabs["cua-toi"])


def test_filters_live_in_the_address_and_an_empty_list_helps(province: Province, browser: Browser) -> None:
    desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("civil_status_officer"))
    kept = browser.get("/ban-lam-viec/?thu-tuc=1.001193&truc-tuyen=1&nguoi=chua-giao").content.decode()
    assert len(codes(kept)) == 1
    none = browser.get("/ban-lam-viec/?thu-tuc=2.000815").content.decode()
    assert codes(none) == []
    assert "Bỏ lọc" in none
    for nonsense in (
        "?muc=x&han=y&nguoi=z&sau=%FF&ho-so=1",
        "?sau=AAAA",
        "?buoc=%00&thu-tuc=%00",
        "tra-cuu/?q=%00",
    ):
        assert browser.get(f"/ban-lam-viec/{nonsense}").status_code == 200


def test_pages_of_the_list_follow_each_other_without_gap_or_repetition(
    province: Province, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {Dossier.objects.get(pk=desk.accepted(province, province.citizen())).code for _turn in range(5)}
    monkeypatch.setattr(work, "PAGE", 2)
    desk.enter(browser, province.officer("civil_status_officer"))
    url, seen = "/ban-lam-viec/", []
    while url:
        html = browser.get(url).content.decode()
        seen += codes(html)
        found = re.search(r'href="([^"]+)" rel="next"', html)
        url = found[1].replace("&amp;", "&") if found else ""
    assert len(seen) == 5
    assert set(seen) == made


def test_htmx_gets_the_panel_alone(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("civil_status_officer"))
    headers = {"HX-Request": "true", "HX-Target": "pane"}
    html = browser.get(desk.aside(dossier_id), headers=headers).content.decode()
    assert html.lstrip().startswith('<aside class="desk-pane" id="pane"')
    restored = headers | {"HX-History-Restore-Request": "true"}
    assert "<!doctype html>" in browser.get(desk.aside(dossier_id), headers=restored).content.decode()


def test_several_results_are_signed_and_each_outcome_is_told(province: Province, browser: Browser) -> None:
    good, bad = desk.to_sign(province, province.citizen()), desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("chairperson"))
    page = browser.get("/ban-lam-viec/trinh-ky/").content.decode()
    assert str(good) in page
    assert str(bad) not in page
    many = "/ban-lam-viec/viec-loat/moi/"
    assert f'action="{many}"' in page
    sign = {"viec": "ky", "dong-y": "1"}
    assert browser.post(many, sign).status_code == 422
    batch = browser.post(many, {**sign, "chon": [str(good), str(bad), "x"]})["Location"]
    desk.work_off(Batch.objects.get().pk, at=province.at)
    told = browser.get(batch).content.decode()
    assert "/KS" in told
    assert "thuộc vai trò khác" in told
    assert Dossier.objects.get(pk=good).state is Status.RETURNED
    assert Dossier.objects.get(pk=bad).finished_at is None
    assert "Không có kết quả nào chờ bạn ký" in browser.get("/ban-lam-viec/trinh-ky/").content.decode()


def test_the_result_is_previewed_before_it_is_signed(province: Province, browser: Browser) -> None:
    dossier_id = desk.to_sign(province, province.citizen())
    desk.enter(browser, province.officer("chairperson"))
    answer = browser.get(desk.url_of(dossier_id, "xem-truoc"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert Dossier.objects.get(pk=dossier_id).state is Status.IN_PROGRESS


def test_cash_at_the_counter_opens_the_way_to_accept(province: Province, browser: Browser) -> None:
    dossier_id = kit.filed(province, province.citizen(), BIRTH).dossier_id
    desk.enter(browser, province.officer("one_stop"))
    blocked = browser.get(desk.aside(dossier_id)).content.decode()
    assert "chưa nộp" in blocked
    assert "Tiếp nhận và hẹn trả" not in blocked
    assert "Phải thu" in browser.get(desk.url_of(dossier_id, "thu-tien")).content.decode()
    browser.post(desk.url_of(dossier_id, "thu-tien"), {"revision": str(desk.revision(dossier_id))})
    free = browser.get(desk.aside(dossier_id)).content.decode()
    assert "Tiếp nhận và hẹn trả" in free
    assert "Phiếu thu số" in free


def test_a_supplement_lists_what_was_ticked(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("civil_status_officer"))
    assert "Giấy chứng sinh" in browser.get(desk.url_of(dossier_id, "bo-sung")).content.decode()
    form = {
        "revision": str(desk.revision(dossier_id)),
        "thieu": ["paper:birth_notice", "question:child.full_name", "paper:absent"],
        "ghi-question:child.full_name": "thiếu chữ đệm",
        "khac": "Mang theo thẻ căn cước.\n\n",
    }
    assert browser.post(desk.url_of(dossier_id, "bo-sung"), form).status_code == 302
    items = Dossier.objects.get(pk=dossier_id).supplements.get().items
    assert [item["kind"] for item in items] == ["paper", "question", "other"]
    assert items[0]["text"].startswith("Giấy chứng sinh: ")
    assert "thiếu chữ đệm" in items[1]["text"]


def test_the_counter_writes_a_person_down_and_begins_their_form(province: Province, browser: Browser) -> None:
    officer = province.officer("one_stop")
    desk.enter(browser, officer)
    intake = "/ban-lam-viec/tiep-nhan/"
    assert browser.get(intake, {"so": "0221"}).status_code == 422
    assert "Ghi người nộp" in browser.get(intake, {"so": "022 191 004 512"}).content.decode()
    person = {"so": "022191004512", "ho-ten": "Chíu Thị Hoa", "gioi-tinh": "female"}
    wrong = browser.post(f"{intake}ghi-nguoi/", person)
    assert wrong.status_code == 422
    assert 'value="Chíu Thị Hoa"' in wrong.content.decode()
    assert not Person.objects.filter(personal_id="022191004512").exists()
    born = {"ngay-sinh-day": "8", "ngay-sinh-month": "3", "ngay-sinh-year": "1991"}
    chosen = browser.post(f"{intake}ghi-nguoi/", person | born)["Location"]
    assert browser.get(intake, {"so": "022191004512"})["Location"] == chosen
    assert "Đăng ký khai sinh" in browser.get(chosen, {"q": "khai sinh"}).content.decode()
    form = {"thu-tuc": BIRTH, "dia-ban": kit.BINH_LIEU}
    absent = browser.post(chosen, form)
    assert absent.status_code == 422
    assert not Draft.objects.exists()
    started = browser.post(chosen, form | {"co-mat": "1"})
    draft = Draft.objects.get()
    assert started["Location"] == f"/to-khai/{draft.pk}/requester/"
    assert (draft.channel, draft.account_id) == ("counter", officer.account_id)
    assert "Đăng ký khai sinh" in browser.get(started["Location"]).content.decode()
    mandate = Mandate.objects.get()
    assert (mandate.kind, mandate.scope, mandate.principal_id) == ("assisted", [BIRTH], draft.applicant_id)


def test_what_the_counter_files_goes_on_at_the_desk(province: Province, browser: Browser) -> None:
    citizen, officer = province.citizen(), province.officer("one_stop")
    assert citizen.person_id is not None
    introduce(
        actor=kit.SYSTEM, at=province.at, person_id=citizen.person_id, agency_id=officer.posts[0].agency_id
    )
    desk.enter(browser, officer)
    form = {"thu-tuc": BIRTH, "dia-ban": kit.BINH_LIEU, "co-mat": "1"}
    browser.post(f"/ban-lam-viec/tiep-nhan/{citizen.person_id}/", form)
    draft = Draft.objects.get()
    assisting = actor_of(officer.signed_in_as, at=clock.now())
    kit.fill_in(assisting, draft.pk, kit.procedure(BIRTH).examples[0], at=clock.now())
    assert browser.get(f"/to-khai/{draft.pk}/giay-to/").status_code == 200
    filed = browser.post(f"/to-khai/{draft.pk}/kiem-tra/")
    dossier = Dossier.objects.get()
    assert filed["Location"] == desk.url_of(dossier.pk)
    assert dossier.channel == "counter"
    assert dossier.code in browser.get(filed["Location"]).content.decode()


def test_only_the_counter_takes_people_in(province: Province, browser: Browser) -> None:
    desk.enter(browser, province.officer("chairperson"))
    assert browser.get("/ban-lam-viec/tiep-nhan/").status_code == 403


def test_pages_speak_english(province: Province, browser: Browser) -> None:
    dossier_id = desk.to_sign(province, province.citizen())
    desk.enter(browser, province.officer("chairperson"))
    browser.read_in("en")
    for url in (desk.aside(dossier_id), desk.url_of(dossier_id), desk.url_of(dossier_id, "tra-buoc")):
        html = browser.get(url).content.decode()
        assert "Birth registration" in html
        assert "Sign" in html


def test_pages_cost_the_same_with_one_dossier_and_with_many(province: Province, browser: Browser) -> None:
    one = desk.to_sign(province, province.citizen())
    kit.filed(province, province.citizen(), BIRTH)
    desk.enter(browser, province.officer("chairperson"))
    urls = {
        "desk:inbox": "/ban-lam-viec/?muc=dang-xu-ly",
        "desk:inbox with a dossier": f"/ban-lam-viec/?muc=dang-xu-ly&ho-so={one}",
        "desk:dossier": desk.url_of(one),
        "desk:act": desk.url_of(one, "tra-buoc"),
        "desk:search": "/ban-lam-viec/tra-cuu/?q=hoang",
        "desk:signing": "/ban-lam-viec/trinh-ky/",
        "desk:opinions": "/ban-lam-viec/y-kien/",
    }
    first = {name: asked(browser, url) for name, url in urls.items()}
    for _turn in range(4):
        desk.to_sign(province, province.citizen())
    again = {name: asked(browser, url) for name, url in urls.items()}
    assert all(again[name] <= first[name] for name in urls), (first, again)
    allowed = budgets()
    assert all(first[name] <= allowed[name] <= MOST for name in urls), first


def asked(browser: Browser, url: str) -> int:
    """Return how many questions the page asked; savepoints exist only inside a test's transaction."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"][:20] for query in captured.captured_queries)
