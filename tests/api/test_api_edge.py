"""What the edge of the API promises of every request and answer."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from tests import dossiers_kit as kit
from tests.api_kit import PROBLEM, ROOT, Caller, code_of, token_for
from tests.dossiers_kit import BINH_LIEU, BIRTH, Province
from tests.papers_samples import photo
from tests.people_kit import AT, SYSTEM, citizen, officer, sign_in
from tinhso.api.v1.dossiers import routes
from tinhso.dossiers.models import Dossier, Draft
from tinhso.edge.limits import Limit
from tinhso.kernel.models import IdempotencyRecord
from tinhso.people import actions, queries
from tinhso.people.models import Account

pytestmark = pytest.mark.django_db
BEGIN = {"procedure_code": BIRTH, "unit_code": BINH_LIEU}
NOBODY_S = "01a1ffc4-26f4-712f-9a2d-b791a50697fb"


def raw(caller: Caller, method: str, path: str, data: bytes, kind: str, **more: Any) -> Any:
    return caller.generic(method, ROOT + path, data, content_type=kind, headers=caller.said, **more)


# Problems


def test_a_problem_speaks_the_language_asked_for() -> None:
    said = {language: Caller(language=language).ask("GET", "/me").json() for language in ("vi", "en")}
    assert said["vi"]["detail"].startswith("Việc này cần đăng nhập")
    assert said["vi"] | {"title": "", "detail": ""} == said["en"] | {"title": "", "detail": ""}
    assert said["vi"]["instance"] == f"{ROOT}/me"


def test_an_unknown_address_and_method_are_problems_too() -> None:
    assert code_of(Caller().ask("GET", "/no/such/thing")) == "no-such-address"
    refused = Caller().ask("PUT", "/procedures")
    assert (refused.status_code, code_of(refused), refused["Allow"]) == (
        405,
        "method-not-allowed",
        "GET, HEAD",
    )
    assert Caller().ask("GET", "/dossiers/not-a-uuid").status_code == 404


def test_what_is_not_asked_for_in_a_served_form_is_406() -> None:
    refused = Caller().ask("GET", "/procedures", Accept="text/csv")
    assert (refused.status_code, code_of(refused)) == (406, "not-acceptable")
    assert Caller().ask("GET", "/procedures", Accept="application/json;q=0.5, */*;q=0.1").status_code == 200


def test_a_wrong_shape_is_named_place_by_place() -> None:
    refused = Caller(citizen()).send("/drafts", {"unit_code": "0683800", "colour": "red"})
    assert refused.status_code == 422
    told = {error["field"]: error["sentence"] for error in refused.json()["errors"]}
    assert told == {
        "body.procedure_code": "Thiếu mục này.",
        "body.unit_code": "Dài quá 5 ký tự.",
        "body.colour": "Không có mục này; hãy bỏ đi.",
    }


def test_a_mistake_of_ours_is_a_problem_that_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(routes.queries, "access_dossier", broken)
    refused = Caller(citizen()).ask("GET", f"/dossiers/{NOBODY_S}")
    assert (refused.status_code, code_of(refused)) == (500, "broken")
    assert b"secret" not in refused.content


# Bodies


def test_50_mb_of_json_is_refused_before_a_byte_is_read() -> None:
    caller = Caller(citizen())

    class Unread:
        def read(self, *_size: int) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    refused = caller.generic(
        "POST",
        f"{ROOT}/drafts",
        content_type="application/json",
        headers=caller.said,
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(50 * 1024 * 1024)},
    )
    assert (refused.status_code, code_of(refused)) == (413, "body-too-large")
    assert "2,5 MB" in refused.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe{}",
        b'{"procedure_code": NaN}',
        b'{"procedure_code": 1e999}',
        b'{"procedure_code": "a\\u0000b"}',
        b'{"procedure_code": "\\ud800"}',
        b"[" * 100_000,
        b'{"procedure_code": ' + b"[" * 60 + b"]" * 60 + b"}",
        b'{"procedure_code": ' + b"9" * 5000 + b"}",
    ],
    ids=["cut", "not-utf-8", "nan", "infinity", "nul", "surrogate", "deep", "too-deep", "huge-number"],
)
def test_json_that_no_database_keeps_is_refused(body: bytes) -> None:
    refused = raw(Caller(citizen()), "POST", "/drafts", body, "application/json")
    assert (refused.status_code, code_of(refused), refused["Content-Type"]) == (
        400,
        "unreadable-body",
        PROBLEM,
    )
    assert not Draft.objects.exists()


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
def test_another_media_type_is_415(kind: str) -> None:
    refused = raw(Caller(citizen()), "POST", "/drafts", b"{}", kind)
    assert (refused.status_code, code_of(refused)) == (415, "unsupported-media-type")


def test_a_file_is_no_json_and_json_is_no_file() -> None:
    caller = Caller(citizen())
    assert caller.upload("/drafts", {"file": "x"}).status_code == 415
    assert caller.send("/verify", {"file": "x"}).status_code == 415


def test_nul_in_address_and_form_is_refused() -> None:
    assert code_of(Caller().ask("GET", "/procedures?q=%00")) == "unreadable-request"
    refused = Caller(citizen()).upload(f"/drafts/{NOBODY_S}/papers", {"requirement": "a\0b", "file": "x"})
    assert code_of(refused) == "unreadable-request"


# Who asks


def test_nobody_is_told_how_to_sign_in() -> None:
    refused = Caller().ask("GET", "/dossiers")
    assert (refused.status_code, code_of(refused)) == (401, "not-signed-in")


def test_another_site_cannot_use_a_browser_s_session() -> None:
    caller = Caller(citizen())
    del caller.said["X-CSRFToken"]
    refused = caller.send("/drafts", BEGIN)
    assert (refused.status_code, code_of(refused)) == (403, "csrf")
    assert not Draft.objects.exists()


def test_a_password_without_its_code_opens_nothing() -> None:
    client = Client()
    account = Account.objects.get(pk=officer("lan"))
    sign_in(client, account.pk)
    store = client.session
    store.pop("account_authentication_methods", None)
    for key in [key for key in store.keys() if "authentication_methods" in key]:  # noqa: SIM118
        del store[key]
    store.save()
    refused = client.get(f"{ROOT}/me")
    assert (refused.status_code, refused["Content-Type"]) == (401, PROBLEM)


def test_a_machine_reads_as_its_officer_and_changes_nothing(province: Province) -> None:
    counter = province.officer("one_stop")
    made = kit.filed(province, province.citizen(), BIRTH).dossier_id
    machine = Caller(token=token_for(counter, at=province.at))

    assert machine.read("/me")["kind"] == "officer"
    assert machine.read(f"/dossiers/{made}")["id"] == str(made)
    refused = machine.send(f"/dossiers/{made}/claim")

    assert (refused.status_code, code_of(refused)) == (403, "token-only-reads")
    assert Dossier.objects.get().revision == 1


def test_a_machine_with_the_right_writes_without_csrf_but_never_signs(province: Province) -> None:
    made = kit.filed(province, province.citizen(), BIRTH).dossier_id
    counter = Caller(token=token_for(province.officer("one_stop"), at=province.at, scope="write"))
    assert counter.send(f"/dossiers/{made}/claim").status_code == 200
    chair = Caller(token=token_for(province.officer("chairperson"), at=province.at, scope="write"))
    for path, body in (
        (f"/dossiers/{made}/sign", {}),
        (f"/dossiers/{made}/refuse", {"reason": "Không đủ điều kiện."}),
        ("/signing", {"dossier_ids": [str(made)]}),
    ):
        assert code_of(chair.send(path, body)) == "person-must-sign"


def test_a_token_that_opens_nothing_is_401_even_beside_a_session() -> None:
    lan = queries.actor_of(officer("lan"), at=AT)
    secret = token_for(lan, at=AT)
    actions.revoke_api_token(actor=SYSTEM, at=AT, prefix=secret[:12])
    caller = Caller(citizen(), token=secret)
    assert code_of(caller.ask("GET", "/me")) == "token-not-valid"
    assert code_of(Caller(token="x").ask("GET", "/procedures")) == "token-not-valid"


# Once


def test_a_post_sent_twice_happens_once_and_is_answered_twice(province: Province) -> None:
    caller = Caller(province.citizen())
    first = caller.send("/drafts", BEGIN, Idempotency_Key="k-1")
    again = caller.send("/drafts", BEGIN, Idempotency_Key="k-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert (again["Idempotency-Replayed"], again["Location"]) == ("true", first["Location"])
    assert "Idempotency-Replayed" not in first
    assert Draft.objects.count() == 1


def test_a_key_is_its_owner_s_and_of_one_request(province: Province) -> None:
    caller = Caller(province.citizen())
    caller.send("/drafts", BEGIN, Idempotency_Key="k-1")
    other = caller.send("/drafts", BEGIN | {"unit_code": kit.HONG_GAI}, Idempotency_Key="k-1")
    assert (other.status_code, code_of(other)) == (409, "idempotency-key-reused")
    stranger = Caller(province.citizen("000195000102", full_name="La Thị Nga"))
    assert stranger.send("/drafts", BEGIN, Idempotency_Key="k-1").status_code == 201
    assert Draft.objects.count() == 2
    assert caller.send("/drafts", BEGIN, Idempotency_Key="a b").status_code == 422


def test_a_refusal_is_not_kept_and_leaves_the_key_free(province: Province) -> None:
    caller = Caller(province.citizen())
    wrong = BEGIN | {"procedure_code": "9.999999"}
    assert caller.send("/drafts", wrong, Idempotency_Key="k-1").status_code == 404
    assert not IdempotencyRecord.objects.exists()
    assert caller.send("/drafts", BEGIN, Idempotency_Key="k-1").status_code == 201


def test_a_file_sent_twice_is_received_once(province: Province) -> None:
    actor = province.citizen()
    caller, draft = Caller(actor), kit.begin(province, actor, BIRTH)
    part = kit.procedure(BIRTH).papers[0].id
    answers = []
    for width in (640, 640, 641):
        picture = kit.BytesIO(photo(width=width, height=480))
        picture.name = "giay.jpg"
        sent = {"requirement": part, "file": picture}
        answers.append(caller.upload(f"/drafts/{draft}/papers", sent, Idempotency_Key="p"))
    assert [answer.status_code for answer in answers] == [201, 201, 409]
    assert "Idempotency-Replayed" in answers[1]
    assert len(Draft.objects.get().papers[part]) == 1


# Versions


def test_a_stale_move_is_412_and_changes_nothing(province: Province) -> None:
    made = kit.filed(province, province.citizen(), BIRTH).dossier_id
    counter = Caller(province.officer("one_stop"))
    seen = counter.ask("GET", f"/dossiers/{made}")["ETag"]
    moved = counter.send(f"/dossiers/{made}/claim", If_Match=seen)
    assert moved.status_code == 200
    assert moved["ETag"] != seen

    refused = counter.send(f"/dossiers/{made}/decline", {"reason": "Thiếu tờ khai."}, If_Match=seen)

    assert (refused.status_code, code_of(refused)) == (412, "stale-version")
    assert Dossier.objects.get().status == "filed"
    assert counter.send(f"/dossiers/{made}/claim", If_Match="abc").status_code == 400
    weak = f"W/{moved['ETag']}"
    assert counter.send(f"/dossiers/{made}/claim", If_Match=weak).status_code == 200


def test_what_is_held_is_not_sent_again(province: Province) -> None:
    made = kit.filed(province, province.citizen(), BIRTH).dossier_id
    counter = Caller(province.officer("one_stop"))
    seen = counter.ask("GET", f"/dossiers/{made}")["ETag"]

    held = counter.ask("GET", f"/dossiers/{made}", If_None_Match=f'"x", W/{seen}')

    assert (held.status_code, held.content, held["ETag"]) == (304, b"", seen)
    english = Caller(province.officer("one_stop"), language="en")
    assert english.ask("GET", f"/dossiers/{made}", If_None_Match=seen).status_code == 200
    counter.send(f"/dossiers/{made}/claim")
    assert counter.ask("GET", f"/dossiers/{made}", If_None_Match=seen).status_code == 200


def test_nothing_personal_stays_in_a_cache() -> None:
    mine = Caller(citizen()).ask("GET", "/me")
    assert mine["Cache-Control"] == "no-store, private"
    assert {"Authorization", "Cookie", "Accept-Language"} <= set(mine["Vary"].split(", "))


# Pages


def test_pages_are_whole_and_stable_while_new_ones_come_in(province: Province) -> None:
    actor = province.citizen()
    caller = Caller(actor)
    made = [str(kit.begin(province, actor, BIRTH)) for _ in range(5)]
    first = caller.ask("GET", "/drafts?limit=2")
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    kit.begin(province, actor, BIRTH)

    seen, page = [], first.json()
    while True:
        seen += [draft["id"] for draft in page["items"]]
        if page["next_cursor"] is None:
            break
        page = caller.read(f"/drafts?limit=2&cursor={page['next_cursor']}")

    assert sorted(seen) == sorted(made)
    assert seen == sorted(made, reverse=True)
    assert page["next"] is None


@pytest.mark.parametrize(
    "cursor", ["x", "bnVsbA", "W10", "WyJhIiwiYiJd", "WyIyMDI2LTAxLTAxIiwiYSJd", "a" * 299]
)
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    refused = Caller(citizen()).ask("GET", f"/drafts?cursor={cursor}")
    assert (refused.status_code, code_of(refused)) == (422, "cursor-unknown")


def test_the_catalogue_and_the_territory_are_turned_page_by_page(province: Province) -> None:
    caller, codes, cursor = Caller(), [], ""
    while cursor is not None:
        page = caller.read(f"/procedures?limit=4&cursor={cursor}" if cursor else "/procedures?limit=4")
        codes += [item["code"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert len(codes) == len(set(codes)) >= 6
    units = caller.read("/territory/units/22/communes?on=2025-07-01&limit=100")
    assert len(units["items"]) == 54
    assert units["next"] is None


def test_the_form_and_the_map_are_told(province: Province) -> None:
    told = Caller(language="en").read(f"/procedures/{BIRTH}")
    assert told["form"][0]["questions"]
    assert [step["signs"] for step in told["steps"]].count(True) == 1
    asked = "text=Phường Hà Khánh, Hạ Long&on=2024-06-01&as_of=2026-01-01"
    assert Caller().read(f"/territory/resolve?{asked}")["units"]
    assert Caller().ask("GET", "/territory/resolve?text=Xyz").status_code == 422
    assert Caller().ask("GET", "/procedures/9.999999").status_code == 404


def test_the_work_list_is_an_officer_s(province: Province) -> None:
    kit.filed(province, province.citizen(), BIRTH)
    assert Caller(province.citizen()).ask("GET", "/desk").status_code == 403
    (row,) = Caller(province.officer("one_stop")).read("/desk")["items"]
    assert (row["open_role"], row["holder_id"]) == ("one_stop", None)
    assert Caller(province.officer("chairperson")).read("/desk")["items"] == []
    assert len(Caller(province.officer("chairperson")).read("/desk?mine=false")["items"]) == 1
    assert Caller(province.officer("one_stop")).read("/desk?q=khong-co")["items"] == []


def test_messages_are_listed_and_marked(province: Province) -> None:
    actor = province.citizen()
    kit.filed(province, actor, BIRTH)
    caller = Caller(actor)
    page = caller.read("/notices?limit=1")
    assert page["unread"] >= 1
    one = page["items"][0]["id"]
    assert caller.send(f"/notices/{one}/read").json()["read_at"]
    assert caller.read("/notices")["unread"] == page["unread"] - 1
    stranger = Caller(province.citizen("000195000102", full_name="La Thị Nga"))
    assert stranger.send(f"/notices/{one}/read").status_code == 404


def test_one_reads_what_is_known_of_oneself_and_by_whom(province: Province) -> None:
    actor = province.citizen()
    facts = {fact["name"]: fact for fact in Caller(actor).read("/me/facts")["items"]}
    assert facts["applicant.full_name"]["value"] == actor.full_name
    assert facts["applicant.full_name"]["source"] == "dinh-danh"
    other = province.citizen("000195000102", full_name="La Thị Nga")
    assert Caller(actor).ask("GET", f"/me/facts?person_id={other.person_id}").status_code == 404
    assert Caller(actor).ask("GET", f"/me/accesses?person_id={other.person_id}").status_code == 404
    assert Caller(actor).read("/me/mandates") == {"held": [], "given": []}


def test_the_contract_is_published() -> None:
    told = json.loads(Caller().ask("GET", "/openapi.json").content)
    assert told["openapi"].startswith("3.1")


# HEAD, and how often


def test_head_says_what_get_would_without_a_body(province: Province) -> None:
    actor = province.citizen()
    made = kit.filed(province, actor, BIRTH).dossier_id
    for path in ("/procedures", f"/dossiers/{made}", f"/papers/{_paper_of(made)}/content"):
        got, asked = (Caller(actor).ask(method, path) for method in ("GET", "HEAD"))
        assert asked.status_code == 200
        assert b"".join(asked) == b""
        assert {name: asked[name] for name in ("ETag", "Content-Type")} == {
            name: got[name] for name in ("ETag", "Content-Type")
        }
    assert Client().head(f"{ROOT}/dossiers/{made}").status_code == 401


def test_head_of_what_only_posts_is_405() -> None:
    refused = Client().head(f"{ROOT}/signing")
    assert (refused.status_code, refused["Allow"]) == (405, "POST")


def test_verifying_too_often_must_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinhso.api.v1.verify.routes.VERIFY", Limit("verify", 2, 600))
    answers = [Caller().upload("/verify", {"file": BytesIO(b"x")}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert (code_of(answers[2]), answers[2]["Retry-After"]) == ("too-many-tries", "600")


def _paper_of(dossier_id: object) -> str:
    dossier = Dossier.objects.get(pk=dossier_id)
    return str(next(one for ids in dossier.papers.values() for one in ids))


def test_a_line_break_in_an_address_is_a_problem_too() -> None:
    assert code_of(Caller().ask("GET", "/dossiers/%0A")) == "no-such-address"
