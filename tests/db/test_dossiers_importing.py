"""A sheet of filings: nothing before a yes, every mistake by line and column, no row twice."""

import io
import zipfile
from typing import Any

import pytest

from tests import dossiers_kit as kit
from tests import importing_kit as sheets
from tests.dossiers_kit import HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.importing_kit import as_csv, as_xlsx, checked, loaded, received, row
from tinhso.dossiers.actions import work_import
from tinhso.dossiers.actions.import_sheet import cancel_import, check_sheet, confirm_import
from tinhso.dossiers.importing import limits, running, targets
from tinhso.dossiers.importing.finding import access_import, faults_of
from tinhso.dossiers.models import Dossier, Draft, Import, ImportedRow
from tinhso.dossiers.models.importing import ImportState
from tinhso.kernel.models import LedgerEntry, StoredFile
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people.models import Person, Post
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def officer(province: Province) -> Actor:
    return province.officer("one_stop")


def wrong(officer: Actor, view: Any) -> list[tuple[int, str]]:
    return [(one.line, one.heading) for one in faults_of(actor=officer, import_id=view.id)]


def test_nothing_is_filed_before_a_yes_and_then_each_sound_row_once(
    province: Province, officer: Actor
) -> None:
    view = checked(province, officer, as_csv([row(1), row(2), row(3, c2="Lan")]))

    assert (view.state, view.total, view.sound, view.faulty) == (ImportState.CHECKED, 3, 2, 1)
    assert not Dossier.objects.exists()
    assert not Person.objects.filter(personal_id__startswith="0000410").exists()
    done = loaded(province, officer, view.id)

    assert (done.state, done.filed, done.missed) == (ImportState.DONE, 2, 0)
    dossier = Dossier.objects.get(applicant__personal_id="000041000001")
    assert (dossier.channel, dossier.receiving_agency_id) == ("counter", officer.posts[0].agency_id)
    assert dossier.answers["requester.full_name"] == "Chíu Thị Lan"
    assert dossier.answers["requester.address"] == {"commune": kit.BINH_LIEU, "detail": "Thôn Nà Ếch"}
    assert (dossier.answers["person.group"], dossier.answers["means.pension"]) == ("elder", False)
    filed = LedgerEntry.objects.filter(kind="dossier.filed", actor_id=str(officer.account_id))
    assert filed.count() == 2


def test_every_mistake_is_told_by_line_and_column(province: Province, officer: Actor) -> None:
    rows = [
        row(1),
        row(2, c1="41000002"),
        row(3, c3="31/02/1941"),
        row(4, c6="Xã Không Có"),
        row(5, c12="Nhóm lạ"),
        row(6, c13=""),
        row(7, c4="Khác"),
    ]
    view = checked(province, officer, as_csv(rows))

    assert wrong(officer, view) == [
        (3, "Số CCCD"),
        (4, "Ngày sinh"),
        (5, "Xã"),
        (6, "Thuộc nhóm nào"),
        (7, "Tuổi của người cao tuổi"),
        (8, "Giới tính"),
    ]
    sentences = [one.sentence for one in faults_of(actor=officer, import_id=view.id)]
    assert "bỏ số 0 đứng đầu" in sentences[0]
    assert (view.sound, view.faulty) == (1, 6)


def test_the_same_sheet_twice_makes_nothing_twice_in_whatever_format(
    province: Province, officer: Actor
) -> None:
    loaded(province, officer, checked(province, officer, as_csv([row(1), row(2)])).id)

    again = checked(province, officer, as_xlsx([row(1), row(2), row(3)]))
    assert (again.repeated, again.sound) == (2, 1)
    done = loaded(province, officer, again.id)

    assert (done.filed, done.repeated) == (1, 2)
    assert Dossier.objects.count() == 3


def test_a_line_that_stands_twice_in_a_sheet_is_loaded_once(province: Province, officer: Actor) -> None:
    view = checked(province, officer, as_csv([row(1), row(1)]))

    assert wrong(officer, view) == [(3, "")]
    assert loaded(province, officer, view.id).filed == 1


def test_a_job_that_died_half_way_goes_on_behind_what_was_filed(
    province: Province, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = checked(province, officer, as_csv([row(1), row(2), row(3)]))
    confirm_import(actor=officer, at=province.at, import_id=view.id)
    honest = work_import.file_dossier

    def dies(**given: Any) -> Any:
        if ImportedRow.objects.count() == 1:
            raise RuntimeError("the power went")
        return honest(**given)

    monkeypatch.setattr(running, "TOGETHER", 1)
    monkeypatch.setattr(work_import, "file_dossier", dies)
    with pytest.raises(RuntimeError):
        running.load(system=sheets.SYSTEM, import_id=view.id, now=lambda: province.at)
    assert (Dossier.objects.count(), Draft.objects.count()) == (1, 1)
    monkeypatch.setattr(work_import, "file_dossier", honest)
    running.load(system=sheets.SYSTEM, import_id=view.id, now=lambda: province.at)

    assert Dossier.objects.count() == 3
    assert Import.objects.get(pk=view.id).filed == 3


def test_a_row_refused_while_loading_is_told_and_leaves_nothing(province: Province, officer: Actor) -> None:
    view = checked(province, officer, as_csv([row(1), row(2)]))
    province.citizen("000041000001", full_name="Vi Văn Khác")

    done = loaded(province, officer, view.id)

    assert (done.filed, done.missed) == (1, 1)
    told = [one.sentence for one in faults_of(actor=officer, import_id=view.id)]
    assert "họ tên khác" in told[0]
    assert "Vi Văn Khác" not in told[0]
    assert not Dossier.objects.filter(applicant__personal_id="000041000001").exists()


def test_who_lost_the_counter_meanwhile_loads_nothing(province: Province, officer: Actor) -> None:
    view = checked(province, officer, as_csv([row(1)]))
    confirm_import(actor=officer, at=province.at, import_id=view.id)
    Post.objects.filter(account_id=officer.account_id).update(ended_at=province.at)

    running.load(system=sheets.SYSTEM, import_id=view.id, now=lambda: province.at)

    assert Import.objects.get(pk=view.id).state == ImportState.FAILED
    assert not Dossier.objects.exists()


def test_stopped_it_keeps_what_was_filed_and_goes_on_when_asked(
    province: Province, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = checked(province, officer, as_csv([row(1), row(2), row(3)]))
    confirm_import(actor=officer, at=province.at, import_id=view.id)
    monkeypatch.setattr(running, "TOGETHER", 1)
    monkeypatch.setattr(running, "TELL_LOADED", 1)
    honest = running.tell_progress

    def stopped(**given: Any) -> None:
        cancel_import(actor=officer, at=province.at, import_id=view.id)
        honest(**given)

    monkeypatch.setattr(running, "tell_progress", stopped)
    running.load(system=sheets.SYSTEM, import_id=view.id, now=lambda: province.at)
    assert Dossier.objects.count() == 1
    monkeypatch.setattr(running, "tell_progress", honest)

    assert loaded(province, officer, view.id).filed == 3


def test_columns_are_guessed_and_what_was_chosen_is_remembered(province: Province, officer: Actor) -> None:
    first = access_import(actor=officer, import_id=received(province, officer, as_csv([row(1)]))).columns
    assert first["1"] == targets.NUMBER
    assert first["12"] == "person.group"
    assert "8" not in first

    checked(province, officer, as_csv([row(1)]))
    second = access_import(actor=officer, import_id=received(province, officer, as_csv([row(9)]))).columns

    assert second == first | sheets.CHOSEN


def test_no_row_is_read_without_the_columns_the_form_needs(province: Province, officer: Actor) -> None:
    import_id = received(province, officer, as_csv([row(1)]))

    def check(columns: dict[str, str], *, declared: bool = True) -> None:
        check_sheet(
            actor=officer, at=province.at, import_id=import_id, columns=columns, declared=declared, papers={}
        )

    good = access_import(actor=officer, import_id=import_id).columns | sheets.CHOSEN
    with pytest.raises(limits.ColumnsMissing, match="Số định danh"):
        check({place: target for place, target in good.items() if place != "1"})
    with pytest.raises(limits.ColumnTwice):
        check(good | {"0": good["1"]})
    with pytest.raises(limits.DeclarationMissing):
        check(good, declared=False)
    assert Import.objects.get(pk=import_id).state == ImportState.MAPPING


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02\xff", b"PK\x03\x04rubbish", "Tên nộp\nLan".encode("utf-16"), b"a;b\n"],
)
def test_what_is_no_sheet_is_refused_and_not_kept(province: Province, officer: Actor, content: bytes) -> None:
    files = StoredFile.objects.count()
    with pytest.raises((limits.SheetUnreadable, limits.SheetEmpty)):
        received(province, officer, io.BytesIO(content))
    assert StoredFile.objects.count() == files
    assert not Import.objects.exists()


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(
    province: Province, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tinhso.dossiers.importing.reading.MOST_UNPACKED", 1000)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 100_000)
    with pytest.raises(limits.SheetTooLong):
        received(province, officer, bomb)


def test_a_sheet_is_the_counters_own(province: Province, officer: Actor) -> None:
    view = checked(province, officer, as_csv([row(1)]))

    for other in (province.officer("chairperson"), province.officer("one_stop", unit=HONG_GAI)):
        with pytest.raises(NotFound):
            confirm_import(actor=other, at=province.at, import_id=view.id)
    with pytest.raises(NotAllowed):
        received(province, province.officer("chairperson"), as_csv([row(1)]))
    assert Import.objects.get().state == ImportState.CHECKED


def test_after_a_month_the_sheet_is_gone_and_what_came_of_it_stays(
    province: Province, officer: Actor
) -> None:
    view = loaded(province, officer, checked(province, officer, as_csv([row(1)])).id)
    files = StoredFile.objects.count()

    assert work_import.forget_sheets(at=province.later(days=29)) == 0
    assert work_import.forget_sheets(at=province.later(days=31)) == 1

    assert StoredFile.objects.count() == files - 1
    assert access_import(actor=officer, import_id=view.id).filed == 1
