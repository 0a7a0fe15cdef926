"""``/tracking``: where does it stand; open to everybody who knows the code."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from tinhso.api.v1.asking import actor_of
from tinhso.api.v1.trying import LIMITED, require_within
from tinhso.api.v1.wording import language_of
from tinhso.dossiers import queries
from tinhso.dossiers.statuses import NATIONAL_CODES
from tinhso.dossiers.tracking import LONGEST_CODE, Place, PublicView, normalised, public_view
from tinhso.edge.limits import TRACK
from tinhso.kernel.refusals import NotFound
from tinhso.people.models import Agency
from tinhso.people.types import Actor

router = Router(tags=["tracking"])

Code = Annotated[
    str,
    Query(..., min_length=1, max_length=2 * LONGEST_CODE, examples=["000.00.44.H49-261121-0003"]),
]


class OfficeOut(Schema):
    """Whom to ask."""

    name: str
    address: str
    phone: str


class TrackPlaceOut(Schema):
    """How far the case is."""

    current: int
    total: int
    agency_name: str

    @classmethod
    def told(cls, place: Place, language: str) -> "TrackPlaceOut":
        return cls(current=place.current, total=place.total, agency_name=_name_of(place.agency, language))


class TrackOut(Schema):
    """What anybody may know (Circular 01/2018/TT-VPCP Article 16): no name, no paper, not what for."""

    code: str
    status: str = Field(description="As of a dossier; of a result nobody is told whether it was granted.")
    status_text: str
    national_status: int
    progress: TrackPlaceOut | None = Field(description="Null when the case is over.")
    office: OfficeOut
    filed_at: datetime
    due_at: datetime | None = Field(description="Null while the clock stands still, and after the decision.")
    finished_at: datetime | None
    dossier_id: UUID | None = Field(
        description="For whom it concerns: read the whole under `/dossiers`. Null for everybody else."
    )

    @classmethod
    def told(cls, public: PublicView, *, dossier_id: UUID | None, language: str) -> "TrackOut":
        agency = public.agency
        return cls(
            code=public.code,
            status=public.state.value,
            status_text=str(public.state.label),
            national_status=NATIONAL_CODES[public.state],
            progress=TrackPlaceOut.told(public.place, language) if public.place else None,
            office=OfficeOut(name=_name_of(agency, language), address=agency.address, phone=agency.phone),
            filed_at=public.filed_at,
            due_at=public.due_at,
            finished_at=public.finished_at,
            dossier_id=dossier_id,
        )


@router.get("", response=TrackOut, summary="Track by code", openapi_extra=LIMITED)
def track_dossier(request: HttpRequest, code: Code) -> TrackOut:
    """Status and degree of completion. Spaces, dashes and letters may be typed as they come from paper."""
    require_within(request, TRACK)
    written = normalised(code)
    public = public_view(queries.public_by_code(written))
    own = _whole(actor_of(request), written)
    return TrackOut.told(public, dossier_id=own, language=language_of(request))


def _whole(actor: Actor, code: str) -> UUID | None:
    """Return the dossier's id to whoever may read all of it."""
    if actor.account_id is None:
        return None
    try:
        return queries.dossier_by_code(actor=actor, code=code).pk
    except NotFound:
        return None


def _name_of(agency: Agency, language: str) -> str:
    return agency.name_en if language == "en" and agency.name_en else agency.name
