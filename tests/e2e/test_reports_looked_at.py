"""Reports at the desk in a real browser: fit to look at on both sizes, in both languages."""

from collections.abc import Iterator
from datetime import UTC

import pytest
from playwright.sync_api import Page

from tests import people_kit
from tests import reports_kit as kit
from tests.dossiers_kit import HONG_GAI, Province, found
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Stage, Stop, Walk, aside, send, unfold
from tests.e2e.portal_stages import session_of
from tests.facts_kit import decided
from tests.fixtures_trust import Trust, trust
from tinhso.facts.actions.project import project_all
from tinhso.reports import ports
from tinhso.reports.actions.sign_report import sign_report

__all__ = ["trust"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_keeps_figures() -> Iterator[None]:
    holder = ports.figures()
    ports.appoint(ports.Nothing())
    yield
    ports.appoint(holder)


def prepared(trust: Trust) -> tuple[dict[str, str], dict[str, str]]:
    """Open rounds, sign and receive returns; return ids and everybody's session."""
    province: Province = found(trust)
    province.one_key = True
    at = province.at.astimezone(UTC)
    for number, (filed, ended, due) in enumerate(
        (("2026-08-03", "2026-08-04", "2026-08-05"), ("2026-08-05", "2026-08-12", "2026-08-10"))
    ):
        decided(f"life-{number}", filed, ended, due=due)
    project_all(at=at)
    actors = {
        "clerk": kit.clerk(province),
        "leader": kit.leader(province),
        "runner": kit.runner(province),
        "head": kit.head(province),
        "other": kit.clerk(province, HONG_GAI),
        "citizen": people_kit.citizen(at=at),
    }
    whole = kit.opened(province)
    kit.received(province, whole, kit.FIRST)
    kit.signed(province, whole, kit.SECOND, HONG_GAI)
    sign_report(actor=actors["head"], at=at, round_id=whole)
    fresh = kit.opened(province, period="2026-07")
    kit.submitted(province, fresh, kit.SECOND, HONG_GAI)
    given = {
        "round_id": str(whole),
        "fresh_id": str(fresh),
        "received_id": str(kit.return_of(whole).pk),
        "signed_id": str(kit.return_of(whole, HONG_GAI).pk),
        "open_id": str(kit.return_of(fresh).pk),
        "submitted_id": str(kit.return_of(fresh, HONG_GAI).pk),
    }
    leader_there = kit.leader(province, HONG_GAI)
    sessions = {name: session_of(actor.signed_in_as) for name, actor in actors.items()}
    return given, sessions | {"leader-there": session_of(leader_there.signed_in_as)}


def chosen(page: Page) -> None:
    """Choose a period of its own, and name no day."""
    page.locator("#ky").select_option("khac")


def stops(given: dict[str, str]) -> tuple[Stop, ...]:
    def one(name: str) -> dict[str, str]:
        return {"return_id": given[name]}

    empty = (send("button[name=viec][value=submit]"),)
    undated = (unfold, chosen, send(".rp-form button.govuk-button"))
    unsaid = (unfold, send("button[name=viec][value=send-back]"))
    august, others = "?ky=2026-08", "co-quan=000.00.00.H49"
    return (
        Stop("home", "reports:home", who="clerk"),
        Stop("home-of-who-opens", "reports:home", who="runner"),
        Stop("home-without-days", "reports:home", who="runner", acts=undated, status=422),
        Stop("one-stop", "reports:one-stop", who="head", query=august),
        Stop("one-stop-of-an-agency", "reports:one-stop", who="clerk", query=august),
        Stop("one-stop-none", "reports:one-stop", who="other", query="?ky=2024"),
        Stop("one-stop-wrong-period", "reports:one-stop", who="head", query="?ky=2026-13", status=422),
        Stop(
            "one-stop-not-theirs",
            "reports:one-stop",
            who="other",
            query=f"{august}&{others}",
            status=403,
        ),
        Stop("one-stop-dossiers", "reports:one-stop-dossiers", who="head", query=f"{august}&o=received"),
        Stop("round", "reports:round", who="head"),
        Stop("round-of-an-agency", "reports:round", who="clerk"),
        Stop("round-none-received", "reports:round", who="head", given={"round_id": given["fresh_id"]}),
        Stop("round-none-in-state", "reports:round", who="runner", query="?trang-thai=submitted"),
        Stop("return-open", "reports:return", who="clerk", given=one("open_id")),
        Stop("return-empty", "reports:return", who="clerk", given=one("open_id"), acts=empty, status=422),
        Stop("return-submitted", "reports:return", who="leader-there", given=one("submitted_id")),
        Stop("return-signed", "reports:return", who="runner", given=one("signed_id")),
        Stop(
            "no-reason",
            "reports:return",
            who="runner",
            given=one("signed_id"),
            acts=unsaid,
            status=422,
        ),
        Stop("return-received", "reports:return", who="clerk", given=one("received_id")),
        Stop("return-of-another", "reports:return", who="other", given=one("received_id"), status=404),
        Stop("denied", "reports:home", who="citizen", status=403),
    )


def test_every_page_of_reports_is_fit_to_look_at(readers: Readers, trust: Trust) -> None:
    given, sessions = aside(lambda: prepared(trust))
    walk = Walk(readers, Stage({"": given}, sessions))
    walk.see(stops(given))
    walk.assert_nothing_wrong()
