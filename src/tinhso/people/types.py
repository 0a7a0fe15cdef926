"""What other rooms may know of people: frozen views, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tinhso.definitions.agencies import CollectingAccount
from tinhso.kernel.actors import ActorRef
from tinhso.kernel.refusals import NotAllowed


class ActorKind(StrEnum):
    CITIZEN = "citizen"
    OFFICER = "officer"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class PostView:
    """
    One office somebody may act from today, their own or that of a colleague they stand in for.

    :param role: a role id of ``packs/**/roles.yaml``, e.g. ``one_stop``, ``chairperson``
    :param title: what stands under a signature, e.g. «Công chức tư pháp - hộ tịch»
    :param substitute_for: account of the colleague whose post this is, when held as a substitute
    :param unit_code: the commune or province the agency serves
    :param agency_kind: a kind of ``packs/**/agency-kinds.yaml``
    """

    id: UUID
    agency_id: UUID
    agency_name: str
    role: str
    title: str
    substitute_for: UUID | None = None
    substitute_for_name: str = ""
    unit_code: str = ""
    agency_kind: str = ""


@dataclass(frozen=True, slots=True)
class MandateView:
    """
    A right to act for a person or an organisation, in force when it was read.

    :param kind: ``parent``, ``guardian``, ``representative`` or ``assisted``
    :param scope: procedure codes; empty means every procedure that allows this kind
    :param agent_name: who holds it, for the one who gave it; empty for the holder
    :param agency_name: for which agency or team they assist
    :param way: how it was given to an assistant: ``presence``, ``sms`` or ``paper``; empty for the others
    :param proof_id: the paper that was signed and photographed
    """

    id: UUID
    kind: str
    principal_person_id: UUID | None
    principal_organisation_id: UUID | None
    principal_name: str
    scope: tuple[str, ...] = ()
    until_at: datetime | None = None
    agent_name: str = ""
    agency_name: str = ""
    way: str = ""
    given_at: datetime | None = None
    proof_id: UUID | None = None

    def covers(self, procedure_code: str) -> bool:
        """Say whether the mandate reaches the procedure."""
        return not self.scope or procedure_code in self.scope


# A member of a community digital team: acts only by mandate, and sees nothing of the agency the post is in.
HELPER = "community_helper"


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Who asks, with everything a policy may look at.

    :param assurance: 0 not signed in, 1 or 2 the level of the electronic identity (Decree 69/2024)
    :param posts: empty for citizens
    :param on_behalf_of: persons who gave this one a mandate that is in force
    :param mandates: those mandates, and the ones of organisations
    :param for_person_id: the one of ``on_behalf_of`` being acted for now
    :param acting_post_id: the post an act is done from, once a policy has found it
    :param let_in_for: persons whose case the caller has let this actor into; see :meth:`let_in`
    :param language: ``vi`` or ``en``, the account's choice
    """

    kind: ActorKind
    account_id: UUID | None = None
    person_id: UUID | None = None
    full_name: str = ""
    assurance: int = 0
    posts: tuple[PostView, ...] = ()
    on_behalf_of: frozenset[UUID] = field(default_factory=frozenset)
    system_name: str = ""
    for_person_id: UUID | None = None
    mandates: tuple[MandateView, ...] = ()
    language: str = "vi"
    acting_post_id: UUID | None = None
    let_in_for: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def ref(self) -> ActorRef:
        """Return who this is, as the ledger keeps it."""
        identity = self.system_name or (str(self.account_id) if self.account_id else "")
        post_id = self.posts[0].id if len(self.posts) == 1 else self.acting_post_id
        return ActorRef(kind=str(self.kind), id=identity, post_id=post_id, for_person_id=self.for_person_id)

    @property
    def signed_in_as(self) -> UUID:
        """Return the account. :raises NotAllowed: nobody is signed in"""
        if self.account_id is None:
            raise NotAllowed
        return self.account_id

    @property
    def is_officer(self) -> bool:
        return self.kind is ActorKind.OFFICER

    @property
    def agency_ids(self) -> frozenset[UUID]:
        """Return the agencies whose business is the actor's too: those of their posts, a helper's not."""
        return frozenset(post.agency_id for post in self.posts if post.role != HELPER)

    @property
    def is_helper(self) -> bool:
        """Tell whether every post is that of a community team's member."""
        return bool(self.posts) and all(post.role == HELPER for post in self.posts)

    def acting_from(self, post: PostView) -> "Actor":
        """Return the same actor, for the ledger: of several posts, this is the one they act from."""
        return replace(self, acting_post_id=post.id)

    def let_in(self, *person_ids: UUID) -> "Actor":
        """
        Return the same actor, who may now see bills, papers and documents of these persons.

        For whoever has checked that the actor may see the case they belong to, and asks for those alone.
        """
        return replace(self, let_in_for=self.let_in_for | frozenset(person_ids))

    @property
    def whole_principals(self) -> frozenset[UUID]:
        """Return the persons all of whose affairs the actor may see; not by a mandate for a few."""
        limited = {one.principal_person_id for one in self.mandates if one.scope}
        unlimited = {one.principal_person_id for one in self.mandates if not one.scope}
        return (self.on_behalf_of - (limited - unlimited)) | self.let_in_for

    @property
    def whole_organisations(self) -> frozenset[UUID]:
        """Return the organisations the actor represents in everything."""
        return frozenset(
            one.principal_organisation_id
            for one in self.mandates
            if one.principal_organisation_id and one.kind == "representative" and not one.scope
        )

    def represents(self, organisation_id: UUID, *, procedure_code: str) -> bool:
        """Say whether the actor may act for the organisation in the procedure."""
        return any(
            mandate.principal_organisation_id == organisation_id
            and mandate.kind == "representative"
            and mandate.covers(procedure_code)
            for mandate in self.mandates
        )

    def post_with(self, *, role: str, agency_id: UUID) -> PostView | None:
        """Return the post that gives the role in the agency, the actor's own before a substitute's."""
        held = [post for post in self.posts if post.role == role and post.agency_id == agency_id]
        return min(held, key=lambda post: post.substitute_for is not None, default=None)

    def mandate_for(
        self, person_id: UUID, *, procedure_code: str, kinds: tuple[str, ...] = ()
    ) -> MandateView | None:
        """Return a mandate of the person that reaches the procedure, of one of the kinds if any are named."""
        return next(
            (
                mandate
                for mandate in self.mandates
                if mandate.principal_person_id == person_id
                and mandate.covers(procedure_code)
                and (not kinds or mandate.kind in kinds)
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class AgencyView:
    """
    An agency.

    :param document_code: what stands after the number of its documents
    :param place: where its documents are dated, e.g. «Bình Liêu»
    :param accounts: collecting accounts by key, e.g. ``state_budget``
    """

    id: UUID
    code: str
    name: str
    name_en: str
    kind: str
    unit_code: str
    parent_id: UUID | None
    document_code: str
    dossier_code_pattern: str
    place: str
    address: str
    phone: str
    email: str
    accounts: Mapping[str, CollectingAccount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonView:
    """
    A person, for one who has the right to see them.

    :param born_on: first day of the month or year when ``born_precision`` is ``month`` or ``year``
    :param sex: ``male``, ``female`` or empty
    """

    id: UUID
    personal_id: str
    full_name: str
    born_on: date | None
    born_precision: str
    sex: str
    nationality: str
    ethnicity: str
    phone: str
    email: str
    residence_commune: str
    residence_detail: str


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """
    An organisation, for one who has the right to see it.

    :param representative_name: who represents it by law, as far as it is known
    """

    id: UUID
    tax_code: str
    name: str
    kind: str
    representative_person_id: UUID | None
    representative_name: str


@dataclass(frozen=True, slots=True)
class RepresentativeView:
    """
    Somebody who may act for an organisation.

    :param account_id: their own account as a citizen; None: they never signed in
    :param is_by_law: the organisation's papers name them; the others hold a mandate only
    """

    person_id: UUID
    full_name: str
    account_id: UUID | None
    is_by_law: bool


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a fact about a person comes from: a provider's id, ``self`` or ``counter:<agency code>``."""

    source: str
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class OfficerView:
    """Somebody who may act in a role, the holder or a substitute."""

    account_id: UUID
    full_name: str
    post: PostView
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SubstitutionView:
    """An absence that runs or is to come. ``until_at`` is excluded."""

    id: UUID
    post_id: UUID
    post_title: str
    role: str
    agency_name: str
    holder_id: UUID
    holder_name: str
    substitute_id: UUID
    substitute_name: str
    from_at: datetime
    until_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class StaffPost:
    """
    A post that is held or is to be, with who holds it and who stands in for them.

    :param until_on: last day, included
    :param may_end: whether who asks may end it
    :param may_substitute: whether who asks may name somebody to stand in
    """

    id: UUID
    account_id: UUID
    username: str
    full_name: str
    agency_id: UUID
    agency_name: str
    role: str
    title: str
    from_on: date
    until_on: date | None
    substitutions: tuple[SubstitutionView, ...]
    may_end: bool
    may_substitute: bool


class AccessPurpose(StrEnum):
    """Why somebody looked at a person's data."""

    SIGN_IN = "sign_in"
    COUNTER = "counter"
    SEARCH = "search"
    DOSSIER = "dossier"
    RESULT = "result"
    PAPER = "paper"
    SUPPORT = "support"
    EXPORT = "export"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class AccessView:
    """One look at a person's data, as that person is told of it."""

    at: datetime
    actor_kind: str
    actor_name: str
    post_title: str
    agency_name: str
    purpose: str
    reason: str
    subject_id: UUID | None


def system(name: str) -> Actor:
    """Return the actor of a job or a connector."""
    return Actor(kind=ActorKind.SYSTEM, system_name=name)


ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)
