"""Officers sign in with a password and a one-time code; nothing less reaches the desk."""

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django import Settings

from tests.people_kit import AT, PASSWORD, SECRET, SYSTEM, agency, citizen, officer, sign_in
from tinhso.edge import session
from tinhso.edge.asking import SAFE_METHODS
from tinhso.kernel import clock
from tinhso.people import actions
from tinhso.people.models import Account
from tinhso.people.types import ANONYMOUS

pytestmark = pytest.mark.django_db
PASSWORD_DOOR, CODE_DOOR, SET_UP = (
    "/dang-nhap/can-bo/",
    "/dang-nhap/can-bo/ma-xac-thuc/",
    "/dang-nhap/can-bo/dat-ma-xac-thuc/",
)


def _desk(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    return HttpResponse(f"{actor.kind}:{actor.full_name}:{len(actor.posts)}:{actor.for_person_id or ''}")


urlpatterns = [path("ban-thu/", _desk, name="trial_desk"), path("", include("tinhso.web.urls"))]


@pytest.fixture(autouse=True)
def _desk_for_the_test(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """Return the code an app shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def give_password(client: Client, name: str = "lan", password: str = PASSWORD, **more: str) -> Any:
    return client.post(PASSWORD_DOOR, {"login": name, "password": password} | more)


def desk(client: Client) -> str:
    answer = client.get("/ban-thu/")
    return answer.content.decode() if answer.status_code == 200 else f"→ {answer['Location']}"


def test_password_then_code_open_the_desk(client: Client) -> None:
    officer("lan")

    first = give_password(client, next="/ban-thu/")
    assert first["Location"] == CODE_DOOR
    assert desk(client) == "anonymous::0:"

    second = client.post(CODE_DOOR, {"code": code()})

    assert second["Location"] == "/ban-thu/"
    assert desk(client) == "officer:Cán bộ lan:1:"


def test_a_wrong_or_used_code_opens_nothing(client: Client) -> None:
    officer("lan")
    used = code()
    give_password(client)
    client.post(CODE_DOOR, {"code": used})
    client.post("/dang-xuat/")
    give_password(client)

    for wrong in (used, "000000", "", code(steps=100)):
        answer = client.post(CODE_DOOR, {"code": wrong})
        assert answer.status_code == 200
        assert "<title>Lỗi" in answer.content.decode()

    assert desk(client) == "anonymous::0:"


def test_an_officer_without_a_code_reaches_nothing_but_setting_one_up(client: Client) -> None:
    officer("lan", totp_secret=None)

    assert give_password(client, next="/ban-thu/")["Location"] == SET_UP
    assert desk(client) == f"→ {SET_UP}"
    assert client.get("/thay-mat/")["Location"] == SET_UP
    assert client.get(SET_UP).wsgi_request.actor == ANONYMOUS  # type: ignore[attr-defined]


def test_setting_the_code_up_opens_the_desk_and_asks_for_it_next_time(client: Client) -> None:
    officer("lan", totp_secret=None)
    give_password(client)
    shown = client.get(SET_UP)
    assert "data:image/svg+xml" in shown.content.decode()
    secret = client.session["mfa.totp.secret"]

    wrong = client.post(SET_UP, {"code": "000000"})
    assert wrong.status_code == 200
    assert desk(client) == f"→ {SET_UP}"

    client.post(SET_UP, {"code": code(secret)})

    assert desk(client) == "officer:Cán bộ lan:1:"
    assert client.get(SET_UP)["Location"] == "/"
    assert give_password(Client())["Location"] == CODE_DOOR


def test_a_reset_code_must_be_set_up_again(client: Client) -> None:
    lan = officer("lan")
    sign_in(client, lan)
    assert desk(client).startswith("officer")

    actions.reset_second_factor(actor=SYSTEM, at=AT, account_id=lan)

    fresh = Client()
    give_password(fresh)
    assert desk(fresh) == f"→ {SET_UP}"


def test_five_wrong_passwords_lock_the_door_even_for_the_right_one(client: Client) -> None:
    officer("lan")
    for _attempt in range(5):
        answer = give_password(client, password="sai-mật-khẩu-rồi")

    assert answer.status_code == 429
    assert give_password(client).status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_lock_is_for_one_name_from_one_place(client: Client) -> None:
    officer("lan")
    officer("hoa")
    for _attempt in range(5):
        give_password(client, password="sai-mật-khẩu-rồi")

    assert give_password(client, "hoa")["Location"] == CODE_DOOR
    assert give_password(Client(REMOTE_ADDR="10.0.0.9"))["Location"] == CODE_DOOR


def test_a_stranger_and_a_wrong_password_read_the_same(client: Client) -> None:
    officer("lan")

    pages = [give_password(client, name, "không-đúng-đâu").content.decode() for name in ("lan", "ai-do")]

    sentences = [page.split('role="alert"')[1].split("</div></div>")[0] for page in pages]
    assert sentences[0] == sentences[1]


def test_empty_boxes_are_named(client: Client) -> None:
    page = client.post(PASSWORD_DOOR, {"login": "", "password": ""}).content.decode()

    assert 'href="#id_login"' in page
    assert 'href="#id_password"' in page
    assert "<title>Lỗi" in page


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "http:evil.example"])
def test_nobody_is_sent_to_another_site(client: Client, target: str) -> None:
    officer("lan")
    give_password(client, next=target)

    answer = client.post(CODE_DOOR, {"code": code()})

    assert answer["Location"] == "/ban-lam-viec/"


def test_the_session_is_a_new_one_after_signing_in(client: Client) -> None:
    officer("lan")
    give_password(client)
    planted = client.cookies["sessionid"].value

    client.post(CODE_DOOR, {"code": code()})

    assert client.cookies["sessionid"].value != planted
    stale = Client()
    stale.cookies["sessionid"] = planted
    assert desk(stale) == "anonymous::0:"


@pytest.mark.parametrize(
    ("kind", "key", "age", "open_"),
    [
        ("officer", session.SEEN_AT, timedelta(minutes=59), True),
        ("officer", session.SEEN_AT, timedelta(minutes=61), False),
        ("officer", session.SIGNED_IN_AT, timedelta(hours=10, minutes=1), False),
        ("citizen", session.SEEN_AT, timedelta(minutes=31), False),
        ("citizen", session.SIGNED_IN_AT, timedelta(hours=11, minutes=59), True),
    ],
)
def test_a_session_ends_when_idle_or_old(
    client: Client, kind: str, key: str, age: timedelta, open_: bool
) -> None:
    account_id = officer("lan") if kind == "officer" else citizen().account_id
    assert account_id is not None
    sign_in(client, account_id)
    store = client.session
    store[key] = (clock.now() - age).isoformat()
    store.save()

    assert desk(client).startswith(kind) is open_
    assert ("_auth_user_id" in client.session) is open_


def test_a_session_nobody_began_is_no_session(client: Client) -> None:
    client.force_login(
        Account.objects.get(pk=citizen().account_id),
        backend="tinhso.people.sign_in_backend.SignInBackend",
    )

    assert desk(client) == "anonymous::0:"


def test_a_closed_account_is_shut_out_at_once(client: Client) -> None:
    lan = officer("lan")
    sign_in(client, lan)

    actions.close_account(actor=SYSTEM, at=AT, account_id=lan)

    assert desk(client) == "anonymous::0:"
    assert give_password(Client())["Location"] != CODE_DOOR


def parent_and_child() -> tuple[Any, Any, Any]:
    parent, child = citizen(), citizen("000195000102", full_name="La Thị Nga")
    mandate = actions.record_mandate(
        actor=SYSTEM,
        at=AT,
        agency_id=agency(),
        kind="guardian",
        agent_person_id=parent.person_id,
        principal_person_id=child.person_id,
        evidence="Quyết định giám hộ",
    )
    return parent, child, mandate


def test_one_chooses_for_whom_one_acts(client: Client) -> None:
    parent, child, _mandate = parent_and_child()
    sign_in(client, parent.account_id)

    page = client.get("/thay-mat/").content.decode()
    assert "La Thị Nga" in page
    client.post("/thay-mat/", {"person": str(child.person_id)})

    assert desk(client).endswith(str(child.person_id))
    client.post("/thay-mat/", {"person": ""})
    assert desk(client).endswith(":0:")


@pytest.mark.parametrize("person", ["00000000-0000-0000-0000-000000000001", "x"])
def test_one_acts_for_nobody_who_gave_no_mandate(client: Client, person: str) -> None:
    parent, _child, _mandate = parent_and_child()
    sign_in(client, parent.account_id)

    answer = client.post("/thay-mat/", {"person": person})

    assert answer.status_code == 403
    assert session.ACTING_FOR not in client.session


def test_what_is_sent_under_a_revoked_mandate_is_refused_and_never_done_in_ones_own_name(
    client: Client,
) -> None:
    parent, child, mandate = parent_and_child()
    sign_in(client, parent.account_id)
    client.post("/thay-mat/", {"person": str(child.person_id)})
    actions.revoke_mandate(actor=SYSTEM, at=clock.now(), mandate_id=mandate)

    answer = client.post("/ban-thu/")

    assert answer.status_code == 403
    assert "thay mặt" in answer.content.decode()
    assert client.post("/ban-thu/").content.decode() == "citizen:Hoàng Văn Chíu:0:"


def test_what_is_read_under_a_revoked_mandate_is_read_in_ones_own_name(client: Client) -> None:
    parent, child, mandate = parent_and_child()
    sign_in(client, parent.account_id)
    client.post("/thay-mat/", {"person": str(child.person_id)})
    actions.revoke_mandate(actor=SYSTEM, at=clock.now(), mandate_id=mandate)

    assert "GET" in SAFE_METHODS
    assert desk(client) == "citizen:Hoàng Văn Chíu:0:"


def test_a_visitor_is_asked_to_sign_in_before_choosing(client: Client) -> None:
    assert client.get("/thay-mat/")["Location"] == "/dang-nhap/?next=%2Fthay-mat%2F"


@pytest.mark.parametrize("address", ["/dang-nhap/", PASSWORD_DOOR, "/dang-nhap/da-khoa/"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_door_has_one_heading_and_labelled_boxes(client: Client, address: str, language: str) -> None:
    page = client.get(f"{address}?lang={language}").content.decode()

    assert page.count("<h1") == 1
    assert "Quảng Ninh" in page.split("</title>")[0]
    assert f'<html lang="{language}"' in page
    assert page.count("<input class=") == page.count("<label ")
