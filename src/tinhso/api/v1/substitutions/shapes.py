"""Absences as the API tells and takes them."""

from datetime import datetime
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict

from tinhso.people.types import SubstitutionView


class SubstitutionOut(Schema):
    """An absence that runs or is to come."""

    id: UUID
    post_id: UUID
    post_title: str
    role: str
    agency_name: str
    holder_account_id: UUID
    holder_name: str
    substitute_account_id: UUID
    substitute_name: str
    from_at: datetime
    until_at: datetime = Field(description="Excluded.")
    reason: str

    @classmethod
    def told(cls, one: SubstitutionView) -> "SubstitutionOut":
        return cls(
            id=one.id,
            post_id=one.post_id,
            post_title=one.post_title,
            role=one.role,
            agency_name=one.agency_name,
            holder_account_id=one.holder_id,
            holder_name=one.holder_name,
            substitute_account_id=one.substitute_id,
            substitute_name=one.substitute_name,
            from_at=one.from_at,
            until_at=one.until_at,
            reason=one.reason,
        )


class SubstitutionsOut(Schema):
    """Both sides of absences."""

    standing_in: list[SubstitutionOut] = Field(description="Where one acts for a colleague.")
    stood_in_for: list[SubstitutionOut] = Field(description="Where a colleague acts for oneself.")


class SubstitutionIn(Schema):
    """Who stands in for the holder of a post, and from when until when."""

    model_config = ConfigDict(extra="forbid")

    post_id: UUID
    substitute_account_id: UUID
    from_at: AwareDatetime
    until_at: AwareDatetime = Field(description="Excluded; after `from_at` and after now.")
    reason: str = Field(min_length=1, max_length=240)


class NamedOut(Schema):
    id: UUID
