"""Whom we trust: root certificates of the packs and of the installation, and the time-stamping authority."""

from functools import lru_cache
from pathlib import Path

import httpx
from asn1crypto import pem, tsp, x509
from django.conf import settings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import ValidationContext

from tinhso.papers import fetching
from tinhso.papers.rules import rules


class HttpTimeStamper(TimeStamper):
    """RFC 3161 over HTTP, on the process's open connections."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query"}
        try:
            answer = fetching.http().post(self.url, content=req.dump(), headers=headers)
            answer.raise_for_status()
            response: tsp.TimeStampResp = tsp.TimeStampResp.load(answer.content)
            response["status"]["status"].native  # noqa: B018  (asn1crypto parses when asked)
        except (httpx.HTTPError, ValueError) as problem:
            raise TimestampRequestError(f"{self.url} gave no time stamp") from problem
        return response


def time_stamper() -> HttpTimeStamper:
    """Return the client of the installation's authority; it remembers how long the tokens are."""
    return _time_stamper(settings.TINHSO.trust_url.rstrip("/") + rules().signing.time_stamp_path)


@lru_cache(maxsize=4)
def _time_stamper(url: str) -> HttpTimeStamper:
    return HttpTimeStamper(url)


def roots() -> tuple[x509.Certificate, ...]:
    """
    Return the trusted roots: ``packs/vietnam/trust/*.pem`` and ``var/trust/roots/*.pem``.

    The second folder holds what the operator trusts; in a demonstration, the stand-in's root.
    """
    folders = (settings.TINHSO.packs / "vietnam" / "trust", settings.TINHSO.var / "trust" / "roots")
    files = [file for folder in folders for file in sorted(folder.glob("*.pem"))]
    return _load(tuple((file, file.stat().st_mtime_ns) for file in files))


def context() -> ValidationContext:
    """Return a context that asks authorities for the status of every certificate, and demands an answer."""
    return ValidationContext(
        trust_roots=list(roots()),
        allow_fetching=True,
        revocation_mode="require",
        fetchers=fetching.fetchers(),
    )


@lru_cache(maxsize=4)
def _load(files: tuple[tuple[Path, int], ...]) -> tuple[x509.Certificate, ...]:
    found = []
    for file, _stamp in files:
        for _kind, _headers, der in pem.unarmor(file.read_bytes(), multiple=True):
            found.append(x509.Certificate.load(der))
    return tuple(found)
