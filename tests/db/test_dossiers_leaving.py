"""What becomes of the steps in hand when an officer leaves: handed over or free again, nothing lost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import SYSTEM, Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.holding import in_hand, steps_by_holder
from tinhso.dossiers.jobs import release
from tinhso.dossiers.models import Dossier, Draft, StepRun
from tinhso.dossiers.refusals import StaleVersion
from tinhso.kernel.clock import local
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed
from tinhso.people import actions as people
from tinhso.people.actions.posts import SuccessorUnfit
from tinhso.people.models import Post
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
EXAMINER = "civil_status_officer"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def claimed(province: Province, examiner: Actor, count: int = 1) -> list[UUID]:
    citizen = province.citizen()
    ids = [desk.accepted(province, citizen) for _turn in range(count)]
    for dossier_id in ids:
        claim_step(actor=examiner, at=province.at, dossier_id=dossier_id)
    return ids


def holders() -> set[UUID | None]:
    return set(StepRun.objects.filter(closed_at=None).values_list("holder_id", flat=True))


def end(province: Province, officer: Actor, **how: Any) -> None:
    people.end_post(actor=SYSTEM, at=province.at, post_id=officer.posts[0].id, **how)


def test_an_officer_who_leaves_holds_nothing_and_a_colleague_goes_on(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    (dossier_id,) = claimed(province, examiner)
    stale = desk.revision(dossier_id)

    end(province, examiner)

    assert holders() == {None}
    entry = LedgerEntry.objects.get(kind="dossier.step_released")
    assert (entry.subject_id, entry.payload["from_account_id"]) == (dossier_id, str(examiner.account_id))
    colleague = desk.second(province, examiner)
    with pytest.raises(StaleVersion):
        claim_step(actor=colleague, at=province.at, dossier_id=dossier_id, revision=stale)
    advance_step(actor=colleague, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))
    assert Dossier.objects.get().steps.get(closed_at=None).step != "examine"


def test_a_successor_gets_everything_in_hand_with_one_entry_each(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    ids = claimed(province, examiner, 2)
    successor = desk.second(province, examiner)

    end(province, examiner, successor_account_id=successor.account_id)

    assert holders() == {successor.account_id}
    told = LedgerEntry.objects.filter(kind="dossier.step_handed_over")
    assert {entry.subject_id for entry in told} == set(ids)
    assert told.count() == 2
    assert not LedgerEntry.objects.filter(kind="dossier.step_released").exists()


def test_the_count_of_statements_does_not_grow_with_the_steps(province: Province) -> None:
    counts = []
    for username, steps in (("nguoi-mot", 1), ("nguoi-ba", 3)):
        examiner = desk.second(province, province.officer(EXAMINER), username)
        claimed(province, examiner, steps)
        with CaptureQueriesContext(connection) as asked:
            end(province, examiner)
        counts.append(len(asked))
        assert holders() <= {None}
    assert counts[0] == counts[1]


def test_three_hundred_dossiers_are_freed_or_handed_over_with_as_many_questions_as_one(
    province: Province,
) -> None:
    citizen, counts = province.citizen(), {}
    for username, steps in (("nguoi-mot", 1), ("nguoi-ba-tram", 300), ("nguoi-giao", 300)):
        examiner = desk.second(province, province.officer(EXAMINER), username)
        first = desk.accepted(province, citizen)
        claim_step(actor=examiner, at=province.at, dossier_id=first)
        desk.like(first, steps - 1)
        successor = desk.second(province, examiner, f"ke-nhiem-{steps}") if username == "nguoi-giao" else None
        how = {"successor_account_id": successor.account_id} if successor else {}
        assert StepRun.objects.filter(closed_at=None, holder_id=examiner.account_id).count() == steps
        with CaptureQueriesContext(connection) as asked:
            end(province, examiner, **how)
        counts[username] = len(asked)
        left = StepRun.objects.filter(closed_at=None, holder_id=examiner.account_id)
        assert not left.exists()
        if successor is not None:
            assert StepRun.objects.filter(closed_at=None, holder_id=successor.account_id).count() == 300
    assert counts["nguoi-ba-tram"] == counts["nguoi-mot"]
    # Handing over asks who succeeds and tells them, once for all.
    assert counts["nguoi-giao"] <= counts["nguoi-mot"] + 15, counts
    assert LedgerEntry.objects.filter(kind="dossier.step_released").count() == 301
    assert LedgerEntry.objects.filter(kind="dossier.step_handed_over").count() == 300


def test_what_the_successor_applied_for_is_left_for_others(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    claimed(province, examiner)
    successor = desk.second(province, examiner, person_id=province.citizen().person_id)

    end(province, examiner, successor_account_id=successor.account_id)

    assert holders() == {None}


def test_a_later_last_day_leaves_the_steps_until_then_and_the_job_frees_them(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    claimed(province, examiner)
    last = province.at + timedelta(days=2)

    end(province, examiner, until_on=local(last).date())
    release(timestamp=int(last.timestamp()))
    assert holders() == {examiner.account_id}

    release(timestamp=int((last + timedelta(days=2)).timestamp()))
    assert holders() == {None}


def test_a_substitute_who_goes_leaves_what_they_took(province: Province) -> None:
    examiner, stand_in = province.officer(EXAMINER), province.officer("one_stop")
    lent = people.substitute(
        actor=examiner,
        at=province.at,
        post_id=examiner.posts[0].id,
        substitute_account_id=stand_in.signed_in_as,
        from_at=province.at,
        until_at=province.later(days=3),
        reason="Nghỉ phép",
    )
    claimed(province, actor_of(stand_in.signed_in_as, at=province.at))
    assert holders() == {stand_in.account_id}

    people.end_substitution(actor=examiner, at=province.at, substitution_id=lent)

    assert holders() == {None}


def test_a_closed_account_holds_nothing(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    claimed(province, examiner)
    people.close_account(actor=SYSTEM, at=province.at, account_id=examiner.signed_in_as)
    assert holders() == {None}


def test_who_still_stands_in_for_a_colleague_keeps_what_they_took(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    other = desk.second(province, examiner)
    people.substitute(
        actor=SYSTEM,
        at=province.at,
        post_id=other.posts[0].id,
        substitute_account_id=examiner.signed_in_as,
        from_at=province.at,
        until_at=province.later(days=3),
        reason="Đi công tác",
    )
    claimed(province, examiner)

    end(province, examiner)

    assert holders() == {examiner.account_id}


def test_forms_begun_at_the_counter_go_to_the_successor(province: Province) -> None:
    counter = province.officer("one_stop")
    successor = desk.second(province, counter)
    draft_id = kit.begin(province, province.citizen(), kit.BIRTH)
    agency_id = counter.posts[0].agency_id
    Draft.objects.update(account_id=counter.account_id, channel="counter", receiving_agency_id=agency_id)
    about: dict[str, Any] = {"account_id": counter.signed_in_as, "agency_id": agency_id, "role": "one_stop"}
    assert in_hand(actor=successor, **about).forms == 1

    end(province, counter, successor_account_id=successor.account_id)

    assert Draft.objects.get(pk=draft_id).account_id == successor.account_id
    assert in_hand(actor=successor, **about).forms == 0


@pytest.mark.parametrize("role", ["one_stop", EXAMINER])
def test_an_unfit_successor_is_refused_and_nothing_changes(province: Province, role: str) -> None:
    examiner = province.officer(EXAMINER)
    claimed(province, examiner)

    with pytest.raises(SuccessorUnfit):
        end(province, examiner, successor_account_id=province.officer(role).account_id)

    assert holders() == {examiner.account_id}
    assert Post.objects.get(pk=examiner.posts[0].id).ended_at is None


def test_only_colleagues_count_what_somebody_has_in_hand(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    claimed(province, examiner)
    agency_id = examiner.posts[0].agency_id
    chair, elsewhere = province.officer("chairperson"), province.officer("one_stop", unit=kit.HONG_GAI)

    assert steps_by_holder(actor=chair, agency_id=agency_id) == {(examiner.account_id, EXAMINER): 1}
    for stranger in (elsewhere, province.citizen()):
        with pytest.raises(NotAllowed):
            steps_by_holder(actor=stranger, agency_id=agency_id)
