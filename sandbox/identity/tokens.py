"""The provider's key and what it signs."""

import base64
import hashlib
import hmac

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from sandbox.identity.store import Granted

KID = "moi-truong-thu-1"
BITS = 2048
ID_TOKEN_SECONDS = 300


def make_key() -> RSAKey:
    """Return a fresh key; the relying party finds its public half in the JWKS."""
    return RSAKey.generate_key(BITS, parameters={"kid": KID, "use": "sig", "alg": "RS256"})


def id_token(key: RSAKey, granted: Granted, *, issuer: str, audience: str, now: int, nonce: str) -> str:
    """Return the signed ID token: who, for whom, at which level."""
    claims = {
        "iss": issuer,
        "sub": granted.citizen.subject,
        "aud": audience,
        "iat": now,
        "auth_time": now,
        "exp": now + ID_TOKEN_SECONDS,
        "nonce": nonce,
        "acr": str(granted.citizen.level),
        "amr": ["pin"],
    }
    return jwt.encode({"alg": "RS256", "kid": KID, "typ": "JWT"}, claims, key)


def is_ours(key: RSAKey, token: str) -> bool:
    """Say whether we signed the token; a hint at logout may be past its time."""
    try:
        jwt.decode(token, key, algorithms=["RS256"])
    except (JoseError, ValueError):
        return False
    return True


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def matches(verifier: str, challenge: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(challenge_of(verifier), challenge)
