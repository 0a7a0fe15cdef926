"""What the jobs watch: silence that is consent, opinions that are owed, deadlines that are near or gone."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import ALLOWANCE, PERMIT, SYSTEM, Province
from tests.fixtures_trust import Trust, trust
from tinhso.calendars.clock import add_working_hours
from tinhso.dossiers import deadline
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.chase import chase_opinions, take_silences
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.actions.extend import TooLateToExtend, extend_deadline
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.actions.warn import running, warn_of_deadlines
from tinhso.dossiers.models import Alert, Consultation, Dossier
from tinhso.dossiers.rules import LatestBefore
from tinhso.dossiers.types import MissingItem
from tinhso.kernel.clock import VIETNAM
from tinhso.kernel.models import LedgerEntry
from tinhso.notices.models import Message
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
WHY = "Cần thêm thời gian xác minh thông tin ở cơ quan khác."


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def told(template: str) -> list[Message]:
    return list(Message.objects.filter(template=template))


def asked(province: Province, code: str = PERMIT) -> UUID:
    """Return an accepted dossier whose step asked other agencies."""
    dossier_id = desk.accepted(province, province.citizen(), code)
    while not Consultation.objects.filter(dossier_id=dossier_id).exists():
        step = Dossier.objects.get(pk=dossier_id).steps.get(closed_at=None)
        officer = province.officer(step.role)
        advance_step(actor=officer, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))
    return dossier_id


def overdue(dossier_id: UUID) -> datetime:
    """Return a moment of a working day after every opinion was due."""
    latest = max(Consultation.objects.filter(dossier_id=dossier_id).values_list("due_at", flat=True))
    return add_working_hours(latest, 2, deadline.calendar())


def just_before(due_at: datetime, hours: int) -> datetime:
    """Return a moment from which at most so many working hours are left."""
    return due_at - timedelta(hours=hours)


def test_silence_is_consent_where_the_definition_says_so(province: Province) -> None:
    dossier_id = asked(province)
    at = overdue(dossier_id)

    assert take_silences(actor=SYSTEM, at=at) == 2

    rows = Consultation.objects.filter(dossier_id=dossier_id)
    assert {(row.opinion, row.answered_at, row.answered_by_id) for row in rows} == {
        ("silent_consent", at, None)
    }
    entries = LedgerEntry.objects.filter(kind="dossier.silence_taken_for_consent")
    assert {entry.payload["consultation_id"] for entry in entries} == {str(row.pk) for row in rows}
    assert entries.values_list("actor_id", flat=True).distinct().get() == "opinions"
    assert take_silences(actor=SYSTEM, at=at) == 0


def test_silence_is_nothing_before_its_time(province: Province) -> None:
    dossier_id = asked(province)

    assert take_silences(actor=SYSTEM, at=province.later(hours=1)) == 0

    assert not Consultation.objects.filter(dossier_id=dossier_id, answered_at__isnull=False).exists()
    assert not LedgerEntry.objects.filter(kind="dossier.silence_taken_for_consent").exists()


def test_who_owes_an_opinion_is_reminded_once_a_day(province: Province) -> None:
    dossier_id = asked(province, ALLOWANCE)
    owed = Consultation.objects.filter(dossier_id=dossier_id).count()
    for row in Consultation.objects.filter(dossier_id=dossier_id).select_related("agency"):
        province.officer(row.role, kind=row.agency.kind)
    at = overdue(dossier_id)

    assert take_silences(actor=SYSTEM, at=at) == 0
    assert [chase_opinions(actor=SYSTEM, at=at), chase_opinions(actor=SYSTEM, at=at)] == [owed, 0]

    assert len(told("officer_opinion_overdue")) >= 1
    assert LedgerEntry.objects.filter(kind="dossier.opinion_chased").count() == owed
    assert not Consultation.objects.filter(answered_at__isnull=False).exists()
    tomorrow = add_working_hours(at, 8, deadline.calendar())
    assert chase_opinions(actor=SYSTEM, at=tomorrow) == owed


def test_nobody_is_reminded_on_a_day_off(province: Province) -> None:
    asked(province, ALLOWANCE)
    sunday = datetime(2027, 1, 24, 9, tzinfo=VIETNAM)
    assert chase_opinions(actor=SYSTEM, at=sunday) == 0


def test_a_deadline_is_warned_of_before_and_after_once_each(province: Province) -> None:
    examiner, chair = province.officer("civil_status_officer"), province.officer("chairperson")
    dossier_id = desk.accepted(province, province.citizen())
    claim_step(actor=examiner, at=province.at, dossier_id=dossier_id)
    due_at = Dossier.objects.get(pk=dossier_id).due_at
    assert due_at is not None

    near = just_before(due_at, 1)
    warn_of_deadlines(actor=SYSTEM, at=near)
    warn_of_deadlines(actor=SYSTEM, at=near)
    late = due_at + timedelta(minutes=1)
    warn_of_deadlines(actor=SYSTEM, at=late)
    warn_of_deadlines(actor=SYSTEM, at=late)

    kinds = Alert.objects.exclude(kind="step_missed").order_by("raised_at").values_list("kind", "due_at")
    assert list(kinds) == [("near", due_at), ("missed", due_at)]
    assert [message.account_id for message in told("officer_deadline_near")] == [examiner.account_id]
    assert {message.account_id for message in told("officer_deadline_missed")} == {
        examiner.account_id,
        chair.account_id,
    }
    entries = LedgerEntry.objects.filter(kind="dossier.deadline_warned").exclude(
        payload__warned="step_missed"
    )
    assert [entry.payload["warned"] for entry in entries.order_by("position")] == ["near", "missed"]


def test_a_deadline_nobody_holds_is_told_to_the_whole_role(province: Province) -> None:
    examiner = province.officer("civil_status_officer")
    other = desk.second(province, examiner)
    dossier_id = desk.accepted(province, province.citizen())
    due_at = Dossier.objects.get(pk=dossier_id).due_at
    assert due_at is not None

    warn_of_deadlines(actor=SYSTEM, at=just_before(due_at, 1))

    assert {message.account_id for message in told("officer_deadline_near")} == {
        examiner.account_id,
        other.account_id,
    }


def test_hours_of_a_step_that_ran_out_are_warned_of(province: Province) -> None:
    province.officer("civil_status_officer")
    dossier_id = desk.accepted(province, province.citizen())
    step_due = Dossier.objects.get(pk=dossier_id).steps.get(closed_at=None).due_at
    assert step_due is not None

    warn_of_deadlines(actor=SYSTEM, at=step_due)
    assert not Alert.objects.filter(kind="step_missed").exists()
    warn_of_deadlines(actor=SYSTEM, at=step_due + timedelta(minutes=1))

    assert Alert.objects.get(kind="step_missed").due_at == step_due
    assert len(told("officer_deadline_step_missed")) == 1


def test_a_clock_that_stands_still_warns_of_nothing(province: Province) -> None:
    examiner = province.officer("civil_status_officer")
    dossier_id = desk.accepted(province, province.citizen())
    items = [MissingItem("other", "", "Ảnh giấy chứng sinh bị mờ.")]
    request_supplement(actor=examiner, at=province.at, dossier_id=dossier_id, items=items)

    assert warn_of_deadlines(actor=SYSTEM, at=province.later(days=60)) == 0
    assert not Alert.objects.exists()


def test_warnings_are_found_through_the_partial_index(province: Province) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = running(province.at).filter(due_at__lt=province.at).explain()
    assert "dossier_running_due" in plan


def extended(province: Province, examiner: Actor, dossier_id: UUID, at: datetime) -> None:
    due_at = Dossier.objects.get(pk=dossier_id).due_at
    assert due_at is not None
    later = due_at + timedelta(days=7)
    extend_deadline(actor=examiner, at=at, dossier_id=dossier_id, new_due_at=later, reason=WHY)


def test_an_extension_comes_a_day_before_the_end_at_the_latest(province: Province) -> None:
    examiner = province.officer("specialist")
    dossier_id = asked(province)
    due_at = Dossier.objects.get(pk=dossier_id).due_at
    assert due_at is not None
    last = due_at - timedelta(hours=24)

    with pytest.raises(TooLateToExtend):
        extended(province, examiner, dossier_id, last + timedelta(seconds=1))
    assert Dossier.objects.get(pk=dossier_id).due_at == due_at
    extended(province, examiner, dossier_id, last)

    assert Dossier.objects.get(pk=dossier_id).due_at == due_at + timedelta(days=7)


@pytest.mark.parametrize(
    ("reading", "value", "latest"),
    [
        ("hours", 24, datetime(2026, 3, 8, 17, tzinfo=VIETNAM)),
        ("day", 1, datetime(2026, 3, 9, 0, tzinfo=VIETNAM)),
        ("working_day", 1, datetime(2026, 3, 6, 17, tzinfo=VIETNAM)),
        ("working_day", 2, datetime(2026, 3, 5, 17, tzinfo=VIETNAM)),
    ],
)
def test_one_day_before_is_read_as_the_setting_says(reading: str, value: int, latest: datetime) -> None:
    monday = datetime(2026, 3, 9, 17, tzinfo=VIETNAM)
    rule = LatestBefore.model_validate({"reading": reading, "value": value})
    assert rule.moment(monday, deadline.calendar()) == latest


@pytest.mark.parametrize(("seconds", "is_late"), [(0, False), (1, True)])
def test_a_supplement_asked_after_three_working_days_is_marked(
    province: Province, seconds: int, is_late: bool
) -> None:
    examiner = province.officer("specialist")
    dossier_id = asked(province)
    accepted = Dossier.objects.get(pk=dossier_id).accepted_at
    assert accepted is not None
    at = deadline.latest_supplement(accepted) + timedelta(seconds=seconds)
    items = [MissingItem("other", "", "Thiếu bản vẽ móng.")]

    request_supplement(actor=examiner, at=at, dossier_id=dossier_id, items=items)

    supplement = Dossier.objects.get(pk=dossier_id).supplements.get()
    assert (supplement.asked_late, supplement.counts_late) == (is_late, False)
    assert LedgerEntry.objects.get(kind="dossier.supplement_requested").payload["asked_late"] is is_late
