"""``/national-portal``: what arrived from there, for the counter it belongs to; what it could not be told."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.exchange.shapes import (
    ChoicesIn,
    DispatchesOut,
    DispatchOut,
    EnvelopeOut,
    EnvelopePage,
    EnvelopeRow,
    ExchangeFigureOut,
    ExchangeFiguresOut,
    ExchangeReasonIn,
)
from tinhso.api.v1.paging import Cursor, Limit, Order, link_next, page_of_rows
from tinhso.exchange import policies, queries
from tinhso.exchange.actions.ask_again import ask_again
from tinhso.exchange.actions.resend_dispatch import resend_dispatch
from tinhso.exchange.actions.settle_envelope import mark_seen, refuse_envelope, settle_envelope

router = Router(tags=["national portal"], auth=SIGNED_IN)
ORDER = Order("received_at", newest_first=True)
ONE = "/envelopes/{uuid:envelope_id}"
MOST = 100


@router.get("/envelopes", response=EnvelopePage, summary="List what arrived")
def list_envelopes(
    request: HttpRequest,
    response: HttpResponse,
    waiting: Annotated[bool, Query(False, description="Only what still waits.")] = False,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> EnvelopePage:
    """What belongs to one's counter; what belongs to nobody yet, for counters of the province's agencies."""
    policies.require_reader(actor_of(request))
    rows = queries.envelopes(actor=actor_of(request), waiting=waiting)
    items, after = page_of_rows(rows.order_by(*ORDER.by()), order=ORDER, cursor=cursor, limit=limit)
    return EnvelopePage(
        items=[EnvelopeRow.told(one) for one in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get(ONE, response=EnvelopeOut, summary="Read what arrived")
def read_envelope(request: HttpRequest, envelope_id: UUID) -> EnvelopeOut:
    """With its content, why it waits and what officers decided."""
    return _one(request, envelope_id)


@router.get(f"{ONE}/versions", response=EnvelopePage, summary="List versions of one dossier")
def list_versions(request: HttpRequest, envelope_id: UUID) -> EnvelopePage:
    """Every version of the dossier that came, in the order they did, at most 100."""
    actor = actor_of(request)
    code = queries.access_envelope(actor=actor, envelope_id=envelope_id).code
    found = queries.versions_of(actor=actor, code=code)[:MOST]
    return EnvelopePage(items=[EnvelopeRow.told(one) for one in found], next_cursor=None, next=None)


@router.post(f"{ONE}/settle", response=EnvelopeOut, summary="Answer what is in the way")
def post_settle(request: HttpRequest, envelope_id: UUID, body: ChoicesIn) -> EnvelopeOut:
    """Have a dossier made of it by what is chosen."""
    settle_envelope(**by(request), envelope_id=envelope_id, choices=body.chosen())
    return _one(request, envelope_id)


@router.post(f"{ONE}/refuse", response=EnvelopeOut, summary="Not accept what arrived")
def post_refuse(request: HttpRequest, envelope_id: UUID, body: ExchangeReasonIn) -> EnvelopeOut:
    """The portal is told status 3 with the reason."""
    refuse_envelope(**by(request), envelope_id=envelope_id, reason=body.reason)
    return _one(request, envelope_id)


@router.post(f"{ONE}/seen", response=EnvelopeOut, summary="Say that a change was seen")
def post_seen(request: HttpRequest, envelope_id: UUID) -> EnvelopeOut:
    """Of a change that came after filing nothing else comes."""
    mark_seen(**by(request), envelope_id=envelope_id)
    return _one(request, envelope_id)


@router.post(f"{ONE}/ask-again", response=EnvelopeOut, summary="Ask the portal again")
def post_ask(request: HttpRequest, envelope_id: UUID) -> EnvelopeOut:
    """What the portal has now, as an envelope of its own; the same one when nothing changed."""
    found = ask_again(**by(request), envelope_id=envelope_id)
    return EnvelopeOut.whole(found)


@router.get("/dispatches", response=DispatchesOut, summary="List what could not be sent")
def list_dead(request: HttpRequest) -> DispatchesOut:
    """What waits for a human, the oldest first."""
    policies.require_reader(actor_of(request))
    found = queries.dead_dispatches(actor_of(request))[:MOST]
    return DispatchesOut(items=[DispatchOut.told(one) for one in found])


@router.post("/dispatches/{int:number}/resend", response={204: None}, summary="Send it again")
def post_dispatch_again(request: HttpRequest, number: int) -> None:
    """It, and what waits behind it, go out in order."""
    resend_dispatch(**by(request), number=number)


@router.get("/figures", response=ExchangeFiguresOut, summary="Count by unit")
def read_figures(request: HttpRequest) -> ExchangeFiguresOut:
    """How many dossiers of each unit the portal knows whole, waits for, or could not be told."""
    policies.require_officer(actor_of(request))
    found = queries.sync_figures(actor=actor_of(request))
    return ExchangeFiguresOut(items=[ExchangeFigureOut.told(one) for one in found])


def _one(request: HttpRequest, envelope_id: UUID) -> EnvelopeOut:
    return EnvelopeOut.whole(queries.access_envelope(actor=actor_of(request), envelope_id=envelope_id))
