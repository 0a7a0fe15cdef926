"""What officers ask of a dossier before they act, and what anybody may know of it."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import dossiers_kit as kit
from tests.api_kit import Caller, code_of
from tests.authorisation.scenes import _accepted as accepted
from tests.authorisation.scenes import _signing as at_signing
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust
from tests.guards.source import ROOT
from tinhso.definitions import catalogue
from tinhso.dossiers.models import Dossier
from tinhso.edge.limits import Limit
from tinhso.kernel.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def packs(tmp_path: Path, settings: Any) -> Path:
    """A copy of the real packs that may be changed."""
    shutil.copytree(ROOT / "packs", tmp_path / "packs")
    settings.TINHSO = settings.TINHSO.model_copy(update={"packs": tmp_path / "packs"})
    catalogue.forget()
    return tmp_path / "packs"


def change(packs: Path, old: str, new: str, *, province: Province) -> None:
    """Publish a new version of the birth registration."""
    (file,) = (
        one for one in (packs / "vietnam/procedures").glob("*.yaml") if BIRTH in one.read_text("utf-8")[:600]
    )
    written = file.read_text("utf-8")
    assert old in written
    file.write_text(written.replace(old, new), "utf-8")
    os.utime(file, (1_000_000_001, 1_000_000_001))
    assert catalogue.publish_packs(at=province.later(minutes=1))


# Tracking


def test_whoever_knows_the_code_learns_how_far_it_is_and_no_more(province: Province) -> None:
    owner = province.citizen()
    made = accepted(province, owner)
    dossier = Dossier.objects.get(pk=made)
    typed = dossier.code.lower().replace("-", " – ")
    told = Caller().read(f"/tracking?code={typed}")

    assert (told["code"], told["status"], told["dossier_id"]) == (dossier.code, dossier.status, None)
    assert told["progress"]["current"] == 2
    assert told["due_at"]
    said = str(told)
    for secret in (owner.full_name, BIRTH, kit.procedure(BIRTH).name.vi, str(made)):
        assert secret not in said


def test_whom_it_concerns_is_led_to_the_whole(province: Province) -> None:
    owner = province.citizen()
    made = accepted(province, owner)
    ask = f"/tracking?code={Dossier.objects.get(pk=made).code}"
    assert Caller(owner).read(ask)["dossier_id"] == str(made)
    assert Caller(province.officer("one_stop")).read(ask)["dossier_id"] == str(made)
    stranger = Caller(province.citizen("000195000102", full_name="La Thị Nga"))
    assert stranger.read(ask)["dossier_id"] is None
    assert Caller().ask("GET", "/tracking?code=000.00.44.H49-261121-9999").status_code == 404


def test_going_through_the_codes_is_stopped_on_pages_and_here_together(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = Limit("track", 2, 600)
    monkeypatch.setattr("tinhso.api.v1.tracking.routes.TRACK", limit)
    monkeypatch.setattr("tinhso.web.portal.tracking.TRACK", limit)
    caller = Caller()
    assert caller.get("/tra-cuu/?ma=x").status_code == 404
    asked = [caller.ask("GET", "/tracking?code=x") for _ in range(2)]
    assert [answer.status_code for answer in asked] == [404, 429]
    assert code_of(asked[1]) == "too-many-tries"


def test_a_receipt_shows_what_it_rates_and_when_it_may(province: Province) -> None:
    made = accepted(province, province.citizen())
    dossier = Dossier.objects.get(pk=made)
    path = f"/ratings/{dossier.rating_token}"
    told = Caller().read(path)
    assert (told["dossier"]["code"], told["may_rate"], told["stars"]) == (dossier.code, False, None)
    Dossier.objects.filter(pk=made).update(status="returned")
    assert Caller().read(path)["may_rate"]
    assert Caller().send(path, {"stars": 4}).status_code == 204
    told = Caller().read(path)
    assert (told["may_rate"], told["stars"]) == (False, 4)
    assert Caller().ask("GET", "/ratings/no-such-token").status_code == 404


def test_agencies_are_public_and_who_decides_is_found(province: Province) -> None:
    caller = Caller(language="en")
    decides = caller.read(f"/agencies/competent?procedure_code={BIRTH}&unit_code={kit.BINH_LIEU}")
    assert (decides["kind"], decides["unit_code"]) == ("commune_committee", kit.BINH_LIEU)
    assert caller.read(f"/agencies/{decides['id']}") == decides
    page = caller.read("/agencies?kind=commune_committee&limit=50")
    assert len(page["items"]) == 50
    assert page["next"]
    refused = caller.ask("GET", f"/agencies/competent?procedure_code={BIRTH}&unit_code=99999")
    assert (refused.status_code, code_of(refused)) == (404, "agency-missing")


# Handing over


def test_colleagues_are_those_to_whom_the_step_can_be_handed(province: Province) -> None:
    made = accepted(province, province.citizen())
    examiner = Caller(province.officer("civil_status_officer"))
    other = kit.people.enrol_officer(
        actor=kit.SYSTEM, at=province.at, username="ho-tich-2", password=kit.PASSWORD, full_name="Tằng A Sáng"
    )
    post = province.officer("civil_status_officer").posts[0]
    kit.people.appoint(
        actor=kit.SYSTEM,
        at=province.at,
        account_id=other,
        agency_id=post.agency_id,
        role=post.role,
        title="Công chức",
    )

    (told,) = examiner.read(f"/dossiers/{made}/colleagues")["items"]

    assert (told["account_id"], told["full_name"], told["is_substitute"]) == (
        str(other),
        "Tằng A Sáng",
        False,
    )
    given = examiner.send(f"/dossiers/{made}/hand-over", {"to_account_id": told["account_id"]})
    assert given.json()["steps"][-1]["holder_name"] == "Tằng A Sáng"
    assert code_of(examiner.ask("GET", f"/dossiers/{made}/colleagues")) == "held-by-another"
    assert (
        code_of(Caller(province.officer("one_stop")).ask("GET", f"/dossiers/{made}/colleagues"))
        == "not-your-step"
    )


# Versions


def test_a_newer_version_that_loses_nothing_is_moved_to(packs: Path, trust: Trust) -> None:
    province = kit.found(trust)
    made = accepted(province, province.citizen())
    examiner = Caller(province.officer("civil_status_officer"))
    assert examiner.read(f"/dossiers/{made}/version-move")["is_newest"]
    change(packs, "en: Full name of the applicant", "en: Name of the applicant", province=province)
    seen = examiner.ask("GET", f"/dossiers/{made}")["ETag"]

    plan = examiner.read(f"/dossiers/{made}/version-move")
    assert (plan["is_newest"], plan["may_move"], plan["lost"], plan["retyped"]) == (False, True, [], [])
    moved = examiner.send(f"/dossiers/{made}/move-to-version", If_Match=seen)

    assert moved.status_code == 200, moved.content
    assert moved.json()["version_id"] == plan["newest_version_id"]
    assert examiner.send(f"/dossiers/{made}/move-to-version", If_Match=seen).status_code == 412


def test_a_version_that_would_lose_an_answer_says_which_and_is_refused(packs: Path, trust: Trust) -> None:
    province = kit.found(trust)
    made = accepted(province, province.citizen())
    examiner = Caller(province.officer("civil_status_officer"))
    before = Dossier.objects.get(pk=made).version_id
    change(
        packs,
        "type: personal_id\n        known: applicant.personal_id",
        "type: text\n        known: applicant.personal_id",
        province=province,
    )

    plan = examiner.read(f"/dossiers/{made}/version-move")
    assert (plan["may_move"], plan["retyped"]) == (False, ["requester.personal_id"])
    refused = examiner.send(f"/dossiers/{made}/move-to-version")

    assert (refused.status_code, code_of(refused)) == (409, "would-lose-answers")
    assert "requester.personal_id" in refused.json()["detail"]
    assert Dossier.objects.get(pk=made).version_id == before
    assert not LedgerEntry.objects.filter(kind="dossier.moved_to_version").exists()


# The result before it is signed


def test_the_result_is_seen_before_it_is_signed(province: Province) -> None:
    owner = province.citizen()
    made = at_signing(province, owner)
    chair = Caller(province.officer("chairperson"))
    shown = chair.ask("GET", f"/dossiers/{made}/preview")
    assert (shown.status_code, shown["Content-Type"]) == (200, "application/pdf")
    assert shown.content.startswith(b"%PDF")
    assert Caller(owner).ask("GET", f"/dossiers/{made}/preview").status_code == 403
    other = accepted(province, owner)
    assert chair.ask("GET", f"/dossiers/{other}/preview").status_code == 403
