"""``/me``: who one is here, what is known of one, and who looked."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.kernel.refusals import NotFound
from tinhso.people import queries as people
from tinhso.people.types import AccessView, Actor, MandateView, PostView

router = Router(tags=["me"], auth=SIGNED_IN)
HowMany = Annotated[int, Query(50, ge=1, le=200)]
OfPurpose = Annotated[str, Query("", max_length=40, description="Only looks of this purpose.")]
OfAgency = Annotated[UUID | None, Query(None, description="Only looks from this agency.")]
Before = Annotated[datetime | None, Query(None, description="Only earlier ones, for the next page.")]
OfPerson = Annotated[UUID | None, Query(None, description="One whom one acts for; absent: oneself.")]


class PostOut(Schema):
    id: UUID
    agency_id: UUID
    agency_name: str
    role: str
    title: str
    is_substitute: bool

    @classmethod
    def told(cls, post: PostView) -> "PostOut":
        return cls(
            id=post.id,
            agency_id=post.agency_id,
            agency_name=post.agency_name,
            role=post.role,
            title=post.title,
            is_substitute=post.substitute_for is not None,
        )


class MeOut(Schema):
    """Who asks, as rights see it."""

    kind: str = Field(description="`citizen` or `officer`.")
    account_id: UUID
    person_id: UUID | None
    full_name: str
    assurance: int
    for_person_id: UUID | None
    posts: list[PostOut]

    @classmethod
    def told(cls, actor: Actor) -> "MeOut":
        return cls(
            kind=actor.kind.value,
            account_id=actor.signed_in_as,
            person_id=actor.person_id,
            full_name=actor.full_name,
            assurance=actor.assurance,
            for_person_id=actor.for_person_id,
            posts=[PostOut.told(post) for post in actor.posts],
        )


class FactOut(Schema):
    """One thing known of a person, and since when and from whom."""

    name: str = Field(examples=["applicant.full_name"])
    value: Any
    source: str | None = Field(description="A provider's id, `self` or `counter:<agency>`; null: not noted.")
    checked_at: datetime | None


class FactsOut(Schema):
    items: list[FactOut]


class AccessOut(Schema):
    """One look at one's data."""

    at: datetime
    actor_kind: str
    actor_name: str
    post_title: str
    agency_name: str
    purpose: str
    reason: str
    subject_id: UUID | None

    @classmethod
    def told(cls, look: AccessView) -> "AccessOut":
        return cls(
            at=look.at,
            actor_kind=look.actor_kind,
            actor_name=look.actor_name,
            post_title=look.post_title,
            agency_name=look.agency_name,
            purpose=look.purpose,
            reason=look.reason,
            subject_id=look.subject_id,
        )


class LookingAgencyOut(Schema):
    id: UUID
    name: str


class AccessesOut(Schema):
    items: list[AccessOut]
    agencies: list[LookingAgencyOut] = Field(description="All whose officers ever looked, to narrow by.")


class MandateOut(Schema):
    """A right to act for somebody, in force."""

    id: UUID
    kind: str = Field(description="`parent`, `guardian`, `representative` or `assisted`.")
    principal_person_id: UUID | None
    principal_organisation_id: UUID | None
    principal_name: str
    agent_name: str = Field(description="Who holds it, for the one who gave it; empty for the holder.")
    scope: list[str] = Field(description="Procedure codes; empty means every one that allows this kind.")
    until_at: datetime | None

    @classmethod
    def told(cls, mandate: MandateView) -> "MandateOut":
        return cls(
            id=mandate.id,
            kind=mandate.kind,
            principal_person_id=mandate.principal_person_id,
            principal_organisation_id=mandate.principal_organisation_id,
            principal_name=mandate.principal_name,
            agent_name=mandate.agent_name,
            scope=list(mandate.scope),
            until_at=mandate.until_at,
        )


class MandatesOut(Schema):
    held: list[MandateOut]
    given: list[MandateOut]


@router.get("", response=MeOut, summary="Read who one is")
def read_me(request: HttpRequest) -> MeOut:
    """Account, level of identity, posts held today."""
    return MeOut.told(actor_of(request))


@router.get("/facts", response=FactsOut, summary="Read what is known of one")
def read_facts(request: HttpRequest, person_id: OfPerson) -> FactsOut:
    """Every fact with its source and when it was checked."""
    person = _own(actor_of(request), person_id)
    sources = people.fact_sources(person)
    items = []
    for name, value in people.proved_facts(person).items():
        known = sources.get(name)
        items.append(
            FactOut(
                name=name,
                value=value,
                source=known.source if known else None,
                checked_at=known.checked_at if known else None,
            )
        )
    return FactsOut(items=items)


@router.get("/accesses", response=AccessesOut, summary="Read who looked")
def read_accesses(
    request: HttpRequest,
    person_id: OfPerson,
    limit: HowMany,
    purpose: OfPurpose,
    agency_id: OfAgency,
    before: Before,
) -> AccessesOut:
    """Who looked at one's data and why, newest first."""
    actor = actor_of(request)
    person = _own(actor, person_id)
    looks = people.who_looked_at(
        actor=actor, person_id=person, limit=limit, purpose=purpose, agency_id=agency_id, before=before
    )
    return AccessesOut(
        items=[AccessOut.told(look) for look in looks],
        agencies=[
            LookingAgencyOut(id=agency, name=name)
            for agency, name in people.agencies_that_looked(actor=actor, person_id=person)
        ],
    )


@router.get("/mandates", response=MandatesOut, summary="Read mandates")
def read_mandates(request: HttpRequest) -> MandatesOut:
    """Whom one may act for, and who may act for oneself."""
    who = by(request)
    return MandatesOut(
        held=[MandateOut.told(mandate) for mandate in who["actor"].mandates],
        given=[MandateOut.told(mandate) for mandate in people.mandates_given_by(who["actor"], at=who["at"])],
    )


def _own(actor: Actor, person_id: UUID | None) -> UUID:
    """Return the person, oneself by default. :raises NotFound: it is neither oneself nor a principal"""
    wanted = person_id or actor.person_id
    if wanted is None or wanted not in {actor.person_id, *actor.whole_principals}:
        raise NotFound
    return wanted
