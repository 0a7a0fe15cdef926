"""Reports as files: what a reader may see, as they ask for it; what was signed as it was signed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.kernel import files
from tinhso.papers.models import IssuedDocument
from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView
from tinhso.reports import issuing, queries, sheets
from tinhso.reports.models import ReportRound, State, UnitReturn
from tinhso.reports.one_stop import OneStop, sheet_of
from tinhso.reports.reading import rules
from tinhso.reports.refusals import ReportMissing
from tinhso.reports.sheet import Sheet
from tinhso.reports.writers import WRITERS

PDF = "application/pdf"
FORMATS = ("pdf", "docx", "xlsx", "csv")


@dataclass(frozen=True, slots=True)
class File:
    name: str
    media_type: str
    content: bytes


def one_stop_file(report: OneStop, *, kind: str) -> File:
    """Return the one-stop report as a file. :raises ReportMissing: no such kind"""
    agency = report.agency or _collecting()
    name = f"mot-cua-{report.span.name}-{agency.code}"
    return _file(sheet_of(report), agency, name=name, kind=kind, at=report.at)


def return_file(*, actor: Actor, at: datetime, return_id: UUID, kind: str) -> File:
    """
    Return an agency's return; as PDF the signed document, or before it is signed how it would look.

    :raises ReportMissing: absent, not the actor's to see, or no such kind
    """
    view = queries.access_return(actor=actor, at=at, return_id=return_id)
    name = f"{view.round.template.id}-{view.round.span.name}-{view.row.agency.code}"
    if kind == "pdf" and view.versions and view.row.state in (State.SIGNED, State.RECEIVED):
        return signed(view.versions[0].document_id, name=name)
    row = UnitReturn.objects.select_related("round", "agency").get(pk=return_id)
    return _file(sheets.of_return(row), view.row.agency, name=name, kind=kind, at=at)


def round_file(*, actor: Actor, at: datetime, round_id: UUID, kind: str) -> File:
    """
    Return what the received returns come to, beside the earlier periods; for who sees all.

    :raises ReportMissing: absent, not the actor's to see, or no such kind
    """
    view = queries.access_round(actor=actor, at=at, round_id=round_id)
    if not view.sees_all:
        raise ReportMissing
    sheet = sheets.of_province(
        ReportRound.objects.get(pk=round_id),
        view.values,
        counted=view.counted,
        missing=[one.name for one in view.missing],
        compared=(view.before, view.last_year),
    )
    name = f"{view.row.template.id}-{view.row.span.name}-toan-tinh"
    return _file(sheet, _collecting(), name=name, kind=kind, at=at)


def version_file(*, actor: Actor, at: datetime, return_id: UUID, number: int) -> File:
    """Return a signed version of a return. :raises ReportMissing: absent, or not the actor's to see"""
    view = queries.access_return(actor=actor, at=at, return_id=return_id)
    found = next((one for one in view.versions if one.number == number), None)
    if found is None:
        raise ReportMissing
    name = f"{view.round.template.id}-{view.round.span.name}-{view.row.agency.code}-{number}"
    return signed(found.document_id, name=name)


def report_file(*, actor: Actor, at: datetime, round_id: UUID, number: int) -> File:
    """Return a signed report of the province. :raises ReportMissing: absent, or not the actor's to see"""
    view = queries.access_round(actor=actor, at=at, round_id=round_id)
    found = next((one for one in view.reports if one.number == number), None)
    if found is None:
        raise ReportMissing
    return signed(found.document_id, name=f"{view.row.template.id}-{view.row.span.name}-{number}")


def signed(document_id: UUID, *, name: str) -> File:
    """Return the signed document; the caller has checked the right. :raises ReportMissing: absent"""
    row = IssuedDocument.objects.filter(pk=document_id).first()
    if row is None:
        raise ReportMissing
    with files.open_file(row.file_id) as content:
        return File(f"{name}.pdf", PDF, content.read())


def _file(sheet: Sheet, agency: AgencyView, *, name: str, kind: str, at: datetime) -> File:
    if kind == "pdf":
        return File(f"{name}.pdf", PDF, issuing.as_pdf(sheet, agency, at=at))
    writer = WRITERS.get(kind)
    if writer is None:
        raise ReportMissing
    return File(f"{name}.{kind}", writer.media_type, writer.write(sheet, agency.name))


def _collecting() -> AgencyView:
    found = people.agencies(kind=rules().coordinator)
    if not found:
        raise ReportMissing
    return found[0]
