"""
The relying party: authorisation code with PKCE, state and nonce; the ID token's signature always verified.

allauth trusts an ID token that came straight from the token endpoint over TLS. Behind a province's gateways
that is an assumption; verifying costs one request, so we always do.
"""

from collections.abc import Callable
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

ALGORITHMS = frozenset({"RS256", "PS256", "ES256"})


class CitizenAdapter(OpenIDConnectOAuth2Adapter):
    """One provider of citizens' identities."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """
        Verify the ID token, ask for the facts, and keep both for the adapter; nothing is stored.

        :raises OAuth2Error: the token is absent, forged, for somebody else, or about another subject
        """
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("no id_token")
        proved = self._verified(app, id_token)
        told = self._fetch_user_info(token.token)
        if told.get("sub") != proved["sub"]:
            raise OAuth2Error("userinfo speaks of another subject")
        provider: Any = self.get_provider()  # type: ignore[no-untyped-call]
        login = provider.sociallogin_from_response(request, {"userinfo": {"sub": proved["sub"]}})
        login.account.extra_data = {}
        # The signed token has the last word over the plain answer.
        login.claims = told | proved
        login.id_token = id_token
        return login

    def _verified(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(id_token)
        except jwt.PyJWTError as problem:
            raise OAuth2Error("unreadable id_token") from problem
        if header.get("alg") not in ALGORITHMS or "kid" not in header:
            raise OAuth2Error("unexpected algorithm or key of the id_token")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


def begin(request: HttpRequest, *, provider_id: str, next_url: str, nonce: str) -> HttpResponse:
    """
    Send the citizen to the provider.

    :raises requests.RequestException: the provider does not answer
    :raises SocialApp.DoesNotExist: no such provider is configured
    """
    provider: Any = CitizenAdapter(request, provider_id).get_provider()  # type: ignore[no-untyped-call]
    response: HttpResponse = provider.redirect(
        request,
        process="login",
        next_url=next_url,
        auth_params={"nonce": nonce},
        nonce=nonce,
    )
    return response


def finish(request: HttpRequest, *, provider_id: str) -> HttpResponse:
    """Take the citizen back from the provider. :raises SocialApp.DoesNotExist: no such provider"""
    view: Callable[[HttpRequest], HttpResponse] = OAuth2CallbackView.adapter_view(  # type: ignore[no-untyped-call]
        CitizenAdapter(request, provider_id)
    )
    return view(request)


def end_session_address(request: HttpRequest, *, provider_id: str) -> str:
    """Return where the provider ends its own session, or nothing when it has none or does not answer."""
    try:
        config = CitizenAdapter(request, provider_id).openid_config
    except (requests.RequestException, SocialApp.DoesNotExist, ImmediateHttpResponse):
        return ""
    return str(config.get("end_session_endpoint", ""))
