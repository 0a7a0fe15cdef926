"""Lists as files, from the desk's pages."""

import re

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.dossiers.exporting import running
from tinhso.dossiers.models import Export
from tinhso.kernel import clock
from tinhso.people.types import system

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HOME = "/ban-lam-viec/xuat/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def run(export: Export) -> None:
    running.run(system=system("test"), export_id=export.pk, now=clock.now)


def test_from_a_narrowed_list_to_the_file_without_scripts(province: Province, browser: Browser) -> None:
    filed = kit.filed(province, province.citizen(), BIRTH)
    desk.enter(browser, province.officer("one_stop"))

    html = browser.get(f"/ban-lam-viec/?muc=cho-tiep-nhan&thu-tuc={BIRTH}").content.decode()
    link = re.search(r'href="(/ban-lam-viec/xuat/\?[^"]+)"', html)
    assert link is not None
    with within("desk:exports"):
        asks = browser.get(link[1].replace("&amp;", "&")).content.decode()
    assert "Chờ tiếp nhận · " in asks
    told = dict(re.findall(r'<input type="hidden" name="([a-z-]+)" value="([^"]+)">', asks))
    told.pop("csrfmiddlewaretoken", None)
    answer = browser.post(HOME, {**told, "dang-tep": "csv"})

    export = Export.objects.get()
    assert answer["Location"] == f"{HOME}{export.pk}/"
    with within("desk:export"):
        waiting = browser.get(answer["Location"]).content.decode()
    assert "<progress" in waiting
    assert "Xem tiến độ mới nhất" in waiting
    run(export)
    ready = browser.get(answer["Location"]).content.decode()
    assert "<progress" not in ready
    sent = browser.get(f"{HOME}{export.pk}/tai/")
    assert sent["Content-Disposition"].startswith('attachment; filename="ho-so-')
    assert filed.code in b"".join(sent.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_a_period_that_is_none_is_asked_for_again_with_what_was_typed(
    province: Province, browser: Browser
) -> None:
    desk.enter(browser, province.officer("one_stop"))
    days = {"tu-ngay-day": "31", "tu-ngay-month": "2", "tu-ngay-year": "2026"}
    days |= {"den-ngay-day": "1", "den-ngay-month": "3", "den-ngay-year": "2026"}

    answer = browser.post(HOME, {**days, "dang-tep": "csv"})

    assert answer.status_code == 422
    assert "Hãy ghi đủ ngày" in answer.content.decode()
    assert 'value="31"' in answer.content.decode()
    assert browser.post(HOME, {"muc": "qua-han"}).status_code == 422
    assert not Export.objects.exists()


def test_an_export_is_stopped_and_says_so(province: Province, browser: Browser) -> None:
    desk.enter(browser, province.officer("one_stop"))
    browser.post(HOME, {"muc": "dang-xu-ly", "dang-tep": "xlsx"})
    export = Export.objects.get()

    browser.post(f"{HOME}{export.pk}/dung/")
    run(export)

    assert "Bạn đã dừng" in browser.get(f"{HOME}{export.pk}/").content.decode()
    assert browser.get(f"{HOME}{export.pk}/tai/").status_code == 409


def test_htmx_asks_for_the_progress_alone_until_it_ends(province: Province, browser: Browser) -> None:
    desk.enter(browser, province.officer("one_stop"))
    browser.post(HOME, {"muc": "dang-xu-ly", "dang-tep": "csv"})
    export = Export.objects.get()
    headers = {"HX-Request": "true", "HX-Target": "export-state"}

    under_way = browser.get(f"{HOME}{export.pk}/", headers=headers).content.decode()
    run(export)
    ended = browser.get(f"{HOME}{export.pk}/", headers=headers).content.decode()

    assert under_way.startswith('<div id="export-state" hx-get=')
    assert "hx-get" not in ended
    assert "<!doctype" not in ended
