"""Plans being carried out: who enters, who confirms, what counts, what waits for what, and what is kept."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from shutil import copy
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from sandbox import plans as demonstration

from tests import agencies_kit
from tests import plans_kit as kit
from tests.papers_samples import typeset_sample
from tests.people_kit import SYSTEM
from tests.plans_kit import AT, ECONOMY, HEALTH, PLAN
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import ANONYMOUS, Actor
from tinhso.plans import ports, queries
from tinhso.plans.actions.assign import (
    NoSuchAgency,
    NothingChanged,
    WaitsInCircle,
    change_owner,
    set_blocked_by,
)
from tinhso.plans.actions.decide_value import OwnValue, confirm_value, refuse_value
from tinhso.plans.actions.enter_value import (
    CorrectionOfNothing,
    IsComputed,
    OutOfRange,
    TooPrecise,
    ValuedAlready,
)
from tinhso.plans.actions.report_task import NoSuchProgress, NothingToldOfTask, report_task
from tinhso.plans.actions.take_versions import take_versions
from tinhso.plans.history import history_of
from tinhso.plans.models import PlanDuty, PlanVersion, TargetValue, TaskReport, ValueVerdict
from tinhso.plans.proofs import Proof
from tinhso.plans.reading import PlanMissing
from tinhso.plans.refusals import (
    DayToCome,
    DecidedAlready,
    ExampleOnly,
    LinkUnreadable,
    NoProof,
    NotYourPlanPart,
    ReasonNeeded,
    TargetMissing,
    ValueMissing,
)
from tinhso.plans.status import Point, Status
from tinhso.plans.values import ValueState
from tinhso.plans.views import TargetView, TaskState

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packs with the rules of plans and no plan."""
    (tmp_path / "vietnam").mkdir()
    for name in ("plans.yaml", "roles.yaml", "papers.yaml"):
        copy(settings.TINHSO.packs / "vietnam" / name, tmp_path / "vietnam" / name)
    monkeypatch.setattr(settings, "TINHSO", settings.TINHSO.model_copy(update={"packs": tmp_path}))
    return tmp_path


def seen(actor: Actor = SYSTEM, target: str = ECONOMY, plan: str = PLAN) -> TargetView:
    return queries.access_target(actor=actor, at=AT, plan_id=plan, target_id=target)[1]


def test_a_value_counts_once_somebody_else_has_confirmed_it() -> None:
    clerk, head = kit.officer("specialist"), kit.officer("chairperson")
    assert seen().standing.status is Status.NO_DATA
    value_id = kit.entered(clerk, "20.4", as_of=date(2025, 12, 31))
    assert (seen().standing.status, seen().waiting) == (Status.NO_DATA, 1)

    with pytest.raises(NotYourPlanPart):
        confirm_value(actor=clerk, at=AT, value_id=value_id)
    own = kit.entered(head, "18.5")
    with pytest.raises(OwnValue):
        confirm_value(actor=head, at=AT, value_id=own)
    assert not ValueVerdict.objects.exists()

    confirm_value(actor=head, at=AT, value_id=value_id)
    assert (seen().standing.status, len(seen().points)) == (Status.REACHED, 1)
    with pytest.raises(DecidedAlready):
        refuse_value(actor=head, at=AT, value_id=value_id, reason="Nhầm")
    kinds = list(LedgerEntry.objects.order_by("position").values_list("kind", flat=True))
    assert [one for one in kinds if one.startswith("plan.value")] == [
        "plan.value_entered",
        "plan.value_entered",
        "plan.value_confirmed",
    ]


def test_a_correction_replaces_a_value_only_once_confirmed_and_the_old_one_stays_readable() -> None:
    old = kit.counted("18.5")
    with pytest.raises(ValuedAlready):
        kit.entered(value="19")
    new = kit.entered(value="19", corrects=old)
    assert [str(one.value) for one in seen().points] == ["18.5000"]
    with pytest.raises(CorrectionOfNothing):
        kit.entered(value="19.5", corrects=old)
    with pytest.raises(ReasonNeeded):
        refuse_value(actor=SYSTEM, at=AT, value_id=new, reason="  ")
    refuse_value(actor=SYSTEM, at=AT, value_id=new, reason="Văn bản ghi 18,5")
    again = kit.entered(value="19.2", corrects=old)
    confirm_value(actor=SYSTEM, at=AT, value_id=again)
    assert [str(one.value) for one in seen().points] == ["19.2000"]
    states = {one.id: one.state for one in seen().entered}
    assert states == {old: ValueState.REPLACED, new: ValueState.REFUSED, again: ValueState.COUNTS}


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"value": "120"}, OutOfRange),
        ({"value": "18.55"}, TooPrecise),
        ({"as_of": date(2026, 3, 11)}, DayToCome),
        ({"proof": Proof()}, NoProof),
        ({"proof": Proof(link="javascript:alert(1)")}, LinkUnreadable),
        ({"proof": Proof(document_number="1", document_on=date(2027, 1, 1))}, DayToCome),
        ({"target": "nothing"}, TargetMissing),
        ({"plan_id": "nothing"}, PlanMissing),
        ({"plan_id": "04-nq-tu-2021", "target": "work-files-province"}, ExampleOnly),
        ({"corrects": UUID(int=7)}, ValueMissing),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_and_nothing_is_kept(
    more: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal), transaction.atomic():
        kit.entered(**more)
    assert not TargetValue.objects.exists()


def test_only_the_agency_in_charge_and_the_coordinator_enter_and_a_new_owner_gets_the_right() -> None:
    health, head = kit.officer("specialist", "health_department"), kit.officer("chairperson")
    with pytest.raises(NotYourPlanPart):
        kit.entered(health)
    with pytest.raises(NotYourPlanPart):
        assign(health, HEALTH)
    with pytest.raises(NoSuchAgency):
        assign(head, "khong-co")
    with pytest.raises(ReasonNeeded):
        assign(head, HEALTH, reason=" ")
    assert not PlanDuty.objects.exists()

    assign(head, HEALTH)
    with pytest.raises(NothingChanged):
        assign(head, HEALTH)
    assert (owner := seen().owner) is not None
    assert owner.code == HEALTH
    kit.entered(health)
    citizen = replace(ANONYMOUS)
    with pytest.raises(NotYourPlanPart):
        kit.entered(citizen, as_of=date(2023, 12, 31))
    assert TargetValue.objects.count() == 1


def assign(actor: Actor, code: str, *, reason: str = "Phân công lại") -> UUID:
    return change_owner(
        actor=actor, at=AT, plan_id=PLAN, part="target", part_id=ECONOMY, agency_code=code, reason=reason
    )


def test_citizens_see_what_counts_with_its_document_and_no_name_no_note_no_file() -> None:
    pdf = typeset_sample().pdf
    proof = Proof(document_number="125/BC-CTK", note="Nội bộ", file_name="bao-cao.pdf", content=BytesIO(pdf))
    value_id = kit.counted("18.5", proof=proof)
    kit.entered(value="19", as_of=date(2025, 6, 30))
    public = seen(ANONYMOUS)
    (shown,) = public.entered
    assert (shown.evidence.document_number, shown.evidence.note) == ("125/BC-CTK", "")
    assert (shown.evidence.file_id, shown.evidence.by_name, shown.decided_by) == (None, "", "")
    with pytest.raises(ValueMissing):
        queries.open_proof(actor=ANONYMOUS, proof_id=value_id)
    stored, name, content = queries.open_proof(actor=kit.officer("specialist"), proof_id=value_id)
    assert (stored.media_type, name, content.read()) == ("application/pdf", "bao-cao.pdf", pdf)
    listed = [one.plan.id for one in queries.list_plans(actor=ANONYMOUS, at=AT)]
    assert listed == [PLAN]
    with pytest.raises(PlanMissing):
        queries.access_plan(actor=ANONYMOUS, at=AT, plan_id="vinh-phuc-2024")


def test_what_was_published_is_shown_beside_and_never_counts() -> None:
    view = queries.access_plan(actor=SYSTEM, at=AT, plan_id=PLAN)
    five = next(one for one in view.targets if one.target.id == "leading-five")
    assert [int(one.value) for one in five.target.reported] == [7, 3]
    assert five.standing.status is Status.NO_DATA
    assert [(one.reached, one.of) for one in view.plan.told] == [(16, 20)]
    assert (view.tally.reached, view.tally.listed, view.tally.unlisted) == (0, 3, 17)
    assert view.unlisted_tasks == 35


def test_sixteen_of_twenty_are_reached_and_the_four_others_are_named(own_packs: Path) -> None:
    kit.twenty(own_packs)
    for number in range(1, 18):
        value = "50" if number <= 16 else "49"
        kit.counted(value, plan_id="twenty", target=f"t{number}", as_of=date(2025, 12, 31))
    view = queries.access_plan(actor=SYSTEM, at=AT, plan_id="twenty")
    assert (view.tally.reached, view.tally.listed, view.tally.unlisted) == (16, 20, 0)
    assert [one.target.id for one in view.not_reached] == ["t17", "t18", "t19", "t20"]
    assert view.tally.by_status[Status.BEHIND] == 1
    assert view.tally.by_status[Status.NO_DATA] == 3


def test_tasks_tell_late_blocked_and_done_by_themselves_late_ones_first(own_packs: Path) -> None:
    kit.twenty(own_packs)

    def states() -> list[tuple[str, TaskState]]:
        view = queries.access_plan(actor=SYSTEM, at=AT, plan_id="twenty")
        return [(one.task.id, one.state) for one in view.tasks]

    assert states() == [
        ("first", TaskState.LATE),
        ("soon", TaskState.NOT_STARTED),
        ("second", TaskState.BLOCKED),
    ]
    report("soon", 40, Proof(note="Đã thuê đơn vị"))
    with pytest.raises(NoProof), transaction.atomic():
        report("first", 100, Proof(note="Xong"))
    with pytest.raises(NoSuchProgress), transaction.atomic():
        report("first", 101, kit.PROOF)
    with pytest.raises(NothingToldOfTask), transaction.atomic():
        report("first", 10, Proof())
    assert TaskReport.objects.count() == 1
    report("first", 100, kit.PROOF)
    assert states() == [
        ("soon", TaskState.RUNNING),
        ("second", TaskState.NOT_STARTED),
        ("first", TaskState.DONE),
    ]
    with pytest.raises(WaitsInCircle):
        wait("first", ["second"])
    wait("second", [])
    wait("first", ["second"])
    kinds = [one.kind for one in history_of(actor=SYSTEM, plan_id="twenty")]
    assert (kinds.count("blocked_by"), kinds.count("reported")) == (2, 2)


def report(task: str, progress: int, proof: Proof) -> UUID:
    return report_task(actor=SYSTEM, at=AT, plan_id="twenty", task_id=task, progress=progress, proof=proof)


def wait(task: str, others: list[str]) -> UUID:
    return set_blocked_by(
        actor=SYSTEM, at=AT, plan_id="twenty", task_id=task, blocked_by=others, reason="Xếp lại"
    )


def test_a_changed_file_is_a_new_version_and_says_what_changed(own_packs: Path) -> None:
    kit.twenty(own_packs)
    assert (take_versions(at=AT), take_versions(at=AT)) == (1, 1)
    path = own_packs / "quang-ninh" / "plans" / "twenty.yaml"
    text = path.read_text("utf-8").replace("Chỉ tiêu 2,", "Chỉ tiêu hai,").replace("Việc gần", "Việc sắp tới")
    path.write_text(text.replace("aim: 50", "aim: 60", 1), encoding="utf-8")
    take_versions(at=AT + timedelta(hours=1))
    assert PlanVersion.objects.count() == 2
    newest = history_of(actor=SYSTEM, plan_id="twenty")[0]
    assert (newest.kind, newest.number) == ("version", 2)
    told = [(one.part, one.part_id, one.name, one.before, one.after) for one in newest.differences]
    assert told == [
        ("targets", "t1", "aim", "50", "60"),
        ("targets", "t2", "text", "Chỉ tiêu 2", "Chỉ tiêu hai"),
        ("tasks", "soon", "text", "Việc gần", "Việc sắp tới"),
    ]


def test_the_demonstration_marks_every_value_as_a_sample_and_leaves_one_to_confirm() -> None:
    agencies_kit.load(AT)
    kit.officer("specialist", name="chuyenvien.ubndtinh")
    kit.officer("chairperson", name="lanhdao.ubndtinh")
    demonstration.fill(at=AT)
    demonstration.fill(at=AT)
    assert TargetValue.objects.count() == 13
    assert not TargetValue.objects.filter(is_sample=False).exists()
    assert not TaskReport.objects.filter(is_sample=False).exists()
    view = queries.access_plan(actor=SYSTEM, at=AT, plan_id=PLAN)
    assert sum(one.waiting for one in view.targets) == 1
    assert all(one.is_sample for one in view.targets if one.points)


def test_rows_of_a_plan_are_only_ever_added() -> None:
    value_id = kit.counted()
    with pytest.raises(DatabaseError), transaction.atomic():
        TargetValue.objects.filter(pk=value_id).update(value=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        ValueVerdict.objects.all().delete()
    assert str(TargetValue.objects.get(pk=value_id).value) == "18.5000"


def test_a_target_bound_to_an_indicator_takes_its_values_from_whoever_is_appointed(own_packs: Path) -> None:
    kit.twenty(own_packs)
    path = own_packs / "quang-ninh" / "plans" / "twenty.yaml"
    text = path.read_text("utf-8").replace("id: t1,", "id: t1, indicator: service.online_share,")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(IsComputed):
        kit.entered(plan_id="twenty", target="t1")
    assert seen(target="t1", plan="twenty").standing.status is Status.NO_DATA
    ports.appoint(Sample())
    try:
        found = seen(target="t1", plan="twenty")
    finally:
        ports.appoint(ports.Nothing())
    assert (found.standing.status, found.url, len(found.points)) == (Status.REACHED, "/chi-so/x/", 2)


class Sample:
    """Two periods of every indicator asked for, and one that is still to come."""

    def read(self, ids: object, *, actor: Actor, at: object) -> dict[str, ports.Computed]:
        days = (date(2024, 12, 31), date(2025, 12, 31), date(2027, 1, 1))
        points = tuple(Point(on, Decimal(40 + 10 * n)) for n, on in enumerate(days))
        return {"service.online_share": ports.Computed(points, url="/chi-so/x/")}
