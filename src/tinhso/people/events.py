"""What happens to people's accounts, posts and mandates. Ids and facts only, never a name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class OfficerEnrolled(Event):
    kind: ClassVar[str] = "people.officer_enrolled"
    subject_kind: ClassVar[str] = "account"
    subject_field: ClassVar[str] = "account_id"
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class SecondFactorReset(Event):
    kind: ClassVar[str] = "people.second_factor_reset"
    subject_kind: ClassVar[str] = "account"
    subject_field: ClassVar[str] = "account_id"
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event):
    kind: ClassVar[str] = "people.account_closed"
    subject_kind: ClassVar[str] = "account"
    subject_field: ClassVar[str] = "account_id"
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class Appointed(Event):
    kind: ClassVar[str] = "people.appointed"
    subject_kind: ClassVar[str] = "post"
    subject_field: ClassVar[str] = "post_id"
    post_id: UUID
    account_id: UUID
    agency_id: UUID
    role: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PostEnded(Event):
    kind: ClassVar[str] = "people.post_ended"
    subject_kind: ClassVar[str] = "post"
    subject_field: ClassVar[str] = "post_id"
    post_id: UUID
    account_id: UUID
    agency_id: UUID
    role: str
    until_on: date
    is_at_once: bool
    successor_account_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SubstituteNamed(Event):
    kind: ClassVar[str] = "people.substitute_named"
    subject_kind: ClassVar[str] = "post"
    subject_field: ClassVar[str] = "post_id"
    post_id: UUID
    substitution_id: UUID
    substitute_account_id: UUID
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, kw_only=True)
class SubstitutionEnded(Event):
    kind: ClassVar[str] = "people.substitution_ended"
    subject_kind: ClassVar[str] = "post"
    subject_field: ClassVar[str] = "post_id"
    post_id: UUID
    substitution_id: UUID
    substitute_account_id: UUID
    until_at: datetime


@dataclass(frozen=True, kw_only=True)
class MandateGiven(Event):
    kind: ClassVar[str] = "people.mandate_given"
    subject_kind: ClassVar[str] = "mandate"
    subject_field: ClassVar[str] = "mandate_id"
    mandate_id: UUID
    mandate_kind: str
    principal_person_id: UUID | None = None
    principal_organisation_id: UUID | None = None
    way: str = ""


@dataclass(frozen=True, kw_only=True)
class MandateAsked(Event):
    """A code was sent to somebody's phone, with which they let an assistant act for them."""

    kind: ClassVar[str] = "people.mandate_asked"
    subject_kind: ClassVar[str] = "person"
    subject_field: ClassVar[str] = "person_id"
    person_id: UUID
    request_id: UUID
    procedure: str
    phone_was_known: bool


@dataclass(frozen=True, kw_only=True)
class MandateRevoked(Event):
    kind: ClassVar[str] = "people.mandate_revoked"
    subject_kind: ClassVar[str] = "mandate"
    subject_field: ClassVar[str] = "mandate_id"
    mandate_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event):
    kind: ClassVar[str] = "people.person_registered"
    subject_kind: ClassVar[str] = "person"
    subject_field: ClassVar[str] = "person_id"
    person_id: UUID
    agency_id: UUID
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class PersonMetAgency(Event):
    kind: ClassVar[str] = "people.person_met_agency"
    subject_kind: ClassVar[str] = "person"
    subject_field: ClassVar[str] = "person_id"
    person_id: UUID
    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactUpdated(Event):
    kind: ClassVar[str] = "people.contact_updated"
    subject_kind: ClassVar[str] = "person"
    subject_field: ClassVar[str] = "person_id"
    person_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WorkEmailSet(Event):
    """An officer chose where to be told of work, or nowhere."""

    kind: ClassVar[str] = "people.work_email_set"
    subject_kind: ClassVar[str] = "account"
    subject_field: ClassVar[str] = "account_id"
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdentityReceived(Event):
    """A provider proved who somebody is: a sign-in."""

    kind: ClassVar[str] = "people.identity_received"
    subject_kind: ClassVar[str] = "person"
    subject_field: ClassVar[str] = "person_id"
    person_id: UUID
    provider: str
    assurance: int
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class AgencyLoaded(Event):
    kind: ClassVar[str] = "people.agency_loaded"
    subject_kind: ClassVar[str] = "agency"
    subject_field: ClassVar[str] = "agency_id"
    agency_id: UUID
    change: str


@dataclass(frozen=True, kw_only=True)
class LanguageChosen(Event):
    kind: ClassVar[str] = "people.language_chosen"
    subject_kind: ClassVar[str] = "account"
    subject_field: ClassVar[str] = "account_id"
    account_id: UUID
    language: str


@dataclass(frozen=True, kw_only=True)
class OrganisationRecorded(Event):
    kind: ClassVar[str] = "people.organisation_recorded"
    subject_kind: ClassVar[str] = "organisation"
    subject_field: ClassVar[str] = "organisation_id"
    organisation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApiTokenIssued(Event):
    kind: ClassVar[str] = "people.api_token_issued"
    subject_kind: ClassVar[str] = "api_token"
    subject_field: ClassVar[str] = "token_id"
    token_id: UUID
    account_id: UUID
    scope: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class ApiTokenRevoked(Event):
    kind: ClassVar[str] = "people.api_token_revoked"
    subject_kind: ClassVar[str] = "api_token"
    subject_field: ClassVar[str] = "token_id"
    token_id: UUID
    account_id: UUID
