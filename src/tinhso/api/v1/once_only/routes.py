"""What registers know of oneself, consents, where answers come from, and what data spared people."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.once_only.shapes import (
    ConsentIn,
    ConsentOut,
    ConsentsOut,
    ExtractOut,
    ExtractsOut,
    FiledPage,
    LookOut,
    LooksOut,
    NeedOut,
    NeedsOut,
    OnceOnlyFiguresOut,
    OnceOnlyFiledOut,
    OnceOnlyFilledOut,
    OnceOnlyOut,
    OwnRecordOut,
    OwnRecordsOut,
    SourceOut,
    SourcesOut,
)
from tinhso.api.v1.paging import Cursor, Limit, after_id, link_next, pack
from tinhso.api.v1.wording import language_of
from tinhso.definitions import catalogue
from tinhso.dossiers import effort, queries
from tinhso.dossiers.actions.agree import agree
from tinhso.dossiers.once_only import origins_of_answers
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose
from tinhso.registers import about, consents
from tinhso.registers.actions.consent import revoke_consent
from tinhso.registers.standing_in import stand_ins

router = Router(tags=["once-only"], auth=SIGNED_IN)
Since = Annotated[AwareDatetime | None, Query(None, description="Filed from this moment on.")]
Until = Annotated[AwareDatetime | None, Query(None, description="Filed before this moment.")]


@router.get("/me/records", response=OwnRecordsOut, summary="Read what registers know of oneself")
def list_own_records(request: HttpRequest) -> OwnRecordsOut:
    """Records in force about oneself, with the fields the law shows to their subject."""
    return OwnRecordsOut(
        items=[
            OwnRecordOut(
                register_id=one.definition.id,
                record_id=one.record.id,
                key=one.record.key,
                title=one.record.title,
                values=dict(one.record.values),
                hidden=one.record.hidden,
                source=one.record.source,
                known_from=one.record.known_from,
            )
            for one in about.records_about(**by(request))
        ]
    )


@router.get("/me/register-looks", response=LooksOut, summary="See what registers were asked about oneself")
def list_own_looks(request: HttpRequest) -> LooksOut:
    """Newest first, each with its purpose."""
    found = about.looks_of(actor=actor_of(request), language=language_of(request))
    return LooksOut(
        items=[
            LookOut(
                at=one.at,
                register_id=one.register,
                field=one.field,
                purpose=one.purpose,
                subject_id=one.subject_id,
            )
            for one in found
        ]
    )


@router.get("/me/consents", response=ConsentsOut, summary="List one's consents")
def list_own_consents(request: HttpRequest) -> ConsentsOut:
    """Newest first, those taken back too."""
    found = consents.consents_of(actor=actor_of(request), language=language_of(request))
    return ConsentsOut(
        items=[
            ConsentOut(
                id=one.id,
                register_id=one.register,
                procedure=one.procedure,
                wording=one.wording,
                law=one.law,
                way=one.way,
                given_at=one.given_at,
                revoked_at=one.revoked_at,
            )
            for one in found
        ]
    )


@router.post("/me/consents/{uuid:consent_id}/revoke", response={204: None}, summary="Take a consent back")
def post_consent_revocation(request: HttpRequest, consent_id: UUID) -> None:
    """What was filed before stays; nothing more is looked up."""
    revoke_consent(**by(request), consent_id=consent_id)


@router.get("/drafts/{uuid:draft_id}/consents", response=NeedsOut, summary="See which consents a form lacks")
def list_missing_consents(request: HttpRequest, draft_id: UUID) -> NeedsOut:
    """Each for one register, none bundled."""
    draft = queries.access_draft(actor=actor_of(request), draft_id=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure
    found = consents.missing(procedure, person_id=draft.applicant_id, language=language_of(request))
    return NeedsOut(
        items=[
            NeedOut(
                register_id=one.register,
                wording=one.wording,
                digest=one.digest,
                law=one.law,
                questions=list(one.questions),
            )
            for one in found
        ]
    )


@router.post(
    "/drafts/{uuid:draft_id}/consents",
    response={201: OnceOnlyFilledOut},
    summary="Agree that a register is asked",
)
def post_consent(request: HttpRequest, draft_id: UUID, body: ConsentIn) -> OnceOnlyFilledOut:
    """The form is then filled in with what the register knows."""
    taken = agree(**by(request), draft_id=draft_id, language=language_of(request), **body.model_dump())
    return OnceOnlyFilledOut(answers={one.question: one.value for one in taken})


@router.get("/drafts/{uuid:draft_id}/sources", response=SourcesOut, summary="See where answers come from")
def list_draft_sources(request: HttpRequest, draft_id: UUID) -> SourcesOut:
    """For each answer that a register began: the record, and whether the answer still agrees."""
    draft = queries.access_draft(actor=actor_of(request), draft_id=draft_id)
    return SourcesOut(items=_sources(draft.pk, draft.answers))


@router.get(
    "/dossiers/{uuid:dossier_id}/sources",
    response=SourcesOut,
    summary="See the sources of a dossier",
)
def list_dossier_sources(request: HttpRequest, dossier_id: UUID) -> SourcesOut:
    """As filed: what the register said, and whether the applicant answered otherwise."""
    dossier = queries.access_dossier(actor=actor_of(request), dossier_id=dossier_id)
    return SourcesOut(items=_sources(dossier.draft_id, dossier.answers))


@router.get(
    "/dossiers/{uuid:dossier_id}/extracts", response=ExtractsOut, summary="Read data in the place of papers"
)
def list_extracts(request: HttpRequest, dossier_id: UUID) -> ExtractsOut:
    """As the register said when the dossier was filed. The look is noted for whom it is about."""
    who = by(request)
    dossier = queries.access_dossier(actor=who["actor"], dossier_id=dossier_id)
    papers = {one.id for one in catalogue.of_version(dossier.version_id).procedure.papers}
    wanted = {paper: ids for paper, ids in dossier.by_data.items() if paper in papers}
    found = stand_ins(version_ids=[one for ids in wanted.values() for one in ids]) if wanted else {}
    if found:
        reason = f"Đọc bản trích từ sổ thay giấy tờ, hồ sơ {dossier.code}"
        note_access(
            **who,
            person_id=dossier.applicant_id,
            purpose=AccessPurpose.DOSSIER,
            subject_id=dossier.pk,
            reason=reason,
        )
    return ExtractsOut(
        items=[
            ExtractOut(
                paper=paper,
                register_id=view.register,
                record_id=view.id,
                key=view.key,
                number=view.number,
                values=dict(view.values),
                known_from=view.known_from,
                changed_since=view.known_to is not None,
            )
            for paper, ids in wanted.items()
            for one in ids
            if (view := found.get(one)) is not None
        ]
    )


@router.get("/once-only", response=OnceOnlyOut, summary="Read what filings asked and were spared")
def list_once_only(request: HttpRequest, since: Since, until: Until) -> OnceOnlyOut:
    """By procedure, of the dossiers who asks may see; counted when they were filed."""
    found = effort.figures_of(actor=actor_of(request), since=since, until=until)
    names = OnceOnlyFiguresOut.model_fields
    return OnceOnlyOut(
        items=[OnceOnlyFiguresOut(**{name: getattr(one, name) for name in names}) for one in found]
    )


@router.get("/once-only/{code}/dossiers", response=FiledPage, summary="List the filings behind the figures")
def list_once_only_filings(
    request: HttpRequest,
    response: HttpResponse,
    code: str,
    limit: Limit,
    cursor: Cursor,
    since: Since,
    until: Until,
) -> FiledPage:
    """Of one procedure, the newest first."""
    found, last = effort.filings_of(
        actor=actor_of(request),
        procedure_code=code,
        since=since,
        until=until,
        after=after_id(cursor),
        limit=limit,
    )
    after = pack(str(last)) if last else None
    names = OnceOnlyFiledOut.model_fields
    items = [OnceOnlyFiledOut(**{name: getattr(one, name) for name in names}) for one in found]
    return FiledPage(items=items, next_cursor=after, next=link_next(request, response, after))


def _sources(subject_id: UUID, answers: dict[str, object]) -> list[SourceOut]:
    found = origins_of_answers(subject_id=subject_id, answers=answers)
    return [
        SourceOut(
            question=name,
            register_id=one.known.register,
            record_id=one.known.record_id,
            key=one.known.key,
            field=one.known.field,
            value=one.known.value,
            known_from=one.known.known_from,
            agrees=one.agrees,
        )
        for name, one in found.items()
    ]
