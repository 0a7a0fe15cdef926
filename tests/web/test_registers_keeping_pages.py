"""Records whose time of keeping is over, at the desk: listed by day, kept or emptied by a person."""

import re
from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from tests import desk_kit as desk
from tests import registers_kit as kit
from tests.perf.queries import within
from tests.registers_kit import BINH_LIEU, HONG_GAI, SYSTEM
from tests.web.client import Browser
from tests.web.test_registers_pages import HOME, page
from tinhso.kernel import clock
from tinhso.kernel.models import LedgerEntry
from tinhso.people.types import Actor
from tinhso.registers.actions.review_retention import review_retention
from tinhso.registers.models import HeldValue, RecordVersion, RetentionReview

pytestmark = pytest.mark.django_db
TEAMS = "digital.community-teams"
LIST = reverse("registers:keeping")
WHY = "Quyết định 12/QĐ-UBND hủy tài liệu hết giá trị"
ERASE = {"quyet-dinh": "xoa", "da-doc": "yes", "ly-do": WHY}
UNTIL = {"quyet-dinh": "giu-den", "ly-do": WHY}


def day_of(*parts: str) -> dict[str, str]:
    """Return the three boxes of a day: day, month, year."""
    return {f"den-ngay-{name}": part for name, part in zip(("day", "month", "year"), parts, strict=True)}


@pytest.fixture
def chair(browser: Browser) -> Actor:
    officer = kit.officer("chairperson")
    desk.enter(browser, officer)
    return officer


def over(name: str, *, year: int = 2012, unit: str = BINH_LIEU) -> UUID:
    """Enter a team that ended long ago; return its record."""
    values = {"team.name": name, "place.unit": unit, "hamlet": "Khu 1", "leader.full_name": "Lê Văn Ba"}
    since, until = date(2005, 1, 1), date(year, 1, 1)
    return kit.enter(values, register=TEAMS, since=since, until=until).record_id


def reviewed(record_id: UUID) -> RetentionReview:
    review_retention(actor=SYSTEM, at=clock.now(), register_id=TEAMS)
    return RetentionReview.objects.get(record_id=record_id)


def url(review: RetentionReview) -> str:
    return reverse("registers:keep", args=[review.pk])


def assert_whole(review: RetentionReview) -> None:
    """Nothing was decided, emptied, let go or written down."""
    review.refresh_from_db()
    assert (review.decision, review.reason, review.decided_at) == ("open", "", None)
    version = RecordVersion.objects.get(record_id=review.record_id)
    assert version.values["team.name"] == "Tổ cũ"
    assert HeldValue.objects.filter(record_id=review.record_id).exists()
    assert not LedgerEntry.objects.filter(kind="register.retention_decided").exists()


def test_what_waits_is_listed_by_the_day_it_was_over_and_linked_where_it_is_met(
    browser: Browser, chair: Actor
) -> None:
    assert "Không có bản ghi nào hết hạn lưu" in page(browser, LIST)
    assert LIST not in page(browser, HOME), "nothing waits"
    later, first = over("Tổ sau", year=2013), over("Tổ trước", year=2011)
    over("Tổ phường khác", unit=HONG_GAI)
    review = reviewed(first)
    with within("registers:keeping"):
        html = page(browser, LIST)
    assert html.index("Tổ trước") < html.index("Tổ sau")
    assert "Tổ phường khác" not in html
    assert "01/01/2021" in html, "ten years after it ended"
    assert "2 bản ghi chờ quyết định" in html
    assert "Sổ này không có bản ghi nào chờ" in page(browser, f"{LIST}?so=social.allowances")
    page(browser, f"{LIST}?so=khong.co", 404)
    with within("registers:home"):
        assert LIST in page(browser, HOME)
    with within("registers:record"):
        assert url(review) in page(browser, reverse("registers:record", args=[first]))
    assert url(review) not in page(browser, reverse("registers:record", args=[later]))


def test_the_list_costs_the_same_with_one_and_with_fifty(browser: Browser, chair: Actor) -> None:
    reviewed(over("Tổ một"))
    with within("registers:keeping") as one:
        page(browser, LIST)
    last = [over(f"Tổ {number}", year=2011) for number in range(51)][-1]
    reviewed(last)
    with within("registers:keeping") as many:
        html = page(browser, LIST)
    assert len(many) == len(one)
    assert "52 bản ghi chờ quyết định" in html
    following = re.search(r'href="(/[^"]+sau=[^"]+)" rel="next"', html)
    assert following is not None
    rest = page(browser, following[1].replace("&amp;", "&"))
    both = [set(re.findall(r"het-han-luu/([0-9a-f-]{36})/", one)) for one in (html, rest)]
    assert ([len(one) for one in both], both[0] & both[1]) == ([50, 2], set())
    assert 'rel="next"' not in rest
    page(browser, f"{LIST}?sau=khong-phai", 404)


def test_erasing_says_what_is_left_empties_the_record_and_cannot_be_sent_twice(
    browser: Browser, chair: Actor
) -> None:
    record = over("Tổ cũ")
    review = reviewed(record)
    digest = RecordVersion.objects.get().digest
    with within("registers:keep"):
        html = page(browser, url(review))
    for told in ("Xóa rồi không lấy lại được", "mã băm", "dòng nhật ký", "10 năm"):
        assert told in html
    assert browser.post(url(review), ERASE).headers["Location"] == LIST
    version = RecordVersion.objects.get()
    assert (version.values, version.digest) == ({}, digest)
    assert "Tổ cũ" not in page(browser, LIST)
    html = page(browser, reverse("registers:record", args=[record]))
    assert "Nội dung bản ghi đã được xóa khi hết hạn lưu" in html
    assert WHY in html
    assert "Đang có hiệu lực" not in html
    assert "Chưa ghi" not in html, "it was said, and it is gone"
    for deed in ("cancel", "restore", "correct", "past"):
        if deed == "correct":
            desk.enter(browser, kit.officer("specialist"))
        refused = page(browser, reverse(f"registers:{deed}", args=[record]), 409)
        assert "đã được xóa khi hết hạn lưu nên không sửa được nữa" in refused
    assert reverse("registers:correct", args=[record]) not in html
    again = browser.post(url(review), {**ERASE, "quyet-dinh": "giu"})
    assert again.status_code == 409
    review.refresh_from_db()
    assert review.decision == "erased"
    assert LedgerEntry.objects.filter(kind="register.retention_decided").count() == 1


def test_a_record_is_kept_until_a_day_or_for_good(browser: Browser, chair: Actor) -> None:
    first, second = over("Tổ cũ"), over("Tổ cũ nữa")
    review = reviewed(first)
    kept = {"ly-do": "Lịch sử", **day_of("1", "6", "2090")}
    assert browser.post(url(review), {"quyet-dinh": "giu-den", **kept}).status_code == 302
    review.refresh_from_db()
    assert (review.decision, review.kept_until) == ("kept", date(2090, 6, 1))
    assert "01/06/2090" in page(browser, url(review))
    good = RetentionReview.objects.get(record_id=second)
    assert browser.post(url(good), {"quyet-dinh": "giu", **kept}).status_code == 302
    good.refresh_from_db()
    assert (good.decision, good.kept_until) == ("kept", None), "a day left in its box says nothing"
    assert RecordVersion.objects.filter(values={}).count() == 0


@pytest.mark.parametrize(
    ("sent", "box"),
    [
        ({}, "quyet-dinh"),
        ({**ERASE, "da-doc": ""}, "da-doc"),
        ({**ERASE, "ly-do": " "}, "ly-do"),
        (UNTIL, "den-ngay-day"),
        ({**UNTIL, **day_of("31", "2", "2090")}, "den-ngay-day"),
        ({**UNTIL, **day_of("1", "2", "2020")}, "den-ngay-day"),
    ],
)
def test_what_is_not_said_is_asked_at_its_box_and_nothing_changes(
    browser: Browser, chair: Actor, sent: dict[str, str], box: str
) -> None:
    review = reviewed(over("Tổ cũ"))
    answer = browser.post(url(review), sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'href="#{box}' in html
    if sent.get("ly-do", "").strip():
        assert WHY in html, "nothing typed is lost"
    assert_whole(review)


def test_who_may_not_settle_the_record_sees_no_list_and_decides_nothing(browser: Browser) -> None:
    review = reviewed(over("Tổ cũ"))
    desk.enter(browser, kit.officer("one_stop"))
    page(browser, LIST, 403)
    page(browser, f"{LIST}?so={TEAMS}", 403)
    assert browser.get(url(review)).status_code == 403
    assert browser.post(url(review), ERASE).status_code == 403
    assert LIST not in page(browser, HOME)
    record = page(browser, reverse("registers:record", args=[review.record_id]))
    assert "Bản ghi chờ cơ quan giữ sổ quyết định" in record
    assert url(review) not in record
    desk.enter(browser, kit.officer("chairperson", unit=HONG_GAI))
    assert "Tổ cũ" not in page(browser, LIST)
    assert browser.post(url(review), ERASE).status_code in (403, 404)
    assert "hết hạn lưu" not in page(browser, reverse("registers:record", args=[review.record_id]), 200)
    assert_whole(review)


def test_a_record_that_came_back_into_force_can_only_be_kept(browser: Browser, chair: Actor) -> None:
    values = {"team.name": "Tổ cũ", "place.unit": BINH_LIEU, "hamlet": "K", "leader.full_name": "Lê Ba"}
    record = kit.enter(values, register=TEAMS).record_id
    day = date(2020, 1, 1)
    review = RetentionReview.objects.create(
        register=TEAMS, record_id=record, ended_on=day, due_on=day, found_at=clock.now()
    )
    answer = browser.post(url(review), ERASE)
    assert answer.status_code == 409
    assert "Hãy chọn giữ lại" in answer.content.decode()
    assert_whole(review)
