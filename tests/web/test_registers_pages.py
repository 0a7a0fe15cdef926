"""Registers at the desk: the list of them, one as a list, one record, its file."""

import csv
import io
import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from tests import desk_kit as desk
from tests import people_kit
from tests import registers_kit as kit
from tests.perf.queries import within
from tests.registers_kit import BINH_LIEU, HONG_GAI, SCHOOLS
from tests.web.client import Browser
from tinhso.dossiers.exporting import running
from tinhso.dossiers.models import Export
from tinhso.kernel import clock
from tinhso.kernel.models import LedgerEntry
from tinhso.people.models import PersonAccess
from tinhso.people.types import Actor
from tinhso.registers import sight
from tinhso.registers.actions.merge_records import merge_records
from tinhso.registers.types import Source, SourceKind
from tinhso.web.registers import exporting
from tinhso.web.registers.proof import source_words

pytestmark = pytest.mark.django_db
DEATHS = "civil-status.deaths"
HOME = "/ban-lam-viec/du-lieu/"


@pytest.fixture
def specialist() -> Actor:
    """Keeps the commune's schools."""
    return kit.officer("specialist")


def list_of(register: str, **query: str) -> str:
    return reverse("registers:list", args=[register], query=query)


def death(**changes: object) -> dict[str, object]:
    return {
        "extract.number": "7/KT",
        "registered.unit": BINH_LIEU,
        "registered.on": "2026-03-09",
        "deceased.full_name": "Hoàng Văn Sáng",
        "deceased.personal_id": "022040001111",
        "death.on": "2026-03-07",
        "death.cause": "Tai biến mạch máu não",
        **changes,
    }


def page(browser: Browser, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    html: str = answer.content.decode()
    return html


def test_the_first_page_names_the_registers_by_field_with_what_they_hold(
    browser: Browser, specialist: Actor
) -> None:
    kit.school("A1", "Trường Tiểu học Bình Liêu")
    kit.school("A2", "Trường Tiểu học Hồng Gai", unit=HONG_GAI)
    desk.enter(browser, specialist)
    with within("registers:home"):
        html = page(browser, HOME)
    assert list_of(SCHOOLS) in html
    assert "Giáo dục" in html
    assert reverse("registers:quality", args=[SCHOOLS]) in html
    assert "civil-status.births" not in html, "a specialist of the commune reads no births"


def test_a_list_is_found_by_words_without_marks_by_filters_and_by_unit(
    browser: Browser, specialist: Actor
) -> None:
    kit.school("A1", "Trường Tiểu học Lục Hồn", more={"level": "primary"})
    kit.school("A2", "Trường Mầm non Lục Hồn", more={"level": "kindergarten"})
    kit.school("A3", "Trường Tiểu học Hồng Gai", unit=HONG_GAI)
    desk.enter(browser, specialist)
    assert "3 bản ghi" in page(browser, list_of(SCHOOLS)), "what is open data is listed to every officer"
    html = page(browser, list_of(SCHOOLS, q="luc hon"))
    assert "A1" in html
    assert "A2" in html
    assert "A3" not in html
    html = page(browser, list_of(SCHOOLS, **{"q": "luc hon", "m.level": "kindergarten"}))
    assert "Trường Mầm non Lục Hồn" in html
    assert "Trường Tiểu học Lục Hồn" not in html
    assert "Trường Tiểu học Hồng Gai" in page(browser, list_of(SCHOOLS, xa=HONG_GAI))
    assert "Không có bản ghi nào khớp" in page(browser, list_of(SCHOOLS, q="khong co ai"))


def test_a_relation_narrows_the_list_by_key_or_words_and_through_mergers(
    browser: Browser, specialist: Actor
) -> None:
    main = kit.school("A1", "Trường Tiểu học Lục Hồn")
    twin = kit.school("A2", "Trường Tiểu học Lục Hồn cũ")
    kit.school("B1", "Điểm trường Khe O", more={"school.main": str(main)})
    kit.school("B2", "Điểm trường Cao Thắng", more={"school.main": str(twin)})
    desk.enter(browser, specialist)

    def found(said: str, status: int = 200) -> set[str]:
        asked = browser.get(list_of(SCHOOLS, **{"m.school.main": said}))
        assert asked.status_code == status
        return {row.key for row in asked.context["page"].rows}

    assert found("A1") == found(str(main)) == {"B1"}
    assert found("A2") == found("luc hon cu") == {"B2"}
    html = page(browser, list_of(SCHOOLS, **{"m.school.main": "luc hon"}), 422)
    assert "nhiều bản ghi khớp «luc hon»" in html
    assert f'<option value="{twin}">' in html, "one of them is chosen"
    assert found("không có trường này", 422) == {"A1", "A2", "B1", "B2"}, (
        "what is not understood narrows nothing"
    )
    assert "Trường Tiểu học Lục Hồn – A1" in page(browser, list_of(SCHOOLS, **{"m.school.main": "A1"}))

    merge_records(actor=specialist, at=kit.later(hours=1), winner_id=main, loser_id=twin, reason="Một trường")
    assert found("A1") == {"B1", "B2"}, "who points at what was merged in points at it"
    exported = browser.get(f"{list_of(SCHOOLS)}xuat/?dang=csv&m.school.main=A1")
    text = b"".join(exported).decode()
    assert ("B2" in text, "Lục Hồn cũ" in text) == (True, False)


def test_a_list_costs_the_same_with_one_record_and_with_fifty(browser: Browser, specialist: Actor) -> None:
    kit.school("A01", "Trường số 1")
    desk.enter(browser, specialist)
    page(browser, list_of(SCHOOLS))
    with within("registers:list") as few:
        page(browser, list_of(SCHOOLS))
    for number in range(2, 53):
        kit.school(f"A{number:02}", f"Trường số {number}")
    with within("registers:list") as many:
        html = page(browser, list_of(SCHOOLS))
    assert len(many.captured_queries) == len(few.captured_queries)
    assert html.count('<td class="is-what">') == 50
    assert "Trang sau" in html
    assert "52 bản ghi" in html


def test_the_next_page_begins_after_the_last_record_and_keeps_what_was_asked(
    browser: Browser, specialist: Actor
) -> None:
    for number in range(1, 53):
        kit.school(f"A{number:02}", f"Trường số {number}")
    desk.enter(browser, specialist)
    first = browser.get(list_of(SCHOOLS, q="truong"))
    following = first.context["page"].next_url
    assert "q=truong" in following
    second = browser.get(following)
    keys = [row.key for answer in (first, second) for row in answer.context["page"].rows]
    assert sorted(keys) == [f"A{number:02}" for number in range(1, 53)]


def test_a_day_that_is_past_shows_what_was_true_then(browser: Browser, specialist: Actor) -> None:
    kit.school("A1", "Trường mới", since=date(2026, 3, 1))
    desk.enter(browser, specialist)
    assert "Trường mới" in page(browser, list_of(SCHOOLS, ngay="2026-03-02"))
    assert "Trường mới" not in page(browser, list_of(SCHOOLS, ngay="2026-02-27"))
    html = page(browser, list_of(SCHOOLS, ngay="hôm qua"), 422)
    assert "Không có ngày" in html


def test_a_value_one_may_not_see_is_neither_shown_nor_asked_for(browser: Browser) -> None:
    record_id = kit.enter(death(), register=DEATHS).record_id
    shown = reverse("registers:record", args=[record_id])
    counter, registrar = kit.officer("one_stop"), kit.registrar()
    desk.enter(browser, counter)
    html = page(browser, shown)
    assert "Hoàng Văn Sáng" in html
    assert "Tai biến" not in html
    assert "Nguyên nhân chết" not in html
    assert "mục khác của bản ghi không dành cho vị trí của bạn" in html
    assert "Không có bản ghi nào khớp" in page(browser, list_of(DEATHS, q="tai bien"))
    desk.enter(browser, registrar)
    assert "Tai biến" in page(browser, shown)


def test_another_commune_finds_no_record_and_a_citizen_no_desk(browser: Browser) -> None:
    record_id = kit.enter(death(), register=DEATHS).record_id
    desk.enter(browser, kit.registrar(HONG_GAI))
    page(browser, reverse("registers:record", args=[record_id]), 404)
    assert "Hoàng Văn Sáng" not in page(browser, list_of(DEATHS))
    browser.logout()
    assert browser.get(HOME).status_code == 302


def test_a_register_that_is_not_listed_to_somebody_is_refused_to_them(browser: Browser) -> None:
    desk.enter(browser, kit.officer("specialist"))
    page(browser, list_of(DEATHS), 403)
    page(browser, reverse("registers:export", args=[DEATHS]), 403)
    page(browser, list_of("no.such"), 404)


def test_a_record_tells_values_source_history_and_what_may_be_done(
    browser: Browser, specialist: Actor
) -> None:
    main = kit.school("A1", "Trường chính")
    branch = kit.school("A2", "Điểm trường", more={"school.main": str(main), "pupils": 1250})
    desk.enter(browser, specialist)
    with within("registers:record"):
        html = page(browser, reverse("registers:record", args=[branch]))
    assert "1.250" in html
    assert reverse("registers:record", args=[main]) in html
    assert "Ghi mới" in html
    for act in ("correct", "past", "cancel", "merge", "split", "confirm"):
        assert reverse(f"registers:{act}", args=[branch]) in html
    assert "Điểm trường" in page(browser, reverse("registers:record", args=[main])), (
        "it is told who points here"
    )
    desk.enter(browser, kit.officer("chairperson"))
    html = page(browser, reverse("registers:record", args=[branch]))
    assert reverse("registers:correct", args=[branch]) not in html, "who only reads is offered no act"


@pytest.mark.parametrize("source", SourceKind)
def test_a_record_says_where_it_comes_from_wherever_that_is(
    browser: Browser, specialist: Actor, source: SourceKind
) -> None:
    values = {"school.code": "A1", "school.name": "Trường chính", "level": "primary", "place.unit": BINH_LIEU}
    record = kit.enter(values, register=SCHOOLS, source=Source(source, "nguồn")).record_id
    desk.enter(browser, specialist)
    html = page(browser, reverse("registers:record", args=[record]))
    assert escape(source_words(source)) in html
    is_invented = source is SourceKind.INVENTED
    assert ("Do máy tạo ra để dùng thử" in html) is is_invented
    listed = page(browser, reverse("registers:list", args=[SCHOOLS]))
    assert ("Dữ liệu giả lập" in listed) is is_invented, "nobody takes it for a real one"


def test_a_place_is_drawn(browser: Browser, specialist: Actor) -> None:
    place = {"type": "Point", "coordinates": [107.4021, 21.5312]}
    record_id = kit.school("A1", "Trường có vị trí", more={"place": place})
    desk.enter(browser, specialist)
    html = page(browser, reverse("registers:record", args=[record_id]))
    assert "21.53120, 107.40210" in html
    assert "<circle" in html


def test_a_file_has_what_the_list_shows_and_no_formula(browser: Browser, specialist: Actor) -> None:
    kit.school("A1", "=cmd()", more={"pupils": 12, "head.full_name": "Lê Thị Thu"})
    kit.school("A2", "Trường khác", unit=HONG_GAI, more={"head.full_name": "Vũ Văn Nam"})
    desk.enter(browser, specialist)
    assert "2 bản ghi" in page(browser, reverse("registers:export", args=[SCHOOLS]))
    answer = browser.get(reverse("registers:export", args=[SCHOOLS], query={"dang": "csv", "q": "cmd"}))
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Khóa", "A1"]
    assert "'=cmd()" in rows[1]
    whole = browser.get(reverse("registers:export", args=[SCHOOLS], query={"dang": "geojson"}))
    features = json.loads(whole.getvalue())["features"]
    heads = {one["id"]: one["properties"].get("head.full_name") for one in features}
    assert heads == {"A1": "Lê Thị Thu", "A2": None}, "of another commune only what is public"
    sheet = browser.get(reverse("registers:export", args=[SCHOOLS], query={"dang": "xlsx"}))
    assert sheet.getvalue()[:2] == b"PK"
    entry = LedgerEntry.objects.filter(kind="register.exported").order_by("position")[0]
    assert entry.payload["narrowed_by"] == ["text"]
    assert "cmd" not in json.dumps(entry.payload)
    assert browser.get(reverse("registers:export", args=[SCHOOLS], query={"dang": "exe"})).status_code == 422


def test_a_long_list_is_written_by_a_job_whose_progress_is_shown(
    browser: Browser, specialist: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 1)
    kit.school("A1", "=cmd()")
    kit.school("A2", "Trường Khe O")
    desk.enter(browser, specialist)
    url = reverse("registers:export", args=[SCHOOLS])
    html = page(browser, url)
    assert "Hơn 1 bản ghi" in html
    assert 'name="dang" value="geojson"' in html
    assert "Hãy bấm «Lập tệp»" in page(browser, f"{url}?dang=csv", 409)
    assert browser.post(url, {"dang": "exe"}).status_code == 422
    assert not Export.objects.exists()
    began = browser.post(f"{url}?m.level=primary", {"dang": "csv"})
    assert began.status_code == 302
    export = Export.objects.get()
    html = page(browser, began["Location"])
    assert "Đang chờ đến lượt" in html
    assert "Sổ trường, phần đã lọc" in html or "phần đã lọc" in html
    assert url in html, "the way back"
    running.run(system=kit.SYSTEM, export_id=export.pk, now=clock.now)
    html = page(browser, began["Location"])
    assert "Tệp có 2 bản ghi" in html
    answer = browser.get(reverse("desk:export-file", args=[export.pk]))
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{SCHOOLS}-')
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert sorted(row[0] for row in rows[1:]) == ["A1", "A2"]
    assert "'=cmd()" in rows[1] + rows[2]


def test_a_person_is_told_who_opened_and_who_took_away_a_record_about_them(browser: Browser) -> None:
    person_id = people_kit.citizen("022040001111").person_id
    record_id = kit.enter(death(), register=DEATHS).record_id
    registrar = kit.registrar()
    desk.enter(browser, registrar)
    for _turn in range(2):
        page(browser, reverse("registers:record", args=[record_id]))
    browser.get(reverse("registers:export", args=[DEATHS], query={"dang": "csv"})).getvalue()
    looks = PersonAccess.objects.filter(person_id=person_id, subject_id=record_id).order_by("at", "pk")
    assert [one.purpose for one in looks] == ["register", "export"], "twice a day is once"
    assert {one.actor_name for one in looks} == {registrar.full_name}


def test_who_does_not_keep_a_register_may_ask_to_have_it_put_right(browser: Browser) -> None:
    record_id = kit.school("A1", "Trường")
    desk.enter(browser, kit.officer("chairperson"))
    html = page(browser, reverse("registers:record", args=[record_id]))
    assert reverse("corrections:new") in html
    assert reverse("corrections:list") in page(browser, HOME)


def test_the_menu_has_no_entry_for_whom_no_register_shows_anything(
    browser: Browser, specialist: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.enter(browser, specialist)
    assert f'href="{HOME}"' in page(browser, desk.HOME)
    monkeypatch.setattr(sight, "tiers", lambda _actor, _definition: ())
    assert f'href="{HOME}"' not in page(browser, desk.HOME)
    assert "Chưa có sổ nào bạn được xem" in page(browser, HOME)


def test_the_pages_speak_english(browser: Browser, specialist: Actor) -> None:
    record_id = kit.school("A1", "Trường")
    desk.enter(browser, specialist)
    browser.read_in("en")
    assert "Register of schools" in page(browser, HOME)
    assert escape("Kindergarten") in page(browser, list_of(SCHOOLS))
    assert "Ownership" in page(browser, reverse("registers:record", args=[record_id]))
