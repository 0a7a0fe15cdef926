"""The only ways in to read. Whoever asks is always named."""

from uuid import UUID

from django.db.models import Case, Count, QuerySet, When

from tinhso.dossiers.models.dossier import oversees
from tinhso.exchange.models import WAITING, Dispatch, DispatchState, Envelope, EnvelopeState
from tinhso.exchange.types import SyncFigure
from tinhso.kernel.refusals import NotFound
from tinhso.people import queries as people
from tinhso.people.types import Actor, ActorKind

COUNTER = "one_stop"


def envelopes(*, actor: Actor, waiting: bool = True) -> QuerySet[Envelope]:
    """Return what came, newest first; only what still waits unless told otherwise, humans' work first."""
    rows = Envelope.objects.visible_to(actor).select_related("agency", "dossier")
    if not waiting:
        return rows.order_by("-received_at", "-id")
    later = Case(When(state=EnvelopeState.NEEDS_HUMAN, then=0), default=1)
    return rows.filter(state__in=WAITING).order_by(later, "received_at", "id")


def access_envelope(*, actor: Actor, envelope_id: UUID) -> Envelope:
    """:raises NotFound: absent, or not visible to the actor; the two are never told apart"""
    rows = Envelope.objects.visible_to(actor).select_related("agency", "dossier", "settled_by")
    envelope = rows.filter(pk=envelope_id).first()
    if envelope is None:
        raise NotFound
    return envelope


def versions_of(*, actor: Actor, code: str) -> QuerySet[Envelope]:
    """Return every version of one dossier that came, in the order they did."""
    return Envelope.objects.visible_to(actor).filter(code=code).order_by("received_at", "id")


def dead_dispatches(actor: Actor) -> QuerySet[Dispatch]:
    """Return what could not be sent and waits for a human, oldest first."""
    rows = Dispatch.objects.visible_to(actor).filter(state=DispatchState.DEAD)
    return rows.select_related("dossier", "agency").order_by("number")


def sync_figures(*, actor: Actor) -> tuple[SyncFigure, ...]:
    """
    Return how dossiers stand with the portal, agency by agency (Decision 766, index 1.4).

    An officer gets those of the agencies they have a post in; oversight and the system every one there is.
    """
    wanted = {one.id: one.name for one in people.agencies()}
    if actor.kind is not ActorKind.SYSTEM and not (actor.is_officer and oversees(actor)):
        wanted = {post.agency_id: post.agency_name for post in actor.posts}
    firsts = _count(Dispatch.objects.filter(is_first=True), wanted)
    left = Dispatch.objects.exclude(state=DispatchState.SENT).filter(dossier__isnull=False)
    dead = left.filter(state=DispatchState.DEAD)
    failed = _count(dead, wanted)
    waiting = _count(left.exclude(dossier__in=dead.values("dossier")), wanted)
    return tuple(
        SyncFigure(
            agency_id=agency_id,
            agency_name=wanted[agency_id],
            synced=count - waiting.get(agency_id, 0) - failed.get(agency_id, 0),
            waiting=waiting.get(agency_id, 0),
            failed=failed.get(agency_id, 0),
        )
        for agency_id, count in sorted(firsts.items(), key=lambda item: wanted[item[0]])
    )


def _count(rows: QuerySet[Dispatch], wanted: dict[UUID, str]) -> dict[UUID, int]:
    found = rows.filter(agency_id__in=wanted).values_list("agency_id")
    return dict(found.annotate(count=Count("dossier", distinct=True)).values_list("agency_id", "count"))
