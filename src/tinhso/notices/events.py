"""What happens to notices, in the past tense. Identifiers only: no text, no address."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class NoticeEvent(Event):
    subject_kind: ClassVar[str] = "notice"
    subject_field: ClassVar[str] = "message_id"

    message_id: UUID


@dataclass(frozen=True, kw_only=True)
class NoticeWritten(NoticeEvent):
    """A message lies in an inbox, and waits to go out by the other ways."""

    kind: ClassVar[str] = "notice.written"

    template: str
    channels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NoticeSent(NoticeEvent):
    kind: ClassVar[str] = "notice.sent"

    channel: str


@dataclass(frozen=True, kw_only=True)
class NoticeNotSent(NoticeEvent):
    """It did not go out, or nobody knows: ``failed`` or ``uncertain``."""

    kind: ClassVar[str] = "notice.not_sent"

    channel: str
    state: str


@dataclass(frozen=True, kw_only=True)
class NoticeResent(NoticeEvent):
    """An operator had it sent again."""

    kind: ClassVar[str] = "notice.resent"

    channel: str
