"""Posts and absences at the desk: who sees what, appointing, ending with steps in hand, standing in."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import SYSTEM, Province
from tests.fixtures_trust import Trust, trust
from tests.people_kit import PASSWORD, SECRET
from tests.perf.queries import MOST, budgets
from tests.web.client import Browser
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.models import StepRun
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.people import actions as people
from tinhso.people.models import Post, Substitution
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HOME = "/ban-lam-viec/nhan-su/"
EXAMINER = "civil_status_officer"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def enrolled(province: Province, username: str = "vi-van-thu", name: str = "Vi Văn Thứ") -> UUID:
    return people.enrol_officer(
        actor=SYSTEM,
        at=province.at,
        username=username,
        password=PASSWORD,
        full_name=name,
        totp_secret=SECRET,
    )


def appointed(province: Province, like: Actor, username: str = "vi-van-thu") -> Actor:
    account_id, post = enrolled(province, username), like.posts[0]
    people.appoint(
        actor=SYSTEM,
        at=province.at,
        account_id=account_id,
        agency_id=post.agency_id,
        role=post.role,
        title="Công chức hộ tịch thứ hai",
        from_on=province.at.date() - timedelta(days=9),
    )
    return actor_of(account_id, at=province.at)


def day(name: str, days: int) -> dict[str, str]:
    when = local(clock.now()).date() + timedelta(days=days)
    return {f"{name}-day": str(when.day), f"{name}-month": str(when.month), f"{name}-year": str(when.year)}


def of(officer: Actor, act: str) -> str:
    return f"{HOME}vi-tri/{officer.posts[0].id}/{act}/"


def giving(officer: Actor) -> str:
    return f"{HOME}co-quan/{officer.posts[0].agency_id}/giao/"


def held(province: Province, examiner: Actor) -> UUID:
    dossier_id = desk.accepted(province, province.citizen())
    claim_step(actor=examiner, at=province.at, dossier_id=dossier_id)
    return dossier_id


def test_a_head_sees_everybody_with_what_they_hold_and_may_change_it(
    province: Province, browser: Browser
) -> None:
    chair, examiner = province.officer("chairperson"), province.officer(EXAMINER)
    held(province, examiner)
    desk.enter(browser, chair)
    html = browser.get(HOME).content.decode()
    assert "đang giữ 1 hồ sơ" in html
    assert of(examiner, "thoi") in html
    assert giving(chair) in html
    assert of(chair, "thoi") not in html, "nobody ends the head's own post but who gave it"


def test_a_colleague_sees_the_list_and_changes_only_their_own_absence(
    province: Province, browser: Browser
) -> None:
    chair, examiner = province.officer("chairperson"), province.officer(EXAMINER)
    desk.enter(browser, examiner)
    html = browser.get(HOME).content.decode()
    assert chair.full_name in html
    assert of(examiner, "lam-thay") in html
    for forbidden in (of(examiner, "thoi"), of(chair, "lam-thay"), of(chair, "thoi"), giving(examiner)):
        assert forbidden not in html
        assert browser.get(forbidden).status_code == 403
        assert browser.post(forbidden, {}).status_code == 403
    assert Post.objects.filter(ended_at=None).count() == Post.objects.count()


def test_an_officer_of_another_agency_finds_nothing(province: Province, browser: Browser) -> None:
    examiner = province.officer(EXAMINER)
    stranger = province.officer("chairperson", unit=kit.HONG_GAI)
    desk.enter(browser, stranger)
    assert browser.get(HOME, {"co-quan": str(examiner.posts[0].agency_id)}).status_code == 404
    assert browser.get(HOME, {"co-quan": "không có"}).status_code == 404
    assert browser.get(of(examiner, "thoi")).status_code == 404
    assert browser.get(of(examiner, "lam-thay")).status_code == 404
    assert browser.get(giving(examiner)).status_code == 403


def test_a_head_gives_a_post_and_wrong_forms_come_back_whole(province: Province, browser: Browser) -> None:
    chair = province.officer("chairperson")
    account_id = enrolled(province)
    desk.enter(browser, chair)
    form = {"ten-dang-nhap": "vi-van-thu", "vai-tro": EXAMINER, "chuc-danh": "Công chức hộ tịch"}
    wrongs: list[tuple[dict[str, str], str]] = [
        ({"ten-dang-nhap": "khong-co"}, "Không có cán bộ nào dùng tên đăng nhập"),
        ({"chuc-danh": " "}, "Hãy ghi chức danh"),
        (day("den-ngay", -3), "Ngày kết thúc phải từ ngày bắt đầu"),
        ({"tu-ngay-day": "31", "tu-ngay-month": "2", "tu-ngay-year": "2026"}, "Hãy ghi ngày đủ"),
    ]
    for changes, sentence in wrongs:
        answer = browser.post(giving(chair), form | changes)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Post.objects.filter(account_id=account_id).exists()
    assert browser.post(giving(chair), form | {"vai-tro": "chairperson"}).status_code == 403
    assert not Post.objects.filter(account_id=account_id).exists()

    assert browser.post(giving(chair), form).status_code == 302

    post = Post.objects.get(account_id=account_id)
    assert (post.role, post.title, post.until_on) == (EXAMINER, "Công chức hộ tịch", None)
    again = browser.post(giving(chair), form)
    assert again.status_code == 422
    assert "đã giữ vai trò đó" in again.content.decode()


def test_nobody_gives_a_post_to_themselves(province: Province, browser: Browser) -> None:
    chair = province.officer("chairperson")
    desk.enter(browser, chair)
    username = Post.objects.get(pk=chair.posts[0].id).account.username
    form = {"ten-dang-nhap": username, "vai-tro": "one_stop", "chuc-danh": "Một cửa"}
    answer = browser.post(giving(chair), form)
    assert answer.status_code == 422
    assert "Không ai tự giao vị trí cho mình" in answer.content.decode()
    assert Post.objects.filter(account_id=chair.signed_in_as).count() == 1


def test_what_is_in_hand_is_shown_before_the_post_ends_and_goes_where_it_was_said(
    province: Province, browser: Browser
) -> None:
    examiner = province.officer(EXAMINER)
    held(province, examiner)
    desk.enter(browser, province.officer("chairperson"))
    alone = browser.get(of(examiner, "thoi")).content.decode()
    assert "Đang giữ 1 hồ sơ" in alone
    assert "Không còn ai khác giữ vai trò này" in alone
    successor = appointed(province, examiner)
    assert f"Bàn giao ngay cho {successor.full_name}" in browser.get(of(examiner, "thoi")).content.decode()

    browser.post(of(examiner, "thoi"), {"viec-dang-giu": str(successor.account_id)})

    assert StepRun.objects.get(closed_at=None).holder_id == successor.account_id
    assert Post.objects.get(pk=examiner.posts[0].id).ended_at is not None
    assert browser.get(of(examiner, "thoi")).status_code == 404


def test_a_released_step_says_so_in_the_story_and_waits_for_everybody(
    province: Province, browser: Browser
) -> None:
    examiner = province.officer(EXAMINER)
    dossier_id = held(province, examiner)
    chair = province.officer("chairperson")
    desk.enter(browser, chair)
    wrong = browser.post(of(examiner, "thoi"), {"viec-dang-giu": "tra-lai"} | day("ngay-cuoi", -5))
    assert wrong.status_code == 422
    assert StepRun.objects.get(closed_at=None).holder_id == examiner.account_id

    browser.post(of(examiner, "thoi"), {"viec-dang-giu": "tra-lai"})

    assert StepRun.objects.get(closed_at=None).holder_id is None
    assert "Trả về hàng chờ" in browser.get(desk.url_of(dossier_id)).content.decode()


def test_an_officer_names_who_stands_in_and_both_see_it(province: Province, browser: Browser) -> None:
    examiner, counter = province.officer(EXAMINER), province.officer("one_stop")
    desk.enter(browser, examiner)
    form = {"nguoi-thay": str(counter.account_id), "ly-do": "Nghỉ phép"}
    whole = form | day("tu-ngay", 1) | day("den-ngay", 3)
    nobody = browser.post(of(examiner, "lam-thay"), whole | {"nguoi-thay": str(examiner.account_id)})
    assert nobody.status_code == 422
    assert "Hãy chọn người làm thay" in nobody.content.decode()
    undated = browser.post(of(examiner, "lam-thay"), form)
    assert undated.status_code == 422
    backwards = browser.post(of(examiner, "lam-thay"), form | day("tu-ngay", 3) | day("den-ngay", 1))
    assert backwards.status_code == 422
    assert 'value="Nghỉ phép"' in backwards.content.decode()
    assert not Substitution.objects.exists()

    browser.post(of(examiner, "lam-thay"), form | day("tu-ngay", 0) | day("den-ngay", 2))

    lent = Substitution.objects.get()
    assert local(lent.until_at).date() == local(clock.now()).date() + timedelta(days=3)
    assert f"{counter.full_name} làm thay từ" in browser.get(HOME).content.decode()
    elsewhere = Browser()
    desk.enter(elsewhere, counter)
    seen = elsewhere.get(HOME).content.decode()
    assert f"<strong>{examiner.full_name}</strong>" in seen
    assert f"{HOME}lam-thay/{lent.pk}/thoi/" not in seen
    assert elsewhere.post(f"{HOME}lam-thay/{lent.pk}/thoi/", {}).status_code == 404
    assert Substitution.objects.get().until_at == lent.until_at
    browser.post(f"{HOME}lam-thay/{lent.pk}/thoi/", {})
    assert Substitution.objects.get().until_at <= clock.now()
    assert "Không ai làm thay bạn" in browser.get(HOME).content.decode()


def test_an_operator_chooses_the_agency(province: Province, browser: Browser) -> None:
    operator, examiner = province.officer("system_operator", "province_committee"), province.officer(EXAMINER)
    desk.enter(browser, operator)
    agency_id = examiner.posts[0].agency_id
    html = browser.get(HOME, {"co-quan": str(agency_id)}).content.decode()
    assert f'<option value="{agency_id}" selected>' in html
    assert of(examiner, "thoi") in html
    assert 'value="chairperson"' in browser.get(giving(examiner)).content.decode()


def test_the_page_reads_in_english(province: Province, browser: Browser) -> None:
    desk.enter(browser, province.officer("chairperson"))
    browser.read_in("en")
    assert "Posts and substitutes" in browser.get(HOME).content.decode()


def test_the_page_costs_the_same_with_one_officer_and_with_many(province: Province, browser: Browser) -> None:
    chair = province.officer("chairperson")
    desk.enter(browser, chair)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(HOME)
        return len(asked)

    cost()
    few = cost()
    for number in range(6):
        appointed(province, province.officer(EXAMINER), f"can-bo-{number}")
    assert cost() == few <= min(MOST, budgets()["desk:people"])
