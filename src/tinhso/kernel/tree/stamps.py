"""
Time stamps: an authority that is not us says when it saw a checkpoint.

Which authority, and how its answers are judged, the rooms above know; the wiring appoints it.
"""

from datetime import datetime
from typing import Protocol

from tinhso.kernel.models import LedgerCheckpoint, LedgerStamp

_appointed: list["Authority"] = []


class BadStamp(Exception):  # noqa: N818  (named by what is wrong)
    """The time stamp is not of these bytes, or of nobody we trust."""


class NoStamp(Exception):  # noqa: N818  (named by what is wrong)
    """The authority gave none; it is asked again later."""


class Authority(Protocol):
    """Who stamps."""

    def stamp(self, content: bytes) -> bytes:
        """Return the token (DER) over the content. :raises NoStamp: there was none"""

    def stamped_at(self, content: bytes, token: bytes) -> datetime:
        """Return the moment a token tells. :raises BadStamp: it is not of the content, or not trusted"""


def appoint(authority: Authority) -> None:
    """Ask this one from now on."""
    _appointed[:] = [authority]


def authority() -> Authority:
    """:raises NoStamp: none was appointed"""
    if not _appointed:
        raise NoStamp("no time-stamping authority was appointed")
    return _appointed[0]


def stamp() -> int:
    """
    Have the latest checkpoint stamped, unless it is; return its size, 0 where there was nothing to do.

    :raises NoStamp, BadStamp: the authority did not answer, or not with a stamp of the checkpoint
    """
    checkpoint = LedgerCheckpoint.objects.order_by("-size").first()
    if checkpoint is None or LedgerStamp.objects.filter(checkpoint=checkpoint).exists():
        return 0
    content = checkpoint.note.encode()
    token = authority().stamp(content)
    LedgerStamp.objects.get_or_create(
        checkpoint=checkpoint,
        defaults={"token": token, "stamped_at": authority().stamped_at(content, token)},
    )
    return checkpoint.size
