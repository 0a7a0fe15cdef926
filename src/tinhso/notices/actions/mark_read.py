"""Note that a message was opened."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel.refusals import NotFound
from tinhso.notices.models import Message
from tinhso.notices.queries import view_of
from tinhso.notices.types import MessageView
from tinhso.people.types import Actor


@transaction.atomic
def mark_read(*, actor: Actor, at: datetime, message_id: UUID) -> MessageView:
    """
    Note when the message was first opened; opened again, the first moment stays.

    Reading one's own mail is nobody's business: the ledger hears nothing of it.

    :raises NotFound: absent, or not the actor's
    """
    row = Message.objects.visible_to(actor).select_for_update().filter(pk=message_id).first()

    if row is None:
        raise NotFound

    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
    return view_of(row, actor=actor)
