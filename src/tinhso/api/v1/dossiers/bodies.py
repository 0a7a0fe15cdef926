"""What moves take."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict

from tinhso.api.v1.tracking.routes import TrackOut

REASON = Field(max_length=4000, description="The applicant will read it.")
LAST = datetime(2100, 1, 1, tzinfo=UTC)


class Body(Schema):
    model_config = ConfigDict(extra="forbid")


class Found(Body):
    """What the open step asks of the officer: question id → value, as the procedure's step describes it."""

    found: dict[str, Any] = Field({}, max_length=200)


class ReliefSaid(Body):
    """What the officer says of one claimed exemption or reduction."""

    claim_id: UUID
    granted: bool
    reason: str = Field("", max_length=500, description="Needed to refuse; the applicant will read it.")


class Accept(Found):
    reliefs: list[ReliefSaid] = Field([], max_length=100, description="One for each open claim.")


class ReliefLate(Body):
    """A relief that is granted after the fee was asked for."""

    fee: str = Field(max_length=80, description="Code of the fee.")
    relief: str = Field(max_length=80, description="Id of the relief in the procedure.")
    reason: str = Field(max_length=500, description="What was seen; the applicant will read it.")


class ReliefOut(Schema):
    """A claimed exemption or reduction; `state` is `claimed`, `granted` or `refused`."""

    id: UUID
    fee: str
    relief: str
    proof: str = Field(description="The paper that proves it.")
    full: int = Field(description="Đồng before the relief.")
    pays: int = Field(description="Đồng with it.")
    state: str
    reason: str
    decided_at: datetime | None


class ReliefsOut(Schema):
    items: list[ReliefOut]


class Advance(Found):
    note: str = Field("", max_length=4000, description="For the next officer; the applicant does not see it.")


class Reason(Body):
    reason: str = REASON


class Parcel(Body):
    tracking_number: str = Field(max_length=60, examples=["EB123456789VN"])


class StepBack(Reason):
    to_step: str = Field(max_length=40)


class Missing(Body):
    """One thing the applicant owes."""

    kind: Literal["question", "paper", "other"]
    id: str = Field("", max_length=80, description="Its id in the procedure; empty for `other`.")
    text: str = Field(max_length=1000, description="One sentence to the applicant.")


class SupplementRequest(Body):
    items: list[Missing] = Field(max_length=100)
    note: str = Field("", max_length=4000)


class HandOver(Body):
    to_account_id: UUID


class Extend(Reason):
    new_due_at: Annotated[AwareDatetime, Field(lt=LAST)]


class Opinion(Body):
    opinion: Literal["agree", "disagree", "remarks"]
    text: str = Field("", max_length=4000)


class Signing(Body):
    dossier_ids: list[UUID] = Field(min_length=1, max_length=50)


class Stars(Body):
    stars: int = Field(ge=1, le=5)
    comment: str = Field("", max_length=1000)


class RatingOut(Schema):
    """What anybody who holds the receipt sees before and after rating."""

    dossier: TrackOut
    may_rate: bool
    stars: int | None


class SignedOut(Schema):
    """What became of one dossier."""

    dossier_id: UUID
    number: str = Field(description="Of the signed document; empty when it was not signed.")
    problem: str = Field(description="The code of the refusal; empty when it was signed.")
    detail: str


class SigningOut(Schema):
    items: list[SignedOut]
