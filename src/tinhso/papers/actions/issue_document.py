"""Issue a document: number it, typeset it, sign it, keep it, and publish how it can be checked."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import files, ledger, sequences
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict
from tinhso.papers import letters, policies
from tinhso.papers.events import DocumentIssued, DocumentSuperseded
from tinhso.papers.keeping import put_by
from tinhso.papers.masking import mask_name
from tinhso.papers.models import IssuedDocument, SigningKey
from tinhso.papers.types import DocumentRequest, DocumentState, IssuedView, SignedBy
from tinhso.papers.views import issued_view, signed_by_json
from tinhso.people import queries as people
from tinhso.people.types import Actor

PDF = "application/pdf"
TOKEN_BYTES = 16  # 128 bits: not to be guessed, short enough for a small QR code


class NotInForce(Conflict):
    """The document has been replaced or revoked already."""

    code = "document-not-in-force"
    message = _(
        "Văn bản số %(number)s đã bị thay thế hoặc thu hồi trước đó. Hãy tải lại trang để xem bản hiện hành."
    )


@transaction.atomic
def issue_document(*, actor: Actor, at: datetime, document: DocumentRequest) -> IssuedView:
    """
    Number, typeset, sign and keep the document. Either all of it happens or none, the number included.

    :raises NotAllowed: the actor holds no post in the agency
    :raises NotFound, NotInForce: the document it replaces is not there, or not in force
    :raises NoSigningKey, TypesettingFailed: see there
    :raises Refusal: see :func:`tinhso.papers.signing.sign`
    """
    replaced = _lock_replaced(actor=actor, document=document)

    policies.require_agency(actor=actor, agency_id=document.agency_id)

    agency = people.agency(document.agency_id)
    seals = letters.seals_for(actor=actor, document=document, agency=agency)

    row = _numbered(document=document, at=at)
    letter = letters.typeset_letter(
        actor=actor, at=at, document=document, agency=agency, number=row.number_text, token=row.token
    )
    pdf, signatures = letters.sign_letter(letter, seals, agency=agency, at=at, officer=actor.full_name)
    _keep(row, pdf, signatures, actor=actor, at=at)
    if document.keeping is not None:
        put_by(row, document.keeping, actor=actor, at=at)
    if replaced is not None:
        _supersede(replaced, by=row, actor=actor, at=at)

    _record(row, signatures, actor=actor, at=at)
    return issued_view(row)


def produce_document(*, actor: Actor, at: datetime, document: DocumentRequest) -> IssuedView:
    """
    Issue a paper that no person signs, such as a receipt; the agency signs it if it has a key.

    :raises Refusal: see :func:`issue_document`
    """
    has_key = SigningKey.objects.filter(agency_id=document.agency_id, is_active=True).exists()
    unsigned = replace(document, sign_as_person=False, sign_as_agency=document.sign_as_agency and has_key)
    return issue_document(actor=actor, at=at, document=unsigned)


def preview_document(*, actor: Actor, at: datetime, document: DocumentRequest) -> bytes:
    """
    Return a PDF of how it would look, under «BẢN XEM TRƯỚC», without number and signatures. Writes nothing.

    :raises NotAllowed: the actor holds no post in the agency
    :raises TypesettingFailed: the template does not compile with these data
    """
    policies.require_agency(actor=actor, agency_id=document.agency_id)
    return letters.preview_letter(actor=actor, at=at, document=document)


def _lock_replaced(*, actor: Actor, document: DocumentRequest) -> IssuedDocument | None:
    if document.supersedes is None:
        return None
    replaced = policies.lock_document(actor=actor, document_id=document.supersedes)
    if replaced.state != DocumentState.VALID or replaced.agency_id != document.agency_id:
        raise NotInForce(number=replaced.number_text)
    return replaced


def _numbered(*, document: DocumentRequest, at: datetime) -> IssuedDocument:
    """Take the next number: one series per agency and year from 1 January (Decree 30/2020, Annex I)."""
    year = local(at).year
    number = sequences.next_number(f"document/{document.agency_id}/{document.series}/{year}")
    return IssuedDocument(
        kind=document.kind,
        title=document.title,
        agency_id=document.agency_id,
        series=document.series,
        year=year,
        number=number,
        notation=document.notation or document.series,
        holder_id=document.holder_person_id,
        holder_mask=_mask(document),
        about_id=document.subject_id,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        valid_until=document.valid_until,
    )


def _mask(document: DocumentRequest) -> str:
    if document.holder_name:
        return mask_name(document.holder_name)
    return mask_name(people.person(document.holder_person_id).full_name) if document.holder_person_id else ""


def _keep(
    row: IssuedDocument, pdf: bytes, signatures: Sequence[SignedBy], *, actor: Actor, at: datetime
) -> None:
    row.file = files.store(content=BytesIO(pdf), media_type=PDF)
    row.sha256 = row.file.sha256
    row.signatures = [signed_by_json(signed) for signed in signatures]
    row.issued_by_id, row.issued_at = actor.account_id, at
    row.save(force_insert=True)


def _supersede(replaced: IssuedDocument, *, by: IssuedDocument, actor: Actor, at: datetime) -> None:
    replaced.state = DocumentState.SUPERSEDED
    replaced.superseded_by = by
    replaced.state_by_id, replaced.state_at = actor.account_id, at
    replaced.save(update_fields=["state", "superseded_by", "state_by", "state_at"])
    event = DocumentSuperseded(document_id=replaced.pk, by_document_id=by.pk)
    ledger.record(actor=actor, at=at, event=event)


def _record(row: IssuedDocument, signatures: Sequence[SignedBy], *, actor: Actor, at: datetime) -> None:
    event = DocumentIssued(
        document_id=row.pk,
        document_kind=row.kind,
        number=row.number_text,
        agency_id=row.agency_id,
        about_id=row.about_id,
        sha256=row.sha256,
        signatures=len(signatures),
        valid_until=row.valid_until,
    )
    ledger.record(actor=actor, at=at, event=event)
