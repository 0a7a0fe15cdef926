"""A document before it is a record: its data completed, typeset, and signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.kernel.clock import local
from tinhso.papers import appearances, signing
from tinhso.papers.keys import KeyBackend, holder_name, holder_organisation, holder_unit
from tinhso.papers.models import SigningKey
from tinhso.papers.rules import rules
from tinhso.papers.signing_keys import backend_of, key_of_account, key_of_agency, picture_of
from tinhso.papers.types import DocumentRequest, SignedBy
from tinhso.papers.typesetting import Place, TypesetDocument, qr_svg, typeset_document
from tinhso.papers.verifying import TEST_MARK
from tinhso.papers.views import verify_url
from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView

QR_FILE = "qr.svg"
SIGNER, AGENCY, COPY = "signer", "agency", "copy"
FIELDS = {SIGNER: "Signer", AGENCY: "Agency"}
COMMITTEE = "Ủy ban nhân dân "


@dataclass(frozen=True, slots=True)
class Seal:
    """A key about to sign: as ``signer`` or as ``agency``."""

    role: str
    key: KeyBackend
    picture: bytes | None


def seals_for(*, actor: Actor, document: DocumentRequest, agency: AgencyView) -> tuple[Seal, ...]:
    """
    Return the keys in the order of signing: the person, then the agency.

    :raises NoSigningKey: one is wanted and nobody registered it
    """
    seals = []
    if document.sign_as_person:
        # Only ever the actor's own key: nobody signs with another's.
        row = key_of_account(actor.account_id, key_id=document.signer_key, holder=actor.full_name)
        seals.append(_seal(SIGNER, row))
    if document.sign_as_agency:
        row = key_of_agency(agency.id, key_id=document.agency_key, holder=agency.name)
        seals.append(_seal(AGENCY, row))
    return tuple(seals)


def typeset_letter(
    *, actor: Actor, at: datetime, document: DocumentRequest, agency: AgencyView, number: str, token: str
) -> TypesetDocument:
    """Return the document with its number, date and QR code, before anybody signs it."""
    facts = _facts(actor=actor, at=at, document=document, agency=agency, number=number, token=token)
    return typeset_document(
        document.template_source,
        {**document.data, "document": facts},
        name=document.template_name,
        extra_files={**document.extra_files, QR_FILE: qr_svg(verify_url(token))},
        at=at,
        confined=document.confined,
        archival=document.archival,
    )


def preview_letter(*, actor: Actor, at: datetime, document: DocumentRequest) -> bytes:
    """Return the document as it would look, without number and signatures, under «BẢN XEM TRƯỚC»."""
    agency = people.agency(document.agency_id)
    facts = _facts(actor=actor, at=at, document=document, agency=agency, number="……", token="")
    return typeset_document(
        _watermark("BẢN XEM TRƯỚC") + document.template_source,
        {**document.data, "document": facts},
        name=document.template_name,
        extra_files={**document.extra_files, QR_FILE: qr_svg(verify_url("-"))},
        at=at,
        with_places=False,
        confined=document.confined,
    ).pdf


def sign_letter(
    letter: TypesetDocument, seals: tuple[Seal, ...], *, agency: AgencyView, at: datetime, officer: str = ""
) -> tuple[bytes, tuple[SignedBy, ...]]:
    """
    Return the signed file and who signed it; the file as it is when nobody is to sign.

    :param officer: who made the copy, for the mark of an electronic copy
    :raises Refusal: see :func:`tinhso.papers.signing.sign`
    """
    if not seals:
        return letter.pdf, ()
    signatures = [_signature(letter, seal, seals, agency=agency, at=at, officer=officer) for seal in seals]
    return signing.sign(letter.pdf, signatures=signatures, at=at), tuple(
        _signed_by(seal, at) for seal in seals
    )


def _seal(role: str, row: SigningKey) -> Seal:
    return Seal(role=role, key=backend_of(row), picture=picture_of(row))


def _signature(
    letter: TypesetDocument,
    seal: Seal,
    seals: tuple[Seal, ...],
    *,
    agency: AgencyView,
    at: datetime,
    officer: str,
) -> signing.Signature:
    place = letter.place(SIGNER) or letter.place(AGENCY)
    stamp = _stamp(place, seal, agency=agency, at=at, alone=len(seals) == 1) if place else None
    if (mark := letter.place(COPY)) is not None:
        test = TEST_MARK in holder_unit(seal.key.certificate)
        stamp = appearances.copy_stamp(mark, agency=agency.name, officer=officer, at=at, test=test)
    reasons = {SIGNER: rules().signing.reason_signer, AGENCY: rules().signing.reason_agency}
    return signing.Signature(
        field=FIELDS[seal.role],
        key=seal.key,
        reason=reasons[seal.role],
        location=agency.place,
        stamp=stamp,
    )


def _stamp(place: Place, seal: Seal, *, agency: AgencyView, at: datetime, alone: bool) -> appearances.Stamp:
    certificate = seal.key.certificate
    if seal.role == SIGNER:
        return appearances.signer_stamp(
            place,
            signer=holder_name(certificate),
            agency=holder_organisation(certificate),
            at=at,
            picture=seal.picture,
        )
    return appearances.agency_stamp(
        place,
        agency=holder_name(certificate),
        parent=_parent_name(agency).removeprefix(COMMITTEE),
        at=at,
        test=TEST_MARK in holder_unit(certificate),
        alone=alone,
        picture=seal.picture,
    )


def _signed_by(seal: Seal, at: datetime) -> SignedBy:
    certificate = seal.key.certificate
    return SignedBy(
        role=seal.role,
        name=holder_name(certificate),
        organisation=holder_organisation(certificate),
        signed_at=at,
        is_test=TEST_MARK in holder_unit(certificate),
    )


def _facts(
    *, actor: Actor, at: datetime, document: DocumentRequest, agency: AgencyView, number: str, token: str
) -> Mapping[str, object]:
    """Return ``data.document``; see :class:`DocumentRequest`."""
    here = local(at)
    return {
        "number": number,
        "title": document.title,
        "issued_on": here.date().isoformat(),
        "issued_at": here.strftime("%d/%m/%Y %H:%M"),
        "place": agency.place,
        "agency": {
            "name": agency.name,
            "parent": _parent_name(agency),
            "address": agency.address,
            "phone": agency.phone,
            "email": agency.email,
        },
        "signer": {"name": actor.full_name, "post": _post_in(actor, agency.id)},
        "valid_until": document.valid_until.isoformat() if document.valid_until else None,
        "verify_url": verify_url(token) if token else "",
        "token": token,
    }


def _post_in(actor: Actor, agency_id: UUID) -> str:
    return next((post.title for post in actor.posts if post.agency_id == agency_id), "")


def _parent_name(agency: AgencyView) -> str:
    return people.agency(agency.parent_id).name if agency.parent_id else ""


def _watermark(words: str) -> str:
    return (
        '#set page(foreground: rotate(-38deg, text(font: "Liberation Serif", size: 46pt, weight: "bold", '
        f"fill: rgb(180, 30, 30, 70))[{words}]))\n"
    )
