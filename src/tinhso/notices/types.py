"""What others may know of notices: frozen views, never rows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """
    The message by another way.

    :param state: ``waiting``, ``sending``, ``sent``, ``failed`` or ``uncertain``
    """

    id: UUID
    message_id: UUID
    channel: str
    state: str
    attempts: int
    sent_at: datetime | None
    last_error: str


@dataclass(frozen=True, slots=True)
class MessageView:
    """
    A message in the inbox, in the reader's language.

    :param person_id: the citizen it is for; None for an officer's
    :param link: a path of this site, or empty
    """

    id: UUID
    person_id: UUID | None
    template: str
    subject: str
    body: str
    link: str
    made_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Channels:
    """By what ways, besides the inbox, a person wants to hear."""

    email: bool = True
    sms: bool = True
