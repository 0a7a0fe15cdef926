"""``/dossiers``: what was filed, and what became of it."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhso.api.v1.asking import SIGNED_IN, actor_of
from tinhso.api.v1.dossiers.shapes import (
    DeadlineOut,
    DossierDayOut,
    DossierDocumentOut,
    DossierDocumentsOut,
    DossierOut,
    DossierPage,
    DossierRow,
    EventOut,
    TimelineOut,
    is_handed_out,
)
from tinhso.api.v1.dossiers.showing import access, show
from tinhso.api.v1.paging import Cursor, Limit, Order, link_next, page_of_rows
from tinhso.definitions import catalogue
from tinhso.dossiers import queries
from tinhso.dossiers.explaining import explain
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.party import into
from tinhso.dossiers.statuses import WAITING, Status
from tinhso.dossiers.timeline import timeline_of
from tinhso.papers import queries as papers

router = Router(tags=["dossiers"], auth=SIGNED_IN)
ORDER = Order("filed_at", newest_first=True)

Words = Annotated[str, Query("", max_length=120, description="Parts of the code, name or personal id.")]
ProcedureCode = Annotated[str, Query("", max_length=40)]
WithStatus = Annotated[Status | None, Query(None)]


@router.get("", response=DossierPage, summary="List dossiers")
def list_dossiers(
    request: HttpRequest,
    response: HttpResponse,
    q: Words,
    procedure_code: ProcedureCode,
    status: WithStatus,
    limit: Limit,
    cursor: Cursor,
) -> DossierPage:
    """Dossiers of oneself and of whom one acts for, or of one's agencies; newest first."""
    actor = actor_of(request)
    rows = queries.search(queries.dossiers_of(actor), q, actor=actor)
    if procedure_code:
        rows = rows.filter(procedure_code=procedure_code)
    if status is not None:
        rows = rows.filter(status=status)
    items, after = page_of_rows(rows, order=ORDER, cursor=cursor, limit=limit)
    return DossierPage(
        items=[DossierRow.told(dossier) for dossier in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/{uuid:dossier_id}", response=DossierOut, summary="Read a dossier")
def read_dossier(request: HttpRequest, response: HttpResponse, dossier_id: UUID) -> DossierOut:
    """The dossier, whole, with the moves open to who asks."""
    return show(request, response, dossier_id)


@router.get("/{uuid:dossier_id}/timeline", response=TimelineOut, summary="Read what happened")
def read_timeline(request: HttpRequest, dossier_id: UUID) -> TimelineOut:
    """Every event of the dossier, oldest first."""
    entries = timeline_of(actor=actor_of(request), dossier=access(request, dossier_id))
    return TimelineOut(
        items=[
            EventOut(
                position=entry.position, at=entry.at, kind=entry.kind, text=entry.text, facts=entry.facts
            )
            for entry in entries
        ]
    )


@router.get("/{uuid:dossier_id}/deadline", response=DeadlineOut, summary="Read why it is due then")
def read_deadline(request: HttpRequest, dossier_id: UUID) -> DeadlineOut:
    """The legal clock, day by day."""
    dossier = access(request, dossier_id)
    procedure = catalogue.of_version(dossier.version_id).procedure
    told = explain(dossier=dossier, procedure=procedure)
    language = actor_of(request).language
    return DeadlineOut(
        due_at=dossier.due_at,
        counted_until=told.counted_until if told else None,
        is_paused=dossier.state in WAITING,
        days=[
            DossierDayOut(on=line.on, text=line.text.into(language), counted=line.counted)
            for line in (told.lines if told else ())
        ],
    )


@router.get("/{uuid:dossier_id}/documents", response=DossierDocumentsOut, summary="List its documents")
def list_dossier_documents(request: HttpRequest, dossier_id: UUID) -> DossierDocumentsOut:
    """What the agencies wrote in the case, oldest first; read one under `/documents`."""
    dossier = access(request, dossier_id)
    held_back = _held_back(dossier) if not actor_of(request).is_officer else None
    issued = papers.documents_about(actor=into(actor_of(request), dossier), subject_id=dossier.pk)
    return DossierDocumentsOut(
        items=[
            DossierDocumentOut(
                id=one.id,
                kind=one.kind,
                title=one.title,
                number=one.number,
                issued_at=one.issued_at,
                state=one.state.value,
            )
            for one in issued
            if one.id != held_back
        ]
    )


def _held_back(dossier: Dossier) -> UUID | None:
    result = getattr(dossier, "result", None)
    return result.document_id if result is not None and not is_handed_out(dossier) else None
