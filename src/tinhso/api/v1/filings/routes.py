"""``/bundles`` and ``/filings``: several procedures asked for at once."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.dossiers.bodies import Body
from tinhso.api.v1.wording import language_of
from tinhso.definitions.bundles import Bundle
from tinhso.dossiers.actions.file_together import file_together, start_filing
from tinhso.dossiers.filings import Part, access_filing, bundles, parts_of

router = Router(tags=["filings"])


class BundleOut(Schema):
    """Procedures that are asked for together."""

    id: str
    name: str
    summary: str
    procedures: list[str] = Field(description="Codes, in their order.")

    @classmethod
    def told(cls, one: Bundle, language: str) -> "BundleOut":
        return cls(
            id=one.id,
            name=one.name.into(language),
            summary=one.summary.into(language),
            procedures=[member.procedure for member in one.members],
        )


class BundlesOut(Schema):
    items: list[BundleOut]


class FilingIn(Body):
    bundle_id: str = Field(max_length=40)
    unit_code: str = Field(max_length=5, description="The commune whose agencies decide.")


class FilingPartOut(Schema):
    """One member: a form, then a dossier."""

    procedure_code: str
    draft_id: UUID
    dossier_id: UUID | None
    status: str = Field(description="Of the dossier; empty while it is a form.")
    missing: list[str] = Field(description="Questions and papers the form still lacks.")
    waits: bool = Field(description="Filed by itself when the one before it is decided.")

    @classmethod
    def told(cls, part: Part) -> "FilingPartOut":
        return cls(
            procedure_code=part.procedure.code,
            draft_id=part.draft.pk,
            dossier_id=part.dossier.pk if part.dossier else None,
            status=part.dossier.status if part.dossier else "",
            missing=[error.question_id for error in part.errors],
            waits=part.waits,
        )


class FilingOut(Schema):
    id: UUID
    bundle_id: str
    parts: list[FilingPartOut]


@router.get("bundles", response=BundlesOut, summary="List bundles")
def list_bundles(request: HttpRequest) -> BundlesOut:
    """What may be asked for together."""
    return BundlesOut(items=[BundleOut.told(one, language_of(request)) for one in bundles()])


@router.post("filings", auth=SIGNED_IN, response={201: FilingOut}, summary="Begin a filing")
def begin_filing(request: HttpRequest, body: FilingIn) -> tuple[int, FilingOut]:
    """A form for each member; fill them in as `/drafts`."""
    filing_id = start_filing(**by(request), bundle_id=body.bundle_id, unit_code=body.unit_code)
    return 201, read_filing(request, filing_id)


@router.get("filings/{uuid:filing_id}", auth=SIGNED_IN, response=FilingOut, summary="Read a filing")
def read_filing(request: HttpRequest, filing_id: UUID) -> FilingOut:
    """Its forms and dossiers, and what the forms still lack."""
    filing = access_filing(actor=actor_of(request), filing_id=filing_id)
    parts = parts_of(filing, at=by(request)["at"])
    return FilingOut(
        id=filing.pk, bundle_id=filing.bundle, parts=[FilingPartOut.told(part) for part in parts]
    )


@router.post("filings/{uuid:filing_id}/file", auth=SIGNED_IN, response=FilingOut, summary="File it")
def file_filing(request: HttpRequest, filing_id: UUID) -> FilingOut:
    """What comes first is filed now, the others when it is decided; all forms must be complete."""
    file_together(**by(request), filing_id=filing_id)
    return read_filing(request, filing_id)
