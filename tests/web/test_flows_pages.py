"""The process map at the desk: what it shows, what each figure opens, what the log holds."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests import flows_kit as ways
from tests.api_kit import Caller
from tests.dossiers_kit import BIRTH, HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.flows_kit import ACCEPTED, EXAMINED, FILED, SENT_BACK, SIGNED
from tests.web.client import Browser
from tinhso.kernel.clock import local
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]

HOME = "/ban-lam-viec/duong-di/"
MAP = f"{HOME}{BIRTH}/"
STRAIGHT: ways.Way = [(FILED, 0), (ACCEPTED, 2), (EXAMINED, 4), (SIGNED, 1)]
LOOPED: ways.Way = [
    *[(FILED, 0), (ACCEPTED, 2), (EXAMINED, 60), (SENT_BACK, 1), (EXAMINED, 5), (SIGNED, 2)],
]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def codes(province: Province) -> list[str]:
    """Return the codes of two dossiers: one went straight, the other was sent back once."""
    first = kit.filed(province, province.citizen(), BIRTH).dossier_id
    made = [ways.copy_of(first, number=number, filed_at=province.at) for number in (1, 2)]
    for dossier, way in zip(made, (STRAIGHT, LOOPED), strict=True):
        ways.walk(dossier, way)
    return [dossier.code for dossier in made]


def test_a_head_follows_the_way_down_to_the_dossiers(
    province: Province, codes: list[str], browser: Browser
) -> None:
    head = province.officer("chairperson")
    desk.enter(browser, head)
    assert f'href="{MAP}?tu=' in browser.get(HOME).content.decode()
    page = browser.get(MAP).content.decode()
    for words in ("Xong bước «", "Trả lại từ bước «", "32 giờ", "2,3 ngày", "3 đường khác nhau"):
        assert words in page
    slowest = browser.get(f"{MAP}ho-so/?tu-viec={ACCEPTED}&den-viec={EXAMINED}").content.decode()
    assert slowest.index(codes[1]) < slowest.index(codes[0])
    paths = re.findall(r'href="([^"]*ho-so/[^"]*duong=[^"]*)"', page)
    shown = [browser.get(url.replace("&amp;", "&")).content.decode() for url in paths]
    assert [sum(code in one for one in shown) for code in codes] == [1, 1]
    assert browser.get(f"{MAP}ho-so/?tu-viec=la&den-viec=la").status_code == 404
    assert browser.get(f"{HOME}9.999999/").status_code == 404
    assert_programs_read_the_same(head)


def assert_programs_read_the_same(head: Actor) -> None:
    caller = Caller(head, language="en")
    assert caller.read("/flows")["items"] == [{"code": BIRTH, "dossiers": 3}]
    flow = caller.read(f"/flows/{BIRTH}")
    passages = {(one["source"], one["target"]): one for one in flow["passages"]}
    assert passages[ACCEPTED, EXAMINED]["median"] == 32 * 3600
    slowest = caller.read(f"/flows/{BIRTH}/passages?source={ACCEPTED}&target={EXAMINED}")["items"]
    on_paths = [caller.read(f"/flows/{BIRTH}/paths/{one['digest']}")["items"] for one in flow["paths"]]
    assert len(slowest) == 2
    assert {dossier for found in on_paths for dossier in found} > set(slowest)
    assert (flow["dossiers"], flow["paths_in_all"], len(flow["paths"])) == (3, 3, 3)
    assert next(one["repeats"] for one in flow["activities"] if one["key"] == EXAMINED) == 1


def test_where_nothing_is_counted_the_page_says_what_to_do(
    province: Province, codes: list[str], browser: Browser
) -> None:
    assert codes
    yesterday = local(province.at - timedelta(days=1)).date().isoformat()
    desk.enter(browser, province.officer("chairperson"))
    assert "Hãy chọn khoảng ngày rộng hơn." in browser.get(f"{MAP}?den={yesterday}").content.decode()
    for query, sentence in (
        ("?tu=2026-02-31", "Không có ngày «2026-02-31»"),
        ("?den=9999-12-31", "Không có ngày «9999-12-31»"),
        ("?tu=2026-03-02&den=2026-03-01", "Ngày cuối đứng trước ngày đầu"),
    ):
        answer = browser.get(MAP + query)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()

    desk.enter(browser, province.officer("chairperson", unit=HONG_GAI))
    for url in (HOME, MAP):
        assert "Hãy chọn khoảng ngày rộng hơn." in browser.get(url).content.decode()
    log = b"".join(browser.get(f"{MAP}xes/").streaming_content)
    assert b"<trace>" not in log
    assert ElementTree.fromstring(log).tag.endswith("log")
