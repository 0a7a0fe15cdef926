"""Posts and absences through the API."""

from datetime import timedelta
from typing import Any

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.api_kit import Caller, code_of
from tests.dossiers_kit import SYSTEM, Province
from tests.people_kit import PASSWORD, SECRET
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.models import StepRun
from tinhso.kernel import clock
from tinhso.people import actions as people
from tinhso.people.models import Post, Substitution

pytestmark = pytest.mark.django_db
EXAMINER = "civil_status_officer"


def given(caller: Caller, agency_id: Any, **changes: str) -> Any:
    body = {"username": "vi-van-thu", "agency_id": str(agency_id), "role": EXAMINER, "title": "Hộ tịch"}
    return caller.send("/posts", body | changes)


def enrolled(province: Province) -> Any:
    return people.enrol_officer(
        actor=SYSTEM,
        at=province.at,
        username="vi-van-thu",
        password=PASSWORD,
        full_name="Vi Văn Thứ",
        totp_secret=SECRET,
    )


def test_a_head_gives_a_post_and_ends_another_in_favour_of_its_holder(province: Province) -> None:
    chair, examiner = province.officer("chairperson"), province.officer(EXAMINER)
    agency_id, caller = chair.posts[0].agency_id, Caller(chair)
    account_id = enrolled(province)
    dossier_id = desk.accepted(province, province.citizen())
    claim_step(actor=examiner, at=province.at, dossier_id=dossier_id)

    made = given(caller, agency_id)
    assert made.status_code == 201
    listed = caller.read(f"/posts?agency_id={agency_id}")["items"]
    mine = next(one for one in listed if one["account_id"] == str(examiner.account_id))
    assert (mine["steps_in_hand"], mine["may_end"]) == (1, True)
    assert caller.read(f"/posts/{mine['id']}/in-hand") == {"steps": 1, "forms": 0}
    ended = caller.send(f"/posts/{mine['id']}/end", {"successor_account_id": str(account_id)})

    assert ended.status_code == 204
    assert StepRun.objects.get(closed_at=None).holder_id == account_id
    assert caller.ask("GET", f"/posts/{mine['id']}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "khong-co"}, "officer-missing"),
        ({"role": "chairperson"}, "not-allowed"),
        ({"until_on": "2020-01-01"}, "post-ends-before-it-begins"),
    ],
)
def test_a_post_is_refused_with_its_reason(province: Province, changes: dict[str, str], code: str) -> None:
    chair, account_id = province.officer("chairperson"), enrolled(province)
    refused = given(Caller(chair), chair.posts[0].agency_id, **changes)
    assert code_of(refused) == code
    assert not Post.objects.filter(account_id=account_id).exists()


def test_who_has_no_part_in_the_agency_gives_reads_and_ends_nothing(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    agency_id, post_id = examiner.posts[0].agency_id, examiner.posts[0].id
    for actor in (province.citizen(), province.officer("chairperson", unit=kit.HONG_GAI)):
        caller = Caller(actor)
        assert caller.ask("GET", f"/posts?agency_id={agency_id}").status_code == 403
        assert caller.ask("GET", f"/posts/{post_id}").status_code == 404
        assert caller.send(f"/posts/{post_id}/end", {}).status_code == 404
    enrolled(province)
    assert given(Caller(examiner), agency_id).status_code == 403
    assert Post.objects.get(pk=post_id).ended_at is None


def test_an_officer_names_who_stands_in_and_ends_it(province: Province) -> None:
    examiner, counter = province.officer(EXAMINER), province.officer("one_stop")
    caller, now = Caller(examiner), clock.now()
    body = {
        "post_id": str(examiner.posts[0].id),
        "substitute_account_id": str(counter.account_id),
        "from_at": now.isoformat(),
        "until_at": (now + timedelta(days=2)).isoformat(),
        "reason": "Nghỉ phép",
    }
    backwards = caller.send("/substitutions", body | {"until_at": now.isoformat()})
    assert code_of(backwards) == "substitution-malformed"
    assert Caller(counter).send("/substitutions", body).status_code == 403
    assert not Substitution.objects.exists()

    made = caller.send("/substitutions", body).json()["id"]

    assert [one["id"] for one in caller.read("/substitutions")["stood_in_for"]] == [made]
    other = Caller(counter)
    assert [one["holder_name"] for one in other.read("/substitutions")["standing_in"]] == [examiner.full_name]
    assert other.send(f"/substitutions/{made}/end").status_code == 404
    assert caller.send(f"/substitutions/{made}/end").status_code == 204
    assert caller.read("/substitutions") == {"standing_in": [], "stood_in_for": []}
    assert Caller(province.citizen()).ask("GET", "/substitutions").status_code == 403


def test_an_officer_chooses_where_to_be_told_of_work(province: Province) -> None:
    caller = Caller(province.officer(EXAMINER))
    assert caller.read("/me/work-email") == {"email": ""}
    assert code_of(caller.ask("PUT", "/me/work-email", {"email": "sai@"})) == "email-malformed"
    assert caller.ask("PUT", "/me/work-email", {"email": " a@example.vn "}).json() == {
        "email": "a@example.vn"
    }
    assert caller.read("/me/work-email") == {"email": "a@example.vn"}
    assert Caller(province.citizen()).ask("PUT", "/me/work-email", {"email": ""}).status_code == 403
