"""Plans at the desk and in public, in a real browser: fit to look at on both sizes, in both languages."""

from datetime import date

import pytest

from tests import people_kit, plans_kit
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Stage, Stop, Walk, aside, send, unfold
from tests.e2e.portal_stages import session_of
from tests.people_kit import SYSTEM
from tests.plans_kit import ECONOMY, PLAN, PROOF
from tinhso.kernel import clock
from tinhso.plans.actions.report_task import report_task
from tinhso.plans.proofs import Proof

pytestmark = pytest.mark.django_db(transaction=True)
TARGET, TASK = {"target_id": ECONOMY}, {"task_id": "telemedicine"}


def prepared() -> dict[str, str]:
    """Enter values to draw and one to confirm, and report on a task; return everybody's session."""
    at = clock.now()
    head, clerk = plans_kit.officer("chairperson"), plans_kit.officer("one_stop", "health_department")
    for year, value in ((2020, "8.5"), (2021, "10.1"), (2022, "11.9"), (2023, "14.2"), (2024, "15.0")):
        for target in (ECONOMY, "digital-economy-2030"):
            plans_kit.counted(value, target=target, at=at, as_of=date(year, 12, 31))
    plans_kit.entered(SYSTEM, "15.6", at=at, as_of=date(2025, 12, 31))
    told = Proof(document_number=PROOF.document_number, note="Đã nối năm bệnh viện " * 12)
    report_task(actor=SYSTEM, at=at, plan_id=PLAN, task_id="telemedicine", progress=40, proof=told)
    who = {"head": head, "clerk": clerk, "citizen": people_kit.citizen(at=at)}
    return {name: session_of(actor.signed_in_as) for name, actor in who.items()}


def stops() -> tuple[Stop, ...]:
    wrong = (unfold, send("button[name=viec][value=enter]"))
    report = send("button[name=viec][value=report]")
    return (
        Stop("home", "plans:home", who="head"),
        Stop("plan", "plans:plan", who="head"),
        Stop("plan-of-another-province", "plans:plan", who="clerk", given={"plan_id": "vinh-phuc-2024"}),
        Stop("plan-absent", "plans:plan", who="head", given={"plan_id": "khong-co"}, status=404),
        Stop("tasks", "plans:tasks", who="head"),
        Stop("tasks-none", "plans:tasks", who="head", query="?trang-thai=done"),
        Stop("history", "plans:history", who="head"),
        Stop("target", "plans:target", who="head", given=TARGET),
        Stop("target-read-only", "plans:target", who="clerk", given=TARGET),
        Stop("target-forecast", "plans:target", who="head", given={"target_id": "digital-economy-2030"}),
        Stop("target-no-data", "plans:target", who="head", given={"target_id": "leading-five"}),
        Stop("task", "plans:task", who="head", given=TASK),
        Stop("denied", "plans:home", who="citizen", status=403),
        Stop("public-home", "plans-public:home"),
        Stop("public-plan", "plans-public:plan"),
        Stop("public-target", "plans-public:target", given=TARGET),
        Stop("target-nothing-typed", "plans:target", who="head", given=TARGET, acts=wrong, status=422),
        Stop("task-nothing-typed", "plans:task", who="head", given=TASK, acts=(unfold, report), status=422),
    )


def test_every_page_of_plans_is_fit_to_look_at(readers: Readers) -> None:
    sessions = aside(prepared)
    scene = {"plan_id": PLAN, **TARGET, **TASK}
    walk = Walk(readers, Stage({"": scene}, sessions))
    walk.see(stops())
    walk.assert_nothing_wrong()
