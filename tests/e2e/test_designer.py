"""The designer in a browser: every state of every page; a rule written, mended, published, filed under."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import designs_kit
from tests import dossiers_kit as kit
from tests.designs_kit import CODE, HOME
from tests.dossiers_kit import Province
from tests.e2e.conftest import WAYS, Readers
from tests.e2e.designer_states import states
from tests.e2e.desk_cast import seat
from tests.e2e.desk_world import DeskWorld
from tests.e2e.pages_kit import READERS, Stop, Walk, aside, named_routes
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue
from tinhso.dossiers.models import Dossier
from tinhso.payments import queries as payments

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
__all__ = ["trust"]
PATIENCE = 30_000  # a save examines, a proposal runs every example and sets its result

# Addresses the walk leaves out, and why.
NOT_HERE = {
    "designer:do": "leads back to the design",
    "designer:start": "leads to the design",
    "designer:restore": "leads back to the versions",
    "designer:give-back": "leads back to the versions",
    "designer:sample": "is a picture",
    "designer:process": "is a BPMN file",
    "designer:export": "is a ZIP",
}


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def test_every_state_of_every_page_is_accessible_and_fits(trust: Trust, readers: Readers) -> None:
    world, visited = DeskWorld(aside(lambda: kit.found(trust)), tuple(READERS)), set[str]()

    def coming() -> Iterator[Stop]:
        told = states(world)
        while (stop := aside(lambda: next(told, None))) is not None:
            visited.add(stop.route)
            yield stop

    walk = Walk(readers, world.stage)
    walk.see(coming())
    walk.assert_nothing_wrong()
    ours = {name for name in named_routes() if name.startswith("designer:")}
    assert sorted(ours - visited - set(NOT_HERE)) == [], "no state of these pages is looked at"


@pytest.mark.parametrize(("phone", "scripts"), WAYS)
def test_a_rule_is_written_mended_published_and_filed_under(
    province: Province, readers: Readers, phone: bool, scripts: bool
) -> None:
    reader = seat(readers, designs_kit.editor(province), phone=phone, scripts=scripts)
    reader.page.set_default_timeout(PATIENCE)
    page = reader.go(f"{HOME}thu-tuc/{CODE}/")
    page.get_by_role("button", name="Mở để soạn").first.click()
    _add_a_question(page)
    _add_a_fee(page, "so_ban_cap_nhan * 1000")
    expect(page.locator("#mistakes")).to_contain_text("Biểu thức đọc «so_ban_cap_nhan»", timeout=PATIENCE)
    page.locator("#mistakes a").first.click()
    page.locator("[name=amount]").fill("1500")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#mistakes")).to_contain_text("Tệp không có lỗi nào", timeout=PATIENCE)
    _mend_the_examples(page)
    _propose(page)
    address = page.url
    page = seat(readers, designs_kit.publisher(province), phone=phone, scripts=scripts).page
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    expect(page.get_by_text("Thêm: Thu thêm")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="Công bố phiên bản này").click()
    expect(page.get_by_text("Bản này đã công bố")).to_be_visible(timeout=PATIENCE)
    procedure = aside(lambda: catalogue.current(CODE).procedure)
    assert [fee.code for fee in procedure.fees].count("thu_them") == 1
    filed = aside(lambda: kit.filed(province, province.citizen(), CODE))
    dossier = aside(lambda: Dossier.objects.get(pk=filed.dossier_id))
    assert dossier.version_id == aside(lambda: catalogue.current(CODE).version_id)
    bills = aside(lambda: payments.bills_of_subject(actor=kit.SYSTEM, subject_id=dossier.pk))
    assert 1500 in [line.amount for bill in bills for line in bill.lines]


def _add_a_question(page: Page) -> None:
    page.get_by_role("link", name="Tờ khai", exact=True).first.click()
    page.get_by_role("link", name="Thêm câu hỏi").first.click()
    page.locator("[name='label.vi']").fill("Cần lấy trong buổi?")
    page.locator("[name='label.en']").fill("Needed within the half day?")
    page.locator("[name=type]").select_option("yes_no")
    page.locator("[name=required][value=no]").check(force=True)
    page.locator("[name=when-mode][value=simple]").check(force=True)
    page.locator("[name=when-1-name]").select_option("channel")
    page.locator("[name=when-1-op]").select_option("is")
    page.locator("[name=when-1-value]").fill("Trực tuyến")
    page.get_by_role("button", name="Thêm vào bản soạn").click()
    expect(page.locator("[name=when-1-value]")).to_have_value("online", timeout=PATIENCE)


def _add_a_fee(page: Page, amount: str) -> None:
    page.get_by_role("link", name="Hồ sơ, phí").click()
    page.get_by_role("link", name="Thêm khoản thu").click()
    page.locator("[name='name.vi']").fill("Thu thêm")
    page.locator("[name='name.en']").fill("Surcharge")
    page.locator("[name=amount]").fill(amount)
    page.locator("[name=account]").first.check(force=True)
    page.get_by_role("button", name="Thêm vào bản soạn").click()


def _mend_the_examples(page: Page) -> None:
    """Say the sum that each example comes to now."""
    page.get_by_role("link", name="Ví dụ", exact=True).click()
    for number in range(page.locator(".ds-thing").count()):
        page.locator(".ds-thing .ds-thing__words > a").nth(number).click()
        box = page.locator("[name=fee]")
        box.fill(str(int(box.input_value() or 0) + 1500))
        page.get_by_role("button", name="Lưu", exact=True).click()
        page.get_by_role("link", name="Ví dụ", exact=True).click()
    expect(page.get_by_text("Chưa đúng")).to_have_count(0, timeout=PATIENCE)


def _propose(page: Page) -> None:
    page.get_by_role("link", name="Công bố", exact=True).click()
    page.locator("[name=ly-do]").fill(designs_kit.REASON)
    page.locator("[name=quyet-dinh]").fill(designs_kit.DECISION)
    page.get_by_role("button", name="Trình công bố").click()
    expect(page.get_by_text("Đã trình", exact=True)).to_be_visible(timeout=PATIENCE)
