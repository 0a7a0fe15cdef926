"""Clients of API v1: a citizen's or officer's session with its CSRF token, or a machine's token."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from tests.people_kit import SYSTEM, sign_in
from tinhso.people import actions
from tinhso.people.types import Actor

ROOT = "/api/v1"
PROBLEM = "application/problem+json"
CSRF = "c" * 32


class Caller(Client):
    """
    A client that speaks JSON and checks what every answer promises.

    :param actor: who is signed in; None for nobody
    """

    def __init__(self, actor: Actor | None = None, *, token: str = "", language: str = "vi") -> None:
        super().__init__(enforce_csrf_checks=True, raise_request_exception=True)
        self.said = {"Accept-Language": language}
        if actor is not None and actor.account_id is not None:
            sign_in(self, actor.account_id, assurance=actor.assurance)
            self.cookies["csrftoken"] = CSRF
            self.said["X-CSRFToken"] = CSRF
        if token:
            self.said["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request; ``If_Match="…"`` becomes a header."""
        said = self.said | {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        response = self.generic(method, ROOT + path, headers=said, **sent)
        check(response)
        return response

    def read(self, path: str, **headers: str) -> Any:
        """Return the JSON of a page that is there."""
        response = self.ask("GET", path, **headers)
        assert response.status_code == 200, response.content
        return response.json()

    def send(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)

    def upload(self, path: str, data: dict[str, Any], **headers: str) -> Any:
        said = self.said | {name.replace("_", "-"): value for name, value in headers.items()}
        response = self.post(ROOT + path, data, headers=said)
        check(response)
        return response


def check(response: Any) -> None:
    """Assert that what says no is a problem, and that nothing of the web leaks into the API."""
    kind = response.headers.get("Content-Type", "")
    assert not kind.startswith("text/html"), (response.status_code, response.content[:300])
    if response.status_code < 400:
        return
    assert kind == PROBLEM
    told = response.json()
    assert told["status"] == response.status_code
    assert told["type"].startswith("/problems/")
    assert told["title"]
    assert told["detail"]
    assert "%(" not in told["detail"]
    if response.status_code == 401:
        assert response["WWW-Authenticate"].startswith("Bearer")


def code_of(response: Any) -> str:
    """Return the code of a problem."""
    return str(response.json()["type"]).removeprefix("/problems/")


def token_for(actor: Actor, *, at: datetime, scope: str = "read", post_ids: tuple[UUID, ...] = ()) -> str:
    """Return the secret of a token for the officer."""
    issued = actions.issue_api_token(
        actor=SYSTEM,
        at=at,
        account_id=actor.signed_in_as,
        name="Máy thử",
        scope=scope,
        expires_at=at + timedelta(days=1),
        post_ids=post_ids,
    )
    return issued.secret
