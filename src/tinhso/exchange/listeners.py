"""What happens to dossiers is told to the national portal; what becomes known lets arrivals go on."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from tinhso.dossiers.events import (
    DeadlineExtended,
    DossierAccepted,
    DossierDeclined,
    DossierEvent,
    DossierFiled,
    DossierRefused,
    DossierStopped,
    DossierWithdrawn,
    ResultDelivered,
    ResultSigned,
    SupplementAnswered,
    SupplementRequested,
)
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import NATIONAL_CODES, Status
from tinhso.exchange import jobs
from tinhso.exchange.models import Dispatch
from tinhso.exchange.national_portal.client import is_connected
from tinhso.exchange.waiting import waiting_for_organisation
from tinhso.kernel.jobs import defer, defer_all
from tinhso.people import queries as people
from tinhso.people.events import MandateGiven, OrganisationRecorded

# These change what ``DongBoHoSoMC`` says; the others only how far the case is.
CHANGE_THE_DOSSIER = (
    DossierAccepted,
    DossierDeclined,
    SupplementRequested,
    SupplementAnswered,
    DeadlineExtended,
    ResultSigned,
    DossierRefused,
    ResultDelivered,
    DossierWithdrawn,
    DossierStopped,
)


def on_organisation_known(*, event: OrganisationRecorded | MandateGiven, at: datetime) -> None:
    """Open again what waits for this organisation, or for somebody who represents it."""
    del at
    if isinstance(event, MandateGiven):
        organisation_id = event.principal_organisation_id
    else:
        organisation_id = event.organisation_id
    if organisation_id is None or not is_connected():
        return
    tax_code = people.access_organisation(actor=jobs.ACTOR, organisation_id=organisation_id).tax_code
    for envelope_id in waiting_for_organisation(tax_code):
        defer(jobs.open_it, envelope_id=envelope_id)


def on_dossier_event(*, event: DossierEvent, at: datetime) -> None:
    """Note what the portal is to be told, in the transaction of the act; a job sends it afterwards."""
    on_dossier_events(events=[event], at=at)


def on_dossier_events(*, events: Sequence[DossierEvent], at: datetime) -> None:
    """Note what the portal is to be told of many cases at once."""
    if not is_connected():
        return
    fields = ("pk", "code", "national_code", "status", "receiving_agency_id")
    rows = Dossier.objects.filter(pk__in={event.dossier_id for event in events}).values_list(*fields)
    told = {row[0]: row for row in rows}
    dispatches = [one for event in events for one in _dispatches(event, told[event.dossier_id], at=at)]
    Dispatch.objects.bulk_create(dispatches)
    codes = dict.fromkeys(one.code for one in dispatches)
    defer_all(jobs.send, [{"code": code} for code in codes])


def _dispatches(
    event: DossierEvent, row: tuple[UUID, str, str, str, UUID], *, at: datetime
) -> Iterator[Dispatch]:
    dossier_id, code, national_code, status, agency_id = row
    told = {
        "code": national_code or code,
        "dossier_id": dossier_id,
        "agency_id": agency_id,
        "status": NATIONAL_CODES[Status(status)],
        "event": event.kind,
        "happened_at": at,
        "next_at": at,
    }
    is_new = isinstance(event, DossierFiled)
    if is_new or isinstance(event, CHANGE_THE_DOSSIER):
        yield Dispatch(**told, service="dossier", is_first=is_new)
    yield Dispatch(**told, service="progress")
