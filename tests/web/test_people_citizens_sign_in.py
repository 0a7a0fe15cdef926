"""Citizens sign in at the identity provider: the whole code flow, and everything that must stop it."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings
from sandbox.identity.citizens import load_citizens
from sandbox.identity.service import Service

from tests import identity_kit
from tests.identity_kit import answer_at_provider, come_back, sign_in_by_provider, start
from tests.people_kit import AT, citizen
from tinhso.edge import session
from tinhso.kernel.models import LedgerEntry
from tinhso.people import queries
from tinhso.people.models import Account, Person

pytestmark = pytest.mark.django_db
CHIU, NGOC, HOA = "000191000101", "000199000104", "000150000105"


@pytest.fixture(scope="module")
def running() -> Iterator[Service]:
    with identity_kit.running() as service:
        yield service


@pytest.fixture
def provider(running: Service, settings: Settings) -> Service:
    settings.SOCIALACCOUNT_PROVIDERS = identity_kit.configuration(running)
    running.store.fail_next = ""
    running.citizens = load_citizens()
    return running


def nobody_signed_in(client: Client) -> bool:
    return "_auth_user_id" not in client.session and not Account.objects.exists()


def test_a_citizen_signs_in_and_is_known(client: Client, provider: Service) -> None:
    answer = sign_in_by_provider(client, CHIU, next_url="/thay-mat/")

    assert (answer.status_code, answer["Location"]) == (302, "/thay-mat/")
    page = client.get("/thay-mat/")
    actor = page.wsgi_request.actor  # type: ignore[attr-defined]
    assert (actor.full_name, actor.assurance, actor.posts) == ("Hoàng Văn Chíu", 2, ())
    assert queries.proved_facts(actor.person_id)["applicant.address"]["commune"] == "06838"  # type: ignore[index]
    assert LedgerEntry.objects.filter(kind="people.identity_received").count() == 1


def test_level_1_stays_level_1(client: Client, provider: Service) -> None:
    sign_in_by_provider(client, NGOC)

    actor = client.get("/thay-mat/").wsgi_request.actor  # type: ignore[attr-defined]

    assert (actor.full_name, actor.assurance) == ("Nguyễn Phạm Bảo Ngọc", 1)
    assert "applicant.address" not in queries.proved_facts(actor.person_id)


def test_claims_that_disagree_count_as_the_lower_level(client: Client, provider: Service) -> None:
    class Boasting(type(provider.citizens[NGOC])):  # type: ignore[misc]
        def claims(self) -> dict[str, object]:
            return super().claims() | {"loAs": "2"}

    ngoc = provider.citizens[NGOC]
    provider.citizens[NGOC] = Boasting(**{name: getattr(ngoc, name) for name in ngoc.__slots__})

    sign_in_by_provider(client, NGOC)

    assert client.session[session.ASSURANCE] == 1


def test_personal_id_and_pin_work_as_well(client: Client, provider: Service) -> None:
    answer = come_back(client, answer_at_provider(start(client), personal_id=CHIU, pin="2468"))

    assert answer.status_code == 302
    assert "_auth_user_id" in client.session


def test_a_year_of_birth_alone_is_kept_as_a_year(client: Client, provider: Service) -> None:
    sign_in_by_provider(client, HOA)

    person = Person.objects.get(personal_id=HOA)
    assert (str(person.born_on), person.born_precision) == ("1950-01-01", "year")


def test_signing_in_again_is_the_same_account(client: Client, provider: Service) -> None:
    sign_in_by_provider(client, CHIU)
    client.post("/dang-xuat/")

    sign_in_by_provider(Client(), CHIU)

    assert Account.objects.count() == 1
    assert Person.objects.count() == 1


def test_another_name_at_the_same_number_is_refused(client: Client, provider: Service) -> None:
    citizen(CHIU, full_name="Hoàng Văn Khác", at=AT)
    before = Person.objects.values().get()

    answer = sign_in_by_provider(client, CHIU)

    assert answer.status_code == 403
    assert "không khớp" in answer.content.decode()
    assert "Hoàng Văn Khác" not in answer.content.decode()
    assert Person.objects.values().get() == before
    assert "_auth_user_id" not in client.session


def test_an_incomplete_identity_is_refused(client: Client, provider: Service) -> None:
    provider.citizens[CHIU] = replace(provider.citizens[CHIU], personal_id="12345")

    answer = sign_in_by_provider(client, CHIU)

    assert answer.status_code == 403
    assert "số định danh cá nhân" in answer.content.decode()
    assert nobody_signed_in(client)


@pytest.mark.parametrize(
    "failure",
    [
        "token_error",
        "userinfo_error",
        "userinfo_other",
        "bad_signature",
        "wrong_nonce",
        "wrong_audience",
        "expired_token",
        "authorize_error",
    ],
)
def test_a_failing_or_lying_provider_signs_nobody_in(client: Client, provider: Service, failure: str) -> None:
    address = start(client)
    provider.store.fail_next = failure

    if failure == "authorize_error":
        back = identity_kit.httpx.get(address).headers["location"]
    else:
        back = answer_at_provider(address, citizen=CHIU)
    answer = come_back(client, back)

    assert answer.status_code in {401, 403, 502}
    assert "Chưa đăng nhập được" in answer.content.decode()
    assert nobody_signed_in(client)
    assert provider.store.fail_next == ""


def test_a_provider_that_does_not_answer_is_said_in_a_sentence(
    client: Client, provider: Service, settings: Settings
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = identity_kit.configuration(
        replace(provider, issuer="http://127.0.0.1:9")
    )

    answer = client.post("/dang-nhap/dinh-danh/")

    assert answer.status_code == 502
    assert "không trả lời" in answer.content.decode()


def test_a_slow_provider_is_given_up_on(client: Client, provider: Service, settings: Settings) -> None:
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.3
    back = answer_at_provider(start(client), citizen=CHIU)
    provider.store.fail_next, provider.store.seconds = "slow", 1

    answer = come_back(client, back)

    assert answer.status_code == 502
    assert nobody_signed_in(client)


def test_one_may_say_no_at_the_provider(client: Client, provider: Service) -> None:
    answer = come_back(client, answer_at_provider(start(client), cancel="1"))

    assert "Bạn đã dừng đăng nhập" in answer.content.decode()
    assert nobody_signed_in(client)


def test_a_code_without_our_state_is_refused(client: Client, provider: Service) -> None:
    back = answer_at_provider(start(client), citizen=CHIU)

    assert come_back(Client(), back).status_code == 502
    query = parse_qs(urlsplit(back).query)
    forged = urlencode({"code": query["code"][0], "state": "guessed"})
    assert client.get(f"{identity_kit.CALLBACK}?{forged}").status_code == 502
    assert nobody_signed_in(client)


def test_a_callback_works_once(client: Client, provider: Service) -> None:
    back = answer_at_provider(start(client), citizen=CHIU)
    come_back(client, back)
    client.post("/dang-xuat/")

    assert come_back(client, back).status_code == 502
    assert "_auth_user_id" not in client.session


def test_the_code_is_useless_without_the_verifier(client: Client, provider: Service) -> None:
    address = start(client)
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = parse_qs(urlsplit(answer_at_provider(address, citizen=CHIU)).query)

    stolen = identity_kit.httpx.post(
        f"{provider.issuer}/token",
        data={
            "grant_type": "authorization_code",
            "code": back["code"][0],
            "redirect_uri": asked["redirect_uri"][0],
            "client_id": "tinhso",
            "client_secret": "moi-truong-thu",
            "code_verifier": "x" * 43,
        },
    )

    assert stolen.json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(
    client: Client, provider: Service, target: str
) -> None:
    answer = sign_in_by_provider(client, CHIU, next_url=target)

    assert answer["Location"] == "/"


def test_the_way_to_the_provider_opens_only_by_post_with_a_token(provider: Service) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/dang-nhap/dinh-danh/").status_code == 403
    assert strict.get("/dang-nhap/dinh-danh/").status_code == 405
    assert Client().post("/dang-nhap/khac/").status_code == 404


def test_the_session_is_a_new_one_after_signing_in(client: Client, provider: Service) -> None:
    address = start(client)
    planted = client.cookies["sessionid"].value

    come_back(client, answer_at_provider(address, citizen=CHIU))

    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_signing_out_ends_the_session_here_and_there(client: Client, provider: Service) -> None:
    sign_in_by_provider(client, CHIU)

    answer = client.post("/dang-xuat/")

    assert answer["Location"].startswith(f"{provider.issuer}/end_session?")
    assert "_auth_user_id" not in client.session
    there = identity_kit.httpx.get(answer["Location"])
    assert (there.status_code, there.headers["location"]) == (303, "http://testserver/dang-nhap/")


def test_signing_out_asks_first(client: Client, provider: Service) -> None:
    sign_in_by_provider(client, CHIU)

    assert client.get("/dang-xuat/").status_code == 200
    assert "_auth_user_id" in client.session


def test_a_citizen_has_no_password_to_guess(client: Client, provider: Service) -> None:
    sign_in_by_provider(client, CHIU)
    account = Account.objects.get()
    client.post("/dang-xuat/")

    for password in ("", account.password):
        client.post("/dang-nhap/can-bo/", {"login": account.username, "password": password})

    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_and_no_password_is_reset_by_mail(client: Client) -> None:
    for path in ("accounts/signup/", "dang-ky/", "accounts/password/reset/", "accounts/login/"):
        assert client.get(f"/{path}").status_code == 404
