"""What the stand-in remembers while it runs: nothing of it outlives the process."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.identity.citizens import Citizen

CODE_SECONDS = 60
REQUEST_SECONDS = 600
TOKEN_SECONDS = 600
FAILURES = frozenset(
    {
        "token_error",
        "slow",
        "down",
        "userinfo_error",
        "userinfo_other",
        "authorize_error",
        "bad_signature",
        "wrong_nonce",
        "wrong_audience",
        "expired_token",
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for a sign-in, checked."""

    redirect_uri: str
    state: str
    nonce: str
    challenge: str
    until: float


@dataclass(frozen=True, slots=True)
class Granted:
    """What a code or an access token stands for."""

    asked: Asked
    citizen: Citizen
    until: float


@dataclass
class Store:
    """
    Requests, codes and tokens by their random names; each is taken at most once, except access tokens.

    :param clock: seconds, injectable
    """

    clock: Callable[[], float] = time.time
    requests: dict[str, Asked] = field(default_factory=dict)
    codes: dict[str, Granted] = field(default_factory=dict)
    tokens: dict[str, Granted] = field(default_factory=dict)
    fail_next: str = ""
    seconds: float = 0

    def ask(self, *, redirect_uri: str, state: str, nonce: str, challenge: str) -> str:
        """Keep a request and return its name."""
        name = secrets.token_urlsafe(24)
        until = self.clock() + REQUEST_SECONDS
        self.requests[name] = Asked(redirect_uri, state, nonce, challenge, until)
        return name

    def asked(self, name: str) -> Asked | None:
        """Return the request, if it is still open."""
        asked = self.requests.get(name)
        return asked if asked and asked.until > self.clock() else None

    def grant(self, name: str, citizen: Citizen) -> str:
        """Close the request and return a code for it."""
        asked = self.requests.pop(name)
        code = secrets.token_urlsafe(32)
        self.codes[code] = Granted(asked, citizen, self.clock() + CODE_SECONDS)
        return code

    def redeem(self, code: str) -> Granted | None:
        """Take the code, once and in time."""
        granted = self.codes.pop(code, None)
        return granted if granted and granted.until > self.clock() else None

    def issue(self, granted: Granted) -> str:
        """Return an access token."""
        token = secrets.token_urlsafe(32)
        self.tokens[token] = Granted(granted.asked, granted.citizen, self.clock() + TOKEN_SECONDS)
        return token

    def bearer(self, token: str) -> Granted | None:
        """Return what an access token stands for, while it lasts."""
        granted = self.tokens.get(token)
        return granted if granted and granted.until > self.clock() else None

    def fails(self, *kinds: str) -> str:
        """Return the ordered failure if it is one of these, and forget it."""
        if self.fail_next not in kinds:
            return ""
        ordered, self.fail_next = self.fail_next, ""
        return ordered
