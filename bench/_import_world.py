"""A counter that takes in a sheet. Needs Django."""

import io
from collections.abc import Callable
from datetime import timedelta
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from uuid import UUID, uuid4

import xlsxwriter
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.importing_kit import CHOSEN, HEADINGS, row
from tests.people_kit import PASSWORD, SECRET

from tinhso.dossiers.actions import work_import
from tinhso.dossiers.actions.import_sheet import check_sheet, confirm_import, receive_sheet
from tinhso.dossiers.importing import running
from tinhso.dossiers.importing.finding import ImportView, access_import
from tinhso.dossiers.models import Import, ImportedRow
from tinhso.dossiers.models.importing import ImportState
from tinhso.kernel import clock
from tinhso.people import actions as people
from tinhso.people.models import Account, Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor, system

SYSTEM = system("bench")
USERNAME = "bench.nhap"
COMMUNE, PROCEDURE = "06838", "1.001776"
# One cell each that no form takes.
BREAKS = ({"c1": "4100001"}, {"c3": "31/02/1941"}, {"c6": "Xã Không Có"}, {"c12": "Nhóm lạ"}, {"c2": "Lan"})


def sheet(rows: int, broken: int) -> io.BytesIO:
    """Return a workbook whose people are new each time: nobody has asked before."""
    run = uuid4().int % 10**4
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    lines = book.add_worksheet("Danh sách")
    lines.write_row(0, 0, HEADINGS)
    for number in range(1, rows + 1):
        wrong = BREAKS[number // broken % len(BREAKS)] if number % broken == 0 else {}
        cells = row(number, c1=f"000{run:04d}{number:05d}")
        for name, text in wrong.items():
            cells[int(name[1:])] = text
        for place, text in enumerate(cells):
            lines.write_string(number, place, text)
    book.close()
    target.seek(0)
    return target


def receive(content: io.BytesIO) -> UUID:
    officer = _officer()
    with TemporaryFile() as upload:
        upload.write(content.getbuffer())
        return receive_sheet(
            actor=officer,
            at=clock.now(),
            agency_id=officer.posts[0].agency_id,
            procedure_code=PROCEDURE,
            unit_code=COMMUNE,
            file_name="danh-sach.xlsx",
            content=cast(BinaryIO, upload),
        )


def check(import_id: UUID) -> ImportView:
    """Say what the columns hold, and do at once what the job does."""
    officer = _officer()
    columns = access_import(actor=officer, import_id=import_id).columns | CHOSEN
    check_sheet(actor=officer, at=clock.now(), import_id=import_id, columns=columns, declared=True, papers={})
    _leave_to_us(import_id)
    running.check(system=SYSTEM, import_id=import_id, now=clock.now)
    return access_import(actor=officer, import_id=import_id)


def load(import_id: UUID | str, most: int, *, tell: Callable[[int], None] | None = None) -> int:
    """
    Say yes, if nobody did, and file rows until so many are filed; return how many are.

    :param tell: is told how many are filed, each time the job tells how far it is
    """
    import_id = UUID(str(import_id))
    if Import.objects.get(pk=import_id).state != ImportState.LOADING:
        confirm_import(actor=_officer(), at=clock.now(), import_id=import_id)
        _leave_to_us(import_id)
    honest = work_import.tell_progress

    def stop_after(**given: object) -> None:
        if tell is not None:
            tell(filed(import_id))
        if filed(import_id) >= most and given["done"] != Import.objects.get(pk=import_id).total:
            Import.objects.filter(pk=import_id).update(state="cancelled")
            raise work_import.Stopped
        honest(**given)  # type: ignore[arg-type]

    vars(running)["tell_progress"] = stop_after
    running.load(system=SYSTEM, import_id=import_id, now=clock.now)
    vars(running)["tell_progress"] = honest
    return filed(import_id)


def filed(import_id: UUID | str) -> int:
    return ImportedRow.objects.filter(sheet_id=UUID(str(import_id))).count()


def came_of(import_id: UUID | str) -> dict[str, object]:
    """Return what the import left: rows, dossiers and people that are told apart, and its state."""
    rows = ImportedRow.objects.filter(sheet_id=UUID(str(import_id)))
    return {
        "filed": rows.count(),
        "dossiers": rows.values("dossier").distinct().count(),
        "persons": rows.values("dossier__applicant").distinct().count(),
        "state": Import.objects.get(pk=import_id).state,
    }


def _leave_to_us(import_id: UUID) -> None:
    """Take the job back: a worker that ran beside would do it too."""
    jobs = ProcrastinateJob.objects.filter(args__import_id=str(import_id), status="todo")
    jobs.update(status="cancelled")


def _officer() -> Actor:
    at = clock.now()
    account = Account.objects.filter(username=USERNAME).first()
    if account is not None:
        return actor_of(account.pk, at=at)
    account_id = people.enrol_officer(
        actor=SYSTEM, at=at, username=USERNAME, password=PASSWORD, full_name="Cán Bộ Nhập", totp_secret=SECRET
    )
    people.appoint(
        actor=SYSTEM,
        at=at,
        account_id=account_id,
        agency_id=Agency.objects.get(kind="commune_committee", unit_code=COMMUNE).pk,
        role="one_stop",
        title="Công chức một cửa",
        from_on=at.date() - timedelta(days=30),
    )
    return actor_of(account_id, at=at)
