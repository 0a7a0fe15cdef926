"""Tell the portal the next thing about a dossier."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tinhso.exchange import jobs
from tinhso.exchange.models import Dispatch, DispatchState
from tinhso.exchange.national_portal.client import (
    PortalRefused,
    PortalUnreachable,
    is_connected,
    the_portal,
)
from tinhso.exchange.national_portal.rules import backoff, portal_rules
from tinhso.exchange.national_portal.writing import dossier_payload, progress_payload
from tinhso.kernel.jobs import defer_at
from tinhso.people import policies
from tinhso.people.types import Actor

_KNOWN = ("dossier__agency", "dossier__receiving_agency", "dossier__applicant", "dossier__organisation")


@transaction.atomic
def send_dispatch(*, actor: Actor, at: datetime, code: str) -> bool:
    """
    Send the oldest thing the portal was not told yet; say whether there may be a next one.

    One that did not go keeps the later ones back: the portal sees every dossier in order. Sending it twice,
    as after a crash, tells the portal the same again.

    :raises NotAllowed: anybody but the system asks
    """
    rows = Dispatch.objects.filter(code=code).exclude(state=DispatchState.SENT).order_by("number")
    # Whoever else is sending for this dossier holds the first row; there is nothing to do beside them.
    first = rows.select_for_update(of=("self",), skip_locked=True).select_related(*_KNOWN).first()

    policies.require_system(actor)

    if first is None or not is_connected() or first.number != rows.values_list("number", flat=True).first():
        return False
    if first.state == DispatchState.DEAD or first.next_at > at:
        return False

    first.tries += 1
    try:
        _send(first)
    except PortalRefused as answer:
        first.state, first.error = DispatchState.DEAD, str(answer)[:300]
    except PortalUnreachable as problem:
        _put_off(first, str(problem), at=at)
    else:
        first.state, first.sent_at, first.error = DispatchState.SENT, at, ""
    first.save()
    return first.state == DispatchState.SENT


def _send(dispatch: Dispatch) -> None:
    services = portal_rules().services
    if dispatch.service == "progress":
        the_portal().send(services.progress, [progress_payload(dispatch)], is_update=None)
        return
    # What was filed on the portal is known there from the beginning.
    is_update = not dispatch.is_first or _came_from_there(dispatch)
    the_portal().send(services.dossier, [_whole(dispatch)], is_update=is_update)


def _whole(dispatch: Dispatch) -> Mapping[str, Any]:
    assert dispatch.dossier is not None, "only a refusal has no dossier, and it is progress"
    return dossier_payload(dispatch.dossier, status=dispatch.status)


def _came_from_there(dispatch: Dispatch) -> bool:
    return dispatch.dossier is not None and dispatch.dossier.came_from_portal


def _put_off(dispatch: Dispatch, error: str, *, at: datetime) -> None:
    sending = portal_rules().sending
    dispatch.error = error[:300]
    if dispatch.tries >= sending.tries:
        dispatch.state = DispatchState.DEAD
        return
    dispatch.next_at = at + backoff(dispatch.tries, slowest=timedelta(minutes=sending.slowest_minutes))
    defer_at(jobs.send, dispatch.next_at, code=dispatch.code)
