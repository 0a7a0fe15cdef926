"""Reports in the browser: the one-stop report, a round from opening to the signed report of the province."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests import desk_kit as desk
from tests import reports_kit as kit
from tests.dossiers_kit import BINH_LIEU, HONG_GAI, Province, found
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.reports_kit import FIRST, SECOND, clerk, head, leader, opened, return_of, runner
from tests.web.client import Browser
from tinhso.facts.actions.project import project_all
from tinhso.kernel import clock
from tinhso.people.models import Agency
from tinhso.reports import ports
from tinhso.reports.models import ProvinceReport, ReportRound, State
from tinhso.reports.periods import ad_hoc

__all__ = ["trust"]

pytestmark = pytest.mark.django_db
HOME = "/ban-lam-viec/bao-cao/"
ONE_STOP = f"{HOME}mot-cua/"


@pytest.fixture
def province(trust: Trust) -> Province:
    made = found(trust)
    made.one_key = True
    return made


@pytest.fixture(autouse=True)
def _nobody_keeps_figures() -> Iterator[None]:
    holder = ports.figures()
    ports.appoint(ports.Nothing())
    yield
    ports.appoint(holder)


def text(browser: Browser, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_a_period_is_opened_at_the_desk(browser: Browser, province: Province) -> None:
    clerk(province)
    desk.enter(browser, runner(province))
    assert "Chưa có kỳ báo cáo nào" in text(browser, HOME)
    wrong = browser.post(HOME, {"bao-cao": kit.REPORT, "ky": "khac", "tu": "2026-08-31", "den": "2026-08-01"})
    assert wrong.status_code == 422
    assert "Không có kỳ" in wrong.content.decode()
    assert browser.post(HOME, {"bao-cao": "khong-co", "ky": "2026-08"}).status_code == 404
    assert browser.post(HOME, {"bao-cao": kit.REPORT, "ky": "2026-08"}).status_code == 302
    row = ReportRound.objects.get()
    round_url = f"{HOME}ky/{row.pk}/"
    assert browser.post(HOME, {"bao-cao": kit.REPORT, "ky": "2026-08"}).status_code == 409
    assert "0/54" in text(browser, round_url)


def test_what_is_typed_into_a_return_is_not_lost(browser: Browser, province: Province) -> None:
    round_id = opened(province)
    row = ReportRound.objects.get(pk=round_id)
    url = f"{HOME}ban/{return_of(row.pk).pk}/"
    other = f"{HOME}ban/{return_of(row.pk, HONG_GAI).pk}/"

    desk.enter(browser, clerk(province))
    assert "Cơ quan bạn cần gửi" in text(browser, HOME)
    text(browser, other, 404)
    page = text(browser, url)
    assert "Hệ thống đếm hồ sơ" in page
    boxes = {f"d-{name}": value for name, value in FIRST.items()}
    sent = {"viec": "submit", "revision": "1", **boxes, "d-trained": "11"}
    refused = browser.post(url, sent)
    assert refused.status_code == 422
    assert "Số đã tập huấn không thể nhiều hơn" in refused.content.decode()
    assert 'value="11"' in refused.content.decode()
    assert return_of(row.pk).state == State.OPEN
    stale = browser.post(url, {"viec": "save", "revision": "1", "d-teams": "8"})
    assert stale.status_code == 409
    assert 'value="8"' in stale.content.decode()
    now = str(return_of(row.pk).revision)
    nonsense = browser.post(url, {"viec": "save", "revision": now, "d-teams": "ba"})
    assert nonsense.status_code == 422
    assert "«ba» không phải là số" in nonsense.content.decode()
    again = {**sent, "revision": str(return_of(row.pk).revision), "d-trained": "9"}
    assert browser.post(url, again).status_code == 302
    assert "Chờ lãnh đạo ký" in text(browser, url)
    assert browser.post(url, {"viec": "sign", "revision": "9"}).status_code in (403, 409)


def test_a_return_is_signed_received_and_becomes_the_report_of_the_province(
    browser: Browser, province: Province
) -> None:
    round_id = opened(province)
    row = ReportRound.objects.get(pk=round_id)
    kit.submitted(province, round_id, FIRST)
    url, round_url = f"{HOME}ban/{return_of(row.pk).pk}/", f"{HOME}ky/{round_id}/"
    desk.enter(browser, leader(province))
    assert "Ký số và gửi tỉnh" in text(browser, url)
    signing = {"viec": "sign", "revision": str(return_of(row.pk).revision)}
    assert browser.post(url, signing).status_code == 302
    assert "Đã gửi tỉnh" in text(browser, url)

    desk.enter(browser, runner(province))
    back = {"viec": "send-back", "revision": str(return_of(row.pk).revision), "ly-do": " "}
    assert browser.post(url, back).status_code == 422
    assert browser.post(url, {"viec": "receive", "revision": back["revision"]}).status_code == 302
    assert "1/54" in text(browser, round_url)
    assert browser.post(round_url, {"da-nhan": "1"}).status_code == 403

    desk.enter(browser, head(province))
    assert "Ký số báo cáo của tỉnh" in text(browser, round_url)
    assert browser.post(round_url, {"da-nhan": "0"}).status_code == 409
    assert browser.post(round_url, {"da-nhan": "1"}).status_code == 302
    assert ProvinceReport.objects.get().values["members"]["number"] == "10"
    for name in ("da-ky/1/", "tai/pdf/", "tai/docx/", "tai/xlsx/", "tai/csv/"):
        assert browser.get(f"{round_url}{name}").status_code == 200
        assert browser.get(f"{url}{name}").status_code == 200
    assert browser.get(f"{round_url}tai/odt/").status_code == 404
    assert browser.get(f"{url}da-ky/2/").status_code == 404

    desk.enter(browser, clerk(province))
    assert browser.get(f"{round_url}tai/csv/").status_code == 404
    assert "1/1" in text(browser, HOME)
    correct = {"viec": "correct", "revision": str(return_of(row.pk).revision), "ly-do": "Đếm nhầm"}
    assert browser.post(url, correct).status_code == 302
    assert "Đếm nhầm" in text(browser.read_in("en"), url)


def test_the_pages_of_a_round_cost_the_same_with_one_return_and_with_many(
    browser: Browser, province: Province
) -> None:
    ports.appoint(ports.Nothing())
    round_id = kit.both_received(province)
    opened(province, period="2026-07")
    desk.enter(browser, head(province))
    for url in (HOME, f"{HOME}ky/{round_id}/"):
        text(browser, url)
    with within("reports:home"):
        text(browser, HOME)
    with within("reports:round"):
        page = text(browser, f"{HOME}ky/{round_id}/")
    assert "60" in page
    assert "2.468" in page
    with within("reports:round"):
        none = text(browser, f"{HOME}ky/{round_id}/?trang-thai=signed")
    assert "Không có báo cáo nào ở trạng thái này" in none
    desk.enter(browser, clerk(province, HONG_GAI))
    with within("reports:return"):
        assert SECOND["members"] in text(browser, f"{HOME}ban/{return_of(round_id, HONG_GAI).pk}/")
    for url in (HOME, ONE_STOP, f"{HOME}ky/{round_id}/"):
        text(browser.read_in("en"), url)


def test_each_number_of_the_one_stop_report_opens_to_its_dossiers(
    browser: Browser, province: Province
) -> None:
    desk.accepted(province, province.citizen())
    project_all(at=province.at)
    day = clock.now().date()
    span = ad_hoc(day - timedelta(days=2), day + timedelta(days=2)).name
    code = Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU).code
    desk.enter(browser, province.officer("supervisor", kind="province_committee"))
    text(browser, ONE_STOP)
    with within("reports:one-stop"):
        page = text(browser, f"{ONE_STOP}?ky={span}")
    assert "Theo cơ quan giải quyết" in page
    with within("reports:one-stop-dossiers"):
        listed = text(browser, f"{ONE_STOP}ho-so/?ky={span}&co-quan={code}&o=new")
    assert "1 hồ sơ" in listed
    assert "/ban-lam-viec/ho-so/" in listed
    text(browser, f"{ONE_STOP}ho-so/?ky={span}&o=pk", 404)
    text(browser, f"{ONE_STOP}?co-quan=khong-co", 404)
    assert "Không có kỳ" in text(browser, f"{ONE_STOP}?ky=2026-13", 422)
    for kind in ("pdf", "docx", "xlsx", "csv"):
        assert len(browser.get(f"{ONE_STOP}tai/{kind}/?ky={span}").content) > 1000
    desk.enter(browser, runner(province))
    hidden = text(browser, f"{ONE_STOP}ho-so/?ky={span}&o=new")
    assert "Bạn không được mở hồ sơ nào trong số này" in hidden
    desk.enter(browser, clerk(province, HONG_GAI))
    assert "Kỳ này không có hồ sơ nào" in text(browser, f"{ONE_STOP}?ky={span}")
    text(browser, f"{ONE_STOP}?ky={span}&co-quan={code}", 403)
    text(browser, f"{ONE_STOP}ho-so/?ky={span}&co-quan={code}&o=new", 403)
