"""A sheet whose rows have lists and files: entries side by side or on lines of their own, papers in a ZIP."""

import csv
import io
import zipfile
from typing import Any

import pytest

from tests import dossiers_kit as kit
from tests import importing_kit as sheets
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.importing_kit import HEADINGS, loaded, received, row
from tests.papers_samples import pdf
from tinhso.dossiers.actions.import_sheet import SheetPaper, check_sheet
from tinhso.dossiers.importing import limits, running
from tinhso.dossiers.importing.finding import ImportView, access_import, faults_of
from tinhso.dossiers.models import Dossier, Import
from tinhso.papers.models import Paper
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]

PARENT = {"c12": "Người đơn thân nghèo đang nuôi con", "c13": ""}
SIDE_BY_SIDE = (
    "Con thứ nhất",
    "Sinh ngày con thứ nhất",
    "Đi học",
    "Con thứ hai",
    "Sinh ngày con thứ hai",
    "Học",
)
BESIDE = {
    "19": "children#1.full_name",
    "20": "children#1.born_on",
    "21": "children#1.studying",
    "22": "children#2.full_name",
    "23": "children#2.born_on",
    "24": "children#2.studying",
    "25": "@file:children_births",
}
BELOW = {"19": "children#.full_name", "20": "children#.born_on", "21": "children#.studying"}
FIRST, SECOND = ["Chíu Thị Mai", "01/02/2015", "có"], ["Chíu Văn Nam", "03/04/2018", "có"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def officer(province: Province) -> Actor:
    return province.officer("one_stop")


def sheet_of(headings: tuple[str, ...], *rows: list[str]) -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text).writerows([[*HEADINGS, *headings], *rows])
    return io.BytesIO(text.getvalue().encode())


def zipped(**files: bytes) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_pdf", ".pdf"), content)
    target.seek(0)
    return target


def checked(
    province: Province,
    officer: Actor,
    content: io.BytesIO,
    columns: dict[str, str],
    archive: io.BytesIO | None,
) -> ImportView:
    import_id = received(province, officer, content)
    chosen = access_import(actor=officer, import_id=import_id).columns | sheets.CHOSEN | columns
    check_sheet(
        actor=officer,
        at=province.at,
        import_id=import_id,
        columns=chosen,
        declared=True,
        papers={},
        archive=SheetPaper("giay-to.zip", archive) if archive else None,
    )
    running.check(system=sheets.SYSTEM, import_id=import_id, now=lambda: province.at)
    return access_import(actor=officer, import_id=import_id)


def wrong(officer: Actor, view: ImportView) -> list[tuple[int, str, str]]:
    return [(one.line, one.heading, one.sentence) for one in faults_of(actor=officer, import_id=view.id)]


def children(number: int) -> list[tuple[str, str]]:
    dossier = Dossier.objects.get(applicant__personal_id=f"0000410{number:05d}")
    answer: Any = dossier.answers["children"]
    return [(entry["full_name"], entry["born_on"]) for entry in answer]


def test_entries_side_by_side_and_files_by_name_become_a_dossier_with_its_papers(
    province: Province, officer: Actor
) -> None:
    headings = (*SIDE_BY_SIDE, "Tệp khai sinh")
    archive = zipped(khai_sinh__lan_pdf=pdf(), khai_sinh__hai_pdf=pdf(pages=2), hong_pdf=b"MZ not a paper")
    view = checked(
        province,
        officer,
        sheet_of(
            headings,
            [*row(1, **PARENT), *FIRST, *SECOND, "lan.pdf; HAI.pdf"],
            [*row(2, **PARENT), *FIRST, "", "", "", "khong-co.pdf"],
            [*row(3, **PARENT), *FIRST, "Chíu Văn Nam", "31/02/2018", "có", "hong.pdf"],
            [*row(4, **PARENT), *FIRST, "", "", "", ""],
        ),
        BESIDE,
        archive,
    )

    assert view.archive == "giay-to.zip"
    assert [(line, heading) for line, heading, _said in wrong(officer, view)] == [
        (3, "Tệp khai sinh"),
        (4, "Tệp khai sinh"),
        (4, "Sinh ngày con thứ hai"),
        (5, "Tệp khai sinh"),
    ]
    said = [sentence for _line, _heading, sentence in wrong(officer, view)]
    assert "«khong-co.pdf»" in said[0]
    assert "Con đang nuôi 2" in said[2]
    assert not Paper.objects.exists()
    done = loaded(province, officer, view.id)

    assert (done.filed, done.missed) == (1, 0)
    assert children(1) == [("Chíu Thị Mai", "2015-02-01"), ("Chíu Văn Nam", "2018-04-03")]
    dossier = Dossier.objects.get()
    held = Paper.objects.filter(pk__in=dossier.papers["children_births"])
    assert sorted(paper.file_name for paper in held) == ["HAI.pdf", "lan.pdf"]


def test_an_entry_on_each_line_belongs_to_who_stands_above(province: Province, officer: Actor) -> None:
    more = [""] * len(HEADINGS)
    view = checked(
        province,
        officer,
        sheet_of(
            ("Họ tên con", "Ngày sinh con", "Đi học", "Tệp"),
            [*row(1, **PARENT), *FIRST, "lan.pdf"],
            [*more, *SECOND],
            [*more, "Chíu Thị Út", "05/06/2020", "không"],
            [*row(2, **PARENT), "Vi Văn Một", "05/06/2020", "không", "lan.pdf"],
            [*more, "Vi", "05/06/2090", "không"],
        ),
        BELOW | {"22": "@file:children_births"},
        zipped(lan_pdf=pdf()),
    )

    assert (view.total, view.sound) == (2, 1)
    assert {(line, heading) for line, heading, _said in wrong(officer, view)} <= {
        (5, "Họ tên con"),
        (5, "Ngày sinh con"),
    }
    assert all("Con đang nuôi 2" in sentence for _line, _heading, sentence in wrong(officer, view))
    loaded(province, officer, view.id)
    assert [name for name, _born in children(1)] == ["Chíu Thị Mai", "Chíu Văn Nam", "Chíu Thị Út"]


def test_a_sheet_that_names_files_is_not_checked_without_them(province: Province, officer: Actor) -> None:
    content = sheet_of((*SIDE_BY_SIDE, "Tệp"), [*row(1, **PARENT), *FIRST, *SECOND, "lan.pdf"])
    for archive, refusal in (
        (None, limits.ArchiveMissing),
        (io.BytesIO(b"PK no zip"), limits.ArchiveUnreadable),
    ):
        content.seek(0)
        with pytest.raises(refusal):
            checked(province, officer, content, BESIDE, archive)
    assert set(Import.objects.values_list("state", flat=True)) == {"mapping"}


def test_a_paper_for_all_rows_goes_with_each(province: Province, officer: Actor) -> None:
    import_id = received(province, officer, sheet_of((), row(1), row(2)))
    columns = access_import(actor=officer, import_id=import_id).columns | sheets.CHOSEN
    check_sheet(
        actor=officer,
        at=province.at,
        import_id=import_id,
        columns=columns,
        declared=True,
        papers={"children_births": SheetPaper("bien-ban.pdf", io.BytesIO(pdf()))},
    )
    running.check(system=sheets.SYSTEM, import_id=import_id, now=lambda: province.at)

    assert loaded(province, officer, import_id).filed == 2
    assert all(len(dossier.papers["children_births"]) == 1 for dossier in Dossier.objects.all())


def test_of_two_files_with_one_name_the_folder_says_which(province: Province, officer: Actor) -> None:
    content = sheet_of(
        (*SIDE_BY_SIDE, "Tệp"),
        [*row(1, **PARENT), *FIRST, *SECOND, "ks.pdf"],
        [*row(2, **PARENT), *FIRST, *SECOND, "a/ks.pdf"],
    )
    view = checked(province, officer, content, BESIDE, zipped(a__ks_pdf=pdf(), b__ks_pdf=pdf()))

    assert [(line, "nhiều tệp tên" in said) for line, _heading, said in wrong(officer, view)] == [(2, True)]
    assert loaded(province, officer, view.id).filed == 1
