"""The operations room in the browser: counters, what needs attention, what is behind, alerts, everybody's."""

import csv
import json
import re
from datetime import datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests import operations_kit
from tests.dossiers_kit import BIRTH, HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier, StepRun
from tinhso.facts.actions.project import project_all
from tinhso.indicators.definitions import indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import StandingCut
from tinhso.kernel import clock
from tinhso.kernel.money import format_dong
from tinhso.operations import attention
from tinhso.operations.attention import AgencyLoad
from tinhso.operations.models import ThresholdAlert
from tinhso.web.operations import stream_pages
from tinhso.web.operations.streaming import MOST_STREAMS, Places

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HOME, PUBLIC = "/ban-lam-viec/dieu-hanh/", "/dieu-hanh/"
ALERTS = f"{HOME}canh-bao/"


@pytest.fixture
def province(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> Province:
    found = kit.found(trust)
    monkeypatch.setattr(clock, "now", lambda: found.at)
    return found


def text(browser: Browser, url: str = HOME, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status
    return unescape(answer.content.decode())


def figure(page: str, counter: str) -> str:
    found = re.search(rf'data-figure="{counter}">([^<]+)<', page)
    assert found
    return found[1]


def cut(period: Period, at: datetime, figures: list[object], by: str = "", name: str = "766-2.1") -> None:
    """Put a figure where the worker keeps them."""
    StandingCut.objects.create(
        indicator=name,
        since=period.since,
        until=period.until,
        grouped_by=by,
        definition=indicator(name).digest,
        figures=figures,
        set_apart=[],
        position=1,
        passes=1,
        without=[],
        asked_at=at,
        computed_at=at,
        counted_until=period.until,
    )


def sums(on_time: int, whole: int) -> dict[str, str]:
    return {"on_time": str(on_time), "whole": str(whole)}


def test_counters_open_to_what_they_count_by_rights(browser: Browser, province: Province) -> None:
    desk.enter(browser, province.officer("chairperson"))
    empty = text(browser)
    assert "Điều hành tỉnh Quảng Ninh" in empty
    assert "Chưa có số liệu của năm nay" in empty
    assert "Không có hồ sơ quá hạn" in empty
    assert {figure(empty, one) for one in ("filed", "settled", "overdue", "waiting")} == {"0"}
    desk.accepted(province, province.citizen())
    project_all(at=province.at)
    with within("operations:home"):
        assert figure(text(browser), "filed") == "1"
    assert re.fullmatch(r"\d+\.000.₫", figure(text(browser), "paid"))
    part = browser.get(HOME, headers={"X-Part": "live"})
    assert figure(part.content.decode(), "filed") == "1"
    assert b"<html" not in part.content
    again = browser.get(HOME, headers={"X-Part": "live", "If-None-Match": part["ETag"]})
    assert again.status_code == 304
    text(browser, f"{HOME}?muc=khong-co", 404)
    text(browser, f"{HOME}dang-sau/khong-co/", 404)
    with within("operations:behind"):
        behind = text(browser, f"{HOME}dang-sau/filed/")
    assert "Nộp hôm nay: 1" in behind
    assert "/ban-lam-viec/ho-so/" in behind
    assert "Nộp hôm nay;1" in text(browser, f"{HOME}so-lieu.csv").replace(",", ";").replace(
        f";{province.at.astimezone(clock.VIETNAM).isoformat()};", ";"
    )
    desk.enter(browser, province.officer("chairperson", unit=HONG_GAI))
    elsewhere = text(browser, f"{HOME}dang-sau/filed/")
    assert "1 trong 1 hồ sơ ở ngoài phạm vi của bạn" in elsewhere
    assert "/ban-lam-viec/ho-so/" not in elsewhere


def test_each_line_of_attention_opens_to_exactly_its_dossiers(browser: Browser, province: Province) -> None:
    first, second, third, fourth = (desk.accepted(province, province.citizen()) for _turn in range(4))
    at = province.at
    Dossier.objects.filter(pk__in=[first, second]).update(due_at=at - timedelta(days=3))
    Dossier.objects.filter(pk=third).update(due_at=at + timedelta(seconds=1))
    Dossier.objects.filter(pk=fourth).update(due_at=at + timedelta(days=9))
    StepRun.objects.filter(dossier=fourth, closed_at__isnull=True).update(due_at=at - timedelta(hours=5))
    examiner = province.officer("civil_status_officer")
    desk.claim(province, examiner, first)
    (load,) = attention.loads(actor=kit.SYSTEM, at=at)
    assert load == AgencyLoad(examiner.posts[0].agency_id, overdue=2, due_today=1, held_long=1)
    desk.enter(browser, province.officer("chairperson"))
    with within("operations:attention"):
        page = text(browser, f"{HOME}can-xu-ly/")
    lines = dict(re.findall(r'<a href="([^"]+)">(\d hồ sơ[^<]+)</a>', page))
    told = {words: url for url, words in lines.items()}
    assert set(told) == {"2 hồ sơ quá hạn", "1 hồ sơ đến hạn hôm nay", "1 hồ sơ nằm lâu ở một bước"}
    assert "1 cán bộ đang giữ, 1 hồ sơ chưa ai nhận" in page
    behind = {
        "2 hồ sơ quá hạn": {first, second},
        "1 hồ sơ đến hạn hôm nay": {third},
        "1 hồ sơ nằm lâu ở một bước": {fourth},
    }
    for words, ids in behind.items():
        found = re.findall(r'data-row="([^"]+)"', text(browser, told[words]))
        assert set(found) == {str(one) for one in ids}, words
    field = text(browser, f"{HOME}can-xu-ly/?muc=land")
    assert (
        "hồ sơ quá hạn" not in field.split("Về phòng điều hành")[1].split("</main>")[0].split("Không có")[0]
    )
    desk.enter(browser, province.officer("chairperson", unit=HONG_GAI))
    assert "Không có hồ sơ quá hạn" in text(browser, f"{HOME}can-xu-ly/")


def test_figures_are_judged_ranked_and_told_to_all_without_small_numbers(
    browser: Browser, province: Province
) -> None:
    today = province.at.astimezone(clock.VIETNAM).date()
    month, year = Period.month(today.year, today.month), Period.year(today.year)
    before = Period.month(*((today.year - 1, 12) if today.month == 1 else (today.year, today.month - 1)))
    cut(before, province.at, [[[], sums(90, 100), "90"]])
    cut(month, province.at, [[[], sums(186, 200), "93"]])
    told = {"06838": (99, 100, "99"), "06685": (40, 50, "80"), "06652": (9, 10, "90"), "06658": (3, 3, "100")}
    cut(year, province.at, [[[unit], sums(ok, n), value] for unit, (ok, n, value) in told.items()], "unit")
    desk.enter(browser, province.officer("supervisor", "province_committee"))
    page = text(browser)
    assert "op-tile--near" in page
    assert "Gần đích" in page
    assert re.search(r"<b>93,0</b>", page)
    assert "tăng so với tháng trước, tốt lên" in page
    assert "200 hồ sơ" in page
    with within("operations:league"):
        table = text(browser, f"{HOME}xep-hang/")
    rows = re.findall(r"<tr><td>([^<]+)</td>.*?</tr>", table, re.DOTALL)
    assert rows[:3] == ["1", "2", "–"], "ten dossiers are shown and not ranked"
    assert 'op-c4"' in table
    assert 'op-c0"' in table
    for name, more in (("government", ""), ("land", ""), ("services", "&man-hinh=tuong&xoay=30")):
        with within("operations:home"):
            shown = text(browser, f"{HOME}?muc={name}{more}")
    assert 'data-turn-after="30"' in shown
    assert "op--wall" in shown
    assert "Operations of Quảng Ninh" in text(browser.read_in("en"))

    everybody = Browser()
    with within("operations-public:home"):
        open_to_all = text(everybody, PUBLIC)
    assert "93,0" in open_to_all
    assert "data-figure" not in open_to_all
    assert "/ban-lam-viec/" not in open_to_all
    rows = csv.reader(text(everybody, f"{PUBLIC}so-lieu.csv").splitlines())
    shown = {row[1]: row[4] for row in rows}
    assert (shown["06838"], shown["06685"]) == ("99", "80")
    assert (shown["06652"], shown["06658"]) == ("", ""), (
        "the next smallest goes with the one that is too small"
    )
    asked = json.loads(everybody.get("/api/v1/operations").content)
    assert asked["is_public"]
    assert asked["live"] is None
    hidden = {one["unit"] for one in asked["league"]["places"] if one["value"] is None}
    assert {"06652", "06658"} <= hidden
    assert Decimal(asked["tiles"][0]["value"]) == 93
    assert everybody.get(f"{PUBLIC}?muc=khong-co").status_code == 404


def test_a_stream_sends_the_counters_and_few_are_given_out(
    browser: Browser, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_pages, "PLACES", Places())
    desk.enter(browser, province.officer("chairperson"))
    answers = [browser.get(f"{HOME}truc-tiep/") for _turn in range(MOST_STREAMS)]
    assert {answer.status_code for answer in answers} == {200}
    assert answers[0]["Content-Type"] == "text/event-stream"
    first = next(iter(answers[0].streaming_content)).decode()
    assert json.loads(first.split("data: ")[1]) == {
        "filed": "0",
        "settled": "0",
        "overdue": "0",
        "waiting": "0",
        "paid": format_dong(0),
    }
    full = browser.get(f"{HOME}truc-tiep/")
    assert (full.status_code, full["Retry-After"]) == (503, "60")


def test_an_alert_is_taken_note_of_on_its_page(browser: Browser, province: Province) -> None:
    head = province.officer("chairperson")
    desk.enter(browser, head)
    assert "Không cơ quan nào đang vượt mốc" in text(browser, ALERTS)
    alert_id = operations_kit.alert(province)
    with within("operations:alerts"):
        page = text(browser, ALERTS)
    assert "6 hồ sơ lúc báo, mốc 5, cao nhất 6." in page
    assert "1 cảnh báo chưa ai nhận" in text(browser)
    wrong = browser.post(f"{ALERTS}{alert_id}/", {"ghi-chu": " "})
    assert wrong.status_code == 422
    assert "Hãy ghi đã hoặc sẽ làm gì" in wrong.content.decode()
    desk.enter(browser, province.officer("one_stop"))
    assert browser.post(f"{ALERTS}{alert_id}/", {"ghi-chu": "x"}).status_code == 403
    assert "<textarea" not in text(browser, ALERTS)
    assert not ThresholdAlert.objects.filter(acknowledged_at__isnull=False).exists()
    desk.enter(browser, head)
    assert browser.post(f"{ALERTS}{alert_id}/", {"ghi-chu": "Đã giao chị Lan"}).status_code == 302
    assert "Đã giao chị Lan" in text(browser, ALERTS)
    late = browser.post(f"{ALERTS}{alert_id}/", {"ghi-chu": "Tôi nữa"})
    assert late.status_code == 409
    ThresholdAlert.objects.update(cleared_at=province.at + timedelta(hours=1))
    assert "Đã qua" in text(browser, ALERTS)


def test_programs_read_and_act_as_persons_do(browser: Browser, province: Province) -> None:
    alert_id = operations_kit.alert(province)
    late = desk.accepted(province, province.citizen())
    Dossier.objects.filter(pk=late).update(due_at=province.at - timedelta(days=1))
    desk.enter(browser, province.officer("chairperson"))
    room = json.loads(browser.get("/api/v1/operations?tab_id=civil-status").content)
    assert (room["tab"], room["is_public"], room["live"]["filed"]) == ("civil-status", False, 0)
    groups = json.loads(browser.get("/api/v1/operations/attention").content)["items"]
    assert [(one["counts"], one["procedure"], one["dossiers"]) for one in groups] == [("overdue", BIRTH, 1)]
    alerts = json.loads(browser.get("/api/v1/operations/alerts").content)["items"]
    assert [one["id"] for one in alerts] == [str(alert_id)]
    url = f"/api/v1/operations/alerts/{alert_id}/acknowledgement"
    done = browser.post(url, {"note": "Đã giao"}, content_type="application/json")
    assert done.status_code == 204
    again = browser.post(url, {"note": "Đã giao"}, content_type="application/json")
    assert again.status_code == 409
    assert browser.get("/api/v1/operations?tab_id=khong-co").status_code == 404


def test_what_is_asked_of_a_field_is_counted_by_the_worker(browser: Browser, province: Province) -> None:
    desk.enter(browser, province.officer("chairperson"))
    assert "Đang tính" in text(browser, f"{HOME}?muc=land")
    asked = StandingCut.objects.filter(grouped_by="field,month").count()
    assert asked == 8
    assert StandingCut.objects.filter(grouped_by="unit,field").count() == 1
    text(browser, f"{HOME}?muc=civil-status")
    assert StandingCut.objects.filter(grouped_by="field,month").count() == asked, (
        "one count serves every field"
    )
