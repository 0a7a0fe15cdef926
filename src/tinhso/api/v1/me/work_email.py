"""``/me/work-email``: where an officer is told of work besides the desk."""

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.kernel.refusals import NotAllowed
from tinhso.people import queries as people
from tinhso.people.actions import set_work_email

router = Router(tags=["me"], auth=SIGNED_IN)


class WorkEmail(Schema):
    """Empty: read at the desk alone."""

    model_config = ConfigDict(extra="forbid")

    email: str = Field(max_length=254)


@router.get("", response=WorkEmail, summary="Read where one is told of work")
def read_work_email(request: HttpRequest) -> WorkEmail:
    """For officers; a citizen's address is under `/me/contact`."""
    actor = actor_of(request)
    if not actor.is_officer:
        raise NotAllowed
    return WorkEmail(email=people.work_email(actor))


@router.put("", response=WorkEmail, summary="Choose where one is told of work")
def put_work_email(request: HttpRequest, body: WorkEmail) -> WorkEmail:
    """The next notice goes there too; empty sends none."""
    set_work_email(**by(request), email=body.email)
    return WorkEmail(email=people.work_email(actor_of(request)))
