"""One act on many dossiers: each on its own, every right asked anew, nothing done twice."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import OperationalError
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import SYSTEM, Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers import batches, jobs
from tinhso.dossiers.actions import work_batch
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.ask_batch import (
    MOST,
    BatchOver,
    NobodyChosen,
    NothingChosen,
    TooManyChosen,
    ask_batch,
    cancel_batch,
)
from tinhso.dossiers.actions.claim import ColleaguesOwnCase, claim_step, hand_over_step
from tinhso.dossiers.actions.work_batch import work_next
from tinhso.dossiers.models import Batch, BatchItem, Dossier, StepRun
from tinhso.dossiers.refusals import HeldByAnother, ReasonMissing
from tinhso.dossiers.statuses import Status
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.notices.models import Message
from tinhso.people import actions as people
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
EXAMINER = "civil_status_officer"
Kind, Outcome = Batch.Kind, BatchItem.Outcome
REASON = "Thiếu nội dung thẩm tra. Đề nghị bổ sung rồi trình lại."


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def many(province: Province, count: int) -> list[UUID]:
    """Return accepted dossiers that wait for an examiner."""
    first = desk.accepted(province, province.citizen())
    return [first, *desk.like(first, count - 1)]


def outcomes(batch_id: UUID) -> list[str]:
    return list(BatchItem.objects.filter(batch_id=batch_id).values_list("outcome", flat=True))


def ask(province: Province, officer: Actor, kind: Batch.Kind, ids: list[UUID], **more: object) -> UUID:
    return ask_batch(actor=officer, at=province.at, kind=kind, dossier_ids=ids, **more)  # type: ignore[arg-type]


def test_the_dossier_another_has_just_decided_fails_alone_with_its_reason(province: Province) -> None:
    examiner, ids = province.officer(EXAMINER), many(province, 40)
    batch_id = ask(province, examiner, Kind.CLAIM, ids)
    colleague = desk.second(province, examiner)
    for _turn in range(36):
        assert work_next(at=province.at, batch_id=batch_id)
    claim_step(actor=colleague, at=province.at, dossier_id=ids[36])
    advance_step(actor=colleague, at=province.at, dossier_id=ids[36], found=desk.found(ids[36]))

    desk.work_off(batch_id, at=province.at)

    told = outcomes(batch_id)
    assert told[36] == Outcome.REFUSED
    assert set(told[:36] + told[37:]) == {Outcome.DONE}
    item = BatchItem.objects.get(batch_id=batch_id, dossier_id=ids[36])
    assert item.problem == "not-your-step"
    assert set(item.detail) == {"vi", "en"}
    assert "thuộc vai trò khác" in item.detail["vi"]
    batch = batches.access_batch(actor=examiner, batch_id=batch_id)
    assert (batches.progress(batch).done, batches.progress(batch).refused) == (39, 1)
    assert batch.finished_at == province.at
    kinds = LedgerEntry.objects.filter(subject_id=batch_id).values_list("kind", flat=True)
    assert sorted(kinds) == ["batch.asked", "batch.finished"]


def test_who_loses_the_post_midway_does_no_more(province: Province) -> None:
    examiner, ids = province.officer(EXAMINER), many(province, 4)
    batch_id = ask(province, examiner, Kind.CLAIM, ids)
    work_next(at=province.at, batch_id=batch_id)
    people.end_post(actor=SYSTEM, at=province.at, post_id=examiner.posts[0].id)

    desk.work_off(batch_id, at=province.later(minutes=1))

    assert outcomes(batch_id) == [Outcome.DONE, *[Outcome.REFUSED] * 3]
    problems = set(BatchItem.objects.filter(outcome=Outcome.REFUSED).values_list("problem", flat=True))
    assert problems == {"batch-no-longer-seen"}
    assert not StepRun.objects.filter(dossier_id__in=ids[1:], holder__isnull=False).exists()


def test_more_than_five_hundred_are_refused_and_nothing_is_kept(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    with pytest.raises(TooManyChosen):
        ask(province, examiner, Kind.CLAIM, [UUID(int=number) for number in range(MOST + 1)])
    with pytest.raises(NothingChosen):
        ask(province, examiner, Kind.CLAIM, [])
    assert not Batch.objects.exists()


def test_a_dossier_one_may_not_see_is_as_if_it_were_not(province: Province) -> None:
    ids = many(province, 2)
    stranger = province.officer(EXAMINER, unit=kit.HONG_GAI)
    for officer in (stranger, province.officer("supervisor", kind="province_committee")):
        with pytest.raises((NotFound, NotAllowed)):
            ask(province, officer, Kind.CLAIM, ids)
    assert not Batch.objects.exists()


def test_what_an_act_needs_is_asked_at_once(province: Province) -> None:
    examiner, ids = province.officer(EXAMINER), many(province, 1)
    with pytest.raises(NobodyChosen):
        ask(province, examiner, Kind.HAND_OVER, ids)
    with pytest.raises(ReasonMissing):
        ask(province, examiner, Kind.STEP_BACK, ids, reason="ngắn")
    assert not Batch.objects.exists()


def test_asked_twice_under_one_id_is_asked_once(province: Province) -> None:
    examiner, ids = province.officer(EXAMINER), many(province, 2)
    own = UUID(int=5)
    first = ask(province, examiner, Kind.CLAIM, ids, batch_id=own)
    desk.work_off(first, at=province.at)
    assert ask(province, examiner, Kind.CLAIM, ids, batch_id=own) == first == own
    assert Batch.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="dossier.step_claimed").count() == 2


def test_a_crash_between_two_dossiers_loses_nothing_and_repeats_nothing(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner, ids = province.officer(EXAMINER), many(province, 3)
    batch_id = ask(province, examiner, Kind.CLAIM, ids)
    work_next(at=province.at, batch_id=batch_id)

    def torn(*_arguments: object, **_named: object) -> str:
        claim_step(actor=examiner, at=province.at, dossier_id=ids[1])
        raise OperationalError("the connection is gone")

    with monkeypatch.context() as patch:
        patch.setitem(work_batch.ACTS, Kind.CLAIM, torn)
        with pytest.raises(OperationalError):
            work_next(at=province.at, batch_id=batch_id)
    assert outcomes(batch_id) == [Outcome.DONE, Outcome.WAITING, Outcome.WAITING]
    assert not StepRun.objects.filter(dossier_id=ids[1], holder__isnull=False).exists()

    desk.work_off(batch_id, at=province.at)

    assert set(outcomes(batch_id)) == {Outcome.DONE}
    assert LedgerEntry.objects.filter(kind="dossier.step_claimed").count() == 3


def test_a_mistake_of_ours_stops_one_dossier_and_not_the_batch(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    examiner, ids = province.officer(EXAMINER), many(province, 2)
    batch_id = ask(province, examiner, Kind.CLAIM, ids)

    def broken(*_arguments: object) -> str:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setitem(work_batch.ACTS, Kind.CLAIM, broken)
        work_next(at=province.at, batch_id=batch_id)
    desk.work_off(batch_id, at=province.at)

    assert outcomes(batch_id) == [Outcome.REFUSED, Outcome.DONE]
    assert BatchItem.objects.get(outcome=Outcome.REFUSED).problem == "batch-unforeseen"


def test_cancelling_leaves_what_has_not_begun(province: Province) -> None:
    examiner, ids = province.officer(EXAMINER), many(province, 3)
    batch_id = ask(province, examiner, Kind.CLAIM, ids)
    work_next(at=province.at, batch_id=batch_id)
    with pytest.raises(NotFound):
        cancel_batch(actor=desk.second(province, examiner), at=province.at, batch_id=batch_id)

    assert cancel_batch(actor=examiner, at=province.at, batch_id=batch_id) == 2

    assert not work_next(at=province.at, batch_id=batch_id)
    assert outcomes(batch_id) == [Outcome.DONE, Outcome.CANCELLED, Outcome.CANCELLED]
    assert StepRun.objects.filter(closed_at=None, holder_id=examiner.account_id).count() == 1
    assert Batch.objects.get().finished_at is not None
    with pytest.raises(BatchOver):
        cancel_batch(actor=examiner, at=province.at, batch_id=batch_id)


def test_several_are_signed_and_what_changed_meanwhile_is_not(province: Province) -> None:
    leader = province.officer("chairperson")
    ids = [desk.to_sign(province, province.citizen()) for _turn in range(2)]
    batch_id = ask(province, leader, Kind.SIGN, ids)
    Dossier.objects.filter(pk=ids[1]).update(revision=99)

    desk.work_off(batch_id, at=province.at)

    assert outcomes(batch_id) == [Outcome.DONE, Outcome.REFUSED]
    assert "/KS" in BatchItem.objects.get(dossier_id=ids[0]).number
    assert BatchItem.objects.get(dossier_id=ids[1]).problem == "stale-version"
    assert Dossier.objects.get(pk=ids[0]).state is Status.RETURNED
    assert Dossier.objects.get(pk=ids[1]).finished_at is None


def test_several_go_back_to_the_step_before(province: Province) -> None:
    leader = province.officer("chairperson")
    ids = [desk.to_sign(province, province.citizen()), desk.accepted(province, province.citizen())]
    batch_id = ask(province, leader, Kind.STEP_BACK, ids, reason=REASON)

    desk.work_off(batch_id, at=province.at)

    assert outcomes(batch_id) == [Outcome.DONE, Outcome.REFUSED]
    run = StepRun.objects.get(dossier_id=ids[0], closed_at=None)
    assert (run.step, run.holder_id) == ("examine", province.officer(EXAMINER).account_id)


def test_the_head_gives_an_officers_work_to_another_who_is_told_once(province: Province) -> None:
    examiner, leader, ids = province.officer(EXAMINER), province.officer("chairperson"), many(province, 3)
    for dossier_id in ids:
        claim_step(actor=examiner, at=province.at, dossier_id=dossier_id)
    colleague = desk.second(province, examiner)
    with pytest.raises(HeldByAnother):
        hand_over_step(
            actor=colleague, at=province.at, dossier_id=ids[0], to_account_id=colleague.signed_in_as
        )

    batch_id = ask(province, leader, Kind.HAND_OVER, ids, to_account_id=colleague.account_id)
    desk.work_off(batch_id, at=province.at)

    assert set(outcomes(batch_id)) == {Outcome.DONE}
    holders = StepRun.objects.filter(closed_at=None).values_list("holder_id", flat=True)
    assert set(holders) == {colleague.account_id}
    told = Message.objects.get(template="officer_work_given")
    assert told.account_id == colleague.account_id
    assert "3 hồ sơ" in told.subject_vi


def test_nobody_is_given_their_own_case(province: Province) -> None:
    examiner, (dossier_id,) = province.officer(EXAMINER), many(province, 1)
    colleague = desk.second(province, examiner, person_id=province.citizen().person_id)
    with pytest.raises(ColleaguesOwnCase):
        hand_over_step(
            actor=examiner, at=province.at, dossier_id=dossier_id, to_account_id=colleague.signed_in_as
        )
    assert not StepRun.objects.filter(closed_at=None, holder__isnull=False).exists()


def test_two_workers_share_a_batch(province: Province) -> None:
    examiner, ids = province.officer(EXAMINER), many(province, 2)
    batch_id = ask(province, examiner, Kind.CLAIM, ids)
    at = province.at + timedelta(seconds=1)
    assert [work_next(at=at, batch_id=batch_id) for _turn in range(4)] == [True, True, False, False]
    assert LedgerEntry.objects.filter(kind="batch.finished").count() == 1
    seen = actor_of(examiner.signed_in_as, at=at)
    assert {
        told.item.outcome
        for told in batches.items_of(actor=seen, batch=batches.access_batch(actor=seen, batch_id=batch_id))
    } == {Outcome.DONE}


def test_a_job_does_some_and_leaves_the_rest_to_the_next_turn(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "AT_A_TIME", 2)
    batch_id = ask(province, province.officer(EXAMINER), Kind.CLAIM, many(province, 3))
    turns = ProcrastinateJob.objects.filter(task_name=jobs.work_off.name)
    assert turns.count() == 1

    jobs.work_off(batch_id=str(batch_id))
    assert (outcomes(batch_id).count(Outcome.DONE), turns.count()) == (2, 2)
    jobs.work_off(batch_id=str(batch_id))

    assert set(outcomes(batch_id)) == {Outcome.DONE}
    assert turns.count() == 2
    assert Batch.objects.get().finished_at is not None
