"""Keeping: what is over long enough is shown to a person, goes by a decision, provably, never by itself."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from tests import registers_kit as kit
from tests.registers_kit import AT, BINH_LIEU, BIRTHS, HONG_GAI, SYSTEM, TODAY
from tinhso.kernel.models import LedgerEntry
from tinhso.registers import keeping, queries
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.actions.open_correction import open_correction
from tinhso.registers.actions.review_retention import (
    KeptUntilPast,
    ReviewDecided,
    StillInForce,
    decide_retention,
    review_retention,
)
from tinhso.registers.correction_making import Asked
from tinhso.registers.models import HeldValue, RecordVersion, RetentionReview
from tinhso.registers.refusals import NotYourRegister, ReasonNeeded, RecordEmptied, RecordMissing

pytestmark = pytest.mark.django_db
TEAMS = "digital.community-teams"
LONG_AFTER = AT + timedelta(days=366 * 11)
WHY = "Quyết định 12/QĐ-UBND hủy tài liệu hết giá trị"


def team(name: str, *, until: date | None = None, unit: str = BINH_LIEU) -> UUID:
    values = {"team.name": name, "place.unit": unit, "hamlet": "Khu 1", "leader.full_name": "Lê Văn Ba"}
    return kit.enter(values, register=TEAMS, since=date(2020, 1, 1), until=until).record_id


def review() -> int:
    return review_retention(actor=SYSTEM, at=LONG_AFTER, register_id=TEAMS)


def test_only_what_was_over_for_the_years_of_the_register_is_found_and_once() -> None:
    over = team("Tổ cũ", until=date(2025, 1, 1))
    team("Tổ mới", until=date(2030, 1, 1))
    team("Tổ còn")
    cancelled = team("Tổ hủy")
    cancel_record(actor=SYSTEM, at=AT, record_id=cancelled, reason="Lập nhầm")

    assert review_retention(actor=SYSTEM, at=AT, register_id=TEAMS) == 0
    assert review() == 2
    assert {one.record_id for one in RetentionReview.objects.all()} == {over, cancelled}
    assert RetentionReview.objects.get(record_id=over).due_on == date(2035, 1, 1)
    assert review() == 0
    assert RecordVersion.objects.exclude(values={}).count() == RecordVersion.objects.count()


def test_a_register_that_keeps_for_ever_asks_nobody() -> None:
    born = kit.enter(kit.birth())
    cancel_record(actor=SYSTEM, at=AT, record_id=born.record_id, reason="Nhầm")
    assert review_retention(actor=SYSTEM, at=AT + timedelta(days=365 * 300), register_id=BIRTHS) == 0


def test_a_decision_empties_what_was_said_and_leaves_the_proof() -> None:
    record = team("Tổ cũ", until=date(2025, 1, 1))
    digests = list(RecordVersion.objects.values_list("digest", flat=True))
    review()
    chair = kit.officer("chairperson")
    (waiting,) = keeping.open_reviews(actor=chair, register_id=TEAMS).items
    assert (waiting.record.title, waiting.years) == ("Tổ cũ", 10)

    decide_retention(actor=chair, at=LONG_AFTER, review_id=waiting.id, erase=True, reason=WHY)

    version = RecordVersion.objects.get(record_id=record)
    assert (version.values, version.geometry, version.words, version.key) == ({}, None, [], "")
    assert version.digest == digests[0]
    assert HeldValue.objects.filter(record_id=record).count() == 0, "a key says what was said"
    entry = LedgerEntry.objects.get(kind="register.retention_decided")
    assert entry.payload["digests"] == digests
    assert keeping.open_reviews(actor=chair, register_id=TEAMS).items == ()
    found = queries.find_records(actor=SYSTEM, register_id=TEAMS, moment=kit.now(), text="to cu")
    assert found.records == ()
    with pytest.raises(ReviewDecided):
        decide_retention(actor=SYSTEM, at=LONG_AFTER, review_id=waiting.id, erase=False, reason=WHY)
    assert review() == 0


def test_nothing_is_written_to_a_record_of_which_nothing_is_left() -> None:
    record = team("Tổ cũ", until=date(2025, 1, 1))
    review()
    decide_retention(
        actor=SYSTEM, at=LONG_AFTER, review_id=RetentionReview.objects.get().pk, erase=True, reason=WHY
    )
    said: dict[str, Any] = {"actor": SYSTEM, "at": LONG_AFTER, "record_id": record, "reason": WHY}
    again = {"team.name": "Tổ cũ"}
    with pytest.raises(RecordEmptied, match="đã được xóa khi hết hạn lưu"):
        correct_past(**said, changes=again)
    with pytest.raises(RecordEmptied):
        correct_record(**said, changes=again)
    with pytest.raises(RecordEmptied):
        cancel_record(**said)
    with pytest.raises(RecordEmptied):
        open_correction(actor=SYSTEM, at=LONG_AFTER, asked=Asked(record, "team.name", "Tổ cũ", "Quyết định"))
    assert RecordVersion.objects.get().values == {}


def test_what_is_kept_stays_whole_and_is_asked_about_again_on_its_day() -> None:
    team("Tổ cũ", until=date(2025, 1, 1))
    review()
    (row,) = RetentionReview.objects.all()
    again, told = TODAY.replace(year=2045), "Có giá trị lịch sử"
    decide_retention(
        actor=SYSTEM,
        at=LONG_AFTER,
        review_id=row.pk,
        erase=False,
        reason=told,
        kept_until=again,
    )
    assert RecordVersion.objects.get().values["team.name"] == "Tổ cũ"
    assert review() == 0
    assert review_retention(actor=SYSTEM, at=AT.replace(year=2046), register_id=TEAMS) == 1


def test_without_a_decision_nothing_can_be_emptied_not_even_by_hand() -> None:
    team("Tổ cũ", until=date(2025, 1, 1))
    review()
    with pytest.raises(IntegrityError, match="only closes"), transaction.atomic():
        RecordVersion.objects.update(values={}, geometry=None, box=None, words=[], key="", sort_key="")
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        RetentionReview.objects.all().delete()
    assert RecordVersion.objects.get().values["team.name"] == "Tổ cũ"


def test_who_may_not_settle_decides_nothing_and_nobody_without_a_reason() -> None:
    team("Tổ cũ", until=date(2025, 1, 1))
    review()
    (row,) = RetentionReview.objects.all()
    ask = {"at": LONG_AFTER, "review_id": row.pk, "erase": True}
    asking = (("one_stop", BINH_LIEU, NotYourRegister), ("chairperson", HONG_GAI, RecordMissing))
    for role, unit, refusal in asking:
        with pytest.raises((refusal, NotYourRegister)):
            decide_retention(actor=kit.officer(role, unit=unit), reason=WHY, **ask)  # type: ignore[arg-type]
        assert not keeping.open_reviews(actor=kit.officer(role, unit=unit), register_id=TEAMS).items
    with pytest.raises(ReasonNeeded):
        decide_retention(actor=SYSTEM, reason=" ", **ask)  # type: ignore[arg-type]
    with pytest.raises(KeptUntilPast):
        decide_retention(actor=SYSTEM, reason=WHY, kept_until=TODAY, **{**ask, "erase": False})  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.decision == "open"


def test_the_list_offers_exactly_what_the_policy_lets_the_actor_decide() -> None:
    here = team("Tổ cũ", until=date(2025, 1, 1))
    team("Tổ của phường khác", until=date(2024, 1, 1), unit=HONG_GAI)
    review()
    chair = kit.officer("chairperson")
    assert keeping.waiting(actor=chair) == {TEAMS: 1}
    found = {one.record.id: one.id for one in keeping.open_reviews(actor=chair).items}
    assert set(found) == {here}
    for row in RetentionReview.objects.all():
        if row.pk in found.values():
            assert keeping.access_review(actor=chair, review_id=row.pk).decision == "open"
        else:
            with pytest.raises((NotYourRegister, RecordMissing)):
                keeping.access_review(actor=chair, review_id=row.pk)
    with pytest.raises(NotYourRegister):
        keeping.require_keeper(actor=kit.officer("one_stop"), register_id=TEAMS)
    assert keeping.waiting(actor=kit.officer("one_stop")) == {}


def test_a_record_that_came_back_into_force_is_not_emptied() -> None:
    record = team("Tổ cũ")
    review()
    RetentionReview.objects.create(
        register=TEAMS, record_id=record, ended_on=TODAY, due_on=TODAY, found_at=AT
    )
    (row,) = RetentionReview.objects.all()
    with pytest.raises(StillInForce):
        decide_retention(actor=SYSTEM, at=LONG_AFTER, review_id=row.pk, erase=True, reason=WHY)
    assert RecordVersion.objects.get().values["team.name"] == "Tổ cũ"
