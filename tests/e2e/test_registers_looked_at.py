"""No page of the registers, in no state, may shut an officer out or stick out of its window."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests import dossiers_kit
from tests import registers_kit as kit
from tests.e2e.conftest import Readers
from tests.e2e.desk_world import DeskWorld, Given
from tests.e2e.pages_kit import Act, Stop, aside, fill, named_routes, send
from tests.e2e.test_every_page_desk import LOOKING, InTurns
from tests.fixtures_trust import Trust, trust
from tests.registers_kit import BINH_LIEU, PARCELS, SCHOOLS, SYSTEM
from tinhso.kernel import clock
from tinhso.people.types import Actor
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.actions.enter_record import enter_record
from tinhso.registers.actions.import_file import check_import, confirm_import, start_import
from tinhso.registers.actions.measure_quality import measure_quality
from tinhso.registers.actions.review_retention import decide_retention, review_retention
from tinhso.registers.importing import running
from tinhso.registers.imports import access_import
from tinhso.registers.models import LikelyTwin, RetentionReview

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
__all__ = ["trust"]
GO = send("form[method=post] button.govuk-button >> nth=-1")
TEAMS = "digital.community-teams"
PLACE = {"type": "Point", "coordinates": [107.4021, 21.5312]}
LONG = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở Lục Hồn – Hoành Mô – Đồng Văn"
SHAPE = [[107.4001, 21.5301], [107.4003, 21.5301], [107.4003, 21.5303], [107.4001, 21.5301]]
TABLE = "Mã trường;Tên trường;Cấp học;Xã, phường, đặc khu;Số học sinh\n"
# Addresses the walk leaves out, and why.
NOT_HERE = {
    "registers:apart": "leads back to the pairs",
    "registers:confirm": "leads back to the record",
    "registers:import-load": "leads back to the import",
    "registers:import-stop": "leads back to the import",
    "registers:import-faults": "is a file",
}


def states(world: DeskWorld) -> Iterator[Stop]:
    """Walk from an empty register to one with faults, pairs and files."""
    keeper = world.province.officer("specialist")
    register: Given = {"register_id": SCHOOLS}
    yield world.stop("registers:home", "nothing anywhere", keeper)
    yield world.stop("registers:list", "empty", keeper, **register)
    yield world.stop("registers:quality", "nothing to measure", keeper, **register)
    yield world.stop("registers:twins", "none", keeper, **register)
    yield world.stop("registers:enter", "asks", keeper, **register)
    yield world.stop("registers:enter", "nothing said", keeper, acts=(GO,), status=422, **register)
    first, second = _schools(keeper)
    yield from _lists(world, keeper)
    yield from _record(world, keeper, first, second)
    LikelyTwin.objects.create(
        register=SCHOOLS,
        first_id=first,
        second_id=second,
        likeness=97,
        why=["school.name"],
        found_at=world.at,
    )
    yield from _quality(world, keeper)
    yield from _files(world, keeper)
    yield from _keeping(world, keeper)
    yield from _denied(world, first)


def _schools(keeper: Actor) -> tuple[UUID, UUID]:
    values = {"school.name": LONG, "level": "mixed", "place.unit": BINH_LIEU, "place": PLACE}
    first, second = (
        enter_record(
            actor=keeper,
            at=clock.now() - timedelta(days=3),
            register_id=SCHOOLS,
            values=values | {"school.code": code, "school.main": main},
        ).record_id
        for code, main in (("PTDTBT-LH-HM-ĐV-01", ""), ("PTDTBT-02", "PTDTBT-LH-HM-ĐV-01"))
    )
    correct_record(
        actor=keeper,
        at=clock.now() - timedelta(days=1),
        record_id=first,
        changes={"pupils": 1250, "phone": "0203 300 0001"},
        reason="Theo báo cáo đầu năm học.",
    )
    return first, second


def _lists(world: DeskWorld, keeper: Actor) -> Iterator[Stop]:
    register: Given = {"register_id": SCHOOLS}
    yield world.stop("registers:home", "some", keeper)
    yield world.stop("registers:list", "some", keeper, **register)
    narrowed = f"?q=luc&xa={BINH_LIEU}&m.level=mixed&ngay={clock.local(clock.now()).date()}"
    yield world.stop("registers:list", "narrowed", keeper, query=narrowed, **register)
    yield world.stop("registers:list", "nothing found", keeper, query="?q=khong+co", **register)
    yield world.stop("registers:list", "no day", keeper, query="?ngay=hom-qua", status=422, **register)
    yield world.stop("registers:export", "asks", keeper, **register)
    yield world.stop("registers:export", "no such form", keeper, query="?dang=exe", status=422, **register)


def _record(world: DeskWorld, keeper: Actor, first: UUID, second: UUID) -> Iterator[Stop]:
    record: Given = {"record_id": first}
    day = f"?ngay={clock.local(clock.now()).date()}"
    yield world.stop("registers:record", "with a history", keeper, **record)
    yield world.stop("registers:record", "as of a day", keeper, query=day, **record)
    yield world.stop("registers:record", "read only", world.province.officer("chairperson"), **record)
    yield world.stop("registers:correct", "asks", keeper, **record)
    wrong = (fill("[name='m.pupils']", "mười"), GO)
    yield world.stop("registers:correct", "wrong", keeper, acts=wrong, status=422, **record)
    yield world.stop("registers:past", "asks", keeper, **record)
    yield world.stop("registers:past", "nothing changed", keeper, acts=(GO,), status=422, **record)
    yield world.stop("registers:cancel", "asks", keeper, **record)
    yield world.stop("registers:cancel", "no reason", keeper, acts=(GO,), status=422, **record)
    yield world.stop("registers:merge", "asks with whom", keeper, **record)
    yield world.stop("registers:merge", "several", keeper, query="?voi=luc+hon", **record)
    side = f"?voi={second}"
    yield world.stop("registers:merge", "side by side", keeper, query=side, **record)
    yield world.stop("registers:merge", "no reason", keeper, query=side, acts=(GO,), status=422, **record)
    yield world.stop("registers:split", "asks", keeper, **record)
    yield world.stop("registers:split", "no reason", keeper, acts=(GO,), status=422, **record)
    parcel = {"place.unit": BINH_LIEU, "map.sheet": "9", "parcel.number": "1", "area": 100, "use": "ont"}
    shape = {"type": "Polygon", "coordinates": [SHAPE]}
    made = kit.enter(parcel | {"shape": shape}, register=PARCELS)
    shown: Given = {"record_id": made.record_id}
    yield world.stop("registers:record", "a shape", world.province.officer("chairperson"), **shown)
    gone = kit.enter({**_school("X-9"), "school.name": "Trường đã hủy"}, register=SCHOOLS).record_id
    cancel_record(actor=keeper, at=clock.now(), record_id=gone, reason="Ghi nhầm")
    yield world.stop("registers:record", "cancelled", keeper, record_id=gone)
    yield world.stop("registers:restore", "asks", keeper, record_id=gone)


def _school(code: str) -> dict[str, object]:
    return {"school.code": code, "school.name": LONG, "level": "mixed", "place.unit": BINH_LIEU}


def _quality(world: DeskWorld, keeper: Actor) -> Iterator[Stop]:
    register: Given = {"register_id": SCHOOLS}
    for days in (9, 5, 0):
        measure_quality(actor=SYSTEM, at=clock.now() - timedelta(days=days), register_id=SCHOOLS)
    yield world.stop("registers:home", "measured", keeper)
    yield world.stop("registers:quality", "measured", keeper, **register)
    yield world.stop("registers:list", "failing", keeper, query="?loi=has_pupils", **register)
    yield world.stop("registers:twins", "one", keeper, **register)
    yield world.stop("registers:twins", "only reads", world.province.officer("chairperson"), **register)


def _files(world: DeskWorld, keeper: Actor) -> Iterator[Stop]:
    register: Given = {"register_id": SCHOOLS}
    yield world.stop("registers:import", "none", keeper, **register)
    yield world.stop("registers:import", "no file", keeper, acts=(GO,), status=422, **register)
    rows = f"TH-1;Trường Một;primary;{BINH_LIEU};120\nTH-2;;primary;{BINH_LIEU};ba trăm\n"
    content = BytesIO((TABLE + rows).encode())
    import_id = start_import(
        actor=keeper, at=clock.now(), register_id=SCHOOLS, file_name="truong-cua-xa.csv", content=content
    )
    one: Given = {"import_id": import_id}
    yield world.stop("registers:import-one", "asks for columns", keeper, **one)
    start = reverse("registers:import-one", args=[import_id])
    nothing = (*(leave_out(place) for place in range(5)), GO)
    yield world.stop("registers:import-columns", "none", keeper, start=start, acts=nothing, status=422, **one)
    mapping = dict(access_import(actor=keeper, import_id=import_id).mapping)
    check_import(actor=keeper, at=clock.now(), import_id=import_id, mapping=mapping)
    yield world.stop("registers:import-one", "checking", keeper, **one)
    running.check(system=SYSTEM, import_id=import_id, now=clock.now)
    yield world.stop("registers:import-one", "checked", keeper, **one)
    confirm_import(actor=keeper, at=clock.now(), import_id=import_id)
    running.load(system=SYSTEM, import_id=import_id, now=clock.now)
    yield world.stop("registers:import-one", "written", keeper, **one)
    yield world.stop("registers:import", "some", keeper, **register)


def _keeping(world: DeskWorld, keeper: Actor) -> Iterator[Stop]:
    """A team that has been over for longer than its register keeps: listed, asked about, emptied."""
    yield world.stop("registers:keeping", "nothing", keeper)
    values = {"team.name": LONG, "place.unit": BINH_LIEU, "hamlet": "Khu 1", "leader.full_name": "Lê Văn Ba"}
    first, last = date(2008, 1, 1), date(2012, 1, 1)
    record_id = kit.enter(values, register=TEAMS, since=first, until=last).record_id
    review_retention(actor=SYSTEM, at=clock.now(), register_id=TEAMS)
    review_id = RetentionReview.objects.get().pk
    yield world.stop("registers:home", "some to let go", keeper)
    yield world.stop("registers:record", "to let go", keeper, record_id=record_id)
    yield world.stop("registers:keeping", "some", keeper)
    yield world.stop("registers:keeping", "of one register", keeper, query=f"?so={SCHOOLS}")
    yield world.stop("registers:keep", "asks", keeper, review_id=review_id)
    yield world.stop("registers:keep", "nothing said", keeper, acts=(GO,), status=422, review_id=review_id)
    yield world.stop("registers:keep", "denied", world.citizen(), status=403, review_id=review_id)
    decide_retention(
        actor=keeper, at=clock.now(), review_id=review_id, erase=True, reason="Quyết định 12/QĐ-UBND"
    )
    yield world.stop("registers:keep", "decided", keeper, review_id=review_id)
    yield world.stop("registers:record", "emptied", keeper, record_id=record_id)


def leave_out(place: int) -> Act:
    """Let a column go nowhere."""

    def act(page: Page) -> None:
        page.locator(f"[name=cot-{place}]").select_option("")

    return act


def _denied(world: DeskWorld, record_id: UUID) -> Iterator[Stop]:
    citizen, watcher = world.citizen(), world.province.officer("supervisor")
    yield world.stop("registers:home", "a citizen", citizen, status=403)
    yield world.stop("registers:list", "not listed", watcher, status=403, register_id=PARCELS)
    yield world.stop("registers:record", "absent", watcher, status=404, record_id=UUID(int=7))
    yield world.stop("registers:correct", "not theirs", watcher, status=403, record_id=record_id)


def test_every_state_of_the_registers_is_accessible_and_fits(trust: Trust, readers: Readers) -> None:
    world, visited = DeskWorld(aside(lambda: dossiers_kit.found(trust)), LOOKING), set[str]()

    def coming() -> Iterator[Stop]:
        told = states(world)
        while (stop := aside(lambda: next(told, None))) is not None:
            visited.add(stop.route)
            yield stop

    walk = InTurns(readers, world.stage)
    walk.see(coming())
    walk.assert_nothing_wrong()
    ours = {name for name in named_routes() if name.startswith("registers:")}
    assert sorted(ours - visited - set(NOT_HERE)) == [], "no state of these pages is looked at"
