"""``/desk``: what waits for an officer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, actor_of
from tinhso.api.v1.dossiers.shapes import DossierRow, row
from tinhso.api.v1.paging import NEXT, NEXT_CURSOR, Cursor, Limit, Order, link_next, page_of_rows
from tinhso.dossiers import queries
from tinhso.dossiers.models import Consultation, Dossier
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor

router = Router(tags=["desk"], auth=SIGNED_IN)
BY_DUE = Order("work_at", newest_first=False)
BY_OPINION = Order("due_at", newest_first=False)

Mine = Annotated[bool, Query(True, description="What one holds or may claim; false: everything one may see.")]
Words = Annotated[str, Query("", max_length=120, description="Parts of the code, name or personal id.")]


class WorkRow(DossierRow):
    """A dossier with its open step."""

    open_step: str | None
    open_role: str | None
    step_due_at: datetime | None
    holder_id: UUID | None = Field(description="Account that holds the step; null when nobody claimed it.")
    holder_name: str

    @classmethod
    def told(cls, dossier: Dossier) -> "WorkRow":
        """Tell a row of ``queries.work_list``."""
        said = vars(dossier)
        return cls(
            **row(dossier),
            open_step=said["open_step"],
            open_role=said["open_role"],
            step_due_at=said["step_due"],
            holder_id=said["holder_account"],
            holder_name=said["holder_name"] or "",
        )


class WorkPage(Schema):
    items: list[WorkRow]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class AskedRow(Schema):
    """A question put to one's agency."""

    id: UUID
    dossier_id: UUID
    dossier_code: str
    procedure_code: str
    asking_agency: str
    asked_at: datetime
    due_at: datetime

    @classmethod
    def told(cls, asked: Consultation) -> "AskedRow":
        return cls(
            id=asked.pk,
            dossier_id=asked.dossier_id,
            dossier_code=asked.dossier.code,
            procedure_code=asked.dossier.procedure_code,
            asking_agency=asked.dossier.agency.name,
            asked_at=asked.asked_at,
            due_at=asked.due_at,
        )


class AskedPage(Schema):
    items: list[AskedRow]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


@router.get("", response=WorkPage, summary="List work")
def list_work(
    request: HttpRequest, response: HttpResponse, mine: Mine, q: Words, limit: Limit, cursor: Cursor
) -> WorkPage:
    """Dossiers in the order in which they are due; those whose clock stands still come last."""
    actor = _officer(request)
    rows = queries.search(queries.work_list(actor=actor), q, actor=actor)
    if mine:
        rows = queries.mine(rows, actor)
    # What is not accepted yet has no due date: it counts by its step's hours, else by when it was filed.
    rows = rows.annotate(work_at=Coalesce("pressing", "step_due", "filed_at"))
    items, after = page_of_rows(rows, order=BY_DUE, cursor=cursor, limit=limit)
    return WorkPage(
        items=[WorkRow.told(dossier) for dossier in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/opinions", response=AskedPage, summary="List opinions asked")
def list_opinions(request: HttpRequest, response: HttpResponse, limit: Limit, cursor: Cursor) -> AskedPage:
    """Questions put to one's agencies that nobody has answered, what is due first."""
    rows = queries.opinions_for(_officer(request))
    items, after = page_of_rows(rows, order=BY_OPINION, cursor=cursor, limit=limit)
    return AskedPage(
        items=[AskedRow.told(asked) for asked in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


def _officer(request: HttpRequest) -> Actor:
    """:raises NotAllowed: work lists are for officers"""
    actor = actor_of(request)
    if not actor.is_officer:
        raise NotAllowed
    return actor
