"""A file as a job: taken in, matched, checked, confirmed, written piece by piece, stopped, gone on with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import islice
from uuid import UUID

import pytest

from tests import registers_kit as kit
from tests.registers_kit import AT, BINH_LIEU, BIRTHS, HONG_GAI, PARCELS, SCHOOLS, SYSTEM
from tinhso.kernel.models import LedgerEntry
from tinhso.people.types import Actor
from tinhso.registers import imports, queries
from tinhso.registers.actions import work_import
from tinhso.registers.actions.import_file import (
    ColumnsLacking,
    ColumnTwice,
    ImportMissing,
    NotAtThisStage,
    cancel_import,
    check_import,
    confirm_import,
    start_import,
)
from tinhso.registers.actions.import_records import import_records
from tinhso.registers.actions.work_import import forget_files
from tinhso.registers.importing import known, running
from tinhso.registers.importing.matching import SINCE, UNTIL
from tinhso.registers.importing.sheets import FileUnreadable, Row, Sheet
from tinhso.registers.importing.stored import stored_sheet
from tinhso.registers.models import Record, RecordVersion, RegisterImport
from tinhso.registers.refusals import NotYourRegister
from tinhso.registers.types import ImportState, ImportView, Moment

pytestmark = pytest.mark.django_db
HEAD = "Số Giấy khai sinh;Nơi đăng ký;Ngày đăng ký;Tên trẻ;Giới tính;Ngày sinh;Số định danh cá nhân"
GOOD = [
    f"{place}/KS;{BINH_LIEU};10/03/2026;Nguyễn An {letter};male;0{place + 1}/03/2026;0222260000{place}0"
    for place, letter in enumerate("BCDE")
]
NAME = "Tên trẻ"


def begin(lines: list[str], *, actor: Actor | None = None) -> UUID:
    content = BytesIO("\n".join([HEAD, *lines]).encode("utf-16"))
    actor = actor or kit.registrar()
    return start_import(actor=actor, at=AT, register_id=BIRTHS, file_name="so-cu.csv", content=content)


def mapped(import_id: UUID) -> dict[str, str]:
    return {
        **imports.access_import(actor=kit.registrar(), import_id=import_id).mapping,
        NAME: "child.full_name",
    }


def check(import_id: UUID) -> ImportView:
    check_import(actor=kit.registrar(), at=AT, import_id=import_id, mapping=mapped(import_id))
    running.check(system=SYSTEM, import_id=import_id, now=lambda: AT)
    return imports.access_import(actor=kit.registrar(), import_id=import_id)


def load(import_id: UUID) -> ImportView:
    confirm_import(actor=kit.registrar(), at=AT, import_id=import_id)
    running.load(system=SYSTEM, import_id=import_id, now=lambda: AT)
    return imports.access_import(actor=kit.registrar(), import_id=import_id)


def whole(lines: list[str]) -> ImportView:
    import_id = begin(lines)
    check(import_id)
    return load(import_id)


def test_what_was_guessed_is_told_before_anything_is_written() -> None:
    view = imports.access_import(actor=kit.registrar(), import_id=begin(GOOD))

    assert (view.state, view.kind, view.encoding, view.delimiter) == (
        ImportState.MAPPING,
        "csv",
        "utf-16",
        ";",
    )
    assert (view.open_columns, view.needed) == ((NAME,), {"child.full_name": "Họ, chữ đệm, tên"})
    assert view.guessed["Ngày đăng ký"] == "dmy"
    sample = imports.sample_of(actor=kit.registrar(), import_id=view.id)
    assert sample[0][NAME] == "Nguyễn An B"
    assert Record.objects.count() == 0


def test_a_checked_file_is_written_once_it_is_confirmed_and_its_columns_are_remembered() -> None:
    import_id = begin(GOOD)
    view = check(import_id)
    assert (view.state, view.total, view.new, view.wrong) == (ImportState.CHECKED, 4, 4, 0)
    assert Record.objects.count() == 0

    view = load(import_id)
    assert (view.state, view.done, view.new) == (ImportState.DONE, 4, 4)
    assert RecordVersion.objects.filter(reference="so-cu.csv", source="import").count() == 4
    kinds = (
        LedgerEntry.objects.filter(subject_id=import_id).order_by("position").values_list("kind", flat=True)
    )
    expected = ["file_received", "file_checked", "file_confirmed", "file_loaded"]
    assert list(kinds) == [f"register.{one}" for one in expected]

    again = imports.access_import(actor=kit.registrar(), import_id=begin(GOOD))
    assert again.mapping[NAME] == "child.full_name"
    assert (check(again.id).same, load(again.id).same) == (4, 4)
    assert RecordVersion.objects.count() == 4


def test_each_bad_row_is_told_with_its_field_and_the_rest_is_written() -> None:
    bad = [
        f"0/KS;{BINH_LIEU};10/03/2026;Trùng Khóa;male;01/03/2026;022226999990",
        f"7/KS;{BINH_LIEU};10/03/2026;Lê Văn Ba;male;31/2/1960;",
        f"8/KS;{HONG_GAI};10/03/2026;Lê Văn Tư;male;1960;",
        f"9/KS;{BINH_LIEU};10/03/2026;Lê Văn Năm;male;1960;022226000000",
    ]
    view = whole(GOOD + bad)

    assert (view.new, view.wrong, view.doubtful) == (5, 3, 1)
    found = imports.problems_of(actor=kit.registrar(), import_id=view.id)
    assert [(one.row, one.left_out) for one in found] == [(5, True), (6, True), (7, True), (8, False)]
    assert "đã có ở dòng 1" in found[0].sentence
    assert (found[1].field, "31/2/1960" in found[1].sentence) == ("child.born_on", True)
    assert "họ tên khác" in found[3].sentence
    report = "".join(imports.problems_csv(actor=kit.registrar(), import_id=view.id))
    assert report.startswith("\ufeffDòng,Mục,")
    assert report.count("\r\n") == 5
    of_year = queries.record_by_key(
        actor=SYSTEM, register_id=BIRTHS, key=f"{BINH_LIEU}/2026/9/KS", moment=kit.now()
    )
    assert of_year.values["child.born_on"] == "1960"


def test_a_run_that_broke_off_goes_on_behind_what_it_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    import_id = begin(GOOD)
    check(import_id)
    confirm_import(actor=kit.registrar(), at=AT, import_id=import_id)
    monkeypatch.setattr(running, "PIECE", 3)
    written = work_import.work_piece

    def breaks_off(**told: object) -> None:
        if Record.objects.exists():
            raise OSError("the machine went away")
        written(**told)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "work_piece", breaks_off)
    with pytest.raises(OSError, match="went away"):
        running.load(system=SYSTEM, import_id=import_id, now=lambda: AT)
    assert (Record.objects.count(), RegisterImport.objects.get().done) == (3, 3)

    monkeypatch.setattr(running, "work_piece", written)
    running.load(system=SYSTEM, import_id=import_id, now=lambda: AT)
    view = imports.access_import(actor=kit.registrar(), import_id=import_id)
    assert (view.state, view.new, view.same, Record.objects.count()) == (ImportState.DONE, 4, 0, 4)


def test_rows_that_waited_when_a_run_broke_off_are_taken_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        f"S{place};Trường {place};primary;{BINH_LIEU};{main}" for place, main in enumerate(["S5", "", "S9"])
    ]
    lines += [f"S{place};Trường {place};primary;{BINH_LIEU};" for place in (3, 4, 5)]
    content = BytesIO("\n".join(["Ma;Ten;Cap;Xa;Chinh", *lines]).encode())
    import_id = start_import(
        actor=SYSTEM, at=AT, register_id=SCHOOLS, file_name="truong.csv", content=content
    )
    fields = ("school.code", "school.name", "level", "place.unit", "school.main")
    mapping = dict(zip(("Ma", "Ten", "Cap", "Xa", "Chinh"), fields, strict=True))
    RegisterImport.objects.update(
        mapping=mapping, state=ImportState.LOADING, checked_at=AT, confirmed_at=AT, total=len(lines)
    )
    monkeypatch.setattr(running, "PIECE", 2)
    written = work_import.work_piece

    def breaks_off(**told: object) -> None:
        if Record.objects.count() == 2:
            raise OSError("the machine went away")
        written(**told)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "work_piece", breaks_off)
    with pytest.raises(OSError, match="went away"):
        running.load(system=SYSTEM, import_id=import_id, now=lambda: AT)
    assert RegisterImport.objects.get().put_off == [1, 3]

    monkeypatch.setattr(running, "work_piece", written)
    running.load(system=SYSTEM, import_id=import_id, now=lambda: AT)
    row = RegisterImport.objects.get()
    assert (row.state, row.new, row.wrong, row.put_off) == (ImportState.DONE, 5, 1, [])
    first = queries.record_by_key(actor=SYSTEM, register_id=SCHOOLS, key="S0", moment=kit.now())
    main = queries.record_by_key(actor=SYSTEM, register_id=SCHOOLS, key="S5", moment=kit.now())
    assert first.values["school.main"] == str(main.id)


def test_a_file_that_breaks_off_in_its_middle_is_told_and_what_was_written_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(state: ImportState, *, rows: int) -> RegisterImport:
        row = RegisterImport.objects.get()
        assert (row.state, row.done, Record.objects.count()) == (state, rows, rows)
        return row

    monkeypatch.setattr(running, "PIECE", 2)
    import_id = begin(GOOD)
    check(import_id)
    whole_sheet = stored_sheet

    @contextmanager
    def broken(row: RegisterImport) -> Iterator[Sheet]:
        def rows() -> Iterator[Row]:
            yield from islice(sheet.rows(), 3)
            raise FileUnreadable(name=row.file_name)

        with whole_sheet(row) as sheet:
            yield replace(sheet, rows=rows)

    monkeypatch.setattr(running, "stored_sheet", broken)
    load(import_id)
    assert "so-cu.csv" in stopped(ImportState.FAILED, rows=2).sentence

    monkeypatch.setattr(running, "stored_sheet", whole_sheet)
    view = load(import_id)
    assert (view.state, view.new, view.same, view.wrong) == (ImportState.DONE, 4, 0, 0)
    stopped(ImportState.DONE, rows=4)


@pytest.mark.parametrize("few", [1, 200])
def test_a_name_that_differs_from_the_register_is_told_before_anything_is_written(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole(GOOD)
    monkeypatch.setattr(known, "_FEW", few)
    other = f"11/KS;{BINH_LIEU};10/03/2026;Trần Khác;male;01/03/2026;022226000000"
    import_id = begin([other, GOOD[1]])
    view = check(import_id)
    assert (view.new, view.same, view.doubtful, view.wrong) == (1, 1, 1, 0)
    found = imports.problems_of(actor=kit.registrar(), import_id=view.id)
    assert [(one.row, one.field, one.left_out) for one in found] == [(1, "child.personal_id", False)]
    assert "bản ghi của sổ" in found[0].sentence
    assert Record.objects.count() == 4


def test_a_circle_with_what_the_register_holds_is_told_before_anything_is_written() -> None:
    upper, lower = kit.school("S1", "Trên"), kit.school("S2", "Dưới", more={"school.main": "S1"})
    row = {"level": "primary", "place.unit": BINH_LIEU}
    rows = [
        {**row, "school.code": "S1", "school.name": "Trên", "school.main": "S2"},
        {**row, "school.code": "S2", "school.name": "Dưới", "school.main": "S1"},
        {**row, "school.code": "S3", "school.name": "Mới", "school.main": "S2"},
    ]
    for dry_run in (True, False):
        report = import_records(
            actor=SYSTEM, at=AT, register_id=SCHOOLS, rows=rows, reference="x", dry_run=dry_run
        )
        assert (report.new, report.changed, report.same, report.wrong) == (1, 0, 1, 1)
        assert report.problems[0].row == 1
    assert upper != lower


def test_a_cancelled_import_writes_nothing_more_and_can_be_gone_on_with() -> None:
    import_id = begin(GOOD)
    check(import_id)
    confirm_import(actor=kit.registrar(), at=AT, import_id=import_id)
    cancel_import(actor=kit.registrar(), at=AT, import_id=import_id)
    running.load(system=SYSTEM, import_id=import_id, now=lambda: AT)
    assert Record.objects.count() == 0

    assert load(import_id).new == 4


def test_rows_with_days_are_the_history_of_one_record_and_days_that_overlap_are_told() -> None:
    row = {"school.code": "22001", "school.name": "Trường", "level": "primary", "place.unit": BINH_LIEU}
    rows = [
        {**row, SINCE: "01/01/2020", UNTIL: "01/01/2022"},
        {**row, "school.name": "Trường mới", SINCE: "2022"},
        {**row, SINCE: "01/06/2021", UNTIL: "01/06/2023"},
    ]
    report = import_records(actor=SYSTEM, at=AT, register_id=SCHOOLS, rows=rows, reference="x")

    assert (report.new, report.changed, report.wrong) == (1, 1, 1)
    assert "chồng lên" in report.problems[0].sentence
    names = [
        queries.record_by_key(actor=SYSTEM, register_id=SCHOOLS, key="22001", moment=moment).title
        for moment in (Moment(date(2021, 5, 1)), kit.now())
    ]
    assert names == ["Trường", "Trường mới"]
    again = import_records(actor=SYSTEM, at=AT, register_id=SCHOOLS, rows=rows[:2], reference="x")
    assert (again.same, again.wrong) == (2, 0)


def test_a_circle_of_parents_is_told_and_a_child_above_its_parent_is_taken() -> None:
    def parcel(number: str, before: str = "") -> dict[str, object]:
        row: dict[str, object] = {
            "place.unit": BINH_LIEU,
            "map.sheet": "1",
            "parcel.number": number,
            "area": "90",
            "use": "ont",
        }
        return {**row, "parcel.before": f"{BINH_LIEU}-1-{before}"} if before else row

    rows = [parcel("2", "1"), parcel("1"), parcel("3", "4"), parcel("4", "3"), parcel("5", "9")]
    for dry_run in (True, False):
        report = import_records(
            actor=SYSTEM, at=AT, register_id=PARCELS, rows=rows, reference="x", dry_run=dry_run
        )
        assert (report.new, report.wrong) == (2, 3)
        assert ["nằm bên trong" in one.sentence for one in report.problems] == [True, True, False]
    child = queries.record_by_key(actor=SYSTEM, register_id=PARCELS, key=f"{BINH_LIEU}-1-2", moment=kit.now())
    assert child.values["parcel.before"]


def test_columns_are_refused_that_leave_a_required_field_out_or_fill_one_twice() -> None:
    import_id = begin(GOOD)
    actor = kit.registrar()
    for mapping, refusal in (
        ({"Nơi đăng ký": "registered.unit"}, ColumnsLacking),
        ({**mapped(import_id), "Ngày sinh": "child.full_name"}, ColumnTwice),
    ):
        with pytest.raises(refusal):
            check_import(actor=actor, at=AT, import_id=import_id, mapping=mapping)
    with pytest.raises(NotAtThisStage):
        confirm_import(actor=actor, at=AT, import_id=import_id)
    assert RegisterImport.objects.get().state == ImportState.MAPPING


def test_nobody_else_sees_an_import_or_may_start_one() -> None:
    import_id = begin(GOOD)
    other = kit.registrar(HONG_GAI)
    assert imports.imports_of(actor=other) == ()
    for act in (cancel_import, confirm_import):
        with pytest.raises(ImportMissing):
            act(actor=other, at=AT, import_id=import_id)
    with pytest.raises(ImportMissing):
        imports.problems_csv(actor=other, import_id=import_id)
    with pytest.raises(NotYourRegister):
        begin(GOOD, actor=kit.officer("one_stop"))
    assert RegisterImport.objects.count() == 1


def test_the_file_is_forgotten_after_a_month_and_the_report_stays() -> None:
    view = whole(GOOD)
    assert forget_files(actor=SYSTEM, at=kit.later(days=29)) == 0
    assert forget_files(actor=SYSTEM, at=kit.later(days=31)) == 1
    assert imports.sample_of(actor=kit.registrar(), import_id=view.id) == ()
    assert imports.access_import(actor=kit.registrar(), import_id=view.id).new == 4
