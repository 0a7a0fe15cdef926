"""The endpoints of the stand-in: discovery, keys, authorisation, token, userinfo, end of session, failing."""

import asyncio
import base64
import binascii
import hmac
from dataclasses import dataclass, field
from urllib.parse import unquote, urlencode

from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.identity import pages, tokens
from sandbox.identity.citizens import Citizen, load_citizens
from sandbox.identity.store import FAILURES, Asked, Granted, Store

CALLBACK_PATH = "/dang-nhap/dinh-danh/xac-nhan/"
GOODBYE_PATH = "/dang-nhap/"
NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@dataclass
class Service:
    """
    One provider with one client.

    :param issuer: its address, without a trailing slash
    :param client_origins: where the client's pages may be; a redirect goes nowhere else
    """

    issuer: str
    client_id: str = "tinhso"
    client_secret: str = "moi-truong-thu"  # noqa: S105  (of the stand-in, public)
    client_origins: tuple[str, ...] = ("http://127.0.0.1:8000", "http://localhost:8000")
    citizens: dict[str, Citizen] = field(default_factory=load_citizens)
    store: Store = field(default_factory=Store)
    key: RSAKey = field(default_factory=tokens.make_key)
    other_key: RSAKey = field(default_factory=tokens.make_key)

    def app(self) -> Starlette:
        """Return the ASGI application."""
        return Starlette(
            routes=[
                Route("/", self.front),
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/jwks", self.jwks),
                Route("/authorize", self.authorize, methods=["GET"]),
                Route("/authorize", self.decide, methods=["POST"]),
                Route("/token", self.token, methods=["POST"]),
                Route("/userinfo", self.userinfo, methods=["GET", "POST"]),
                Route("/end_session", self.end_session, methods=["GET", "POST"]),
                Route("/_fail", self.fail, methods=["POST"]),
            ]
        )

    async def front(self, _request: Request) -> Response:
        body = "<p>Đây là hệ thống định danh giả lập. Hãy bắt đầu đăng nhập từ trang dịch vụ công.</p>"
        return pages.page("Hệ thống định danh", body)

    async def discovery(self, _request: Request) -> Response:
        if self.store.fails("down"):
            return PlainTextResponse("down", status_code=503)
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/jwks",
                "end_session_endpoint": f"{self.issuer}/end_session",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "code_challenge_methods_supported": ["S256"],
                "scopes_supported": ["openid", "profile"],
                "acr_values_supported": ["1", "2"],
            }
        )

    async def jwks(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def authorize(self, request: Request) -> Response:
        """Check the request; a wrong client or address never gets a redirect (RFC 6749, 4.1.2.1)."""
        asked = request.query_params
        if asked.get("client_id") != self.client_id:
            return pages.refused("Không biết ứng dụng này (client_id).")
        redirect_uri = asked.get("redirect_uri", "")
        if redirect_uri not in {origin + CALLBACK_PATH for origin in self.client_origins}:
            return pages.refused("Địa chỉ quay về (redirect_uri) chưa được đăng ký.")
        problem = _problem_of(dict(asked)) or ("server_error" if self.store.fails("authorize_error") else "")
        if problem:
            return _back(redirect_uri, {"error": problem, "state": asked.get("state", "")})
        name = self.store.ask(
            redirect_uri=redirect_uri,
            state=asked.get("state", ""),
            nonce=asked.get("nonce", ""),
            challenge=asked["code_challenge"],
        )
        return pages.choose(name, self.citizens.values())

    async def decide(self, request: Request) -> Response:
        """Take the person's answer: a button, personal id and PIN, or no."""
        form = {key: str(value) for key, value in (await request.form()).items()}
        name = form.get("request", "")
        asked = self.store.asked(name)
        if asked is None:
            return pages.refused("Phiên đăng nhập đã hết hạn. Hãy bắt đầu lại từ trang dịch vụ công.")
        if form.get("cancel"):
            del self.store.requests[name]
            return _back(asked.redirect_uri, {"error": "access_denied", "state": asked.state})
        citizen = self._who(form)
        if citizen is None:
            return pages.choose(name, self.citizens.values(), wrong="Số định danh hoặc mã PIN không đúng.")
        return _back(asked.redirect_uri, {"code": self.store.grant(name, citizen), "state": asked.state})

    async def token(self, request: Request) -> Response:
        """Change a code for tokens."""
        form = {key: str(value) for key, value in (await request.form()).items()}
        if self.store.fails("slow"):
            await asyncio.sleep(self.store.seconds)
        if self.store.fails("token_error"):
            return JSONResponse({"error": "server_error"}, status_code=500, headers=NO_STORE)
        if not self._is_client(request, form):
            return _token_error("invalid_client", status=401)
        if form.get("grant_type") != "authorization_code":
            return _token_error("unsupported_grant_type")
        granted = self.store.redeem(form.get("code", ""))
        if granted is None or not _belongs(granted.asked, form):
            return _token_error("invalid_grant")
        answer = {
            "access_token": self.store.issue(granted),
            "token_type": "Bearer",
            "expires_in": 600,
            "id_token": self._id_token(granted),
            "scope": "openid profile",
        }
        return JSONResponse(answer, headers=NO_STORE)

    async def userinfo(self, request: Request) -> Response:
        """Tell the facts, under the names the national sign-in uses."""
        kind, _space, token = request.headers.get("authorization", "").partition(" ")
        granted = self.store.bearer(token) if kind.lower() == "bearer" else None
        if granted is None:
            return JSONResponse(
                {"error": "invalid_token"}, status_code=401, headers={"WWW-Authenticate": "Bearer"}
            )
        if self.store.fails("userinfo_error"):
            return JSONResponse({"error": "server_error"}, status_code=500)
        claims = granted.citizen.claims()
        if self.store.fails("userinfo_other"):
            claims["sub"] = "somebody-else"
        return JSONResponse(claims, headers=NO_STORE)

    async def end_session(self, request: Request) -> Response:
        """Go back where the client asked, if it may (RP-initiated logout); no session is kept here."""
        values = dict(request.query_params)
        if request.method == "POST":
            values |= {key: str(value) for key, value in (await request.form()).items()}
        back = values.get("post_logout_redirect_uri", "")
        allowed = {origin + GOODBYE_PATH for origin in self.client_origins}
        if back in allowed and tokens.is_ours(self.key, values.get("id_token_hint", "")):
            state = {"state": values["state"]} if values.get("state") else {}
            return _back(back, state)
        return pages.page("Đã đăng xuất", "<p>Phiên ở hệ thống định danh đã kết thúc.</p>")

    async def fail(self, request: Request) -> Response:
        """Order one failure: ``{"next": "slow", "seconds": 8}``; an empty one takes it back."""
        try:
            order = await request.json()
            kind, seconds = str(order.get("next", "")), float(order.get("seconds", 10))
        except (ValueError, AttributeError, TypeError):
            return JSONResponse({"error": "send a JSON object"}, status_code=400)
        if kind and kind not in FAILURES:
            return JSONResponse({"error": f"unknown; one of {sorted(FAILURES)}"}, status_code=400)
        self.store.fail_next, self.store.seconds = kind, seconds
        return JSONResponse({"next": kind})

    def _who(self, form: dict[str, str]) -> Citizen | None:
        if form.get("citizen"):
            return self.citizens.get(form["citizen"])
        found = self.citizens.get(form.get("personal_id", "").replace(" ", ""))
        return found if found and hmac.compare_digest(found.pin, form.get("pin", "")) else None

    def _is_client(self, request: Request, form: dict[str, str]) -> bool:
        client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
        kind, _space, value = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "basic":
            client_id, secret = _basic(value)
        return client_id == self.client_id and hmac.compare_digest(
            secret.encode(), self.client_secret.encode()
        )

    def _id_token(self, granted: Granted) -> str:
        kind = self.store.fails("bad_signature", "wrong_nonce", "wrong_audience", "expired_token")
        now = int(self.store.clock()) - (3600 if kind == "expired_token" else 0)
        return tokens.id_token(
            self.other_key if kind == "bad_signature" else self.key,
            granted,
            issuer=self.issuer,
            audience="somebody-else" if kind == "wrong_audience" else self.client_id,
            now=now,
            nonce="another" if kind == "wrong_nonce" else granted.asked.nonce,
        )


def _problem_of(asked: dict[str, str]) -> str:
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope"
    has_pkce = asked.get("code_challenge_method") == "S256" and len(asked.get("code_challenge", "")) == 43
    return "" if has_pkce else "invalid_request"


def _belongs(asked: Asked, form: dict[str, str]) -> bool:
    same_address = form.get("redirect_uri") == asked.redirect_uri
    return same_address and tokens.matches(form.get("code_verifier", ""), asked.challenge)


def _basic(value: str) -> tuple[str, str]:
    try:
        client_id, _colon, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote(client_id), unquote(secret)


def _back(address: str, values: dict[str, str]) -> Response:
    query = urlencode({key: value for key, value in values.items() if value})
    return RedirectResponse(f"{address}?{query}" if query else address, status_code=303)


def _token_error(code: str, *, status: int = 400) -> Response:
    return JSONResponse({"error": code}, status_code=status, headers=NO_STORE)
