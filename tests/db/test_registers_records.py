"""Records: entered, corrected, merged, split, cancelled, restored; nothing is lost and nothing overlaps."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import Error as DatabaseFault

from tests import registers_kit as kit
from tests.registers_kit import AT, BIRTHS, PARCELS, SCHOOLS, SYSTEM, TODAY
from tinhso.kernel.models import LedgerEntry
from tinhso.registers import queries
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.actions.confirm_record import confirm_record
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.actions.merge_records import merge_records
from tinhso.registers.actions.receive_envelope import receive_envelope
from tinhso.registers.actions.restore_record import restore_record
from tinhso.registers.actions.split_record import split_record
from tinhso.registers.models import Record, RecordVersion
from tinhso.registers.refusals import (
    FutureSpan,
    NothingChanged,
    NotInForce,
    ParentCycle,
    RecordInvalid,
    StaleRecord,
    ValueHeld,
)
from tinhso.registers.types import Envelope, Moment, RecordState

pytestmark = pytest.mark.django_db


def value(record_id: UUID, field: str, moment: Moment) -> object:
    return queries.access_record(actor=SYSTEM, record_id=record_id, moment=moment).values.get(field)


def versions() -> int:
    return RecordVersion.objects.count()


def test_a_record_keeps_what_was_entered_with_its_key_and_the_ledger_proves_it() -> None:
    written = kit.enter(kit.birth())

    view = queries.record_by_key(actor=SYSTEM, register_id=BIRTHS, key="06838/2026/12/KS", moment=kit.now())
    assert (view.id, view.number, view.event) == (written.record_id, 1, "NEW")
    assert view.values["mother.born_on"] == "1991"
    assert view.title == "Nguyễn Thị Mai An, 2026-03-01"
    entry = LedgerEntry.objects.get(kind="record.entered")
    assert entry.payload["digests"] == [RecordVersion.objects.get().digest]
    assert "Mai An" not in str(entry.payload)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("child.born_on", "31/2/1960"),
        ("child.personal_id", "12345"),
        ("child.sex", "girl"),
        ("child.full_name", "Bé 2"),
        ("registered.on", "2026"),
        ("registered.unit", "99999"),
        ("nobody.asked", "x"),
        ("certificate.number", ""),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_written(field: str, given: str) -> None:
    with pytest.raises(RecordInvalid) as refused:
        kit.enter(kit.birth(**{field: given}))

    assert [one.field for one in refused.value.problems] == [field]
    assert (Record.objects.count(), LedgerEntry.objects.filter(kind="record.entered").count()) == (0, 0)


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(RecordInvalid) as refused:
        kit.enter({"child.born_on": "31/2/1960", "child.personal_id": "1"})
    assert {"child.born_on", "child.personal_id", "child.sex", "registered.unit"} <= {
        one.field for one in refused.value.problems
    }


def test_a_key_never_changes_its_owner() -> None:
    kit.enter(kit.birth())
    with pytest.raises(ValueHeld):
        kit.enter(kit.birth(**{"child.full_name": "Lê Văn Bình"}))
    assert Record.objects.count() == 1


def test_a_change_holds_from_its_day_and_the_days_before_stay() -> None:
    school = kit.school("22001", "Trường Tiểu học Bình Liêu", since=date(2020, 9, 1))
    correct_record(
        actor=SYSTEM, at=AT, record_id=school, changes={"school.name": "Trường Tiểu học Lê Lợi"},
        reason="Đổi tên", since=date(2026, 1, 1),
    )  # fmt: skip

    assert value(school, "school.name", Moment(date(2025, 12, 31))) == "Trường Tiểu học Bình Liêu"
    assert value(school, "school.name", Moment(date(2026, 1, 1))) == "Trường Tiểu học Lê Lợi"


def test_what_we_knew_then_is_still_what_we_knew_then() -> None:
    school = kit.school("22001", "Trường A", since=date(2020, 9, 1))
    correct_past(
        actor=SYSTEM, at=kit.later(days=1), record_id=school, changes={"school.name": "Trường B"},
        reason="Ghi nhầm",
        since=date(2021, 1, 1), until=date(2022, 1, 1),
    )  # fmt: skip

    day = date(2021, 6, 1)
    assert value(school, "school.name", Moment(day)) == "Trường B"
    assert value(school, "school.name", Moment(day, known=AT)) == "Trường A"
    assert value(school, "school.name", Moment(date(2022, 6, 1))) == "Trường A"
    assert RecordVersion.objects.now().count() == 3


def test_the_history_tells_each_difference() -> None:
    school = kit.school("22001", "Trường A", since=date(2020, 9, 1))
    correct_past(
        actor=SYSTEM,
        at=kit.later(days=1),
        record_id=school,
        changes={"school.name": "Trường B"},
        reason="Ghi nhầm",
    )
    newest, oldest = queries.history_of(actor=SYSTEM, record_id=school)
    assert [(one.field, one.before, one.after) for one in newest.changes] == [
        ("school.name", "Trường A", "Trường B")
    ]
    assert newest.version.reason == "Ghi nhầm"
    assert "school.name" in {one.field for one in oldest.changes}


def test_the_past_is_not_corrected_beyond_today_and_not_to_what_it_is() -> None:
    school = kit.school("22001", "Trường A")
    before = versions()
    with pytest.raises(FutureSpan):
        correct_past(
            actor=SYSTEM,
            at=AT,
            record_id=school,
            changes={"school.name": "B"},
            reason="x",
            until=date(2027, 1, 1),
        )
    with pytest.raises(NothingChanged):
        correct_record(actor=SYSTEM, at=AT, record_id=school, changes={"school.name": "Trường A"}, reason="x")
    assert versions() == before


def test_who_corrects_what_was_changed_meanwhile_is_told() -> None:
    school = kit.school("22001", "Trường A")
    correct_record(actor=SYSTEM, at=AT, record_id=school, changes={"pupils": 300}, reason="x", number=1)
    with pytest.raises(StaleRecord):
        correct_record(actor=SYSTEM, at=AT, record_id=school, changes={"pupils": 310}, reason="x", number=1)
    assert value(school, "pupils", kit.now()) == 300


def test_a_merged_record_keeps_its_history_and_leads_to_the_other() -> None:
    main = kit.school("22001", "Trường A")
    twin = kit.school("22002", "Truong A")
    branch = kit.school("22003", "Điểm trường Khe Tiền", more={"school.main": str(twin)})
    merge_records(actor=SYSTEM, at=kit.later(hours=1), winner_id=main, loser_id=twin, reason="Trùng")

    assert queries.record_by_key(actor=SYSTEM, register_id=SCHOOLS, key="22002", moment=kit.now()).id == main
    related = queries.related_records(actor=SYSTEM, record_id=main, moment=kit.now())
    assert [(field, one.id) for field, one in related] == [("school.main", branch)]
    assert value(twin, "school.name", Moment(TODAY, known=AT)) == "Truong A"
    assert Record.objects.get(pk=twin).state == RecordState.MERGED
    found = queries.find_records(actor=SYSTEM, register_id=SCHOOLS, moment=kit.now(), text="truong a")
    assert [one.id for one in found.records] == [main]


def test_the_parts_of_a_split_record_say_what_they_come_from() -> None:
    values = {
        "place.unit": kit.BINH_LIEU,
        "map.sheet": "12",
        "parcel.number": "7",
        "area": "500",
        "use": "ont",
    }
    parcel = kit.enter(values, register=PARCELS).record_id
    parts = split_record(
        actor=SYSTEM, at=kit.later(days=1), record_id=parcel, reason="Tách thửa",
        parts=[{"parcel.number": "7a", "area": "200"}, {"parcel.number": "7b", "area": "300"}],
    )  # fmt: skip

    tomorrow = Moment(TODAY + timedelta(days=1))
    found = queries.find_records(actor=SYSTEM, register_id=PARCELS, moment=tomorrow)
    assert [one.key for one in found.records] == ["06838-12-7a", "06838-12-7b"]
    assert {row.split_from_id for row in Record.objects.filter(pk__in=[one.record_id for one in parts])} == {
        parcel
    }
    assert [
        one.id for one in queries.find_records(actor=SYSTEM, register_id=PARCELS, moment=kit.now()).records
    ] == [parcel]


def test_a_cancelled_record_frees_its_key_and_comes_back_only_while_it_is_free() -> None:
    first = kit.enter(kit.birth()).record_id
    cancel_record(actor=SYSTEM, at=AT, record_id=first, reason="Ghi nhầm")
    assert queries.count_records(actor=SYSTEM, register_id=BIRTHS, moment=kit.now()) == 0
    with pytest.raises(NotInForce):
        correct_record(actor=SYSTEM, at=AT, record_id=first, changes={"register.book": "1"}, reason="x")

    second = kit.enter(kit.birth()).record_id
    with pytest.raises(ValueHeld):
        restore_record(actor=SYSTEM, at=AT, record_id=first, reason="Hủy nhầm")
    cancel_record(actor=SYSTEM, at=AT, record_id=second, reason="Ghi trùng")
    restore_record(actor=SYSTEM, at=AT, record_id=first, reason="Hủy nhầm")
    assert [
        one.id for one in queries.find_records(actor=SYSTEM, register_id=BIRTHS, moment=kit.now()).records
    ] == [first]


def test_a_record_does_not_lie_inside_itself() -> None:
    main = kit.school("22001", "Trường A")
    branch = kit.school("22002", "Điểm B", more={"school.main": str(main)})
    leaf = kit.school("22003", "Điểm C", more={"school.main": "22002"})
    before = versions()
    for parent in (main, branch, leaf):
        with pytest.raises(ParentCycle):
            correct_record(
                actor=SYSTEM, at=AT, record_id=main, changes={"school.main": str(parent)}, reason="Sai"
            )
    assert versions() == before


def test_confirming_makes_a_record_young_again_and_writes_no_version() -> None:
    school = kit.school("22001", "Trường A")
    confirm_record(actor=SYSTEM, at=kit.later(days=30), record_id=school)
    assert Record.objects.get(pk=school).confirmed_at == kit.later(days=30)
    assert versions() == 1


def envelope(number: int, event: str = "UPDATE", **values: object) -> Envelope:
    given = {"school.code": "22009", "level": "primary", "place.unit": kit.BINH_LIEU, **values}
    return Envelope("edu-9", event, number, AT, {} if event == "CANCEL" else given)


def test_an_envelope_counts_once_and_an_older_one_never() -> None:
    def receive(number: int, event: str = "UPDATE", name: str = "Trường X") -> bool:
        sent = envelope(number, event, **{"school.name": name})
        return receive_envelope(
            actor=SYSTEM, at=kit.later(hours=number), register_id=SCHOOLS, envelope=sent
        ).changed

    assert receive(3, name="Ba")
    assert [receive(3, name="Ba lần nữa"), receive(1, "NEW", "Một")] == [False, False]
    (record,) = Record.objects.all()
    assert value(record.pk, "school.name", kit.now()) == "Ba"
    assert receive(4, "CANCEL")
    assert not receive(2, name="Hai")
    assert queries.count_records(actor=SYSTEM, register_id=SCHOOLS, moment=kit.now()) == 0


def test_a_cancellation_that_comes_first_keeps_the_late_record_out() -> None:
    late = envelope(1, "NEW", **{"school.name": "Trường X"})
    receive_envelope(actor=SYSTEM, at=AT, register_id=SCHOOLS, envelope=envelope(2, "CANCEL"))
    assert not receive_envelope(actor=SYSTEM, at=AT, register_id=SCHOOLS, envelope=late).changed
    assert queries.count_records(actor=SYSTEM, register_id=SCHOOLS, moment=kit.now()) == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_version SET values = '{}'",
        "UPDATE register_version SET known_to = NULL",
        "DELETE FROM register_version",
        "TRUNCATE register_version CASCADE",
    ],
)
def test_the_database_lets_no_version_be_changed_or_removed(statement: str) -> None:
    kit.school("22001", "Trường A")
    with pytest.raises(DatabaseFault), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert versions() == 1


def test_the_database_lets_no_two_versions_overlap_in_both_times() -> None:
    kit.school("22001", "Trường A")
    copy = RecordVersion.objects.get()
    copy._state.adding, copy.pk = True, Record().pk
    with pytest.raises(DatabaseFault), transaction.atomic():
        copy.save(force_insert=True)
    assert versions() == 1
