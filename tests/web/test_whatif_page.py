"""What if: the simulation is fitted on steps that are known by hand, and the page says what it means."""

from datetime import date, datetime, time, timedelta

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.api_kit import Caller
from tests.dossiers_kit import BIRTH, HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.flows_kit import copy_of
from tests.web.client import Browser
from tinhso.calendars.types import at_time
from tinhso.calendars.worktime import add_work
from tinhso.dossiers.deadline import calendar
from tinhso.dossiers.models import Dossier, StepRun, Suspension
from tinhso.people.types import Actor
from tinhso.whatif import queries
from tinhso.whatif.types import Station

pytestmark = pytest.mark.django_db
__all__ = ["trust"]

PAGE = "/ban-lam-viec/neu-thi/"
DAYS = "?tu=2026-03-02&den=2026-03-31"
# A Monday: 40 dossiers, one each half hour of working time.
BEGIN, MANY = at_time(date(2026, 3, 2), time(8)), 40


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def officers(province: Province) -> tuple[Actor, Actor]:
    """Forty births went through two hands: ten minutes at the counter, twenty of examination."""
    counter, examiner = province.officer("one_stop"), province.officer("civil_status_officer")
    first = kit.filed(province, province.citizen(), BIRTH).dossier_id
    for number in range(MANY):
        filed_at = working(30 * number)
        dossier = copy_of(first, number=number, filed_at=filed_at)
        step(dossier, "receive", counter, filed_at, working(30 * number + 10))
        step(dossier, "examine", examiner, working(30 * number + 10), working(30 * number + 30))
        Dossier.objects.filter(pk=dossier.pk).update(
            finished_at=working(30 * number + 30), due_at=working(30 * number + 120)
        )
    return counter, examiner


def working(minutes: int) -> datetime:
    """Return the moment so many working minutes after the beginning."""
    return add_work(BEGIN, timedelta(minutes=minutes), calendar())


def step(dossier: Dossier, name: str, officer: Actor, opened: datetime, closed: datetime) -> None:
    StepRun.objects.create(
        dossier=dossier,
        step=name,
        role=officer.posts[0].role,
        agency_id=dossier.agency_id,
        opened_at=opened,
        closed_at=closed,
        closed_by_id=officer.account_id,
        outcome=StepRun.Outcome.DONE,
    )


def test_steps_become_work_queues_and_pauses(province: Province, officers: tuple[Actor, Actor]) -> None:
    counter, _examiner = officers
    agency = counter.posts[0].agency_id
    earlier, late = Dossier.objects.filter(finished_at__isnull=False).order_by("filed_at")[19:21]
    # She was still at the dossier before when this one came to her, and then the applicant kept her waiting.
    earlier.steps.filter(step="examine").update(closed_at=working(615))
    Suspension.objects.create(
        dossier=late, reason="supplement", started_at=working(620), ended_at=working(625)
    )
    past = queries.past(actor=counter, agency_id=agency, since=BEGIN, until=working(9000))
    assert past.officers == {Station(agency, "one_stop"): 1, Station(agency, "civil_status_officer"): 1}
    assert (len(past.cases), past.left_out) == (MANY, 0)
    assert [visit.work for visit in past.cases[0].visits] == [10, 20]
    assert (past.cases[0].allowed, past.cases[0].took, past.cases[3].arrived) == (120, 30, 90)
    waited = past.cases[20].visits[1]
    assert (waited.work, waited.pause) == (10, 5)
    elsewhere = province.officer("one_stop", unit=HONG_GAI)
    assert queries.past(actor=elsewhere, agency_id=agency, since=BEGIN, until=working(9000)).cases == ()


def test_the_page_says_what_a_change_means(
    province: Province, officers: tuple[Actor, Actor], browser: Browser
) -> None:
    counter, _examiner = officers
    desk.enter(browser, counter)
    now = browser.get(PAGE + DAYS).content.decode()
    assert "Mô phỏng hiện nay" in now
    assert "Mô phỏng thay đổi" not in now
    changed = browser.get(f"{PAGE}{DAYS}&them=100").content.decode()
    assert "Mô phỏng: đúng hạn từ 99 % thành 23 %." in changed
    assert "thiếu người" in changed
    wrong = browser.get(f"{PAGE}{DAYS}&them=nhieu&{away(counter)}=1")
    assert wrong.status_code == 422
    assert "Hãy ghi một số nguyên từ -90 đến 300." in wrong.content.decode()
    assert "Hãy ghi một số nguyên từ 0 đến 0." in wrong.content.decode()
    few = browser.get(f"{PAGE}?tu=2026-04-06").content.decode()
    assert "Cần ít nhất 30 hồ sơ đã xong" in few
    assert browser.get(f"{PAGE}?tu=2026-02-31").status_code == 422
    assert_programs_ask_too(counter, province.citizen())


def away(officer: Actor) -> str:
    return f"vang-{officer.posts[0].role}-{officer.posts[0].agency_id.hex}"


def assert_programs_ask_too(officer: Actor, citizen: Actor) -> None:
    asked = {
        "agency_id": str(officer.posts[0].agency_id),
        "since": BEGIN.isoformat(),
        "until": working(9000).isoformat(),
        "arrivals": 2,
    }
    found = Caller(officer).send("/what-if", asked).json()
    assert (found["cases"], {one["role"]: one["officers"] for one in found["loads"]}) == (
        MANY,
        {"one_stop": 1, "civil_status_officer": 1},
    )
    assert found["on_time"] < 1
    refused = Caller(officer).ask("POST", "/what-if", asked | {"since": working(8000).isoformat()})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/too-few-dossiers")
    assert Caller(citizen).ask("POST", "/what-if", asked).status_code == 403
