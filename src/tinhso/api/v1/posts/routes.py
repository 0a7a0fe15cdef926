"""``/posts``: who holds which role in an agency; giving and ending posts."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, By, by
from tinhso.api.v1.substitutions.shapes import SubstitutionOut
from tinhso.dossiers import holding
from tinhso.people import actions
from tinhso.people import queries as people
from tinhso.people.types import StaffPost

router = Router(tags=["posts"], auth=SIGNED_IN)
Agency = Annotated[UUID, Query(..., description="The agency whose posts are listed; one's own are in `/me`.")]
ROLE = "A role of the catalogue's list, e.g. `one_stop`; heads of agencies give those the packs let them."


class StaffOut(Schema):
    """A post that is held or is to be, with who holds it."""

    id: UUID
    account_id: UUID
    username: str
    full_name: str
    agency_id: UUID
    role: str
    title: str
    from_on: date
    until_on: date | None = Field(description="Last day, included; null until decided otherwise.")
    steps_in_hand: int = Field(description="Open steps its holder has claimed from it.")
    substitutions: list[SubstitutionOut] = Field(description="Absences that run or are to come.")
    may_end: bool
    may_substitute: bool

    @classmethod
    def told(cls, post: StaffPost, *, steps: int) -> "StaffOut":
        return cls(
            id=post.id,
            account_id=post.account_id,
            username=post.username,
            full_name=post.full_name,
            agency_id=post.agency_id,
            role=post.role,
            title=post.title,
            from_on=post.from_on,
            until_on=post.until_on,
            steps_in_hand=steps,
            substitutions=[SubstitutionOut.told(one) for one in post.substitutions],
            may_end=post.may_end,
            may_substitute=post.may_substitute,
        )


class StaffListOut(Schema):
    items: list[StaffOut]


class PostIn(Schema):
    """An appointment."""

    model_config = ConfigDict(extra="forbid")

    username: str = Field(max_length=80, description="Of an open officer's account.")
    agency_id: UUID
    role: str = Field(max_length=60, description=ROLE)
    title: str = Field(min_length=1, max_length=160, description="As it stands under a signature.")
    from_on: date | None = Field(None, description="First day; null: today.")
    until_on: date | None = Field(None, description="Last day, included; null: until decided otherwise.")


class EndIn(Schema):
    """When a post ends, and who goes on with what its holder has in hand."""

    model_config = ConfigDict(extra="forbid")

    until_on: date | None = Field(None, description="Last day, included; null: it ends now.")
    successor_account_id: UUID | None = Field(
        None,
        description="A colleague of the same role who gets everything in hand now; null: it goes back into "
        "the queue as soon as the post is over.",
    )


class InHandOut(Schema):
    """What goes on when a post ends."""

    steps: int = Field(description="Open steps claimed from it.")
    forms: int = Field(description="Forms begun at the counter and not filed.")


@router.get("", response=StaffListOut, summary="List an agency's posts")
def list_posts(request: HttpRequest, agency_id: Agency) -> StaffListOut:
    """Posts that are held or are to be, by role and name: for officers of the agency and operators."""
    who = by(request)
    steps = holding.steps_by_holder(actor=who["actor"], agency_id=agency_id)
    found = people.staff(**who, agency_id=agency_id)
    return StaffListOut(
        items=[StaffOut.told(one, steps=steps.get((one.account_id, one.role), 0)) for one in found]
    )


@router.post("", response={201: StaffOut}, summary="Give a post")
def create_post(request: HttpRequest, response: HttpResponse, body: PostIn) -> StaffOut:
    """Let an officer act in a role of an agency; nobody gives a post to themselves."""
    who = by(request)
    said = body.model_dump(exclude={"username"})
    account_id = people.officer_by_username(body.username.strip())
    post_id = actions.appoint(**who, account_id=account_id, **said)
    response["Location"] = f"{request.path}/{post_id}"
    return _post(who, post_id)


@router.get("/{uuid:post_id}", response=StaffOut, summary="Read a post")
def read_post(request: HttpRequest, post_id: UUID) -> StaffOut:
    """One that is held or is to be."""
    return _post(by(request), post_id)


@router.get("/{uuid:post_id}/in-hand", response=InHandOut, summary="Count what is in hand")
def read_in_hand(request: HttpRequest, post_id: UUID) -> InHandOut:
    """What its holder has in hand from the post, to be looked at before it ends."""
    who = by(request)
    post = people.access_post(**who, post_id=post_id)
    held = holding.in_hand(
        actor=who["actor"], account_id=post.account_id, agency_id=post.agency_id, role=post.role
    )
    return InHandOut(steps=held.steps, forms=held.forms)


@router.post("/{uuid:post_id}/end", response={204: None}, summary="End a post")
def post_end(request: HttpRequest, post_id: UUID, body: EndIn) -> None:
    """Now or after a day. No dossier is lost: what is in hand goes to the successor, or back in the queue."""
    who = by(request)
    people.access_post(**who, post_id=post_id)
    actions.end_post(**who, post_id=post_id, **body.model_dump())


def _post(who: By, post_id: UUID) -> StaffOut:
    post = people.access_post(**who, post_id=post_id)
    held = holding.in_hand(
        actor=who["actor"], account_id=post.account_id, agency_id=post.agency_id, role=post.role
    )
    return StaffOut.told(post, steps=held.steps)
