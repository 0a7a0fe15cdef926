"""The desk's pages of the national portal: what waits and why, what could not be sent; and of the post."""

import re
from collections.abc import Iterator

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, COPY
from tests.exchange_kit import World, connected
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import Status
from tinhso.exchange.models import Dispatch, DispatchState, Envelope, EnvelopeState

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HERE = "/ban-lam-viec/cong-quoc-gia/"


@pytest.fixture
def world(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with connected(kit.found(trust), monkeypatch) as made:
        yield made


def read(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def of(envelope: Envelope, act: str = "") -> str:
    return f"{HERE}{envelope.pk}/{act}/" if act else f"{HERE}{envelope.pk}/"


def test_what_waits_is_listed_with_its_reason_and_settled_on_its_page(world: World, browser: Browser) -> None:
    code = world.file(files=0, MaTTHC="9.999999", TenTTHC="Khai sinh cho trẻ")
    world.open_all()
    envelope = world.envelope(code)
    desk.enter(browser, world.province.officer("one_stop"))
    assert "Chưa biết thủ tục" in read(browser, HERE)
    page = read(browser, of(envelope))
    assert "9.999999" in page
    assert BIRTH in page

    nothing = browser.post(of(envelope, "lap-ho-so"), {})
    assert nothing.status_code == 422
    assert Dossier.objects.count() == 0
    browser.post(of(envelope, "lap-ho-so"), {"thu-tuc": BIRTH})
    world.open_all()
    dossier = Dossier.objects.get()
    assert dossier.code in read(browser, of(envelope))
    assert dossier.code in read(browser, f"{HERE}?xem=tat-ca")


def test_what_is_refused_needs_a_reason(world: World, browser: Browser) -> None:
    code = world.file(files=0, ChuHoSo="")
    world.open_all()
    envelope = world.envelope(code)
    desk.enter(browser, world.province.officer("one_stop"))
    assert browser.post(of(envelope, "tu-choi"), {"ly-do": ""}).status_code == 422
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.NEEDS_HUMAN
    browser.post(of(envelope, "tu-choi"), {"ly-do": "Thiếu họ tên. Hãy nộp lại."})
    assert "Thiếu họ tên" in read(browser, of(envelope))


def test_what_is_missing_is_ticked_before_the_officer_looks(world: World, browser: Browser) -> None:
    dossier = world.arrived(files=0)
    desk.enter(browser, world.province.officer("one_stop"))
    assert dossier.national_code in read(browser, desk.url_of(dossier.pk))
    page = read(browser, desk.url_of(dossier.pk, "bo-sung"))
    assert "Chưa có trong dữ liệu của Cổng quốc gia" in page
    boxes = re.findall(r"<input[^>]*name=\"thieu\"[^>]*>", page)
    ticked = [re.findall(r"value=\"([^\"]+)\"", box)[0] for box in boxes if "checked" in box]
    assert len(ticked) > 3
    told = {"thieu": ticked, "revision": str(desk.revision(dossier.pk))}
    browser.post(desk.url_of(dossier.pk, "bo-sung"), told)
    dossier.refresh_from_db()
    assert dossier.state is Status.AWAITING_SUPPLEMENT
    assert dossier.supplements.get().items


def test_what_could_not_be_sent_is_sent_again_and_units_are_counted(world: World, browser: Browser) -> None:
    world.behave(refuse=True)
    filed = kit.filed(world.province, world.province.citizen(), COPY)
    world.send_all()
    desk.enter(browser, world.province.officer("one_stop"))
    page = read(browser, HERE)
    assert Dossier.objects.get(pk=filed.dossier_id).code in page
    assert "Không gửi được lên Cổng quốc gia" in page
    number = Dispatch.objects.get(state=DispatchState.DEAD).number
    world.behave(refuse=False)
    browser.post(f"{HERE}gui-lai/{number}/", {})
    world.send_all()
    assert not Dispatch.objects.exclude(state=DispatchState.SENT).exists()


def test_who_watches_reads_and_who_neither_receives_nor_watches_is_kept_out(
    world: World, browser: Browser
) -> None:
    code = world.file(files=0, NgayNopHoSo="?")
    world.open_all()
    envelope = world.envelope(code)
    desk.enter(browser, world.province.officer("supervisor", kind="province_committee"))
    assert "Bạn chỉ xem được" in read(browser, of(envelope))
    assert browser.post(of(envelope, "lap-ho-so"), {"ngay": "1"}).status_code == 403
    for act in ("tu-choi", "hoi-lai", "da-xem"):
        assert browser.post(of(envelope, act), {"ly-do": "x"}).status_code == 403
    desk.enter(browser, world.province.officer("civil_status_officer"))
    assert browser.get(HERE).status_code == 403
    assert browser.get(of(envelope)).status_code == 403
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.NEEDS_HUMAN


def test_a_list_of_fifty_asks_no_more_than_a_list_of_one(world: World, browser: Browser) -> None:
    world.file(files=0, ChuHoSo="")
    world.open_all()
    one = world.envelope()
    desk.enter(browser, world.province.officer("one_stop"))
    with within("desk:national"):
        read(browser, HERE)
    with within("desk:national-envelope"):
        read(browser, of(one))
    for number in range(25):
        Envelope.objects.create(
            code=f"X-{number}",
            digest=str(number),
            payload=one.payload,
            received_at=one.received_at,
            last_received_at=one.received_at,
            state=one.state,
            troubles=one.troubles,
            agency=one.agency,
        )
    with within("desk:national"):
        read(browser, HERE)


def test_the_counter_takes_what_the_post_brought_and_gives_the_result_back_to_it(
    world: World, browser: Browser
) -> None:
    counter = world.province.officer("one_stop")
    person = world.province.citizen().person_id
    kit.people.introduce(
        actor=kit.SYSTEM, at=world.now, person_id=person, agency_id=counter.posts[0].agency_id
    )
    desk.enter(browser, counter)
    address = f"/ban-lam-viec/tiep-nhan/{person}/"
    on = world.now.date()
    told = {
        "thu-tuc": BIRTH,
        "dia-ban": kit.BINH_LIEU,
        "qua-buu-chinh": "1",
        "so-hieu": "EB123456789VN",
        "ngay-den-day": str(on.day),
        "ngay-den-month": str(on.month),
        "ngay-den-year": str(on.year),
        "nguoi-gui": "Bế Văn Sáu",
        "tra-buu-chinh": "1",
        "nhan-ten": "La Thị Nga",
        "nhan-dien-thoai": "0912345678",
        "nhan-dia-chi": "Thôn Nà Kẻ",
    }
    wrong = browser.post(address, told | {"so-hieu": "12"})
    assert wrong.status_code == 422
    assert "số hiệu bưu gửi" in wrong.content.decode()
    begun = browser.post(address, told)
    assert begun.status_code == 302
    assert begun["Location"].startswith("/to-khai/")
