"""Records of a register as a file that a job writes: whose rights, whose data, how long."""

import csv
import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook

from tests import people_kit
from tests import registers_kit as kit
from tests.registers_kit import AT, BIRTHS, HONG_GAI, SCHOOLS, registrar
from tinhso.dossiers.actions.ask_export import ask_export, cancel_export, fetch_export
from tinhso.dossiers.exporting import limits, running, writers
from tinhso.dossiers.exporting.finding import ExportView, access_export
from tinhso.dossiers.exporting.record_selection import RecordSelection
from tinhso.dossiers.models import Export
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotFound
from tinhso.people.models import PersonAccess, Post
from tinhso.people.types import Actor
from tinhso.registers.refusals import FieldNotAskable, NotListed

pytestmark = pytest.mark.django_db
MOTHER = "022191004512"


def asked(register: str = SCHOOLS, **said: object) -> RecordSelection:
    return RecordSelection(register=register, valid=kit.TODAY.isoformat(), **said)  # type: ignore[arg-type]


def made(actor: Actor, selection: RecordSelection, format_: str = "csv") -> ExportView:
    export_id = ask_export(actor=actor, at=AT, format_=format_, selection=selection)
    running.run(system=kit.SYSTEM, export_id=export_id, now=lambda: AT)
    return access_export(actor=actor, at=AT, export_id=export_id)


def content(actor: Actor, view: ExportView) -> bytes:
    with fetch_export(actor=actor, at=AT, export_id=view.id) as stream:
        return stream.read()


def keys(raw: bytes) -> list[str]:
    return sorted(row[0] for row in list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))[1:])


def test_a_file_holds_what_the_officer_lists_and_what_was_asked(db: None) -> None:
    kit.school("A1", "Trường một", more={"pupils": 100})
    kit.school("A2", "Trường hai", more={"pupils": 300, "head.full_name": "Lê Thị Thu"})
    kit.school("A3", "Trường ba", unit=HONG_GAI, more={"pupils": 500, "head.full_name": "Vũ Văn Nam"})
    officer = kit.officer("specialist")
    assert keys(content(officer, made(officer, asked()))) == ["A1", "A2", "A3"]
    assert keys(content(officer, made(officer, asked(text="hai")))) == ["A2"]
    found = json.loads(content(officer, made(officer, asked(text="truong"), "geojson")))["features"]
    heads = {one["id"]: one["properties"].get("head.full_name") for one in found}
    assert heads == {"A1": None, "A2": "Lê Thị Thu", "A3": None}, "of another commune only what is public"
    whole = asked(text="x", filters={"level": "primary"}, unit=HONG_GAI, spans={"area": ("5", None)})
    assert RecordSelection.from_json(json.loads(json.dumps(whole.as_json()))) == whole
    with pytest.raises(FieldNotAskable):
        ask_export(actor=officer, at=AT, format_="csv", selection=asked(filters={"khong": "x"}))
    # What was searched for may be a name.
    assert "truong" not in json.dumps(list(LedgerEntry.objects.values_list("payload", flat=True)))


def test_a_book_goes_on_in_a_further_sheet(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "LINES_OF_SHEET", 3)
    for number in range(5):
        kit.school(f"A{number}", f"Trường {number}")
    officer = kit.officer("specialist")
    book = load_workbook(io.BytesIO(content(officer, made(officer, asked(), "xlsx"))))
    sheets = [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book]
    assert [len(one) for one in sheets] == [3, 3, 2]
    assert {one[0] for one in sheets} == {"Khóa"}
    assert sorted(key for one in sheets for key in one[1:]) == [f"A{number}" for number in range(5)]


def test_rights_are_looked_at_when_it_is_asked_made_and_fetched(db: None) -> None:
    kit.enter(kit.birth())
    with pytest.raises(NotListed):
        ask_export(actor=kit.officer("specialist"), at=AT, format_="csv", selection=asked(BIRTHS))
    assert not Export.objects.exists()
    here = registrar()
    ready = made(here, asked(BIRTHS))
    waiting = ask_export(actor=here, at=AT, format_="csv", selection=asked(BIRTHS, text="x"))
    elsewhere = registrar(unit=HONG_GAI)
    with pytest.raises(NotFound):
        fetch_export(actor=elsewhere, at=AT, export_id=ready.id)

    Post.objects.filter(account_id=here.account_id).update(until_on=date(2026, 1, 2))
    running.run(system=kit.SYSTEM, export_id=waiting, now=lambda: AT)
    assert access_export(actor=here, at=AT, export_id=waiting).state == "failed"
    assert here.account_id is not None
    with pytest.raises(NotListed):
        fetch_export(actor=people_kit.actor(here.account_id), at=AT, export_id=ready.id)


def test_who_sees_less_than_when_it_was_made_does_not_get_the_file(db: None) -> None:
    kit.school("A1", "Trường một", more={"head.full_name": "Lê Thị Thu"})
    here = kit.officer("specialist")
    ready = made(here, asked())
    other = kit.officer("specialist", unit=HONG_GAI)
    Export.objects.filter(pk=ready.id).update(account_id=other.account_id)
    with pytest.raises(limits.ScopeChanged):
        fetch_export(actor=other, at=AT, export_id=ready.id)


def test_whom_records_are_about_is_told_once_the_file_is_there(db: None) -> None:
    mother = people_kit.citizen(MOTHER, at=AT)
    kit.enter(kit.birth())
    here = registrar()
    stopped = ask_export(actor=here, at=AT, format_="csv", selection=asked(BIRTHS))
    cancel_export(actor=here, at=AT, export_id=stopped)
    running.run(system=kit.SYSTEM, export_id=stopped, now=lambda: AT)
    looks = PersonAccess.objects.filter(person_id=mother.person_id, purpose="export")
    assert not looks.exists()
    ready = made(here, asked(BIRTHS, unit=kit.BINH_LIEU))
    assert looks.count() == 1
    entry = LedgerEntry.objects.get(kind="register.exported")
    assert (entry.payload["register"], entry.payload["unit"]) == (BIRTHS, kit.BINH_LIEU)
    assert ready.total == 1
