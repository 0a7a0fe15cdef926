"""SMS: how long a text really is, and the gateway that sends it."""

from dataclasses import dataclass
from math import ceil
from typing import Protocol

import httpx
from django.conf import settings

from tinhso.kernel.text import without_marks
from tinhso.notices.sending import NotSent, Rejected

# 3GPP TS 23.038: the default alphabet, and what costs two places in it.
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_DOUBLE = set("^{}\\[~]|€\f")
PLAIN = str.maketrans({"₫": "d", "–": "-", "…": "...", "«": '"', "»": '"', "“": '"', "”": '"', "’": "'"})
TIMEOUT_SECONDS = 15


def compose(words: str, *, link: str, unaccented: bool) -> str:
    """Return the text to send. Without marks it fits 160 places a segment instead of 70."""
    text = f"{words} {link}".strip()
    return without_marks(text).translate(PLAIN) if unaccented else text


def segments(text: str) -> int:
    """
    Return how many messages an operator charges for.

    160 places in the GSM alphabet, 70 in UCS-2 (any letter with Vietnamese marks); joined ones lose a few
    each to the header: 153 and 67. Characters outside the basic plane take two places.
    """
    if set(text) <= GSM | GSM_DOUBLE:
        places = sum(2 if letter in GSM_DOUBLE else 1 for letter in text)
        alone, joined = 160, 153
    else:
        places = len(text.encode("utf-16-be")) // 2
        alone, joined = 70, 67
    return 1 if places <= alone else ceil(places / joined)


class SmsGateway(Protocol):
    """Something that sends short messages."""

    def send(self, *, to: str, text: str, key: str) -> str:
        """
        Hand the message over; return the gateway's number for it.

        :param key: the same key is sent once, however often it is handed over
        :raises NotSent: not now; the same may be handed over again
        :raises Rejected: never, e.g. the number does not exist
        """


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """A gateway that speaks the contract of ``docs/notices.md``."""

    url: str
    token: str = ""

    def send(self, *, to: str, text: str, key: str) -> str:
        headers = {"Idempotency-Key": key}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            answer = httpx.post(
                f"{self.url}/messages",
                json={"to": to, "text": text},
                headers=headers,
                timeout=TIMEOUT_SECONDS,
            )
        except httpx.HTTPError as problem:
            raise NotSent(type(problem).__name__) from problem
        return _number(answer)


def the_gateway() -> SmsGateway:
    """Return the gateway of this installation."""
    token = settings.TINHSO.sms_token
    return HttpGateway(settings.TINHSO.sms_url, token.get_secret_value() if token else "")


def _number(answer: httpx.Response) -> str:
    if answer.status_code in {400, 404, 422}:
        raise Rejected(f"HTTP {answer.status_code} {answer.text[:120]}")
    if not answer.is_success:
        raise NotSent(f"HTTP {answer.status_code}")
    try:
        return str(answer.json()["id"])[:80]
    except (ValueError, KeyError, TypeError):
        # Taken, and no number given: asking again would be charged again.
        return ""
