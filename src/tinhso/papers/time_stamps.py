"""Time stamps (RFC 3161) over any bytes: asked of the installation's authority, judged by trusted roots."""

import asyncio
import hashlib
from datetime import datetime

from asn1crypto import cms, tsp
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import ValidationError

from tinhso.kernel.tree.stamps import BadStamp, NoStamp
from tinhso.papers import trust

ALGORITHM = "sha256"
# What asn1crypto and pyHanko raise on bytes that are no token.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, CMSExtractionError)


class TimeStampAuthority:
    """The authority of ``TINHSO_TRUST_URL``, as the ledger asks it."""

    def stamp(self, content: bytes) -> bytes:
        """Return the token over the content (DER). :raises NoStamp: the authority gave none"""
        digest = hashlib.sha256(content).digest()
        try:
            token = asyncio.run(trust.time_stamper().async_timestamp(digest, ALGORITHM))
        except (TimestampRequestError, *UNREADABLE) as problem:
            raise NoStamp("the time-stamping authority gave no stamp") from problem
        der: bytes = token.dump()
        return der

    def stamped_at(self, content: bytes, token: bytes) -> datetime:
        """
        Return the moment the token tells.

        :raises BadStamp: it is no token, not of the content, or of nobody we trust
        """
        try:
            signed: cms.SignedData = cms.ContentInfo.load(token, strict=True)["content"]
            told = signed["encap_content_info"]["content"].parsed
            if not isinstance(told, tsp.TSTInfo):
                raise BadStamp("this is no time stamp")
            at: datetime = told["gen_time"].native
            status = asyncio.run(
                validate_tst_signed_data(
                    signed, _context(at), lambda algorithm: hashlib.new(algorithm, content).digest()
                )
            )
        except (SignatureValidationError, ValidationError, *UNREADABLE) as problem:
            raise BadStamp("the time stamp does not hold") from problem
        if not (status["valid"] and status["intact"]):
            raise BadStamp("the time stamp is not of this checkpoint")
        if status.get("trust_problem_indic") is not None or status.get("validation_path") is None:
            raise BadStamp("the time stamp is of nobody we trust")
        return at


def _context(at: datetime) -> ValidationContext:
    """Judge by the moment the stamp tells; no status is asked: a check must not hang on the authority."""
    return ValidationContext(
        trust_roots=list(trust.roots()),
        moment=at,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
