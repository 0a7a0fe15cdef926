"""The national portal, as far as we ask it for something or tell it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from tinhso.exchange.national_portal.rules import PortalRules, portal_rules
from tinhso.papers.rules import rules as paper_rules


class PortalRefused(Exception):  # noqa: N818  (an answer of the portal, not an error of ours)
    """The portal understood and said no."""


class PortalUnreachable(Exception):  # noqa: N818
    """No answer, or none that says yes or no; the same may be sent again."""


class FileGone(Exception):  # noqa: N818
    """The file did not come; it may yet. ``args[0]`` says why."""


class Portal(Protocol):
    """One portal."""

    def send(self, service: str, data: Sequence[Mapping[str, Any]], *, is_update: bool | None) -> None:
        """Tell it. :raises PortalRefused, PortalUnreachable: it said no; nobody knows"""

    def look_up(self, code: str) -> dict[str, Any] | None:
        """Return a dossier as the portal has it now; None: it knows none. :raises …: see :meth:`send`"""

    def fetch(self, address: str) -> BytesIO:
        """Return a file. :raises FileGone: it did not come"""


@dataclass
class HttpPortal:
    """A portal that speaks the contract of ``docs/national-portal.md``; a session is kept while it lasts."""

    url: str
    user: str
    password: str
    unit: str
    rules: PortalRules
    file_hosts: frozenset[str]
    _session: str = field(default="", repr=False)

    def send(self, service: str, data: Sequence[Mapping[str, Any]], *, is_update: bool | None) -> None:
        body: dict[str, Any] = {"service": service, "data": list(data)}
        if is_update is not None:
            body["isUpdating"] = "True" if is_update else "False"
        self._call(body)

    def look_up(self, code: str) -> dict[str, Any] | None:
        said = self._call({"service": self.rules.services.lookup, "mahoso": code})
        found = said.get("result")
        if isinstance(found, list) and found and isinstance(found[0], dict):
            return found[0]
        return None

    def fetch(self, address: str) -> BytesIO:
        if _host(address) not in self.file_hosts:
            # An address of somebody's choosing must not make us knock at doors inside our own network.
            raise FileGone("host-not-allowed")
        try:
            with self._stream(address) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise FileGone(f"HTTP {answer.status_code}")
                return _read(answer)
        except httpx.HTTPError as problem:
            raise FileGone(type(problem).__name__) from problem

    @contextmanager
    def _stream(self, address: str) -> Iterator[httpx.Response]:
        seconds = self.rules.arrival.fetch_seconds
        with (
            httpx.Client(timeout=seconds, trust_env=False, follow_redirects=False) as client,
            client.stream("GET", address) as answer,
        ):
            yield answer

    def _call(self, body: Mapping[str, Any]) -> dict[str, Any]:
        said = self._post(self.rules.paths.call, {"session": self._signed_in(), "madonvi": self.unit, **body})
        if not self._is_fine(said):
            # A session that ran out is asked for anew at the next try.
            self._session = ""
            raise PortalRefused(_words(said))
        return said

    def _signed_in(self) -> str:
        if not self._session:
            said = self._post(self.rules.paths.login, {"username": self.user, "password": self.password})
            session = said.get("session")
            if not self._is_fine(said) or not isinstance(session, str) or not session:
                raise PortalUnreachable(f"no session: {_words(said)}")
            self._session = session
        return self._session

    def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        seconds = self.rules.sending.timeout_seconds
        try:
            answer = httpx.post(f"{self.url}{path}", json=body, timeout=seconds)
            said = answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            raise PortalUnreachable(type(problem).__name__) from problem
        if answer.status_code != httpx.codes.OK or not isinstance(said, dict):
            raise PortalUnreachable(f"HTTP {answer.status_code}")
        return said

    def _is_fine(self, said: Mapping[str, Any]) -> bool:
        return str(said.get("error_code", "")) in self.rules.fine


def is_connected() -> bool:
    """Say whether this installation is connected to the portal."""
    return bool(settings.TINHSO.national_portal_url)


def the_portal() -> Portal:
    """Return the portal of this installation."""
    told = settings.TINHSO
    url = told.national_portal_url.rstrip("/")
    hosts = {_host(address) for address in (url, *told.national_portal_files)}
    return HttpPortal(
        url=url,
        user=told.national_portal_user,
        password=settings.NATIONAL_PORTAL_SECRETS[0],
        unit=told.national_portal_unit,
        rules=portal_rules(),
        file_hosts=frozenset(hosts - {""}),
    )


def delivery_key() -> bytes:
    """Return the key under which the portal signs what it sends to us."""
    key: str = settings.NATIONAL_PORTAL_SECRETS[1]
    return key.encode()


def _host(address: str) -> str:
    """Return scheme, host and port of an address; nothing for what is no web address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port or (443 if parts.scheme == 'https' else 80)}"


def _read(answer: httpx.Response) -> BytesIO:
    """Read no more than one byte over what a paper may have: the rest is refused by ``papers`` in words."""
    limit, kept = paper_rules().upload.max_bytes + 1, BytesIO()
    for chunk in answer.iter_bytes():
        kept.write(chunk[: limit - kept.tell()])
        if kept.tell() >= limit:
            break
    kept.seek(0)
    return kept


def _words(said: Mapping[str, Any]) -> str:
    words = said.get("message") or said.get("msg") or said.get("error_message") or ""
    return f"error_code {said.get('error_code', '')} {words}".strip()[:280]
