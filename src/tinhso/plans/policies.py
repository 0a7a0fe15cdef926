"""Who may do what with which part of a plan. Roles are data: ``packs/vietnam/plans.yaml``."""

from collections.abc import Collection
from typing import Literal

from tinhso.people import queries as people
from tinhso.people.types import Actor, ActorKind, PostView
from tinhso.plans.reading import PlanFile, rules
from tinhso.plans.refusals import ExampleOnly, NotYourPlanPart

Deed = Literal["enter", "confirm", "assign"]


def require(*, actor: Actor, deed: Deed, file: PlanFile, owner: str) -> Actor:
    """
    Return the actor as acting from the post that gives the right; the system may do anything.

    :param owner: code of the agency in charge of the part; empty: none is
    :raises ExampleOnly: a plan of another province
    :raises NotYourPlanPart: no post gives the right
    """
    if not file.is_own:
        raise ExampleOnly
    if actor.kind is ActorKind.SYSTEM:
        return actor
    post = _post(actor, deed, agency_codes(actor), _agencies(file, deed, owner))
    if post is None:
        raise NotYourPlanPart
    return actor.acting_from(post)


def may(*, actor: Actor, deed: Deed, file: PlanFile, owner: str, codes: dict[str, str] | None = None) -> bool:
    """
    Tell whether :func:`require` would let the actor in.

    :param codes: of :func:`agency_codes`, where many parts are asked about
    """
    if not file.is_own or not actor.is_officer:
        return False
    known = agency_codes(actor) if codes is None else codes
    return _post(actor, deed, known, _agencies(file, deed, owner)) is not None


def sees_desk(actor: Actor) -> bool:
    """Tell whether the actor sees what is not public: officers with a post; helpers have none here."""
    return actor.kind is ActorKind.SYSTEM or (actor.is_officer and bool(actor.agency_ids))


def agency_codes(actor: Actor) -> dict[str, str]:
    """Return agency id → code of the actor's posts."""
    wanted = {str(one) for one in actor.agency_ids}
    return {str(one.id): one.code for one in people.agencies() if str(one.id) in wanted} if wanted else {}


def _agencies(file: PlanFile, deed: Deed, owner: str) -> Collection[str]:
    coordinator = {file.plan.coordinator} if file.plan.coordinator else set()
    return coordinator if deed == "assign" else coordinator | ({owner} if owner else set())


def _post(actor: Actor, deed: Deed, codes: dict[str, str], where: Collection[str]) -> PostView | None:
    roles = getattr(rules(), deed)
    held = [
        post
        for post in actor.posts
        if post.role in roles and codes.get(str(post.agency_id)) in where and actor.is_officer
    ]
    return min(held, key=lambda post: post.substitute_for is not None, default=None)
