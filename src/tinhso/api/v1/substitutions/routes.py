"""``/substitutions``: who stands in for whom while somebody is away."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.substitutions.shapes import NamedOut, SubstitutionIn, SubstitutionOut, SubstitutionsOut
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people import actions
from tinhso.people import queries as people

router = Router(tags=["substitutions"], auth=SIGNED_IN)


@router.get("", response=SubstitutionsOut, summary="List one's absences")
def list_substitutions(request: HttpRequest) -> SubstitutionsOut:
    """For whom one stands in, and who stands in for oneself; those of an agency are under `/posts`."""
    who = by(request)
    if not who["actor"].is_officer:
        raise NotAllowed
    own = [one for post in people.own_posts(**who) for one in post.substitutions]
    return SubstitutionsOut(
        standing_in=[SubstitutionOut.told(one) for one in people.standing_in(**who)],
        stood_in_for=[SubstitutionOut.told(one) for one in own],
    )


@router.post("", response={201: NamedOut}, summary="Name a substitute")
def create_substitution(request: HttpRequest, body: SubstitutionIn) -> NamedOut:
    """By the holder of the post, the head of its agency or an operator; it ends by itself."""
    who = by(request)
    people.access_post(**who, post_id=body.post_id)
    return NamedOut(id=actions.substitute(**who, **body.model_dump()))


@router.post("/{uuid:substitution_id}/end", response={204: None}, summary="End an absence")
def post_substitution_end(request: HttpRequest, substitution_id: UUID) -> None:
    """End it now; what the substitute has in hand and may not finish goes back into the queue."""
    try:
        actions.end_substitution(**by(request), substitution_id=substitution_id)
    except NotAllowed:
        # Whoever may not end it is not told that it exists.
        raise NotFound from None
