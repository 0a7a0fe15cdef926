"""A long file is loaded in lanes: what comes of it is what one run would make of it, in whatever order."""

from io import BytesIO
from uuid import UUID

import pytest

from tests import registers_kit as kit
from tests.registers_kit import AT, BINH_LIEU, BIRTHS, PARCELS, SYSTEM
from tinhso.kernel.models import LedgerEntry
from tinhso.registers import imports
from tinhso.registers.actions import work_lane
from tinhso.registers.actions.import_file import cancel_import, check_import, confirm_import, start_import
from tinhso.registers.importing import lanes, running
from tinhso.registers.models import ImportLane, Record, RecordVersion, RegisterImport
from tinhso.registers.types import ImportState, ImportView

pytestmark = pytest.mark.django_db
COLUMNS = [
    "certificate.number",
    "registered.unit",
    "registered.on",
    "child.full_name",
    "child.sex",
    "child.born_on",
    "child.personal_id",
]
# Row 9 has the key of row 2, row 10 the number of row 3 under another name, row 11 a day that is none.
ODD = (
    f"1/KS;{BINH_LIEU};10/03/2026;Trùng Khóa;male;01/03/2026;",
    f"19/KS;{BINH_LIEU};10/03/2026;Khác Tên;male;1960;022226000020",
    f"20/KS;{BINH_LIEU};10/03/2026;Sai Ngày;male;31/2/2026;",
)


@pytest.fixture(autouse=True)
def _short_files_count_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "LEAST", 4)
    monkeypatch.setattr(running, "PIECE", 2)


def _confirmed() -> UUID:
    good = [
        f"{place}/KS;{BINH_LIEU};10/03/2026;Nguyễn An {letter};male;01/03/2026;0222260000{place}0"
        for place, letter in enumerate("BCDEGHIK")
    ]
    content = BytesIO("\n".join([";".join(COLUMNS), *good, *ODD]).encode())
    actor = kit.registrar()
    import_id = start_import(actor=actor, at=AT, register_id=BIRTHS, file_name="so.csv", content=content)
    mapping = {name: name for name in COLUMNS}
    check_import(actor=actor, at=AT, import_id=import_id, mapping=mapping)
    running.check(system=SYSTEM, import_id=import_id, now=lambda: AT)
    confirm_import(actor=actor, at=AT, import_id=import_id)
    return import_id


def _lane(import_id: UUID, number: int) -> None:
    running.load_lane(system=SYSTEM, import_id=import_id, number=number, now=lambda: AT)


def _view(import_id: UUID) -> ImportView:
    return imports.access_import(actor=kit.registrar(), import_id=import_id)


def _told(import_id: UUID) -> list[tuple[int, str, bool]]:
    found = imports.problems_of(actor=kit.registrar(), import_id=import_id)
    return [(one.row, one.sentence, one.left_out) for one in found]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_lanes_in_any_order_make_what_one_run_makes(
    order: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = _confirmed()
    assert lanes.lanes_of(import_id) == [0, 1]
    for place, number in enumerate(order):
        assert _view(import_id).state == ImportState.LOADING, place
        _lane(import_id, number)
    view, told = _view(import_id), _told(import_id)

    assert (view.state, view.done, view.total) == (ImportState.DONE, 11, 11)
    assert (view.new, view.same, view.wrong, view.doubtful) == (9, 0, 2, 1)
    assert [(row, left_out) for row, _sentence, left_out in told] == [(9, True), (10, False), (11, True)]
    assert "đã có ở dòng 2" in told[0][1]
    assert LedgerEntry.objects.filter(kind="register.file_loaded", subject_id=import_id).count() == 1

    monkeypatch.setattr(lanes, "LEAST", 100)
    again = _confirmed()
    assert lanes.lanes_of(again) == []
    running.load(system=SYSTEM, import_id=again, now=lambda: AT)
    # By now the register itself knows the number of row 3 under another name.
    assert [one for one in _told(again) if one[0] != 3] == told
    assert (_view(again).same, _view(again).wrong, Record.objects.count()) == (9, 2, 9)


def test_a_lane_that_was_killed_goes_on_behind_what_it_wrote_and_nothing_is_done_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import_id = _confirmed()
    written = work_lane.work_lane

    def breaks_off(**told: object) -> None:
        if Record.objects.exists():
            raise OSError("the machine went away")
        written(**told)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "work_lane", breaks_off)
    with pytest.raises(OSError, match="went away"):
        _lane(import_id, 0)
    assert (Record.objects.count(), _view(import_id).done) == (2, 2)

    monkeypatch.setattr(running, "work_lane", written)
    _lane(import_id, 1)
    assert (_view(import_id).state, _view(import_id).done) == (ImportState.LOADING, 8)
    _lane(import_id, 0)
    _lane(import_id, 0)
    view = _view(import_id)
    assert (view.state, view.done, view.new, view.wrong) == (ImportState.DONE, 11, 9, 2)
    assert RecordVersion.objects.count() == 9


def test_an_earlier_run_of_a_lane_that_still_lives_writes_nothing_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import_id = _confirmed()
    written = work_lane.work_lane

    def overtaken(**told: object) -> None:
        ImportLane.objects.filter(number=0).update(attempt=7)
        written(**told)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "work_lane", overtaken)
    _lane(import_id, 0)
    assert (Record.objects.count(), _view(import_id).done) == (0, 0)


def test_who_stops_an_import_stops_its_lanes_and_may_go_on() -> None:
    import_id = _confirmed()
    _lane(import_id, 1)
    written = Record.objects.count()
    cancel_import(actor=kit.registrar(), at=AT, import_id=import_id)
    _lane(import_id, 0)
    assert (_view(import_id).state, Record.objects.count()) == (ImportState.CANCELLED, written)

    confirm_import(actor=kit.registrar(), at=AT, import_id=import_id)
    for number in (0, 1):
        _lane(import_id, number)
    assert (_view(import_id).state, _view(import_id).new) == (ImportState.DONE, 9)


def test_rows_that_need_those_above_them_are_loaded_in_one_go() -> None:
    row = RegisterImport(register=PARCELS, total=1000, mapping={}, file_name="x", kind="csv", started_at=AT)
    row.save()
    lanes.cut(row)
    assert lanes.lanes_of(row.pk) == []
    spans = RegisterImport(register=BIRTHS, total=1000, mapping={"Từ ngày": "@since"}, file_name="x")
    spans.kind, spans.started_at = "csv", AT
    spans.save()
    lanes.cut(spans)
    assert lanes.lanes_of(spans.pk) == []
