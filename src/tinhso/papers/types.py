"""What other rooms may know of papers and documents: frozen views, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from tinhso.kernel.clock import local


class ScanState(StrEnum):
    """What the virus scanner said. ``not_scanned``: none is configured; officers are told so."""

    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"
    ERROR = "error"


class Flag(StrEnum):
    """What an officer should know before opening the original of a PDF."""

    SIGNED = "signed"
    FORM = "form"
    ATTACHMENT = "attachment"
    LINKS = "links"


class CameFrom(StrEnum):
    """
    How a file came into a dossier; ``dossiers.provenance`` gives these the names of the national list.

    ``wallet``: a result or a digitised paper taken again; ``national_store``: fetched from the national one.
    """

    UPLOAD = "upload"
    DIGITISED = "digitised"
    WALLET = "wallet"
    NATIONAL_STORE = "national_store"


@dataclass(frozen=True, slots=True)
class PaperView:
    """
    An uploaded paper.

    :param file_id: the original, byte for byte as it came
    :param display_id: the copy shown on screen: upright, without place and camera data; pictures only
    :param preview_id: a small picture for lists; pictures only
    :param size: bytes of the original
    :param pages: of a PDF; 1 for a picture
    :param kept: the paper of a person's keeping that this file is
    """

    id: UUID
    owner_person_id: UUID
    file_id: UUID
    display_id: UUID | None
    preview_id: UUID | None
    file_name: str
    media_type: str
    size: int
    pages: int
    sha256: str
    scan: ScanState
    flags: tuple[Flag, ...]
    received_at: datetime
    came_from: CameFrom = CameFrom.UPLOAD
    kept: "KeptView | None" = None


class DocumentState(StrEnum):
    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


class KeptSource(StrEnum):
    """Why a paper is in somebody's keeping: a result issued to them, or paper digitised at a counter."""

    RESULT = "result"
    DIGITISED = "digitised"


@dataclass(frozen=True, slots=True)
class Keeping:
    """
    How an issued document goes into its holder's keeping.

    :param kind: of ``packs/vietnam/paper-kinds.yaml``, or a result code no kind names
    :param organisation_id: whose it is instead of the holder's
    :param owner_person_id: who brought it, where the document names no person as its holder
    :param procedure_code: the procedure it came out of; empty for none
    :param result_code: ``KQ.…``, for a result
    """

    kind: str
    source: KeptSource
    organisation_id: UUID | None = None
    owner_person_id: UUID | None = None
    procedure_code: str = ""
    result_code: str = ""


@dataclass(frozen=True, slots=True)
class KeptView:
    """
    A paper in somebody's keeping (kho giấy tờ).

    :param about_id: the dossier it came out of or was digitised for
    :param token: shares it: whoever has the address may check it and reads nothing more
    :param replaced_by: the document that took its place
    :param reason: why it was revoked
    """

    id: UUID
    kind: str
    source: KeptSource
    title: str
    number: str
    agency_name: str
    owner_person_id: UUID
    owner_name: str
    organisation_id: UUID | None
    organisation_name: str
    procedure_code: str
    result_code: str
    about_id: UUID | None
    document_id: UUID
    token: str
    verify_url: str
    state: DocumentState
    reason: str
    replaced_by: UUID | None
    issued_at: datetime
    valid_until: date | None
    kept_at: datetime
    is_hidden: bool

    def validity(self, *, at: datetime) -> "Validity":
        """Return how it stands at the moment."""
        if self.state is not DocumentState.VALID:
            return Validity(self.state)
        is_over = self.valid_until is not None and local(at).date() > self.valid_until
        return Validity.EXPIRED if is_over else Validity.VALID


class ScanStage(StrEnum):
    """``taken``: waits to be compared with the original; ``signed`` and ``discarded`` are final."""

    TAKEN = "taken"
    SIGNED = "signed"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class ScanView:
    """
    Paper being digitised at a counter.

    :param pages: the files as they came, in order
    :param about_id: part: the form it is for; none when it goes to the person's keeping only
    :param document_id: the signed e-copy
    """

    id: UUID
    owner_person_id: UUID
    organisation_id: UUID | None
    agency_id: UUID
    kind: str
    title: str
    pages: tuple[PaperView, ...]
    about_id: UUID | None
    part: str
    stage: ScanStage
    taken_at: datetime
    document_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class DocumentRequest:
    """
    A document to be issued.

    The template finds ``data`` as given, and beside it ``data.document``: ``number`` («05/KS»),
    ``issued_on`` (``YYYY-MM-DD``), ``issued_at`` (``dd/mm/yyyy HH:MM``), ``place``, ``agency`` with ``name``,
    ``parent``, ``address``, ``phone``, ``email``, ``signer`` with ``name``, ``post``, then ``title``,
    ``verify_url``, ``token``, ``valid_until`` (a day or none);
    and the picture ``/qr.svg``, which opens ``verify_url``.

    :param kind: stable name of what it is, e.g. ``result`` or ``receipt``
    :param template_name: the template's file name, for messages
    :param series: numbering series, one per agency and year
    :param notation: what follows the number, e.g. ``QĐ-UBND``; empty: the series' own name
    :param subject_id: what it decides, e.g. a dossier
    :param holder_person_id: whose paper it is; they may always read it
    :param holder_name: shown masked on the public page; absent: the holder's own name
    :param signer_key: a key of the actor's; absent: the actor's active key
    :param agency_key: a key of the agency's; absent: the agency's active key
    :param sign_as_person: False for a document that carries only the agency's signature, or none
    :param sign_as_agency: False for a paper without a seal
    :param valid_until: last day on which it may be used; None for ever
    :param supersedes: the document this one replaces
    :param extra_files: further files for the template, relative path → content
    :param keeping: how it goes into the holder's keeping; None for a paper nobody hands in again
    :param archival: PDF/A; False where pages of other PDF files go in
    """

    kind: str
    title: str
    template_source: str
    data: Mapping[str, object]
    agency_id: UUID
    series: str
    template_name: str = "document.typ"
    notation: str = ""
    subject_id: UUID | None = None
    holder_person_id: UUID | None = None
    holder_name: str = ""
    signer_key: UUID | None = None
    agency_key: UUID | None = None
    sign_as_person: bool = True
    sign_as_agency: bool = True
    valid_until: date | None = None
    supersedes: UUID | None = None
    extra_files: Mapping[str, bytes] = field(default_factory=dict)
    confined: bool = False
    keeping: Keeping | None = None
    archival: bool = True


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who signed an issued document, as its certificates say."""

    role: str
    name: str
    organisation: str
    signed_at: datetime
    is_test: bool


@dataclass(frozen=True, slots=True)
class IssuedView:
    """
    An issued document.

    :param number: as printed, e.g. ``05/KS``
    :param file_id: the signed PDF
    :param verify_url: the public page that says whether it is valid
    """

    id: UUID
    kind: str
    title: str
    number: str
    agency_id: UUID
    holder_person_id: UUID | None
    subject_id: UUID | None
    file_id: UUID
    sha256: str
    size: int
    token: str
    verify_url: str
    state: DocumentState
    issued_at: datetime
    valid_until: date | None
    signatures: tuple[SignedBy, ...]


class Validity(StrEnum):
    """What the public page says."""

    VALID = "valid"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verification:
    """
    The public record of a document: what anybody holding the paper may know, and no more.

    :param holder: masked, «N. T. B.»
    :param reason: why it was revoked, for the public
    :param replaced_by: token of the document that took its place
    """

    validity: Validity
    kind: str = ""
    title: str = ""
    number: str = ""
    agency: str = ""
    holder: str = ""
    issued_at: datetime | None = None
    valid_until: date | None = None
    signatures: tuple[SignedBy, ...] = ()
    sha256: str = ""
    reason: str = ""
    changed_at: datetime | None = None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """
    What is found about one signature of a file.

    :param kind: ``signature`` or ``time_stamp``
    :param signed_at: what the signer claims; None when not said
    :param timestamp_at: what a trusted time-stamping authority attests
    :param intact: the signed bytes are as they were signed
    :param trusted: the certificate leads to a root we trust and was good when it signed
    :param valid: intact, trusted, and nothing forbidden was added afterwards
    :param covers_whole_file: nothing at all was added afterwards
    :param is_test: the certificate says «Môi trường thử / TEST»
    :param reason_vi: one sentence; the same in English in ``reason_en``
    """

    field: str
    kind: str
    signer_name: str
    signer_org: str
    signed_at: datetime | None
    timestamp_at: datetime | None
    intact: bool
    trusted: bool
    valid: bool
    covers_whole_file: bool
    is_test: bool
    reason_vi: str
    reason_en: str
