"""Files of others become records: read as they are, each row checked, the same file again changes nothing."""

import json
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openpyxl.workbook.workbook import Workbook

from tests import registers_kit as kit
from tests.registers_kit import AT, BIRTHS, HONG_GAI, SCHOOLS, SYSTEM
from tinhso.kernel.models import LedgerEntry
from tinhso.registers import queries
from tinhso.registers.actions.import_file import NothingMatched
from tinhso.registers.actions.import_records import import_records
from tinhso.registers.importing.importer import Imported, import_file
from tinhso.registers.importing.sheets import FileUnreadable, NoColumns
from tinhso.registers.models import Record, RecordFault, RecordVersion
from tinhso.registers.refusals import NotYourRegister

pytestmark = pytest.mark.django_db
HEAD = "Mã trường;Tên trường;Cấp học;Xã, phường, đặc khu;Số học sinh;Ghi chú"
LINES = [
    "22001;Trường Tiểu học Bình Liêu;primary;06838;250;x",
    "22002;Trường Mầm non Hồng Gai;kindergarten;06685;;",
]
CSV = "\n".join([HEAD, *LINES])


def take(content: bytes, *, name: str = "truong.csv", dry_run: bool = False) -> Imported:
    with TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        return import_file(at=AT, register_id=SCHOOLS, file=file, dry_run=dry_run)


def counts(done: Imported) -> tuple[int, int, int, int]:
    return done.report.new, done.report.changed, done.report.same, done.report.wrong


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_in_its_own_encoding_and_what_was_guessed_is_told(encoding: str) -> None:
    done = take(CSV.encode(encoding))

    assert counts(done) == (2, 0, 0, 0)
    assert (done.delimiter, done.unmatched) == (";", ("Ghi chú",))
    view = queries.record_by_key(actor=SYSTEM, register_id=SCHOOLS, key="22001", moment=kit.now())
    assert (view.values["pupils"], view.source, view.reference) == (250, "import", "truong.csv")
    assert view.title == "Trường Tiểu học Bình Liêu"
    found = queries.find_records(actor=SYSTEM, register_id=SCHOOLS, moment=kit.now(), text="hong gai")
    assert [one.key for one in found.records] == ["22002"]
    assert LedgerEntry.objects.get(kind="register.imported").payload["records"] == 2
    assert RecordFault.objects.filter(rule="has_pupils").count() == 1


def test_the_same_file_again_changes_nothing_and_a_better_one_puts_right() -> None:
    take(CSV.encode())
    assert counts(take(CSV.encode())) == (0, 0, 2, 0)
    assert RecordVersion.objects.count() == 2

    assert counts(take(CSV.replace(";250;", ";260;").encode())) == (0, 1, 1, 0)
    view = queries.record_by_key(actor=SYSTEM, register_id=SCHOOLS, key="22001", moment=kit.now())
    assert view.values["pupils"] == 260
    assert len(queries.history_of(actor=SYSTEM, record_id=view.id)) == 2


def test_wrong_rows_are_named_and_the_good_ones_written() -> None:
    wrong = [
        "22001;Trùng;primary;06838;;",
        "22003;;primary;06838;;",
        "22004;Tên;primary;99999;;",
        "22005;Tên;x;06838;a;",
    ]
    done = take("\n".join([HEAD, *LINES, *wrong]).encode())

    assert counts(done) == (2, 0, 0, 4)
    assert [one.row for one in done.report.problems] == [3, 4, 5, 6]
    assert all(one.sentence for one in done.report.problems)
    assert Record.objects.count() == 2


def test_a_dry_run_tells_and_writes_nothing() -> None:
    assert counts(take(CSV.encode(), dry_run=True)) == (2, 0, 0, 0)
    assert (Record.objects.count(), LedgerEntry.objects.filter(kind="register.imported").count()) == (0, 0)


def test_a_workbook_and_geojson_are_read_too() -> None:
    book = Workbook()
    for line in CSV.splitlines():
        book.active.append(line.split(";"))
    stream = BytesIO()
    book.save(stream)
    assert counts(take(stream.getvalue(), name="truong.xlsx")) == (2, 0, 0, 0)

    def feature(code: str, *place: float) -> dict[str, object]:
        properties = {"school.code": code, "school.name": "Trường", "level": "primary", "place.unit": "06838"}
        point = {"type": "Point", "coordinates": place}
        return {"type": "Feature", "properties": properties, "geometry": point}

    features = [feature("22011", 107.3, 21.5), feature("22012", 105.8, 21)]
    collection = {"type": "FeatureCollection", "features": features}
    done = take(json.dumps(collection).encode(), name="truong.geojson")
    assert counts(done) == (1, 0, 0, 1)
    assert "ngoài tỉnh" in done.report.problems[0].sentence
    box = (107.2, 21.4, 107.4, 21.6)
    near = queries.find_records(actor=SYSTEM, register_id=SCHOOLS, moment=kit.now(), box=box)
    assert [one.key for one in near.records] == ["22011"]


def test_a_file_that_is_none_is_refused_with_what_to_do() -> None:
    for name, content, refusal in (
        ("a.xlsx", b"no workbook", FileUnreadable),
        ("a.geojson", b"{}", FileUnreadable),
        ("a.csv", b"", NoColumns),
        ("a.csv", b"one;two\n1;2", NothingMatched),
    ):
        with pytest.raises(refusal):
            take(content, name=name)
    assert Record.objects.count() == 0


def test_an_officer_imports_only_what_they_may_write() -> None:
    rows = [kit.birth(), kit.birth(**{"registered.unit": HONG_GAI})]
    report = import_records(actor=kit.registrar(), at=AT, register_id=BIRTHS, rows=rows, reference="sổ cũ")
    assert (report.new, report.wrong) == (1, 1)
    with pytest.raises(NotYourRegister):
        import_records(actor=kit.officer("one_stop"), at=AT, register_id=BIRTHS, rows=rows, reference="x")
    assert Record.objects.count() == 1
