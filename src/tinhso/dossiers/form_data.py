"""What the one-stop forms 01–05 say of a case; their templates list the names."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import segno
from django.conf import settings

from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Dossier, DossierDocument
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.post import arrival_of, return_of
from tinhso.dossiers.time_limits import in_words, limit_of
from tinhso.dossiers.types import MissingItem
from tinhso.forms import engine
from tinhso.kernel.clock import local
from tinhso.papers.models import IssuedDocument
from tinhso.payments import queries as payments
from tinhso.people import queries as people
from tinhso.people.types import Actor, system

_KINDS = {Channel.ONLINE: "bản điện tử", Channel.COUNTER: "bản giấy", Channel.POST: "bản giấy"}


def form_data(
    *,
    actor: Actor,
    dossier: Dossier,
    procedure: Procedure,
    kind: DossierDocument.Kind,
    address: str,
    reason: str = "",
    items: Sequence[MissingItem] = (),
    lines: Sequence[tuple[str, int]] = (),
    about: IssuedDocument | None = None,
) -> dict[str, object]:
    """
    Return ``data.form`` of a form.

    :param address: where the applicant lives, in words
    :param lines: what is to be paid, and whole đồng
    :param about: the document that is taken out of force
    """
    common: dict[str, object] = {"address": address, "reason": reason}
    if kind == DossierDocument.Kind.RECEIPT:
        return common | _receipt(actor=actor, dossier=dossier, procedure=procedure)
    if kind == DossierDocument.Kind.SUPPLEMENT:
        return common | {"items": [{"name": item.text} for item in items]}
    if kind == DossierDocument.Kind.DUTY:
        duties = [{"name": name, "amount": amount} for name, amount in lines]
        return common | {"duties": duties, "total": sum(amount for _name, amount in lines)}
    if about is not None:
        return common | {
            "title": about.title,
            "number": about.number_text,
            "issued_on": f"{local(about.issued_at):%d/%m/%Y}",
        }
    if kind == DossierDocument.Kind.APOLOGY:
        old, new = dossier.extension.old_due_at, dossier.extension.new_due_at
        received = dossier.accepted_at or dossier.filed_at
        return common | {
            "old_due_at": moment(old),
            "new_due_at": moment(new),
            "received_at": f"{local(received):%d/%m/%Y}",
        }
    return common


def track_picture(dossier: Dossier) -> bytes:
    """Return the QR code of the page where the case is followed and, once it is closed, rated."""
    target = BytesIO()
    segno.make(track_url(dossier), error="m").save(target, kind="svg", border=2)
    return target.getvalue()


def track_url(dossier: Dossier) -> str:
    """Return the address only the holder of the receipt knows."""
    return f"{settings.TINHSO.base_url}/danh-gia/{dossier.rating_token}/"


def moment(at: datetime | None) -> str:
    """Write a moment as forms do."""
    return f"{local(at):%d/%m/%Y %H:%M}" if at else ""


def _receipt(*, actor: Actor, dossier: Dossier, procedure: Procedure) -> dict[str, object]:
    return {
        "parts": _parts(dossier=dossier, procedure=procedure),
        "sets": 1,
        "time_limit": in_words(limit_of(dossier, procedure), "vi"),
        "received_at": moment(dossier.accepted_at),
        "due_at": moment(dossier.due_at),
        "return_at": _place_of_return(dossier),
        "fee": _fee(dossier),
        "submitted_by": _submitter(dossier),
        "parcel": _parcel(dossier),
        "national_code": dossier.national_code or "",
        "received_by": actor.full_name,
        "track_url": track_url(dossier),
    }


def _parts(*, dossier: Dossier, procedure: Procedure) -> list[dict[str, object]]:
    kind = _KINDS[Channel(dossier.channel)]
    named = engine.part_names(procedure, dossier.answers, "vi")
    handed_in = ((name, dossier.papers.get(part, [])) for part, name in named.items())
    return [{"name": name, "count": len(ids), "kind": kind} for name, ids in handed_in if ids]


def _place_of_return(dossier: Dossier) -> str:
    parcel = return_of(dossier.draft)
    if parcel is not None:
        return f"Bưu chính phát đến {parcel.recipient}, {parcel.address}, điện thoại {parcel.phone}"
    if dossier.channel == Channel.ONLINE:
        return "Tài khoản của người nộp trên trang dịch vụ công"
    return people.agency(dossier.receiving_agency_id).name


def _submitter(dossier: Dossier) -> str:
    """Return who handed it in: for what the post brought, the sender."""
    arrival = arrival_of(dossier.draft)
    return arrival.sender_name if arrival else dossier.applicant.full_name


def _parcel(dossier: Dossier) -> str:
    """Return the number of the parcel the dossier came in, and when the post brought it; empty for none."""
    arrival = arrival_of(dossier.draft)
    return f"{arrival.tracking_number}, giao lúc {moment(arrival.arrived_at)}" if arrival else ""


def _fee(dossier: Dossier) -> int | None:
    bills = payments.bills_of_subject(actor=system("forms"), subject_id=dossier.id)
    return sum(bill.total for bill in bills if bill.is_open or bill.is_paid) or None
