"""Who may do what with reports. Roles are data: ``packs/vietnam/reports.yaml``."""

from typing import Literal
from uuid import UUID

from tinhso.dossiers.models.dossier import BLIND_ROLES
from tinhso.people import queries as people
from tinhso.people.types import Actor, ActorKind, PostView
from tinhso.reports.reading import rules
from tinhso.reports.refusals import NotYourReport

# Of the agency that reports; of the agency that collects.
UnitDeed = Literal["fill", "approve"]
Deed = Literal["run", "sign"]


def require_unit(*, actor: Actor, deed: UnitDeed, agency_id: UUID) -> Actor:
    """
    Return the actor as acting from the post that gives the right; the system may do anything.

    :raises NotYourReport: no post gives the right
    """
    if actor.kind is ActorKind.SYSTEM:
        return actor
    roles = getattr(rules(), deed)
    return _acting(actor, [post for post in _posts(actor, roles) if post.agency_id == agency_id])


def require_province(*, actor: Actor, deed: Deed) -> Actor:
    """
    Return the actor as acting from the post that gives the right; the system may do anything.

    :raises NotYourReport: no post gives the right
    """
    if actor.kind is ActorKind.SYSTEM:
        return actor
    return _acting(actor, _central(actor, getattr(rules(), deed)))


def collecting_agency(actor: Actor) -> UUID:
    """Return the agency for which the actor collects: of their post. :raises NotYourReport: none"""
    held = [post for post in actor.posts if post.agency_kind == rules().coordinator]
    acting = [post.agency_id for post in held if post.id == actor.acting_post_id] or [
        post.agency_id for post in held
    ]
    if acting:
        return acting[0]
    agencies = people.agencies(kind=rules().coordinator)
    if actor.kind is not ActorKind.SYSTEM or not agencies:
        raise NotYourReport
    return agencies[0].id


def may_unit(*, actor: Actor, deed: UnitDeed, agency_id: UUID) -> bool:
    """Tell whether :func:`require_unit` would let the actor in."""
    return any(post.agency_id == agency_id for post in _posts(actor, getattr(rules(), deed)))


def may_province(*, actor: Actor, deed: Deed) -> bool:
    """Tell whether :func:`require_province` would let the actor in."""
    return actor.kind is ActorKind.SYSTEM or bool(_central(actor, getattr(rules(), deed)))


def sees_all(actor: Actor) -> bool:
    """Tell whether the actor sees every agency's returns: who runs, signs or oversees reports."""
    known = rules()
    return actor.kind is ActorKind.SYSTEM or bool(_central(actor, (*known.run, *known.sign, *known.read)))


def own_agencies(actor: Actor) -> frozenset[UUID]:
    """Return the agencies whose returns are the actor's to see: not from posts that see no dossier."""
    if not actor.is_officer:
        return frozenset()
    return frozenset(post.agency_id for post in actor.posts if post.role not in BLIND_ROLES)


def require_reader(*, actor: Actor, agency_id: UUID | None) -> None:
    """
    Let who may read the counts of an agency, or with None those of the whole province.

    :raises NotYourReport: anybody else
    """
    if not sees_all(actor) and (agency_id is None or agency_id not in own_agencies(actor)):
        raise NotYourReport


def _central(actor: Actor, roles: tuple[str, ...]) -> list[PostView]:
    kind = rules().coordinator
    return [post for post in _posts(actor, roles) if post.agency_kind == kind]


def _posts(actor: Actor, roles: tuple[str, ...]) -> list[PostView]:
    return [post for post in actor.posts if post.role in roles] if actor.is_officer else []


def _acting(actor: Actor, held: list[PostView]) -> Actor:
    if not held:
        raise NotYourReport
    return actor.acting_from(min(held, key=lambda post: post.substitute_for is not None))
