"""What the one-stop counter reads off a card and writes down."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict, StringConstraints

from tinhso.people.actions.assist import CounterPerson
from tinhso.people.types import OrganisationView, PersonView

Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=240)]
Evidence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=400)]
Scope = Annotated[list[str], Field(max_length=50, description="Procedure codes; empty for all.")]
AGENCY = Field(description="The agency at whose counter it happens; one's posts are under `/me`.")


class CounterBody(Schema):
    model_config = ConfigDict(extra="forbid")


class CardIn(CounterBody):
    """A person, as their card says."""

    personal_id: str = Field(max_length=12, description="Twelve digits.")
    full_name: str = Field(max_length=160)
    born_on: date | None = None
    born_precision: Literal["day", "month", "year"] = "day"
    sex: Literal["male", "female", ""] = ""
    nationality: str = Field("", max_length=40)
    ethnicity: str = Field("", max_length=40)
    phone: str = Field("", max_length=20)
    email: str = Field("", max_length=160)
    residence_commune: str = Field("", max_length=5, description="Code of a commune of today.")
    residence_detail: str = Field("", max_length=200)

    def seen(self) -> CounterPerson:
        return CounterPerson(**self.model_dump())


class RegisterIn(CounterBody):
    agency_id: UUID = AGENCY
    reason: Why = Field(description="What they came for; the person reads it in their access log.")
    person: CardIn


class SearchIn(CounterBody):
    agency_id: UUID = AGENCY
    reason: Why = Field(description="Why one looks; every person found reads it in their access log.")
    words: str = Field(min_length=2, max_length=120, description="Words of the name, or the whole number.")


class AssistIn(CounterBody):
    agency_id: UUID = AGENCY
    evidence: Evidence = Field(description="How the person agreed, e.g. which card was shown.")
    scope: Scope = []


class AgencyIn(CounterBody):
    agency_id: UUID = AGENCY


class ProvedMandateIn(CounterBody):
    """A right to act that papers prove."""

    agency_id: UUID = AGENCY
    kind: Literal["parent", "guardian", "representative"]
    agent_person_id: UUID
    principal_person_id: UUID | None = Field(None, description="Either this or the organisation.")
    principal_organisation_id: UUID | None = None
    evidence: Evidence = Field(description="Which paper was seen.")
    scope: Scope = []
    until_at: AwareDatetime | None = None


class OrganisationIn(CounterBody):
    agency_id: UUID = AGENCY
    tax_code: str = Field(max_length=14)
    name: str = Field(max_length=240)
    kind: str = Field("", max_length=40)
    representative_person_id: UUID | None = Field(
        None, description="Who represents it by law; null leaves what is known."
    )


class TaxCodeIn(CounterBody):
    agency_id: UUID = AGENCY
    tax_code: str = Field(max_length=14)


class FoundOut(Schema):
    """Enough to tell people of one name apart."""

    id: UUID
    full_name: str
    born_on: date | None
    born_precision: str
    residence_commune: str

    @classmethod
    def told(cls, person: PersonView) -> "FoundOut":
        return cls(
            id=person.id,
            full_name=person.full_name,
            born_on=person.born_on,
            born_precision=person.born_precision,
            residence_commune=person.residence_commune,
        )


class FoundListOut(Schema):
    items: list[FoundOut] = Field(description="At most 20; add words to narrow.")


class PersonOut(FoundOut):
    """A person the agency deals with."""

    personal_id: str
    sex: str
    nationality: str
    ethnicity: str
    phone: str
    email: str
    residence_detail: str

    @classmethod
    def told(cls, person: PersonView) -> "PersonOut":
        return cls(**{name: getattr(person, name) for name in cls.model_fields})


class OrganisationOut(Schema):
    """An organisation."""

    id: UUID
    tax_code: str
    name: str
    kind: str
    representative_person_id: UUID | None
    representative_name: str

    @classmethod
    def told(cls, one: OrganisationView) -> "OrganisationOut":
        return cls(**{name: getattr(one, name) for name in cls.model_fields})


class OrganisationsOut(Schema):
    items: list[OrganisationOut]


class RecordedOut(Schema):
    """A mandate that was written down."""

    mandate_id: UUID
    until_at: datetime | None


class CounterWrittenOut(Schema):
    """An organisation that was written down; it is read once somebody who represents it is known."""

    organisation_id: UUID
