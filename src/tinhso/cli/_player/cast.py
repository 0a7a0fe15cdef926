"""Who plays: the logins that the demonstration made, and their one-time codes."""

import base64
import hmac
import json
import struct
import time
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tinhso.cli._player.browser import Browser, PageFailed
from tinhso.cli._player.story import Story
from tinhso.kernel.refusals import Refusal

DESK = "/ban-lam-viec/"
PERIOD = 30  # seconds a one-time code lives (RFC 6238)


class NobodyFor(Refusal):
    code = "nobody-for-role"
    message = _(
        "Bản trình diễn không có ai giữ vai trò %(role)s tại %(agency)s. Hãy thêm vào sandbox/cast.yaml."
    )


class NoCast(Refusal):
    code = "no-cast"
    message = _("Chưa có người trong bản trình diễn. Hãy chạy make demo trước.")


@dataclass(frozen=True, slots=True)
class Officer:
    username: str
    password: str
    totp: str
    full_name: str
    role: str
    title: str
    agency: str
    agency_id: str


def officers(var: Path) -> tuple[Officer, ...]:
    """Return the cast of the installation. :raises NoCast: there is none"""
    path = var / "demo" / "logins.json"
    if not path.exists():
        raise NoCast
    return tuple(Officer(**login) for login in json.loads(path.read_text(encoding="utf-8")))


def officer_for(cast: tuple[Officer, ...], *, role: str, agency_id: str, agency: str) -> Officer:
    """Return who holds the role in the agency. :raises NobodyFor: no one does"""
    for officer in cast:
        if officer.role == role and officer.agency_id == agency_id:
            return officer
    raise NobodyFor(role=role, agency=agency)


def one_time_code(secret: str, at: float) -> str:
    """Return the six digits of RFC 6238 (SHA-1, 30 seconds) at the moment, seconds since 1970."""
    key = base64.b32decode(secret)
    digest = hmac.digest(key, struct.pack(">Q", int(at) // PERIOD), "sha1")
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def officer_at_desk(base_url: str, officer: Officer, story: Story, *, var: Path) -> Browser:
    """
    Return the officer's browser at the desk: still signed in from the last play, or signed in anew.

    One-time codes are good for one sign-in each; who plays twice in half a minute would wait for the next.
    """
    kept = var / "demo" / "sessions" / f"{officer.username}.json"
    browser = Browser(base_url)
    if kept.exists():
        browser.client.cookies.update(json.loads(kept.read_text(encoding="ascii")))
        if browser.open(DESK).path.endswith(DESK):
            return browser
    browser = _sign_in(base_url, officer, story)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(dict(browser.client.cookies)), encoding="ascii")
    return browser


def _sign_in(base_url: str, officer: Officer, story: Story) -> Browser:
    """Sign in by password and one-time code; a code that was used already is waited out."""
    browser = Browser(base_url)
    page = browser.open("/dang-nhap/can-bo/")
    page = browser.submit(page, page.form(""), {"login": officer.username, "password": officer.password})
    if not _enter_code(browser, page.url, officer):
        story.wait(PERIOD - time.time() % PERIOD + 0.5)
        _enter_code(browser, page.url, officer)
    return browser


def sign_in_citizen(base_url: str, personal_id: str) -> Browser:
    """Sign in at the identity provider, as the browser is sent there and back."""
    browser = Browser(base_url)
    page = browser.open("/dang-nhap/")
    login = next(form for form in page.markup.forms if form.method == "post" and "dinh-danh" in form.action)
    provider = browser.submit(page, login)
    choice = next(form for form in provider.markup.forms if ("citizen", personal_id) in form.buttons)
    browser.submit(provider, choice, button=("citizen", personal_id))
    return browser


def _enter_code(browser: Browser, url: str, officer: Officer) -> bool:
    page = browser.open(url)
    try:
        after = browser.submit(page, page.form(""), {"code": one_time_code(officer.totp, time.time())})
    except PageFailed:
        return False
    return after.url != page.url
