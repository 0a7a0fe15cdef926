"""Plans in the browser: officers enter, confirm and report; citizens read the same without names."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import desk_kit as desk
from tests import plans_kit as kit
from tests.papers_samples import typeset_sample
from tests.perf.queries import within
from tests.plans_kit import ECONOMY, PLAN
from tests.web.client import Browser
from tinhso.plans.models import PlanDuty, TargetValue, TaskReport

pytestmark = pytest.mark.django_db
HOME = "/ban-lam-viec/ke-hoach/"
PLAN_URL = f"{HOME}{PLAN}/"
TARGET_URL = f"{PLAN_URL}chi-tieu/{ECONOMY}/"
TASK_URL = f"{PLAN_URL}nhiem-vu/telemedicine/"
PUBLIC = f"/ke-hoach/{PLAN}/"
DAY = {"den-ngay-day": "31", "den-ngay-month": "12", "den-ngay-year": "2024"}


def text(browser: Browser, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_a_value_goes_from_the_form_to_the_page_of_citizens(browser: Browser) -> None:
    clerk, head = kit.officer("specialist"), kit.officer("chairperson")
    desk.enter(browser, clerk)
    assert "Chưa có số liệu" in text(browser, TARGET_URL)
    wrong = browser.post(TARGET_URL, {"viec": "enter", "so-lieu": "nhiều", "ghi-chu": "Giữ lại", **DAY})
    assert wrong.status_code == 422
    assert "«nhiều» không phải là số" in wrong.content.decode()
    assert "Giữ lại" in wrong.content.decode()
    unproved = browser.post(TARGET_URL, {"viec": "enter", "so-lieu": "21,6", **DAY})
    assert "số liệu nào cũng cần căn cứ" in unproved.content.decode()
    undated = browser.post(
        TARGET_URL, {"viec": "enter", "so-lieu": "21,6", "so-van-ban": "1", **DAY, "den-ngay-day": "32"}
    )
    assert "Không có ngày 32/12/2024" in undated.content.decode()
    assert not TargetValue.objects.exists()

    pdf = SimpleUploadedFile("niem-giam.pdf", typeset_sample().pdf, "application/pdf")
    good = {"viec": "enter", "so-lieu": "21,6", "so-van-ban": "125/BC-CTK", "tep": pdf, **DAY}
    assert browser.post(TARGET_URL, good).status_code == 302
    waiting = text(browser, TARGET_URL)
    assert "Chờ xác nhận" in waiting
    assert "Bạn nhập số liệu này nên người khác phải xác nhận." in waiting
    value = TargetValue.objects.get()
    assert browser.get(f"{HOME}can-cu/{value.id}/").status_code == 200

    desk.enter(browser, head)
    assert browser.post(TARGET_URL, {"viec": "refuse", "so-lieu-id": str(value.id)}).status_code == 422
    assert browser.post(TARGET_URL, {"viec": "confirm", "so-lieu-id": "1"}).status_code == 404
    assert browser.post(TARGET_URL, {"viec": "confirm", "so-lieu-id": str(value.id)}).status_code == 302
    assert "21,6" in text(browser, PLAN_URL)
    assert "Đính chính" in text(browser, f"{TARGET_URL}?dinh-chinh={value.id}")
    assert "125/BC-CTK" in text(browser, f"{PUBLIC}chi-tieu/{ECONOMY}/")
    browser.logout()
    public = text(browser, f"{PUBLIC}chi-tieu/{ECONOMY}/")
    assert "125/BC-CTK" in public
    assert clerk.full_name not in public
    assert "niem-giam" not in public
    assert browser.get(f"{HOME}can-cu/{value.id}/").status_code == 302


def test_the_pages_of_a_plan_cost_the_same_with_one_value_and_with_many(browser: Browser) -> None:
    desk.enter(browser, kit.officer("chairperson"))
    for url in (HOME, PLAN_URL, TARGET_URL):
        browser.get(url)
    for year in range(2015, 2025):
        kit.counted("18.5", as_of=date(year, 12, 31))
    with within("plans:home"):
        assert "0/3" in text(browser, HOME)
    with within("plans:plan"):
        page = text(browser, PLAN_URL)
    assert "16/20 chỉ tiêu đạt" in page
    assert "17 chỉ tiêu chưa có nội dung ở đây" in page
    assert "35 nhiệm vụ chưa có nội dung" in page
    with within("plans:target"):
        assert "pl-chart__aim" in text(browser, TARGET_URL)
    with within("plans:tasks"):
        assert "Quá hạn" in text(browser, f"{PLAN_URL}nhiem-vu/?trang-thai=late")
    with within("plans:task"):
        text(browser, TASK_URL)
    with within("plans:history"):
        assert "Xác nhận số liệu 18,5" in text(browser, f"{PLAN_URL}lich-su/")
    for url in (HOME, PLAN_URL, TARGET_URL, TASK_URL, f"{PLAN_URL}nhiem-vu/", f"{PLAN_URL}lich-su/"):
        text(browser.read_in("en"), url)
    with within("plans-public:home"):
        text(browser, "/ke-hoach/")
    with within("plans-public:plan"):
        assert "Digital economy" in text(browser, PUBLIC)
    with within("plans-public:target"):
        text(browser, f"{PUBLIC}chi-tieu/{ECONOMY}/")
    sheet = browser.get(f"{PUBLIC}chi-tieu.csv")
    assert sheet["Content-Type"] == "text/csv; charset=utf-8"
    assert "18.5,2024-12-31" in sheet.content.decode()
    assert "telemedicine" in browser.get(f"{PLAN_URL}nhiem-vu.csv").content.decode()


def test_a_task_is_reported_arranged_and_given_to_another_agency(browser: Browser) -> None:
    desk.enter(browser, kit.officer("chairperson"))
    kit.officer("specialist", "health_department")
    assert browser.post(TASK_URL, {"viec": "report", "tien-do": "nhiều"}).status_code == 422
    assert browser.post(TASK_URL, {"viec": "report", "tien-do": "100", "ghi-chu": "Xong"}).status_code == 422
    assert not TaskReport.objects.exists()
    told = {"viec": "report", "tien-do": "40", "ghi-chu": "Đã nối 5 bệnh viện"}
    assert browser.post(TASK_URL, told).status_code == 302
    waits = {"viec": "waits", "cho-viec": ["shared-health-records"], "ly-do-cho": "Cần hồ sơ trước"}
    assert browser.post(TASK_URL, waits).status_code == 302
    other = f"{PLAN_URL}nhiem-vu/shared-health-records/"
    circle = browser.post(other, {"viec": "waits", "cho-viec": ["telemedicine"], "ly-do-cho": "x"})
    assert circle.status_code == 422
    assert "chờ nhau thành vòng" in circle.content.decode()
    assert PlanDuty.objects.count() == 1
    given = {"viec": "assign", "co-quan": kit.HEALTH, "ly-do-co-quan": "Đúng chức năng"}
    assert browser.post(TASK_URL, given).status_code == 302
    page = text(browser, TASK_URL)
    assert "Cơ quan health_department" in page
    assert "Đã nối 5 bệnh viện" in page
    assert "Đổi việc phải chờ" in text(browser, f"{PLAN_URL}lich-su/")


def test_who_has_no_part_in_a_plan_reads_it_and_finds_no_form(browser: Browser) -> None:
    desk.enter(browser, kit.officer("one_stop", "health_department"))
    page = text(browser, TARGET_URL)
    assert 'name="so-lieu"' not in page
    assert "Cơ quan chủ trì hoặc cơ quan điều phối kế hoạch nhập số liệu" in page
    refused = browser.post(TARGET_URL, {"viec": "enter", "so-lieu": "1", "so-van-ban": "1", **DAY})
    assert refused.status_code == 403
    example = text(browser, f"{HOME}vinh-phuc-2024/")
    assert "Kế hoạch của tỉnh khác" in example
    assert "21,6" in example
    text(browser, f"{HOME}khong-co/", 404)
    text(browser, "/ke-hoach/vinh-phuc-2024/", 404)
    assert not TargetValue.objects.exists()
