"""The stand-in authority in this process, on a free port, once for all tests; import the fixtures by name."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from pytest_django import Settings
from sandbox.trust import pki
from sandbox.trust.__main__ import KeepAlive
from sandbox.trust.service import Service
from werkzeug.serving import make_server

from tinhso.papers import fetching

PASSPHRASE = "thử nghiệm"
COMMUNE = "Ủy ban nhân dân xã Bình Liêu"


@dataclass
class Trust:
    """
    The authority and the signers it knows.

    :param now: the moment the authority was made; certificates and time stamps are of the real clock
    """

    folder: Path
    url: str
    now: datetime
    _issued: dict[str, pki.Issued] = field(default_factory=dict)
    _fails: bool = False

    @property
    def root(self) -> Path:
        return self.folder / "roots" / "root.pem"

    def signer(self, label: str, name: str = "Hoàng Văn Thắng", **period: datetime) -> pki.Issued:
        """Return a person's key; the same one for the same label."""
        return self._issue(pki.Subject(label, name, COMMUNE, "Chủ tịch"), period)

    def agency(self, label: str = "bl") -> pki.Issued:
        """Return an agency's key."""
        return self._issue(pki.Subject(label, COMMUNE), {})

    def expired(self) -> pki.Issued:
        """Return a key whose certificate ended yesterday."""
        return self.signer(
            "expired", valid_from=self.now - timedelta(days=30), valid_to=self.now - timedelta(days=1)
        )

    def not_yet(self) -> pki.Issued:
        """Return a key whose certificate begins tomorrow."""
        return self.signer(
            "early", valid_from=self.now + timedelta(days=1), valid_to=self.now + timedelta(days=30)
        )

    def revoked(self) -> pki.Issued:
        """Return a key whose certificate was withdrawn a minute ago."""
        issued = self.signer("revoked", "Vũ Đình Sơn")
        pki.revoke(self.folder, "revoked", at=self.now - timedelta(minutes=1))
        return issued

    def fail(self, **trouble: str | None) -> None:
        """Make services fail: ``fail(tsa="down")``; ``None`` ends it."""
        fetching.http().post(f"{self.url}/control", json=trouble).raise_for_status()
        self._fails = True

    def mend(self) -> None:
        """End whatever was made to fail."""
        if self._fails:
            self.fail(tsa=None, ocsp=None, crl=None)
            self._fails = False

    def _issue(self, subject: pki.Subject, period: dict[str, datetime]) -> pki.Issued:
        if subject.label not in self._issued:
            self._issued[subject.label] = pki.issue(
                self.folder, subject, at=self.now, passphrase=PASSPHRASE, **period
            )
        return self._issued[subject.label]


@lru_cache(maxsize=1)
def _running() -> Trust:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    folder = Path(mkdtemp(prefix="trust-")) / "trust"
    service = Service(folder)
    server = make_server("127.0.0.1", 0, service, threaded=True, request_handler=KeepAlive)
    trust = Trust(folder=folder, url=f"http://127.0.0.1:{server.server_port}", now=datetime.now(tz=UTC))
    pki.set_up(folder, at=trust.now, url=trust.url)
    service.warm()
    # A daemon thread: it ends with the process, as the fixture's scope does.
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return trust


@pytest.fixture
def trust(settings: Settings) -> Iterator[Trust]:
    """The authority, trusted by this test's settings, with nothing remembered and nothing failing."""
    running = _running()
    settings.TINHSO = settings.TINHSO.model_copy(
        update={"var": running.folder.parent, "trust_url": running.url}
    )
    fetching.CACHE.clear()
    yield running
    running.mend()
