"""The control sheet of a dossier and the register book of an agency, as PDF."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.dossiers.showing import access
from tinhso.api.v1.shapes import PDF, bytes_of
from tinhso.dossiers.control_sheet import control_sheet
from tinhso.dossiers.register_book import Period, book_of, volume_of

router = Router(auth=SIGNED_IN)
First = Annotated[date, Query(..., description="First day, included.")]
Last = Annotated[date, Query(..., description="Last day, included; at most a year later.")]


class BookOut(Schema):
    """How much an agency received in a period."""

    agency_id: UUID
    first: date
    last: date
    count: int
    volumes: int = Field(description="Each is a PDF of its own, of at most 500 dossiers.")


@router.get(
    "dossiers/{uuid:dossier_id}/control-sheet",
    summary="Fetch the control sheet",
    tags=["dossiers"],
    openapi_extra=bytes_of(PDF),
)
def read_control_sheet(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Mẫu 06: who had the case when, and whether in time; for officers."""
    access(request, dossier_id)
    return HttpResponse(control_sheet(**by(request), dossier_id=dossier_id), content_type=PDF)


@router.get(
    "agencies/{uuid:agency_id}/register", response=BookOut, summary="Read a register book", tags=["agencies"]
)
def read_register(request: HttpRequest, agency_id: UUID, first: First, last: Last) -> BookOut:
    """Mẫu 07: what the agency received in the period, and in how many volumes; for its officers."""
    book = book_of(actor=actor_of(request), agency_id=agency_id, period=Period(first, last))
    return BookOut(agency_id=agency_id, first=first, last=last, count=book.count, volumes=book.volumes)


@router.get(
    "agencies/{uuid:agency_id}/register/volumes/{int:number}",
    summary="Fetch a volume of a register book",
    tags=["agencies"],
    openapi_extra=bytes_of(PDF),
)
def read_register_volume(
    request: HttpRequest, agency_id: UUID, number: int, first: First, last: Last
) -> HttpResponse:
    """One volume as a PDF; dossiers are numbered through all volumes."""
    period = Period(first, last)
    return HttpResponse(
        volume_of(**by(request), agency_id=agency_id, period=period, number=number), content_type=PDF
    )
