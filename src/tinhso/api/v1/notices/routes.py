"""``/notices``: the inbox."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.paging import NEXT, NEXT_CURSOR, Cursor, Limit, Order, link_next, page_of_rows
from tinhso.notices import queries as notices
from tinhso.notices.actions.mark_read import mark_read
from tinhso.notices.models import Message
from tinhso.notices.types import MessageView

router = Router(tags=["notices"], auth=SIGNED_IN)
ORDER = Order("made_at", newest_first=True)


class NoticeMessageOut(Schema):
    """A message in the inbox."""

    id: UUID
    person_id: UUID | None = Field(description="The citizen it is for; null: to an officer's account.")
    kind: str = Field(description="Name of the template, e.g. `dossier_accepted`.")
    subject: str
    body: str
    link: str = Field(description="A path of this site, or empty.")
    made_at: datetime
    read_at: datetime | None

    @classmethod
    def told(cls, view: MessageView) -> "NoticeMessageOut":
        return cls(
            id=view.id,
            person_id=view.person_id,
            kind=view.template,
            subject=view.subject,
            body=view.body,
            link=view.link,
            made_at=view.made_at,
            read_at=view.read_at,
        )


class MessagePage(Schema):
    items: list[NoticeMessageOut]
    unread: int = Field(description="How many nobody opened, in the whole inbox.")
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


@router.get("", response=MessagePage, summary="List messages")
def list_messages(request: HttpRequest, response: HttpResponse, limit: Limit, cursor: Cursor) -> MessagePage:
    """Messages to oneself and to whom one acts for, newest first."""
    actor = actor_of(request)
    rows = Message.objects.visible_to(actor)
    items, after = page_of_rows(rows, order=ORDER, cursor=cursor, limit=limit)
    return MessagePage(
        items=[NoticeMessageOut.told(notices.view_of(row, actor=actor)) for row in items],
        unread=notices.unread_count(actor=actor),
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/{uuid:message_id}", response=NoticeMessageOut, summary="Read a message")
def read_message(request: HttpRequest, message_id: UUID) -> NoticeMessageOut:
    """One message; reading it here does not mark it as opened."""
    return NoticeMessageOut.told(notices.access_message(actor=actor_of(request), message_id=message_id))


@router.post("/{uuid:message_id}/read", response=NoticeMessageOut, summary="Mark as opened")
def post_read(request: HttpRequest, message_id: UUID) -> NoticeMessageOut:
    """Note when it was first opened; opened again, the first moment stays."""
    mark_read(**by(request), message_id=message_id)
    return NoticeMessageOut.told(notices.access_message(actor=actor_of(request), message_id=message_id))
