"""A sheet as an official document: laid out as Decree 30/2020/NĐ-CP has it, numbered, signed."""

from datetime import datetime
from uuid import UUID

from tinhso.definitions.packs import COUNTRY, packs_folder
from tinhso.kernel.clock import local
from tinhso.papers.actions.issue_document import issue_document
from tinhso.papers.types import DocumentRequest, IssuedView
from tinhso.papers.typesetting import typeset
from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView
from tinhso.reports.sheet import Sheet, Table, spoken

TEMPLATE = "forms/report.typ"
# Báo cáo (Decree 30/2020/NĐ-CP, Annex III).
SERIES = "BC"


def issue(
    *,
    actor: Actor,
    at: datetime,
    sheet: Sheet,
    agency_id: UUID,
    subject_id: UUID,
    supersedes: UUID | None,
) -> IssuedView:
    """
    Number, typeset and sign the sheet for the agency.

    :raises Refusal: see :func:`tinhso.papers.actions.issue_document.issue_document`
    """
    agency = people.agency(agency_id)
    request = DocumentRequest(
        kind="report",
        title=f"{sheet.title}, {sheet.subject}",
        template_source=_source(),
        template_name=TEMPLATE,
        data=_data(sheet),
        agency_id=agency_id,
        series=SERIES,
        notation=f"{SERIES}-{agency.document_code}" if agency.document_code else SERIES,
        subject_id=subject_id,
        supersedes=supersedes,
    )
    return issue_document(actor=actor, at=at, document=request)


def as_pdf(sheet: Sheet, agency: AgencyView, *, at: datetime) -> bytes:
    """Return the sheet as a PDF/A file without number and signature."""
    parent = people.agency(agency.parent_id).name if agency.parent_id else ""
    head = {
        "number": "",
        "issued_on": local(at).date().isoformat(),
        "place": agency.place,
        "agency": {"name": agency.name, "parent": parent},
        "signer": None,
    }
    return typeset(_source(), {**_data(sheet), "document": head}, name=TEMPLATE, at=at)


def _source() -> str:
    return (packs_folder() / COUNTRY / "templates" / TEMPLATE).read_text(encoding="utf-8")


def _data(sheet: Sheet) -> dict[str, object]:
    return {
        "report": {
            "title": sheet.title,
            "subject": sheet.subject,
            "about": list(sheet.about),
            "is_wide": sheet.is_wide,
            "tables": [_table(one) for one in sheet.tables],
            "texts": [{"title": title, "paragraphs": list(told)} for title, told in sheet.texts],
            "notes": list(sheet.notes),
        }
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "title": table.title,
        "has_groups": table.has_groups,
        "heads": [
            {"text": text, "count": count, "is_group": bool(columns[0].group)}
            for text, count, columns in table.heads()
        ],
        "below": [column.title for column in table.columns if column.group],
        "weights": [column.weight for column in table.columns],
        "numbers": [column.is_number for column in table.columns],
        "rows": [[spoken(cell) for cell in row] for row in table.rows],
        "totals": table.totals,
    }
