"""``/agencies``: who decides where; open to everybody."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR, Cursor, Limit, link_next, page_of_items
from tinhso.api.v1.wording import language_of
from tinhso.definitions import catalogue
from tinhso.people import queries as people
from tinhso.people.types import AgencyView

router = Router(tags=["agencies"])

Kind = Annotated[str, Query("", max_length=60, description="A kind, as procedures name it; empty for all.")]
Procedure = Annotated[str, Query(..., max_length=40, examples=["1.001193"])]
Unit = Annotated[str, Query(..., max_length=5, examples=["06838"])]


class WholeAgencyOut(Schema):
    """An agency, and where it is found."""

    id: UUID
    code: str
    name: str
    kind: str
    unit_code: str = Field(description="The commune or province it serves.")
    address: str
    phone: str
    email: str

    @classmethod
    def told(cls, one: AgencyView, language: str) -> "WholeAgencyOut":
        return cls(
            id=one.id,
            code=one.code,
            name=one.name_en if language == "en" and one.name_en else one.name,
            kind=one.kind,
            unit_code=one.unit_code,
            address=one.address,
            phone=one.phone,
            email=one.email,
        )


class AgencyPage(Schema):
    items: list[WholeAgencyOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


@router.get("", response=AgencyPage, summary="List agencies")
def list_agencies(
    request: HttpRequest, response: HttpResponse, kind: Kind, limit: Limit, cursor: Cursor
) -> AgencyPage:
    """Open agencies, by code."""
    found = people.agencies(kind=kind or None)
    items, after = page_of_items(found, key=lambda one: one.code, cursor=cursor, limit=limit)
    language = language_of(request)
    return AgencyPage(
        items=[WholeAgencyOut.told(one, language) for one in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/competent", response=WholeAgencyOut, summary="Find who decides")
def find_competent(request: HttpRequest, procedure_code: Procedure, unit_code: Unit) -> WholeAgencyOut:
    """The agency that decides a procedure for a commune of today."""
    kind = catalogue.current(procedure_code).procedure.agency
    return WholeAgencyOut.told(people.competent_agency(kind, unit_code), language_of(request))


@router.get("/{uuid:agency_id}", response=WholeAgencyOut, summary="Read an agency")
def read_agency(request: HttpRequest, agency_id: UUID) -> WholeAgencyOut:
    """Closed ones too: old papers still name them."""
    return WholeAgencyOut.told(people.agency(agency_id), language_of(request))
