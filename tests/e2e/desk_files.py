"""Lists as files and sheets of filings, in every state."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from tests import importing_kit as sheets
from tests.e2e.desk_world import DeskWorld
from tests.e2e.pages_kit import Stop, send
from tinhso.dossiers.actions.ask_export import ask_export, cancel_export
from tinhso.dossiers.exporting import running
from tinhso.dossiers.models import Export, Import
from tinhso.dossiers.selecting import Selection

GO = send("form[method=post] button.govuk-button >> nth=-1")


def files(world: DeskWorld) -> Iterator[Stop]:
    """Write lists out, and take a sheet in."""
    yield from _exports(world)
    yield from _imports(world)


def _exports(world: DeskWorld) -> Iterator[Stop]:
    leader, operator = world.province.officer("chairperson"), world.province.officer("one_stop")
    asked = urlencode({"muc": "dang-xu-ly", "truc-tuyen": "1"})
    yield world.stop("desk:exports", "none yet, a period", leader)
    yield world.stop("desk:exports", "of a list", leader, query=f"?{asked}")
    yield world.stop("desk:exports", "of a search", leader, query="?q=th%E1%BA%A3o")
    no_day = "?tu-ngay-day=31&tu-ngay-month=2&tu-ngay-year=2026"
    start = reverse("desk:exports") + no_day
    yield world.stop("desk:exports", "no such day", leader, start=start, acts=(GO,), status=422)
    waiting = ask_export(actor=leader, at=world.at, format_="xlsx", selection=Selection(tab="dang-xu-ly"))
    yield world.stop("desk:export", "waiting", leader, export_id=waiting)
    Export.objects.filter(pk=waiting).update(state="running", total=100_000, done=42_000)
    yield world.stop("desk:export", "under way", leader, export_id=waiting)
    cancel_export(actor=leader, at=world.at, export_id=waiting)
    yield world.stop("desk:export", "stopped", leader, export_id=waiting)
    made = ask_export(actor=leader, at=world.at, format_="zip", selection=Selection(words="thảo"))
    running.run(system=sheets.SYSTEM, export_id=made, now=lambda: world.at)
    Export.objects.filter(pk=made).update(left_out=3)
    yield world.stop("desk:export", "ready, with papers left out", leader, export_id=made)
    failed = ask_export(actor=leader, at=world.at, format_="zip", selection=Selection(tab="cho-ky"))
    sentence = "Vị trí của bạn không xem hồ sơ nào nên không xuất được danh sách."
    Export.objects.filter(pk=failed).update(state="failed", sentence=sentence)
    yield world.stop("desk:export", "failed", leader, export_id=failed)
    yield world.stop("desk:export", "somebody else's", operator, export_id=made, status=404)
    yield world.stop("desk:exports", "several", leader)


def _imports(world: DeskWorld) -> Iterator[Stop]:
    counter, leader = world.province.officer("one_stop"), world.province.officer("chairperson")
    yield world.stop("desk:imports", "none yet", counter)
    start = reverse("desk:imports")
    yield world.stop("desk:imports", "nothing chosen", counter, start=start, acts=(GO,), status=422)
    yield world.stop("desk:imports", "no counter", leader, status=403)
    rows = [sheets.row(1), sheets.row(2), sheets.row(3, c3="31/02/1941"), sheets.row(4, c1="41000004")]
    sheet = sheets.received(world.province, counter, sheets.as_csv(rows))
    yield world.stop("desk:import", "columns to choose", counter, import_id=sheet)
    here = reverse("desk:import", args=[sheet])
    yield world.stop(
        "desk:import-columns",
        "a column missing",
        counter,
        start=here,
        acts=(GO,),
        status=422,
        import_id=sheet,
    )
    view = sheets.checked(world.province, counter, sheets.as_csv(rows))
    yield world.stop("desk:import", "checked", counter, import_id=view.id)
    Import.objects.filter(pk=view.id).update(state="checking", done=2)
    yield world.stop("desk:import", "being checked", counter, import_id=view.id)
    Import.objects.filter(pk=view.id).update(state="checked")
    sheets.loaded(world.province, counter, view.id)
    yield world.stop("desk:import", "filed", counter, import_id=view.id)
    yield world.stop("desk:imports", "several", counter)
    yield world.stop("desk:import", "another's", leader, import_id=view.id, status=403)
