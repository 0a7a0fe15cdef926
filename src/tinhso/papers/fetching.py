"""
Certificate status from its authority: OCSP and CRL over HTTP, kept for a while.

An answer may be used until its own ``nextUpdate``; we keep it for ``MAX_AGE`` at most, so a revocation
counts within that time. Each validation sees only the answers it asked for, so that a signed file embeds
the status of its own signers and nobody else's.
"""

import threading
from collections.abc import AsyncGenerator, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any

import httpx
from asn1crypto import cms, crl, ocsp, x509
from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.errors import CRLFetchError, OCSPFetchError
from pyhanko_certvalidator.fetchers import CertificateFetcher, CRLFetcher, Fetchers, OCSPFetcher
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    process_ocsp_response_data,
)
from pyhanko_certvalidator.util import get_ocsp_urls, get_relevant_crl_dps, issuer_serial

Holder = x509.Certificate | cms.AttributeCertificateV2

MAX_AGE = timedelta(minutes=5)
MAX_BYTES = 10_000_000
TIMEOUT = httpx.Timeout(6.0, connect=2.0)


@lru_cache(maxsize=1)
def http() -> httpx.Client:
    """Return the process's HTTP client; it keeps connections open."""
    return httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False)


@dataclass(frozen=True, slots=True)
class _Kept:
    value: Any
    until: datetime


class StatusCache:
    """Answers of authorities, shared by the threads of a process."""

    def __init__(self) -> None:
        self._kept: dict[object, _Kept] = {}
        self._lock = threading.Lock()

    def get(self, key: object, fetch: Callable[[], tuple[Any, datetime | None]]) -> Any:
        """Return the kept answer, or fetch one; what failed is not kept."""
        now = datetime.now(tz=UTC)
        with self._lock:
            kept = self._kept.get(key)
        if kept and kept.until > now:
            return kept.value
        value, next_update = fetch()
        until = min(next_update or now + MAX_AGE, now + MAX_AGE)
        with self._lock:
            self._kept = {k: v for k, v in self._kept.items() if v.until > now}
            self._kept[key] = _Kept(value, until)
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


CACHE = StatusCache()


class Ocsp(OCSPFetcher):
    """Asks the responder named in the certificate."""

    def __init__(self, cache: StatusCache) -> None:
        self._cache = cache
        self._mine: dict[bytes, ocsp.OCSPResponse] = {}

    async def fetch(self, cert: Holder, authority: Authority) -> ocsp.OCSPResponse:
        key = ("ocsp", issuer_serial(cert), authority.hashable)
        answer: ocsp.OCSPResponse = self._cache.get(key, lambda: _ask_ocsp(cert, authority))
        self._mine[issuer_serial(cert)] = answer
        return answer

    def fetched_responses(self) -> Iterable[ocsp.OCSPResponse]:
        return self._mine.values()

    def fetched_responses_for_cert(self, cert: Holder) -> Iterable[ocsp.OCSPResponse]:
        return [self._mine[issuer_serial(cert)]] if issuer_serial(cert) in self._mine else []


class Crl(CRLFetcher):
    """Downloads the lists named in the certificate."""

    def __init__(self, cache: StatusCache) -> None:
        self._cache = cache
        self._mine: dict[bytes, list[crl.CertificateList]] = {}

    async def fetch(self, cert: Holder, *, use_deltas: bool | None = None) -> Iterable[crl.CertificateList]:
        points = get_relevant_crl_dps(cert, use_deltas=bool(use_deltas))
        urls = [url for point in points for url in list(enumerate_delivery_point_urls(point))[:1]]
        lists = [self._cache.get(("crl", url), partial(_download_crl, url)) for url in urls]
        self._mine[issuer_serial(cert)] = lists
        return lists

    def fetched_crls(self) -> Iterable[crl.CertificateList]:
        unique = {id(item): item for lists in self._mine.values() for item in lists}
        return unique.values()

    def fetched_crls_for_cert(self, cert: Holder) -> Iterable[crl.CertificateList]:
        return self._mine[issuer_serial(cert)]


class NoCertificates(CertificateFetcher):
    """Issuers travel with the signature; none is fetched from an address a stranger's file names."""

    async def fetch_cert_issuers(self, cert: Holder) -> AsyncGenerator[x509.Certificate, None]:  # noqa: ARG002
        for certificate in self.fetched_certs():
            yield certificate

    async def fetch_crl_issuers(
        self,
        certificate_list: crl.CertificateList,  # noqa: ARG002
    ) -> AsyncGenerator[x509.Certificate, None]:
        for certificate in self.fetched_certs():
            yield certificate

    def fetched_certs(self) -> Iterable[x509.Certificate]:
        return ()


def fetchers(cache: StatusCache = CACHE) -> Fetchers:
    """Return fetchers for one validation."""
    return Fetchers(ocsp_fetcher=Ocsp(cache), crl_fetcher=Crl(cache), cert_fetcher=NoCertificates())


def _ask_ocsp(cert: Holder, authority: Authority) -> tuple[ocsp.OCSPResponse, datetime | None]:
    assert isinstance(cert, x509.Certificate), "attribute certificates are not used"
    request = format_ocsp_request(cert, authority, certid_hash_algo="sha1", request_nonces=True)
    urls = get_ocsp_urls(cert)
    if not urls:
        raise OCSPFetchError("the certificate names no responder")
    content = _fetch("POST", urls[0], request.dump(), "application/ocsp-request", OCSPFetchError)
    response = process_ocsp_response_data(content, ocsp_request=request, ocsp_url=urls[0])
    try:
        single = response.response_data["responses"][0]
    except (ValueError, IndexError) as problem:
        raise OCSPFetchError(f"{urls[0]} sent no readable answer") from problem
    return response, single["next_update"].native


def _download_crl(url: str) -> tuple[crl.CertificateList, datetime | None]:
    content = _fetch("GET", url, None, None, CRLFetchError)
    try:
        parsed = crl.CertificateList.load(content)
        next_update: datetime | None = parsed["tbs_cert_list"]["next_update"].native
    except ValueError as problem:
        raise CRLFetchError(f"{url} sent no readable list") from problem
    return parsed, next_update


def _fetch(
    method: str, url: str, body: bytes | None, media_type: str | None, failure: type[Exception]
) -> bytes:
    headers = {"Content-Type": media_type} if media_type else {}
    try:
        answer = http().request(method, url, content=body, headers=headers)
        answer.raise_for_status()
    except httpx.HTTPError as problem:
        raise failure(f"{url} does not answer") from problem
    if len(answer.content) > MAX_BYTES:
        raise failure(f"{url} sent too much")
    return answer.content
