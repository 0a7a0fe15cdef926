"""Mẫu 06: who had the case when, and whether each step was in time; from the ledger and the steps."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.form_data import moment
from tinhso.dossiers.models import Dossier, StepRun, Suspension
from tinhso.dossiers.post import arrival_of, return_of
from tinhso.kernel.clock import local
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed
from tinhso.papers.rules import form_rules
from tinhso.papers.typesetting import typeset
from tinhso.people import queries as people
from tinhso.people.types import Actor

EARLY, IN_TIME, LATE = "Trước hạn", "Đúng hạn", "Quá hạn"
_PAUSES = {
    Suspension.Reason.SUPPLEMENT: "Chờ người nộp bổ sung",
    Suspension.Reason.PAYMENT: "Chờ người nộp thực hiện nghĩa vụ tài chính",
}


def control_sheet(*, actor: Actor, at: datetime, dossier_id: UUID) -> bytes:
    """
    Return the sheet as a PDF.

    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: no officer asks; it names officers
    """
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    if not actor.is_officer:
        raise NotAllowed
    rules = form_rules("control")
    procedure = catalogue.of_version(dossier.version_id).procedure
    data = {
        "document": heading(rules.title, dossier.agency_id, at),
        "dossier": {"code": dossier.code},
        "procedure": {"code": procedure.code, "name": procedure.name.vi},
        "form": sheet_of(dossier, procedure, at),
    }
    return typeset(rules.template_source, data, name=rules.template, at=at)


def heading(title: str, agency_id: UUID, at: datetime) -> dict[str, object]:
    """Return what the head of an unnumbered form reads of ``data.document``."""
    agency = people.agency(agency_id)
    parent = people.agency(agency.parent_id).name if agency.parent_id else ""
    return {
        "title": title,
        "issued_on": local(at).date().isoformat(),
        "place": agency.place,
        "number": "",
        "verify_url": "",
        "agency": {
            "name": agency.name,
            "parent": parent,
            "address": agency.address,
            "phone": agency.phone,
        },
        "signer": {"name": "", "post": ""},
    }


def sheet_of(dossier: Dossier, procedure: Procedure, at: datetime) -> dict[str, object]:
    """Return ``data.form`` of the sheet; see the template."""
    extension = getattr(dossier, "extension", None)
    others = {run.agency.name: None for run in dossier.steps.all()}
    others |= {row.agency.name: None for row in dossier.consultations.all()}
    others.pop(dossier.agency.name, None)
    return {
        "applicant": dossier.organisation.name if dossier.organisation else dossier.applicant.full_name,
        "received_at": moment(dossier.accepted_at or dossier.filed_at),
        "due_at": moment(dossier.due_at),
        "agency": dossier.agency.name,
        "post": _post(dossier),
        "others": list(others),
        "rows": list(_rows(dossier, procedure)),
        "pauses": [
            {
                "reason": _PAUSES[Suspension.Reason(pause.reason)],
                "from": moment(pause.started_at),
                "until": moment(pause.ended_at),
            }
            for pause in dossier.suspensions.order_by("started_at")
        ],
        "extension": f"{moment(extension.new_due_at)}. Lý do: {extension.reason}" if extension else "",
        "made_at": moment(at),
    }


def _post(dossier: Dossier) -> list[str]:
    """Return what the post did, one sentence each: what it brought, and what it took."""
    arrival, parcel = arrival_of(dossier.draft), return_of(dossier.draft)
    told = []
    if arrival is not None:
        told.append(
            f"Bưu chính giao hồ sơ lúc {moment(arrival.arrived_at)}, số hiệu {arrival.tracking_number}, "
            f"người gửi {arrival.sender_name}."
        )
    if parcel is not None and parcel.handed_at:
        ended = f", phát lúc {moment(parcel.delivered_at)}" if parcel.delivered_at else ""
        told.append(
            f"Giao bưu chính kết quả lúc {moment(parcel.handed_at)}, số hiệu {parcel.tracking_number}{ended}."
        )
    return told


def timeliness(run: StepRun) -> str:
    """
    Return whether the step was finished in time; empty while it is open, or without hours of its own.

    On the very day its hours run out is «in time», sooner is «early».
    """
    if run.closed_at is None or run.due_at is None:
        return ""
    if run.closed_at > run.due_at:
        return LATE
    return IN_TIME if local(run.closed_at).date() == local(run.due_at).date() else EARLY


def _rows(dossier: Dossier, procedure: Procedure) -> Iterator[dict[str, object]]:
    taken = _claims(dossier)
    giver = dossier.applicant.full_name
    for run in dossier.steps.all():
        closer = run.closed_by.get_full_name() if run.closed_by else ""
        holder = run.holder.get_full_name() if run.holder else closer
        yield {
            "agency": run.agency.name,
            "step": procedure.step(run.step).name.vi,
            "given_at": moment(run.opened_at),
            "given_by": giver,
            "taken_at": moment(_taken(run, taken)),
            "taken_by": holder,
            "ended_at": moment(run.closed_at),
            "result": timeliness(run),
            "note": run.note if run.outcome != StepRun.Outcome.DONE else "",
        }
        giver = closer or giver


def _claims(dossier: Dossier) -> tuple[tuple[str, datetime], ...]:
    """Return step and moment of every claim; the caller has got the dossier through ``visible_to``."""
    entries = LedgerEntry.objects.filter(subject_id=dossier.pk, kind="dossier.step_claimed")
    return tuple((_step(entry.payload), entry.at) for entry in entries.order_by("position"))


def _step(payload: Mapping[str, object]) -> str:
    return str(payload.get("step", ""))


def _taken(run: StepRun, claims: tuple[tuple[str, datetime], ...]) -> datetime | None:
    """Return when the step was taken in hand: claimed, or else finished at once."""
    mine = (
        at
        for step, at in claims
        if step == run.step and at >= run.opened_at and (run.closed_at is None or at <= run.closed_at)
    )
    return next(mine, run.closed_at)
