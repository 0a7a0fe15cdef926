"""The one way in to read notices."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tinhso.kernel.prepared import Prepared
from tinhso.kernel.refusals import NotFound
from tinhso.notices import policies
from tinhso.notices.models import Delivery, DeliveryState, Message, Preference
from tinhso.notices.types import Channels, DeliveryView, MessageView
from tinhso.people.shapes import shape_of
from tinhso.people.types import Actor

PAGE = 50


def inbox(*, actor: Actor, before: datetime | None = None, limit: int = 20) -> tuple[MessageView, ...]:
    """Return the actor's messages, newest first. :param before: only older ones, for the next page"""
    rows = Message.objects.visible_to(actor)
    if before:
        rows = rows.filter(made_at__lt=before)
    newest = rows.order_by("-made_at", "-id")[: min(limit, PAGE)]
    return tuple(view_of(row, actor=actor) for row in newest)


def unread_count(*, actor: Actor) -> int:
    """Return how many of the actor's messages nobody opened."""
    return _UNREAD.count(actor=shape_of(actor))


def _unread(actor: Actor) -> QuerySet[Message]:
    return Message.objects.visible_to(actor).filter(read_at__isnull=True)


_UNREAD = Prepared(_unread)


def access_message(*, actor: Actor, message_id: UUID) -> MessageView:
    """Return the message. :raises NotFound: absent, or not the actor's"""
    row = Message.objects.visible_to(actor).filter(pk=message_id).first()
    if row is None:
        raise NotFound
    return view_of(row, actor=actor)


def deliveries_of(*, actor: Actor, message_id: UUID) -> tuple[DeliveryView, ...]:
    """Return by what other ways the message went; none where it is not the actor's."""
    mine = Message.objects.visible_to(actor).filter(pk=message_id)
    return tuple(delivery_view(row) for row in Delivery.objects.filter(message__in=mine).order_by("channel"))


def troubled_deliveries(*, actor: Actor, limit: int = PAGE) -> tuple[DeliveryView, ...]:
    """
    Return what failed or is uncertain, newest first, without text or address.

    :raises NotAllowed: the actor does not operate the system
    """
    policies.require_operator(actor)
    troubled = [DeliveryState.FAILED, DeliveryState.UNCERTAIN]
    rows = Delivery.objects.filter(state__in=troubled).order_by("-claimed_at")
    return tuple(delivery_view(row) for row in rows[: min(limit, PAGE)])


def channels_of(*, actor: Actor) -> Channels:
    """Return by what ways the actor's own person wants to hear."""
    if actor.person_id is None:
        return Channels()
    row = Preference.objects.filter(person_id=actor.person_id).first()
    return Channels(row.email, row.sms) if row else Channels()


def view_of(row: Message, *, actor: Actor) -> MessageView:
    """Return the view in the actor's language; the caller has checked the right."""
    english = actor.language == "en"
    return MessageView(
        id=row.id,
        person_id=row.person_id,
        template=row.template,
        subject=row.subject_en if english else row.subject_vi,
        body=row.body_en if english else row.body_vi,
        link=row.link,
        made_at=row.made_at,
        read_at=row.read_at,
    )


def delivery_view(row: Delivery) -> DeliveryView:
    """Return the view; the caller has checked the right."""
    return DeliveryView(
        id=row.id,
        message_id=row.message_id,
        channel=row.channel,
        state=row.state,
        attempts=row.attempts,
        sent_at=row.sent_at,
        last_error=row.last_error,
    )
