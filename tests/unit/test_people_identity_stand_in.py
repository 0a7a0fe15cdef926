"""The stand-in identity provider keeps the protocol as strictly as a real one."""

from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sandbox.identity import tokens
from sandbox.identity.service import Service
from starlette.testclient import TestClient

ORIGIN = "http://client.example"
VERIFIER = "v" * 43
ASK = {
    "client_id": "tinhso",
    "redirect_uri": f"{ORIGIN}/dang-nhap/dinh-danh/xac-nhan/",
    "response_type": "code",
    "scope": "openid",
    "state": "s1",
    "nonce": "n1",
    "code_challenge": tokens.challenge_of(VERIFIER),
    "code_challenge_method": "S256",
}
REDEEM = {
    "grant_type": "authorization_code",
    "redirect_uri": ASK["redirect_uri"],
    "client_id": "tinhso",
    "client_secret": "moi-truong-thu",
    "code_verifier": VERIFIER,
}


@pytest.fixture(scope="module")
def service() -> Service:
    return Service(issuer="http://issuer.example", client_origins=(ORIGIN,))


@pytest.fixture
def http(service: Service) -> TestClient:
    service.store.fail_next = ""
    return TestClient(service.app(), base_url="http://issuer.example", follow_redirects=False)


def code(http: TestClient) -> str:
    page = http.get("/authorize", params=ASK).text
    name = page.split('name="request" value="')[1].split('"')[0]
    answer = http.post("/authorize", data={"request": name, "citizen": "000191000101"})
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


def test_discovery_names_every_endpoint_it_serves(http: TestClient) -> None:
    found = http.get("/.well-known/openid-configuration").json()

    assert found["issuer"] == "http://issuer.example"
    assert found["code_challenge_methods_supported"] == ["S256"]
    for name in ("authorization", "token", "userinfo", "end_session"):
        path = urlsplit(found[f"{name}_endpoint"]).path
        assert http.get(path).status_code != 404, path


def test_a_code_buys_a_signed_token_and_the_facts(http: TestClient) -> None:
    answer = http.post("/token", data=REDEEM | {"code": code(http)}).json()

    keys = KeySet.import_key_set(http.get("/jwks").json())
    claims = jwt.decode(answer["id_token"], keys).claims
    assert (claims["aud"], claims["nonce"], claims["acr"]) == ("tinhso", "n1", "2")
    facts = http.get("/userinfo", headers={"Authorization": f"Bearer {answer['access_token']}"}).json()
    assert facts["sub"] == claims["sub"]
    assert (facts["SoDinhDanh"], facts["HoVaTen"], facts["loAs"]) == ("000191000101", "HOÀNG VĂN CHÍU", "2")


def test_the_public_key_is_public_only(http: TestClient) -> None:
    assert set(http.get("/jwks").json()["keys"][0]) == {"kty", "n", "e", "kid", "use", "alg"}


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "other"},
        {"redirect_uri": "http://evil.example/dang-nhap/dinh-danh/xac-nhan/"},
        {"redirect_uri": f"{ORIGIN}/dang-nhap/dinh-danh/xac-nhan/../"},
        {"redirect_uri": ""},
    ],
)
def test_a_wrong_client_or_address_is_refused_without_a_redirect(
    http: TestClient, change: dict[str, str]
) -> None:
    answer = http.get("/authorize", params=ASK | change)

    assert answer.status_code == 400
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
    ],
)
def test_another_mistake_goes_back_to_the_client(
    http: TestClient, change: dict[str, str], error: str
) -> None:
    query = parse_qs(urlsplit(http.get("/authorize", params=ASK | change).headers["location"]).query)

    assert (query["error"], query["state"]) == ([error], ["s1"])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"code_verifier": "x" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://evil.example/"}, "invalid_grant"),
        ({"client_secret": "guess"}, "invalid_client"),
        ({"client_id": "other"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"code": "guess"}, "invalid_grant"),
    ],
)
def test_a_code_is_worth_nothing_in_other_hands(http: TestClient, change: dict[str, str], error: str) -> None:
    answer = http.post("/token", data=REDEEM | {"code": code(http)} | change)

    assert answer.status_code in {400, 401}
    assert answer.json() == {"error": error}


def test_a_code_is_good_once_and_not_for_long(http: TestClient, service: Service) -> None:
    first = code(http)
    assert http.post("/token", data=REDEEM | {"code": first}).status_code == 200
    assert http.post("/token", data=REDEEM | {"code": first}).json() == {"error": "invalid_grant"}

    late = code(http)
    started = service.store.clock()
    service.store.clock = lambda: started + 61
    try:
        assert http.post("/token", data=REDEEM | {"code": late}).json() == {"error": "invalid_grant"}
    finally:
        del service.store.clock
        service.store.clock = type(service.store)().clock


def test_a_wrong_pin_is_said_and_leads_nowhere(http: TestClient) -> None:
    page = http.get("/authorize", params=ASK).text
    name = page.split('name="request" value="')[1].split('"')[0]

    answer = http.post("/authorize", data={"request": name, "personal_id": "000191000101", "pin": "0000"})

    assert answer.status_code == 401
    assert "không đúng" in answer.text


def test_every_page_says_it_is_a_trial_and_needs_no_script(http: TestClient) -> None:
    page = http.get("/authorize", params=ASK).text

    assert "Môi trường thử" in page
    assert "<script" not in page
    assert page.count("<h1>") == 1
    assert 'lang="vi"' in page
    assert page.count('name="citizen"') >= 6


def test_signing_out_returns_only_to_the_client_and_only_with_its_own_token(http: TestClient) -> None:
    token = http.post("/token", data=REDEEM | {"code": code(http)}).json()["id_token"]
    good = {"id_token_hint": token, "post_logout_redirect_uri": f"{ORIGIN}/dang-nhap/", "state": "z"}

    assert http.get("/end_session", params=good).headers["location"] == f"{ORIGIN}/dang-nhap/?state=z"
    for change in (
        {"post_logout_redirect_uri": "http://evil.example/dang-nhap/"},
        {"id_token_hint": "forged"},
    ):
        assert http.get("/end_session", params=good | change).status_code == 200


def test_an_unknown_failure_is_refused(http: TestClient, service: Service) -> None:
    assert http.post("/_fail", json={"next": "explode"}).status_code == 400
    assert http.post("/_fail", content=b"{").status_code == 400
    assert http.post("/_fail", json=["down"]).status_code == 400
    assert service.store.fail_next == ""

    http.post("/_fail", json={"next": "down"})
    assert http.get("/.well-known/openid-configuration").status_code == 503
    assert http.get("/.well-known/openid-configuration").status_code == 200
