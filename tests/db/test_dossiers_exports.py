"""Lists and papers as files: whose dossiers, which bytes, once and only once, and for how long."""

import csv
import io
from datetime import timedelta
from uuid import UUID
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, COPY, HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers.actions import make_export
from tinhso.dossiers.actions.ask_export import ask_export, cancel_export, fetch_export
from tinhso.dossiers.exporting import columns, limits, running
from tinhso.dossiers.exporting.finding import ExportView, access_export
from tinhso.dossiers.models import Dossier, Export
from tinhso.dossiers.models.exports import ExportState
from tinhso.dossiers.selecting import Selection
from tinhso.kernel.models import LedgerEntry, StoredFile
from tinhso.kernel.refusals import NotFound
from tinhso.people.models import Person, PersonAccess, Post
from tinhso.people.types import Actor, system

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
SYSTEM = system("test")


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def run(export_id: UUID, province: Province) -> None:
    running.run(system=SYSTEM, export_id=export_id, now=lambda: province.at)


def written(actor: Actor, province: Province, format_: str = "csv", **said: str) -> ExportView:
    asked = ask_export(actor=actor, at=province.at, format_=format_, selection=Selection(**said))
    run(asked, province)
    return access_export(actor=actor, at=province.at, export_id=asked)


def content(actor: Actor, province: Province, view: ExportView) -> bytes:
    with fetch_export(actor=actor, at=province.at, export_id=view.id) as stream:
        return stream.read()


def table(raw: bytes) -> list[list[str]]:
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel would not know that it is UTF-8"
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


def test_a_list_holds_what_the_officer_sees_and_nothing_of_another_commune(province: Province) -> None:
    here = kit.filed(province, province.citizen(), BIRTH).code
    officer, other = province.officer("one_stop"), province.officer("one_stop", unit=HONG_GAI)

    assert [row[0] for row in table(content(officer, province, written(officer, province)))[1:]] == [here]
    assert table(content(other, province, written(other, province)))[1:] == []


def test_a_tab_of_the_inbox_and_the_words_of_a_search_narrow_the_file(province: Province) -> None:
    citizen = province.citizen()
    filed, taken = kit.filed(province, citizen, BIRTH).code, desk.accepted(province, citizen)
    officer = province.officer("one_stop")
    accepted = Dossier.objects.get(pk=taken).code

    by_tab = table(content(officer, province, written(officer, province, tab="cho-tiep-nhan")))
    by_words = table(content(officer, province, written(officer, province, words=accepted)))

    assert [row[0] for row in by_tab[1:]] == [filed]
    assert [row[0] for row in by_words[1:]] == [accepted]


def test_rights_are_those_of_the_moment_in_which_the_job_runs(province: Province) -> None:
    kit.filed(province, province.citizen(), BIRTH)
    officer = province.officer("one_stop")
    asked = ask_export(actor=officer, at=province.at, format_="csv", selection=Selection())
    Post.objects.filter(account_id=officer.account_id).update(ended_at=province.at)

    run(asked, province)

    failed = Export.objects.get(pk=asked)
    assert (failed.state, failed.problem, failed.file_id) == ("failed", "nothing-to-export", None)
    assert "Vị trí của bạn" in failed.sentence
    assert not PersonAccess.objects.filter(purpose="export").exists()


def test_no_cell_begins_a_formula_in_either_format(province: Province) -> None:
    citizen = province.citizen()
    kit.filed(province, citizen, BIRTH)
    Person.objects.filter(pk=citizen.person_id).update(full_name="=HYPERLINK(0)")
    officer = province.officer("one_stop")

    rows = table(content(officer, province, written(officer, province)))
    sheet = load_workbook(io.BytesIO(content(officer, province, written(officer, province, "xlsx")))).active

    place = list(map(str, columns.HEADINGS)).index("Người nộp")
    assert rows[1][place] == "'=HYPERLINK(0)"
    assert sheet is not None
    cell = sheet.cell(row=2, column=place + 1)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(0)", "s")


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@a", "\tx", "\rx"])
def test_every_beginning_of_a_formula_is_made_text(start: str) -> None:
    assert columns.as_text([start]) == [f"'{start}"]


def test_the_people_in_a_file_are_told_once_and_the_ledger_keeps_every_act(province: Province) -> None:
    citizen = province.citizen()
    filed = kit.filed(province, citizen, BIRTH)
    officer = province.officer("one_stop")

    view = written(officer, province)
    run(view.id, province)
    content(officer, province, view)

    look = PersonAccess.objects.get(purpose="export")
    assert (look.person_id, look.subject_id, look.reason) == (citizen.person_id, filed.dossier_id, filed.code)
    assert (look.actor_id, look.agency_id) == (str(officer.account_id), officer.posts[0].agency_id)
    kinds = LedgerEntry.objects.filter(subject_id=view.id).order_by("position").values_list("kind", flat=True)
    assert list(kinds) == ["export.asked", "export.made", "export.fetched"]


def test_what_was_searched_for_does_not_reach_the_ledger(province: Province) -> None:
    officer = province.officer("one_stop")
    asked = ask_export(actor=officer, at=province.at, format_="csv", selection=Selection(words="Hoàng Chíu"))
    entry = LedgerEntry.objects.get(subject_id=asked)
    assert "Chíu" not in str(entry.payload)


def test_papers_lie_in_a_folder_of_their_dossier_and_those_of_others_are_left_out(province: Province) -> None:
    filed = kit.filed(province, province.citizen(), BIRTH)
    officer = province.officer("one_stop")
    papers = [one for ids in Dossier.objects.get(pk=filed.dossier_id).papers.values() for one in ids]

    with ZipFile(io.BytesIO(content(officer, province, written(officer, province, "zip")))) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        index = table(archive.read("danh-sach.csv"))
    watching = province.officer("supervisor", kind="province_committee")
    view = written(watching, province, "zip")

    assert sum(name.startswith(f"{filed.code}/") for name in names) == len(papers) > 0
    assert index[1][0] == filed.code
    assert view.left_out == len(papers)
    with ZipFile(io.BytesIO(content(watching, province, view))) as archive:
        assert archive.namelist() == ["danh-sach.csv"]


def test_an_archive_of_too_many_dossiers_is_refused_before_it_begins(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.filed(province, province.citizen(), BIRTH)
    monkeypatch.setattr(limits, "MOST_PAPERS_OF", 0)

    with pytest.raises(limits.TooManyPapers, match="nhiều nhất 0 hồ sơ, danh sách này có 1"):
        ask_export(actor=province.officer("one_stop"), at=province.at, format_="zip", selection=Selection())
    assert not Export.objects.exists()


def test_the_same_list_asked_for_twice_is_one_export_and_only_a_few_run_at_once(province: Province) -> None:
    officer = province.officer("one_stop")

    def ask(format_: str, **said: str) -> UUID:
        return ask_export(actor=officer, at=province.at, format_=format_, selection=Selection(**said))

    assert ask("csv") == ask("csv")
    assert len({ask("csv"), ask("xlsx"), ask("csv", procedure=BIRTH)}) == 3
    with pytest.raises(limits.TooManyExports):
        ask("csv", procedure=COPY)
    assert Export.objects.count() == 3


def test_a_stopped_export_leaves_no_file_however_far_it_was(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit.filed(province, province.citizen(), BIRTH)
    officer = province.officer("one_stop")
    asked = ask_export(actor=officer, at=province.at, format_="csv", selection=Selection())
    before = StoredFile.objects.count()
    stop = make_export.keep_export

    def stopped_at_the_last_moment(**given: object) -> None:
        cancel_export(actor=officer, at=province.at, export_id=asked)
        stop(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "keep_export", stopped_at_the_last_moment)
    run(asked, province)

    assert Export.objects.get(pk=asked).state == ExportState.CANCELLED
    assert StoredFile.objects.count() == before
    assert not PersonAccess.objects.filter(purpose="export").exists()


def test_a_job_that_died_begins_anew_and_the_dead_one_keeps_nothing(province: Province) -> None:
    kit.filed(province, province.citizen(), BIRTH)
    officer = province.officer("one_stop")
    asked = ask_export(actor=officer, at=province.at, format_="csv", selection=Selection())
    dead = make_export.begin_export(export_id=asked)
    assert dead is not None

    run(asked, province)

    with pytest.raises(make_export.Stopped):
        make_export.tell_progress(begun=dead, done=1)
    assert Export.objects.get(pk=asked).state == ExportState.READY
    assert PersonAccess.objects.filter(purpose="export").count() == 1


def test_nobody_else_gets_the_file_and_its_own_reader_only_while_they_see_as_much(province: Province) -> None:
    kit.filed(province, province.citizen(), BIRTH)
    officer = province.officer("one_stop")
    view = written(officer, province)

    for other in (province.officer("chairperson"), province.officer("one_stop", unit=HONG_GAI)):
        with pytest.raises(NotFound):
            fetch_export(actor=other, at=province.at, export_id=view.id)
    Export.objects.filter(pk=view.id).update(agencies=["*"])
    with pytest.raises(limits.ScopeChanged):
        fetch_export(actor=officer, at=province.at, export_id=view.id)
    assert not LedgerEntry.objects.filter(kind="export.fetched").exists()


def test_after_a_day_the_file_is_gone(province: Province) -> None:
    officer = province.officer("one_stop")
    view = written(officer, province)
    later = province.at + limits.KEPT + timedelta(seconds=1)

    with pytest.raises(limits.ExportNotReady):
        fetch_export(actor=officer, at=later, export_id=view.id)
    files = StoredFile.objects.count()
    assert make_export.expire_exports(actor=SYSTEM, at=later) == 1
    assert make_export.expire_exports(actor=SYSTEM, at=later) == 0

    gone = Export.objects.get(pk=view.id)
    assert (gone.state, gone.file_id, StoredFile.objects.count()) == (ExportState.EXPIRED, None, files - 1)
