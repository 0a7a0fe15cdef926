"""``/wallet`` and what forms take from it; where each file of a case came from."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.drafts.shapes import AttachedOut
from tinhso.api.v1.paging import NEXT, NEXT_CURSOR, Cursor, Limit, Order, link_next, page_of_rows
from tinhso.definitions import catalogue
from tinhso.dossiers import queries, wallet
from tinhso.dossiers.actions.reuse_paper import reuse_paper
from tinhso.dossiers.party import into
from tinhso.dossiers.provenance import Provenance, provenance_of
from tinhso.papers.actions.hide_kept import hide_kept, restore_kept
from tinhso.papers.types import KeptView
from tinhso.papers.views import kept_view

router = Router(tags=["wallet"], auth=SIGNED_IN)
ORDER = Order("kept_at", newest_first=True)
Kind = Annotated[str, Query("", max_length=40, description="A kind of paper; empty for all.")]
Words = Annotated[str, Query("", max_length=100, description="Each begins a word of title or number.")]
Hidden = Annotated[bool, Query(False, description="What was put out of sight instead.")]


class KeptOut(Schema):
    """A paper in somebody's keeping."""

    id: UUID
    kind: str = Field(description="Of the list of kinds, else a result code `KQ.…`.")
    source: str = Field(description="`result` or `digitised`.")
    title: str
    number: str
    agency: str
    owner_name: str
    organisation_id: UUID | None
    result_code: str = Field(description="`KQ.…` of a result; empty else.")
    document_id: UUID
    validity: str = Field(description="`valid`, `expired`, `superseded` or `revoked`, now.")
    reason: str = Field(description="Why it was revoked.")
    replaced_by: UUID | None
    issued_at: datetime
    valid_until: date | None
    verify_url: str
    is_hidden: bool

    @classmethod
    def told(cls, kept: KeptView, *, at: datetime) -> "KeptOut":
        return cls(
            id=kept.id,
            kind=kept.kind,
            source=kept.source.value,
            title=kept.title,
            number=kept.number,
            agency=kept.agency_name,
            owner_name=kept.owner_name,
            organisation_id=kept.organisation_id,
            result_code=kept.result_code,
            document_id=kept.document_id,
            validity=kept.validity(at=at).value,
            reason=kept.reason,
            replaced_by=kept.replaced_by,
            issued_at=kept.issued_at,
            valid_until=kept.valid_until,
            verify_url=kept.verify_url,
            is_hidden=kept.is_hidden,
        )


class KeptPage(Schema):
    items: list[KeptOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class ReuseIn(Schema):
    model_config = ConfigDict(extra="forbid")

    requirement: str = Field(max_length=170, description="The part it answers, as under `/drafts/…/papers`.")
    kept_id: UUID


class OffersOut(Schema):
    """Part of the dossier → what could be taken for it."""

    parts: dict[str, list[KeptOut]]


class ProvenanceOut(Schema):
    """How one file was got, under the national names."""

    part: str
    paper_id: UUID
    duoc_so_hoa: bool = Field(description="Made electronic at a counter for this case.")
    duoc_tai_su_dung: bool = Field(description="Taken again from what the person keeps.")
    duoc_lay_tu_kho_dmqg: bool = Field(description="Fetched from the national store.")
    ma_ket_qua_thay_the: str = Field(description="Code of the result that stands for the paper.")
    validity: str = Field(description="How a reused paper stands now; empty for an uploaded one.")

    @classmethod
    def told(cls, one: Provenance, *, at: datetime) -> "ProvenanceOut":
        kept = one.paper.kept
        return cls(
            part=one.part,
            paper_id=one.paper.id,
            duoc_so_hoa=one.digitised,
            duoc_tai_su_dung=one.reused,
            duoc_lay_tu_kho_dmqg=one.from_national_store,
            ma_ket_qua_thay_the=one.replacing_result,
            validity=kept.validity(at=at).value if kept else "",
        )


class ProvenanceListOut(Schema):
    items: list[ProvenanceOut]


@router.get("/wallet", response=KeptPage, summary="List kept papers")
def list_kept(
    request: HttpRequest,
    response: HttpResponse,
    limit: Limit,
    cursor: Cursor,
    kind: Kind,
    q: Words,
    hidden: Hidden,
) -> KeptPage:
    """Results issued to oneself or to whom one acts for, and paper digitised for them, newest first."""
    who = by(request)
    rows = wallet.kept_papers(who["actor"], of_kinds=(kind,) if kind else (), words=q, hidden=hidden)
    found, after = page_of_rows(rows, order=ORDER, cursor=cursor, limit=limit)
    return KeptPage(
        items=[KeptOut.told(kept_view(row), at=who["at"]) for row in found],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/wallet/{uuid:kept_id}", response=KeptOut, summary="Read a kept paper")
def read_kept(request: HttpRequest, kept_id: UUID) -> KeptOut:
    """Its state now, and the document it is."""
    who = by(request)
    return KeptOut.told(wallet.access_kept(actor=who["actor"], kept_id=kept_id), at=who["at"])


@router.post("/wallet/{uuid:kept_id}/hide", response={204: None}, summary="Hide a kept paper")
def post_hiding(request: HttpRequest, kept_id: UUID) -> None:
    """Put it out of sight; it stays what it is. Twice changes nothing."""
    hide_kept(**by(request), kept_id=kept_id)


@router.post("/wallet/{uuid:kept_id}/restore", response={204: None}, summary="Restore a kept paper")
def post_restoring(request: HttpRequest, kept_id: UUID) -> None:
    """Take it back into sight. Twice changes nothing."""
    restore_kept(**by(request), kept_id=kept_id)


@router.get("/drafts/{uuid:draft_id}/offers", response=OffersOut, summary="See what can be reused")
def list_offers(request: HttpRequest, draft_id: UUID) -> OffersOut:
    """For each part of the form, kept papers of a fitting kind that hold today."""
    who = by(request)
    draft = queries.access_draft(actor=who["actor"], draft_id=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure
    files = (question.id for question in procedure.questions() if question.type == "file")
    parts = (*(paper.id for paper in procedure.papers), *files)
    found = wallet.fitting(**who, draft=draft, procedure=procedure, parts=parts)
    told = {part: [KeptOut.told(one, at=who["at"]) for one in several] for part, several in found.items()}
    return OffersOut(parts=told)


@router.post("/drafts/{uuid:draft_id}/reuse", response={201: AttachedOut}, summary="Reuse a kept paper")
def post_reuse(request: HttpRequest, draft_id: UUID, body: ReuseIn) -> AttachedOut:
    """Hand in again what is kept. What was revoked, replaced or has expired is refused."""
    return AttachedOut.told(reuse_paper(**by(request), draft_id=draft_id, **body.model_dump()))


@router.get(
    "/dossiers/{uuid:dossier_id}/provenance",
    response=ProvenanceListOut,
    summary="See how the files were got",
    tags=["dossiers"],
)
def list_provenance(request: HttpRequest, dossier_id: UUID) -> ProvenanceListOut:
    """For each file: digitised, reused, fetched from the national store, standing for a result."""
    who = by(request)
    dossier = queries.access_dossier(actor=actor_of(request), dossier_id=dossier_id)
    found = provenance_of(actor=into(who["actor"], dossier), dossier=dossier)
    return ProvenanceListOut(items=[ProvenanceOut.told(one, at=who["at"]) for one in found])
