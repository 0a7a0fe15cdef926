"""Many dossiers at once at the desk, kept lists, columns, walking through a list, sentences, workload."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import MOST, budgets
from tests.web.client import Browser
from tinhso.dossiers.models import Batch, BatchItem, Dossier, ReasonTemplate, StepRun
from tinhso.kernel import clock
from tinhso.people.models import PersonAccess
from tinhso.people.types import Actor
from tinhso.web.desk import looking

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HOME, NEW, MINE = "/ban-lam-viec/", "/ban-lam-viec/viec-loat/moi/", "/ban-lam-viec/viec-loat/"
EXAMINER = "civil_status_officer"
WHY = "Người nộp đề nghị ghi đúng theo giấy chứng sinh bản gốc."


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def waiting(province: Province, count: int) -> list[UUID]:
    first = desk.accepted(province, province.citizen())
    return [first, *desk.like(first, count - 1)]


def value(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def asked(browser: Browser, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return sum("SAVEPOINT" not in query["sql"][:20] for query in captured.captured_queries)


def test_ticked_rows_are_claimed_and_the_page_tells_of_each(province: Province, browser: Browser) -> None:
    examiner, ids = province.officer(EXAMINER), waiting(province, 3)
    desk.enter(browser, examiner)
    page = browser.get(HOME).content.decode()
    assert page.count('name="chon"') == 3
    sent = {"viec": "nhan", "chon": [str(ids[0]), str(ids[1])], "lan": value(page, "lan"), "ve": ""}

    answer = browser.post(NEW, sent)
    again = browser.post(NEW, sent)

    assert answer["Location"] == again["Location"], "sent twice it is one batch"
    shown = browser.get(answer["Location"]).content.decode()
    assert "Đang làm: 0 trên 2 hồ sơ" in shown
    assert 'hx-trigger="every 2s"' in shown
    batch = Batch.objects.get()
    desk.work_off(batch.pk, at=province.at)
    part = browser.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "Đã xong." in part
    assert "hx-trigger" not in part
    assert "<html" not in part
    assert StepRun.objects.filter(holder_id=examiner.account_id, closed_at=None).count() == 2
    assert "2 hồ sơ" in browser.get(MINE).content.decode()


def test_a_whole_list_is_shown_before_it_is_handed_over(province: Province, browser: Browser) -> None:
    examiner, ids = province.officer(EXAMINER), waiting(province, 12)
    colleague = desk.second(province, examiner)
    desk.enter(browser, examiner)

    page = browser.post(NEW, {"viec": "ban-giao", "ca-danh-sach": "1", "ve": "muc=cua-toi", "lan": ""})

    html = page.content.decode()
    assert page.status_code == 200
    assert "12 hồ sơ đã chọn" in html
    assert "và 4 hồ sơ nữa" in html
    form = {name: value(html, name) for name in ("viec", "chon", "ve", "lan", "dong-y")}
    nobody = browser.post(NEW, form)
    assert nobody.status_code == 422
    assert "Hãy chọn người nhận việc." in nobody.content.decode()
    browser.post(NEW, {**form, "nguoi-nhan": str(colleague.account_id)})
    batch = Batch.objects.get()
    assert set(batch.items.values_list("dossier_id", flat=True)) == set(ids)
    desk.work_off(batch.pk, at=province.at)
    assert set(StepRun.objects.filter(closed_at=None).values_list("holder_id", flat=True)) == {
        colleague.account_id
    }


def test_nothing_ticked_and_too_many_are_told_in_place(province: Province, browser: Browser) -> None:
    desk.enter(browser, province.officer(EXAMINER))
    waiting(province, 1)
    none = browser.post(NEW, {"viec": "nhan"})
    assert none.status_code == 422
    assert "Chưa chọn hồ sơ nào" in none.content.decode()
    many = browser.post(NEW, {"viec": "nhan", "chon": " ".join(str(UUID(int=n)) for n in range(501))})
    assert many.status_code == 422
    assert "501" in many.content.decode()
    assert not Batch.objects.exists()


def test_a_batch_is_stopped_and_nobody_else_may(province: Province, browser: Browser) -> None:
    examiner, ids = province.officer(EXAMINER), waiting(province, 2)
    desk.enter(browser, examiner)
    url = browser.post(NEW, {"viec": "nhan", "chon": [str(pk) for pk in ids]})["Location"]
    stranger = Browser()
    desk.enter(stranger, desk.second(province, examiner))
    assert stranger.get(url).status_code == 404
    assert stranger.post(f"{url}dung/").status_code == 404

    html = browser.post(f"{url}dung/", follow=True).content.decode()

    assert "2 hồ sơ chưa làm được giữ nguyên" in html
    assert not StepRun.objects.filter(holder_id=examiner.account_id).exists()


def test_why_a_dossier_failed_stands_with_the_way_to_it(province: Province, browser: Browser) -> None:
    examiner, ids = province.officer(EXAMINER), waiting(province, 2)
    desk.enter(browser, examiner)
    url = browser.post(NEW, {"viec": "nhan", "chon": [str(pk) for pk in ids]})["Location"]
    desk.claim(province, desk.second(province, examiner), ids[1])
    desk.work_off(Batch.objects.get().pk, at=province.at)
    html = browser.get(url).content.decode()
    assert "đang do Vi Văn Thứ giữ" in html
    assert f'href="{desk.url_of(ids[1])}"' in html
    assert "Held" in browser.read_in("en").get(url).content.decode() or BatchItem.objects.count() == 2


def test_a_filter_is_kept_by_name_and_forgotten(province: Province, browser: Browser) -> None:
    waiting(province, 1)
    desk.enter(browser, province.officer(EXAMINER))
    url, ve = "/ban-lam-viec/bo-loc/", "muc=cua-toi&thu-tuc=1.001193"
    assert browser.post(url, {"ve": ve, "ten": " "}).status_code == 422
    assert browser.post(url, {"ve": "muc=cua-toi", "ten": "Mọi việc"}).status_code == 422
    browser.post(url, {"ve": ve, "ten": "Khai sinh"})
    browser.post(url, {"ve": f"{ve}&truc-tuyen=1", "ten": "khai SINH"})

    page = browser.get(f"{HOME}?{ve}&truc-tuyen=1").content.decode()
    assert page.count("khai SINH</a>") == 1
    assert ">Khai sinh</a>" not in page
    assert 'aria-current="true">khai SINH' in page
    kept = value(browser.get(f"{url}?ve={ve}").content.decode(), "bo")
    browser.post(url, {"ve": ve, "bo": kept})
    assert "khai SINH</a>" not in browser.get(HOME).content.decode()


def test_columns_are_chosen_and_remembered(province: Province, browser: Browser) -> None:
    waiting(province, 1)
    desk.enter(browser, province.officer(EXAMINER))
    assert "Ngày nộp</th>" not in browser.get(HOME).content.decode()
    browser.post("/ban-lam-viec/cot/", {"cot": ["ngay-nop", "buoc"], "ve": ""})
    html = browser.get(HOME).content.decode()
    assert "Ngày nộp</th>" in html
    assert "Người nộp</th>" not in html
    assert "Ngày nộp</th>" in browser.get("/ban-lam-viec/tra-cuu/?q=hoang").content.decode()
    for wrong in (["khong-co"], ["nguoi-nop", "buoc", "nguoi-giu", "co-quan", "cach-nop", "ngay-nop"]):
        assert browser.post("/ban-lam-viec/cot/", {"cot": wrong}).status_code == 422
    browser.post("/ban-lam-viec/cot/", {})
    assert "Người nộp</th>" in browser.get(HOME).content.decode()


def test_a_list_is_walked_through_and_an_act_leads_on(province: Province, browser: Browser) -> None:
    ids = waiting(province, 3)
    for number, pk in enumerate(ids):
        Dossier.objects.filter(pk=pk).update(due_at=clock.now() + timedelta(hours=30 + number))
    desk.enter(browser, province.officer(EXAMINER))
    ve = "ve=muc%3Dcua-toi"

    first = browser.get(f"{desk.url_of(ids[0])}?{ve}").content.decode()
    assert "1 trên 3" in first
    assert 'data-walk="-1"' not in first
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following
    second = browser.get(following[1].replace("&amp;", "&"), follow=True)
    assert second.redirect_chain[-1][0].startswith(desk.url_of(ids[1]))
    html = second.content.decode()
    assert "2 trên 3" in html

    noi = value(html, "noi")
    answer = browser.post(
        desk.url_of(ids[1], "chuyen-buoc"), desk.form(ids[1], ve="muc=cua-toi", noi=noi), follow=True
    )
    assert answer.redirect_chain[-1][0].startswith(desk.url_of(ids[2]))
    shown = answer.content.decode()
    assert "2 trên 2" in shown
    assert f"{Dossier.objects.get(pk=ids[1]).code}: Đã chuyển bước" in shown

    stays = browser.post(
        desk.url_of(ids[2], "nhan"), desk.form(ids[2], ve="muc=cua-toi", noi=value(shown, "noi"))
    )
    assert stays["Location"].startswith(desk.url_of(ids[2]))


def test_the_end_of_a_list_leads_back_to_it(province: Province, browser: Browser) -> None:
    (only,) = waiting(province, 1)
    desk.enter(browser, province.officer(EXAMINER))
    html = browser.get(f"{desk.url_of(only)}?ve=muc%3Dcua-toi").content.decode()
    answer = browser.post(
        desk.url_of(only, "chuyen-buoc"), desk.form(only, ve="muc=cua-toi", noi=value(html, "noi"))
    )
    assert answer["Location"] == "/ban-lam-viec/?muc=cua-toi"
    for nonsense in ("", "?ve=%00&noi=x", "?ve=muc%3Dx&noi=AAAA&lui=1"):
        assert browser.get(f"/ban-lam-viec/ke-tiep/{nonsense}").status_code == 302


def test_papers_lie_beside_the_answers(province: Province, browser: Browser) -> None:
    (dossier_id,) = waiting(province, 1)
    desk.enter(browser, province.officer(EXAMINER))
    html = browser.get(desk.url_of(dossier_id)).content.decode()
    assert 'id="xem-giay"' in html
    assert "?ban=xem" in html
    papers = [one for ids in Dossier.objects.get(pk=dossier_id).papers.values() for one in ids]
    chosen = browser.get(f"{desk.url_of(dossier_id)}?giay={papers[-1]}").content.decode()
    assert f'src="{desk.url_of(dossier_id)}giay-to/{papers[-1]}/?ban=xem"' in chosen
    assert browser.get(f"{desk.url_of(dossier_id)}?giay=x%00").status_code == 200


def test_who_oversees_reads_papers_is_noted_and_acts_on_nothing(
    province: Province, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "_noted", type(looking._noted)())
    (dossier_id,) = waiting(province, 1)
    paper = next(one for ids in Dossier.objects.get(pk=dossier_id).papers.values() for one in ids)
    watcher = province.officer("supervisor", "province_committee")
    desk.enter(browser, watcher)

    html = browser.get(desk.url_of(dossier_id)).content.decode()

    assert 'id="xem-giay"' in html
    assert "không được xem tệp này" not in html
    assert 'id="main-act"' not in html
    assert "desk-act__list" not in html
    assert not re.search(r'hx-get="[^"]*/(ban-giao|nhan|tra-buoc|dung|gia-han|ghi-chu)/', html)
    file = f"{desk.url_of(dossier_id)}giay-to/{paper}/"
    assert [browser.get(f"{file}{query}").status_code for query in ("?ban=xem", "")] == [200, 200]
    noted = PersonAccess.objects.filter(actor_id=str(watcher.account_id), purpose="paper")
    assert noted.count() == 1
    assert str(noted.get().subject_id) == paper
    assert 'name="chon"' not in browser.get(f"{HOME}?muc=dang-xu-ly").content.decode()


def test_an_agency_keeps_sentences_and_every_reason_offers_them(province: Province, browser: Browser) -> None:
    examiner, leader = province.officer(EXAMINER), province.officer("chairperson")
    dossier_id = desk.to_sign(province, province.citizen())
    desk.enter(browser, examiner)
    url = "/ban-lam-viec/cau-mau/"
    assert browser.post(url, {"cau": "ngắn", "viec": "moi-viec"}).status_code == 422
    browser.post(url, {"cau": WHY, "viec": "moi-viec"})
    browser.post(url, {"cau": "Chỉ dùng khi dừng giải quyết hồ sơ.", "viec": "stop"})

    chair = Browser()
    desk.enter(chair, leader)
    back = chair.get(desk.url_of(dossier_id, "tra-buoc")).content.decode()
    assert WHY in back
    assert "Chỉ dùng khi dừng" not in back
    elsewhere = Browser()
    desk.enter(elsewhere, province.officer(EXAMINER, unit=kit.HONG_GAI))
    assert WHY not in elsewhere.get(url).content.decode()
    template = ReasonTemplate.objects.get(text=WHY)
    assert elsewhere.post(f"{url}{template.pk}/bo/").status_code == 404
    colleague = Browser()
    desk.enter(colleague, desk.second(province, examiner))
    assert colleague.post(f"{url}{template.pk}/bo/").status_code == 403
    assert chair.post(f"{url}{template.pk}/bo/").status_code == 302
    assert WHY not in chair.get(desk.url_of(dossier_id, "tra-buoc")).content.decode()


def test_the_head_sees_who_has_how_much_and_each_figure_opens_its_list(
    province: Province, browser: Browser
) -> None:
    examiner, leader, ids = province.officer(EXAMINER), province.officer("chairperson"), waiting(province, 4)
    for dossier_id in ids[:3]:
        desk.claim(province, examiner, dossier_id)
    # None is due today, whatever day this runs on.
    Dossier.objects.filter(pk__in=ids).update(due_at=clock.now() + timedelta(days=30))
    Dossier.objects.filter(pk=ids[0]).update(due_at=clock.now() - timedelta(days=1))
    desk.enter(browser, leader)

    html = browser.get("/ban-lam-viec/khoi-luong/").content.decode()

    figures = re.findall(r'href="(/ban-lam-viec/\?[^"]+)">(\d+)</a>', html)
    assert sorted(int(count) for _url, count in figures) == [1, 1, 3]
    for url, count in figures:
        listed = browser.get(url.replace("&amp;", "&")).content.decode()
        assert listed.count("data-row=") == int(count), url
    give = re.search(r'href="(/ban-lam-viec/viec-loat/moi/[^"]+)">Bàn giao<span[^>]*> Hoàng Văn Quý', html)
    assert give
    assert "3 hồ sơ đã chọn" in browser.get(give[1].replace("&amp;", "&")).content.decode()
    done = re.search(r'href="(/ban-lam-viec/khoi-luong/[^"]+da-xong/)">(\d+)', html)
    assert done
    assert browser.get(done[1]).content.decode().count("data-row=") == int(done[2])
    for other in (examiner, province.officer("supervisor", "province_committee")):
        reader = Browser()
        desk.enter(reader, other)
        assert reader.get("/ban-lam-viec/khoi-luong/").status_code == 403


def send_after_the_session_ended(browser: Browser, url: str, officer: Actor, sent: dict[str, object]) -> str:
    """Send a form when the session is over, sign in as the officer, and return the page that is shown."""
    store = browser.session
    store["seen_at"] = (clock.now() - timedelta(days=1)).isoformat()
    store.save()
    answer = browser.post(url, sent)
    assert answer["Location"].startswith("/dang-nhap/?next=")
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    desk.enter(browser, officer)
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != session
    return str(browser.get(url).content.decode())


def test_what_was_typed_when_the_session_ended_is_given_back_to_the_same_officer_once(
    province: Province, browser: Browser
) -> None:
    examiner, (dossier_id,) = province.officer(EXAMINER), waiting(province, 1)
    desk.enter(browser, examiner)
    url, text = desk.url_of(dossier_id, "ghi-chu"), "Đã gọi điện, người nộp hẹn thứ Năm."

    html = send_after_the_session_ended(browser, url, examiner, {"noi-dung": text, "revision": "1"})

    assert text in html
    assert "Phiên làm việc đã hết" in html
    assert not Dossier.objects.get(pk=dossier_id).notes.exists()
    assert text not in browser.get(url).content.decode()


def test_what_was_typed_is_never_given_to_another_officer(province: Province, browser: Browser) -> None:
    examiner, (dossier_id,) = province.officer(EXAMINER), waiting(province, 1)
    desk.enter(browser, examiner)
    url, text = desk.url_of(dossier_id, "ghi-chu"), "Đã gọi điện, người nộp hẹn thứ Năm."
    colleague = desk.second(province, examiner)

    html = send_after_the_session_ended(browser, url, colleague, {"noi-dung": text, "revision": "1"})

    assert text not in html


def test_an_appointment_without_anything_names_every_mistake(province: Province, browser: Browser) -> None:
    leader = province.officer("chairperson")
    desk.enter(browser, leader)
    url = f"/ban-lam-viec/nhan-su/co-quan/{leader.posts[0].agency_id}/giao/"
    answer = browser.post(url, {"tu-ngay-day": "45"})
    html = answer.content.decode()
    assert answer.status_code == 422
    for words in ("tên đăng nhập của cán bộ.", "chọn vai trò", "ghi chức danh", "ghi ngày đủ"):
        assert words in html, words


@pytest.mark.parametrize(
    ("url", "area"),
    [
        ("/ban-lam-viec/", "Hộp việc"),
        ("/ban-lam-viec/thong-bao/", ""),
        ("/ban-lam-viec/y-kien/", "Ý kiến"),
        ("/ban-lam-viec/viec-loat/", "Hộp việc"),
        ("/ban-lam-viec/so-theo-doi/", "Tra cứu"),
    ],
)
def test_the_rail_marks_the_area_one_is_in(province: Province, browser: Browser, url: str, area: str) -> None:
    desk.enter(browser, province.officer("chairperson"))
    rail = browser.get(url).content.decode().partition('class="desk-rail"')[2].partition("</nav>")[0]
    marked = re.findall(r'aria-current="page".*?<span>([^<]+)</span>', rail)
    assert marked == ([area] if area else [])


def test_pages_of_the_day_cost_the_same_with_one_and_with_many(province: Province, browser: Browser) -> None:
    leader, first = province.officer("chairperson"), desk.to_sign(province, province.citizen())
    desk.enter(browser, leader)
    batch = browser.post(NEW, {"viec": "tra-buoc", "chon": str(first), "dong-y": "1", "ly-do": WHY})[
        "Location"
    ]
    urls = {
        "desk:dossier of a list": f"{desk.url_of(first)}?ve=muc%3Dcho-ky",
        "desk:batch": batch,
        "desk:batches": MINE,
        "desk:batch-new": f"{NEW}?viec=ban-giao&ca-danh-sach=1&ve=muc%3Ddang-xu-ly",
        "desk:workload": "/ban-lam-viec/khoi-luong/",
        "desk:reasons": "/ban-lam-viec/cau-mau/",
        "desk:columns": "/ban-lam-viec/cot/",
        "desk:filters": "/ban-lam-viec/bo-loc/",
    }
    # The first look of the day is noted for the citizen; that is asked elsewhere.
    browser.get(urls["desk:dossier of a list"])
    one = {name: asked(browser, url) for name, url in urls.items()}
    more = desk.like(first, 30)
    browser.post(NEW, {"viec": "tra-buoc", "chon": " ".join(map(str, more)), "dong-y": "1", "ly-do": WHY})
    urls["desk:batch"] = f"{MINE}{Batch.objects.order_by('-asked_at')[0].pk}/"
    many = {name: asked(browser, url) for name, url in urls.items()}
    assert all(many[name] <= one[name] for name in urls), (one, many)
    allowed = budgets()
    assert all(one[name] <= allowed[name] <= MOST for name in urls), one
