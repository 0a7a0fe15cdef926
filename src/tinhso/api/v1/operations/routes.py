"""``/operations``: figures of the room; for everybody without small numbers, for officers with counters."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.operations.shapes import (
    AlertListOut,
    AttentionOut,
    OperationsNoteIn,
    RoomOut,
    alert_out,
    group_out,
    league_out,
    live_out,
    tile_out,
)
from tinhso.api.v1.wording import language_of
from tinhso.kernel.clock import local
from tinhso.operations import attention, policies
from tinhso.operations.actions.acknowledge import acknowledge_alert
from tinhso.operations.alerts import list_alerts
from tinhso.operations.league import league
from tinhso.operations.live import live
from tinhso.operations.public import public_league, public_reading
from tinhso.operations.reading import board, tab
from tinhso.operations.tiles import readings

router = Router(tags=["operations"])


@router.get("/operations", response=RoomOut, summary="Read a tab of the operations room")
def read_room(request: HttpRequest, tab_id: str = "") -> RoomOut:
    """The first without `tab_id`. Who is no officer gets the public edition, without small numbers."""
    asked, shown, laid, language = by(request), tab(tab_id), board(), language_of(request)
    today = local(asked["at"]).date()
    told, placed = readings(shown, today=today), league(shown, laid, today=today)
    is_public = not policies.sees_room(asked["actor"])
    if is_public:
        told = tuple(public_reading(one) for one in told)
        placed = public_league(placed) if placed else None
    return RoomOut(
        tab=shown.id,
        name=shown.name.into(language),
        at=asked["at"],
        live=None if is_public else live_out(live(at=asked["at"], field=shown.field)),
        tiles=[tile_out(one, language) for one in told],
        league=league_out(placed, language) if placed else None,
        is_public=is_public,
    )


@router.get(
    "/operations/attention", auth=SIGNED_IN, response=AttentionOut, summary="Read what needs attention now"
)
def read_attention(request: HttpRequest) -> AttentionOut:
    """Open dossiers you may see that are overdue, due today or held long, by agency and procedure."""
    policies.require_room(actor_of(request))
    return AttentionOut(items=[group_out(one) for one in attention.groups(**by(request))])


@router.get("/operations/alerts", auth=SIGNED_IN, response=AlertListOut, summary="List alerts on thresholds")
def read_alerts(request: HttpRequest) -> AlertListOut:
    """Those that go on first, then the newest."""
    return AlertListOut(items=[alert_out(one) for one in list_alerts(actor=actor_of(request))])


@router.post(
    "/operations/alerts/{uuid:alert_id}/acknowledgement",
    auth=SIGNED_IN,
    response={204: None},
    summary="Take note of an alert",
)
def post_acknowledgement(request: HttpRequest, alert_id: UUID, body: OperationsNoteIn) -> None:
    """Once, with a word on what is being done, by who was told of it or oversees the province."""
    acknowledge_alert(**by(request), alert_id=alert_id, note=body.note)
