"""``/procedures``: the catalogue; open to everybody."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhso.api.v1.paging import Cursor, Limit, link_next, page_from
from tinhso.api.v1.procedures.shapes import ProcedureOut, ProcedurePage, ProcedureRow
from tinhso.api.v1.wording import language_of
from tinhso.definitions import catalogue
from tinhso.definitions.searching import find

router = Router(tags=["procedures"])

Words = Annotated[str, Query("", max_length=120, description="As people type them: without marks, misspelt.")]
Level = Annotated[Literal["commune", "province"] | None, Query(None, description="Who decides.")]
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
