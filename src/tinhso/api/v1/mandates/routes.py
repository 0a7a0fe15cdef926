"""``/mandates``: let somebody act for oneself, and end it. What is in force is under ``/me/mandates``."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.trying import LIMITED, require_within
from tinhso.edge.limits import AGENT
from tinhso.edge.mandates import MOST_DAYS, end_after
from tinhso.people import queries as people
from tinhso.people.actions import give_mandate, revoke_mandate

router = Router(tags=["mandates"], auth=SIGNED_IN)


class MandateIn(Schema):
    """Whom one lets act for oneself, in what, until when, and why."""

    model_config = ConfigDict(extra="forbid")

    agent_personal_id: str = Field(max_length=20, description="Twelve digits; spaces and dots do not matter.")
    agent_name: str = Field(max_length=160, description="As on the identity card; both must be known.")
    scope: list[str] = Field(
        [], max_length=50, description="Codes of the procedures it reaches; empty for all that allow it."
    )
    days: int = Field(ge=1, le=MOST_DAYS, description="It ends at the midnight after so many days.")
    evidence: str = Field(min_length=1, max_length=400, description="Why, in a sentence.")


class GivenOut(Schema):
    id: UUID
    scope: list[str]
    until_at: datetime


@router.post("", response={201: GivenOut}, summary="Give a mandate", openapi_extra=LIMITED)
def post_mandate(request: HttpRequest, body: MandateIn) -> GivenOut:
    """Let another person act for oneself, in the chosen procedures. Tries at numbers are counted."""
    require_within(request, AGENT)
    who = by(request)
    agent = people.agent_named(personal_id=body.agent_personal_id, full_name=body.agent_name)
    until_at = end_after(body.days, at=who["at"])
    scope = tuple(sorted(set(body.scope)))
    made = give_mandate(**who, agent_person_id=agent, until_at=until_at, evidence=body.evidence, scope=scope)
    return GivenOut(id=made, scope=list(scope), until_at=until_at)


@router.post("/{uuid:mandate_id}/revoke", response={204: None}, summary="End a mandate")
def post_revocation(request: HttpRequest, mandate_id: UUID) -> None:
    """End it now: by who gave it, who holds it, or the counter that recorded it."""
    revoke_mandate(**by(request), mandate_id=mandate_id)
