"""``/procedures``: the catalogue; open to everybody."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from tinhso.api.v1.paging import Cursor, Limit, link_next, page_from
from tinhso.api.v1.procedures.shapes import ProcedureOut, ProcedurePage, ProcedureRow
from tinhso.api.v1.wording import language_of
from tinhso.definitions import catalogue
from tinhso.definitions.searching import find
from tinhso.dossiers.durations import usual_duration
from tinhso.people import queries as people

router = Router(tags=["procedures"])

Words = Annotated[str, Query("", max_length=120, description="As people type them: without marks, misspelt.")]
Level = Annotated[Literal["commune", "province"] | None, Query(None, description="Who decides.")]
AgencyCode = Annotated[str, Query("", max_length=60, description="Where it is handed in; else the province.")]
LifeEvent = Annotated[str, Query("", max_length=60, description="An id of a life event.")]


@router.get("", response=ProcedurePage, summary="Search the catalogue")
def list_procedures(
    request: HttpRequest,
    response: HttpResponse,
    q: Words,
    level: Level,
    life_event: LifeEvent,
    limit: Limit,
    cursor: Cursor,
) -> ProcedurePage:
    """Procedures on offer, the best match first; without words by code."""
    current = {one.procedure.code: one for one in catalogue.all_current()}
    found = [
        current[said.code]
        for said in find(q, tuple(current.values()))
        if (level is None or said.level == level) and (not life_event or life_event in said.life_events)
    ]
    items, after = page_from(found, cursor=cursor, limit=limit, key=lambda one: one.procedure.code)
    language = language_of(request)
    return ProcedurePage(
        items=[ProcedureRow.told(one, language) for one in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/{code}", response=ProcedureOut, summary="Read a procedure")
def read_procedure(request: HttpRequest, code: str) -> ProcedureOut:
    """Form with every question, parts of the dossier, fees, steps, time limit, result and law."""
    return ProcedureOut.told(catalogue.current(code), language_of(request))


class UsualOut(Schema):
    """How long it really took of late, from filing to decision, in working minutes."""

    cases: int = Field(description="How many decided dossiers it rests on.")
    days: int = Field(description="Over how many days they were decided.")
    fast: int | None = Field(description="One in ten was done within it; null: too few dossiers to say.")
    typical: int | None = Field(description="One half was done within it.")
    slow: int | None = Field(description="Nine in ten were done within it.")
    agency: str = Field(description="The agency it was measured at; empty for the whole province.")


@router.get("/{code}/usual-duration", response=UsualOut, summary="Read how long it usually takes")
def read_usual_duration(request: HttpRequest, code: str, agency_code: AgencyCode) -> UsualOut:  # noqa: ARG001
    """Best, typical and slow of the last days; at the agency if it decided enough, else in the province."""
    catalogue.current(code)
    agency_id = people.agency_by_code(agency_code).id if agency_code else None
    usual = usual_duration(code, agency_id=agency_id)
    return UsualOut(
        cases=usual.cases,
        days=usual.days,
        fast=usual.fast,
        typical=usual.typical,
        slow=usual.slow,
        agency=usual.agency_name,
    )
