"""What an officer asks before a move: who may take over, what another version would lose, how it looks."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.dossiers.showing import access
from tinhso.api.v1.paging import NEXT, NEXT_CURSOR, Cursor, Limit, link_next, page_of_items
from tinhso.api.v1.shapes import PDF, bytes_of
from tinhso.definitions import catalogue
from tinhso.dossiers import policies
from tinhso.dossiers.case import Case
from tinhso.dossiers.paperwork import result_request
from tinhso.dossiers.versions import plan_for
from tinhso.kernel.refusals import NotAllowed
from tinhso.papers.actions.issue_document import preview_document
from tinhso.people import queries as people
from tinhso.people.types import OfficerView

router = Router(tags=["moves"], auth=SIGNED_IN)
ONE = "{uuid:dossier_id}"


class ColleagueOut(Schema):
    """Somebody who may take the step over."""

    account_id: UUID = Field(description="Give it as `to_account_id` to `hand-over`.")
    full_name: str
    title: str
    agency_name: str
    is_substitute: bool

    @classmethod
    def told(cls, officer: OfficerView) -> "ColleagueOut":
        post = officer.post
        return cls(
            account_id=officer.account_id,
            full_name=officer.full_name,
            title=post.title,
            agency_name=post.agency_name,
            is_substitute=post.substitute_for is not None,
        )


class ColleaguePage(Schema):
    items: list[ColleagueOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class VersionMoveOut(Schema):
    """What moving to the newest version of the procedure would do."""

    version_id: UUID = Field(description="The one the dossier is pinned to.")
    newest_version_id: UUID
    is_newest: bool
    may_move: bool = Field(description="Nothing is lost; `move-to-version` would go through as far as this.")
    lost: list[str] = Field(
        description="Answers, papers (`papers.<id>`) and steps (`steps.<id>`) the newest version lacks."
    )
    retyped: list[str] = Field(description="Answers that would no longer be of the right kind.")


@router.get(f"{ONE}/colleagues", response=ColleaguePage, summary="List who may take the step over")
def list_colleagues(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, limit: Limit, cursor: Cursor
) -> ColleaguePage:
    """Holders of the open step's role in its agency and their substitutes today, without who asks."""
    who, in_hand = by(request), _in_hand(request, dossier_id)
    run = in_hand.open_run
    policies.require_post(actor=who["actor"], run=run, step=in_hand.step)
    officers = people.officers_with(role=run.role, agency_id=run.agency_id, at=who["at"])
    others = {one.account_id: one for one in reversed(officers) if one.account_id != who["actor"].account_id}
    items, after = page_of_items(
        others.values(), key=lambda one: f"{one.full_name} {one.account_id}", cursor=cursor, limit=limit
    )
    return ColleaguePage(
        items=[ColleagueOut.told(one) for one in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get(f"{ONE}/version-move", response=VersionMoveOut, summary="Ask what a newer version would lose")
def read_version_move(request: HttpRequest, dossier_id: UUID) -> VersionMoveOut:
    """Nothing is moved; `move-to-version` judges again by the same rule."""
    in_hand = _in_hand(request, dossier_id)
    dossier, new = in_hand.dossier, catalogue.current(in_hand.dossier.procedure_code)
    plan = plan_for(dossier, old=in_hand.procedure, new=new.procedure)
    return VersionMoveOut(
        version_id=dossier.version_id,
        newest_version_id=new.version_id,
        is_newest=dossier.version_id == new.version_id,
        may_move=plan.ok,
        lost=list(plan.lost),
        retyped=list(plan.retyped),
    )


@router.get(f"{ONE}/preview", summary="Fetch the result as it would be signed", openapi_extra=bytes_of(PDF))
def read_preview(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The result as a PDF without number and signatures, while the open step is the one that signs."""
    who, in_hand = by(request), _in_hand(request, dossier_id)
    if not in_hand.step.signs:
        raise NotAllowed
    document = result_request(in_hand=in_hand, at=who["at"])
    return HttpResponse(preview_document(**who, document=document), content_type=PDF)


def _in_hand(request: HttpRequest, dossier_id: UUID) -> Case:
    """Return the case, not locked. :raises NotFound: not visible; :raises NotAllowed: no officer asks"""
    dossier = access(request, dossier_id)
    if not actor_of(request).is_officer:
        raise NotAllowed
    run = next((run for run in dossier.steps.all() if run.closed_at is None), None)
    return Case(dossier, catalogue.of_version(dossier.version_id).procedure, run)
