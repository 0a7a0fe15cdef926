"""The mailbox behind the SMTP server: one file a message."""

import threading
from asyncio import WriteTransport
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from pathlib import Path
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

MOODS = ("ok", "down", "reject", "break")


@dataclass(frozen=True)
class Mood:
    """
    What happens to the next messages.

    :param kind: ``ok``; ``down``: 451; ``reject``: 550 for the recipient; ``break``: taken, then silence
    :param times: for how many of them
    """

    kind: str = "ok"
    times: int = 0


@dataclass(frozen=True)
class Letter:
    """A message that was taken, as a reader sees it."""

    id: str
    to: str
    subject: str
    date: str
    message_id: str
    text: str


class Mailbox:
    """Keeps messages in a folder and answers aiosmtpd's hooks."""

    def __init__(self, folder: Path) -> None:
        self.mood = Mood()
        self._folder = folder
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def letters(self) -> list[Letter]:
        """Return what was taken, newest first."""
        return [_read(path) for path in sorted(self._folder.glob("*.eml"), reverse=True)]

    def letter(self, letter_id: str) -> Letter | None:
        """Return one message."""
        path = self._folder / f"{letter_id}.eml"
        return _read(path) if letter_id.isdigit() and path.exists() else None

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        if self.mood.times and self.mood.kind == "reject":
            self._count()
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        mood = self.mood.kind if self.mood.times else "ok"
        if mood != "ok":
            self._count()
        if mood == "down":
            return "451 Try again later"
        self._keep(cast(bytes, envelope.original_content))
        if mood == "break" and isinstance(server.transport, WriteTransport):
            server.transport.abort()
        return "250 Taken"

    def _keep(self, content: bytes) -> None:
        with self._lock:
            number = len(list(self._folder.glob("*.eml"))) + 1
            (self._folder / f"{number:06d}.eml").write_bytes(content)

    def _count(self) -> None:
        self.mood = replace(self.mood, times=self.mood.times - 1)


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(preferencelist=("plain", "html"))
    return Letter(
        id=path.stem,
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")).strip(),
        date=str(message.get("Date", "")),
        message_id=str(message.get("Message-ID", "")),
        text=body.get_content() if body else "",
    )
