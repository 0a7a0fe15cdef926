"""Requests to put a record right: opened, verified, done or refused, with the clock of five and five."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import people_kit, registers_kit
from tests.registers_kit import AT, BIRTHS, HONG_GAI, later, registrar
from tinhso.kernel.clock import local
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed
from tinhso.notices.models import Message
from tinhso.people.types import Actor
from tinhso.registers.actions.open_correction import open_correction, open_corrections
from tinhso.registers.actions.work_correction import (
    ask_proof,
    give_proof,
    refuse_correction,
    settle_correction,
    verify_correction,
)
from tinhso.registers.correction_making import Asked
from tinhso.registers.correction_rules import (
    AlreadyAsked,
    CorrectionMissing,
    MoveNotNow,
    NotAField,
    NotYourRecord,
    ProofNeeded,
    StaleCorrection,
    TextNeeded,
    TooManyOpen,
)
from tinhso.registers.corrections import access_correction, count_corrections, find_corrections
from tinhso.registers.models import Correction, RecordVersion
from tinhso.registers.queries import history_of
from tinhso.registers.refusals import NothingChanged, NotYourRegister, RecordInvalid, RecordMissing

pytestmark = pytest.mark.django_db
MOTHER = "022191004512"
PROOF = "Giấy khai sinh số 12/KS do UBND xã Bình Liêu cấp ngày 10/3/2026"


def mother() -> Actor:
    return people_kit.citizen(MOTHER, at=AT)


def asked(record_id: UUID, **changes: object) -> Asked:
    told = {"record_id": record_id, "field": "child.full_name", "right": "Nguyễn Thị Mai Anh", "proof": PROOF}
    return Asked(**{**told, **changes})  # type: ignore[arg-type]


def opened(actor: Actor | None = None, **changes: object) -> tuple[UUID, UUID]:
    record_id = registers_kit.enter(registers_kit.birth()).record_id
    correction_id = open_correction(actor=actor or mother(), at=AT, asked=asked(record_id, **changes))
    return record_id, correction_id


def name_of(record_id: UUID) -> object:
    return RecordVersion.objects.now().get(record_id=record_id).values["child.full_name"]


def test_a_request_changes_nothing_until_it_is_verified_and_settled(db: None) -> None:
    record_id, correction_id = opened()
    assert name_of(record_id) == "Nguyễn Thị Mai An"
    verify_correction(actor=registrar(), at=later(days=1), correction_id=correction_id)
    assert name_of(record_id) == "Nguyễn Thị Mai An"
    written = settle_correction(actor=registrar(), at=later(days=2), correction_id=correction_id)

    assert name_of(record_id) == "Nguyễn Thị Mai Anh"
    (newest, *_older) = history_of(actor=registrar(), record_id=record_id)
    assert (newest.version.source, newest.version.reference) == ("ticket", str(correction_id))
    row = Correction.objects.get(pk=correction_id)
    assert (row.state, row.written_number) == ("done", written.number)
    assert row.closed_at == later(days=2)
    assert [entry.kind for entry in LedgerEntry.objects.filter(subject_id=correction_id)] == [
        "correction.opened",
        "correction.verified",
        "correction.done",
    ]
    subjects = [message.subject_vi for message in Message.objects.order_by("pk")]
    assert [row.number in one for one in subjects] == [True, True, True]


def test_the_clock_gives_five_working_days_to_verify_and_five_to_settle_and_fifteen_in_all(
    db: None,
) -> None:
    _record, correction_id = opened()
    row = Correction.objects.get(pk=correction_id)
    # 10 March 2026 is a Tuesday.
    assert [f"{local(one):%d/%m}" for one in (row.due_at, row.longest_at)] == ["17/03", "31/03"]
    verify_correction(actor=registrar(), at=later(days=3), correction_id=correction_id)
    row.refresh_from_db()
    assert f"{local(row.due_at):%d/%m}" == "20/03"

    ask_proof(actor=registrar(), at=later(days=16), correction_id=correction_id, question="Bản chính đâu?")
    give_proof(actor=mother(), at=later(days=20), correction_id=correction_id, answer="Tôi gửi kèm.")
    row.refresh_from_db()
    assert row.due_at == row.longest_at


def test_what_is_late_is_shown_and_counted(db: None) -> None:
    _record, correction_id = opened()
    day = later(days=8)
    seen = access_correction(actor=registrar(), correction_id=correction_id, at=day)
    assert seen.is_overdue
    assert seen.may_work
    counts = count_corrections(actor=registrar(), at=day)
    assert (counts.open, counts.overdue) == (1, 1)
    assert find_corrections(actor=registrar(), at=AT, overdue=True).items == ()
    verify_correction(actor=registrar(), at=day, correction_id=correction_id)
    settle_correction(actor=registrar(), at=day, correction_id=correction_id)
    assert LedgerEntry.objects.get(kind="correction.done").payload["late"] is False


def test_a_refusal_says_why_and_leaves_the_record(db: None) -> None:
    record_id, correction_id = opened()
    with pytest.raises(TextNeeded):
        refuse_correction(actor=registrar(), at=AT, correction_id=correction_id, reason=" ")
    reason = "Sổ hộ tịch gốc ghi đúng như hiện nay"
    refuse_correction(actor=registrar(), at=AT, correction_id=correction_id, reason=reason)
    assert name_of(record_id) == "Nguyễn Thị Mai An"
    seen = access_correction(actor=mother(), correction_id=correction_id, at=AT)
    assert (seen.state, seen.reason, seen.is_own) == ("refused", reason, True)
    with pytest.raises(MoveNotNow):
        verify_correction(actor=registrar(), at=AT, correction_id=correction_id)


def test_a_change_from_a_day_on_leaves_the_days_before_as_they_were(db: None) -> None:
    record_id = registers_kit.enter(registers_kit.birth(), since=AT.date() - timedelta(days=30)).record_id
    since = AT.date() - timedelta(days=5)
    correction_id = open_correction(actor=mother(), at=AT, asked=asked(record_id, since=since))
    verify_correction(actor=registrar(), at=AT, correction_id=correction_id)
    settle_correction(actor=registrar(), at=AT, correction_id=correction_id)
    versions = RecordVersion.objects.now().filter(record_id=record_id).order_by("valid_from")
    assert [one.values["child.full_name"] for one in versions] == ["Nguyễn Thị Mai An", "Nguyễn Thị Mai Anh"]


def test_who_may_ask_is_whom_the_record_is_about_or_an_officer_who_reads_it(db: None) -> None:
    record_id = registers_kit.enter(registers_kit.birth()).record_id
    stranger = people_kit.citizen("022191009999", at=AT)
    with pytest.raises(RecordMissing):
        open_correction(actor=stranger, at=AT, asked=asked(record_id))
    with pytest.raises(RecordMissing):
        open_correction(actor=registrar(HONG_GAI), at=AT, asked=asked(record_id))
    public = registers_kit.school("S1", "Trường Tiểu học Bình Liêu")
    with pytest.raises(NotYourRecord):
        open_correction(actor=stranger, at=AT, asked=Asked(public, "school.name", "Tên khác", PROOF))
    assert not Correction.objects.exists()

    officer = registers_kit.officer("one_stop")
    correction_id = open_correction(actor=officer, at=AT, asked=asked(record_id))
    assert Correction.objects.get(pk=correction_id).by_officer
    with pytest.raises(NotYourRegister):
        verify_correction(actor=officer, at=AT, correction_id=correction_id)
    assert Correction.objects.get(pk=correction_id).state == "opened"


def test_nobody_else_sees_answers_or_settles_it(db: None) -> None:
    _record, correction_id = opened()
    stranger = people_kit.citizen("022191009999", at=AT)
    for actor in (stranger, registrar(HONG_GAI)):
        with pytest.raises(CorrectionMissing):
            access_correction(actor=actor, correction_id=correction_id, at=AT)
        assert find_corrections(actor=actor, at=AT).items == ()
        with pytest.raises(CorrectionMissing):
            verify_correction(actor=actor, at=AT, correction_id=correction_id)
    ask_proof(actor=registrar(), at=AT, correction_id=correction_id, question="Gửi bản chụp")
    with pytest.raises(NotAllowed):
        give_proof(actor=registrar(), at=AT, correction_id=correction_id, answer="Đây")
    with pytest.raises((NotAllowed, NotYourRegister)):
        refuse_correction(actor=mother(), at=AT, correction_id=correction_id, reason="Không")
    assert Correction.objects.get(pk=correction_id).state == "asked"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"field": "no.such"}, NotAField),
        ({"proof": "  "}, ProofNeeded),
        ({"right": "Nguyễn Thị Mai An"}, NothingChanged),
        ({"field": "child.personal_id", "right": "12"}, RecordInvalid),
        ({"right": ""}, RecordInvalid),
        ({"record_id": uuid4()}, RecordMissing),
    ],
)
def test_what_cannot_be_right_is_refused_at_once(
    db: None, changes: dict[str, object], refusal: type[Exception]
) -> None:
    record_id = registers_kit.enter(registers_kit.birth()).record_id
    with pytest.raises(refusal):
        open_correction(actor=mother(), at=AT, asked=replace(asked(record_id), **changes))  # type: ignore[arg-type]
    assert not Correction.objects.exists()
    assert not LedgerEntry.objects.filter(kind="correction.opened").exists()


def test_one_field_has_one_open_request_and_one_account_not_too_many(
    db: None,
) -> None:
    record_id, _correction = opened()
    with pytest.raises(AlreadyAsked):
        open_correction(actor=mother(), at=AT, asked=asked(record_id, right="Tên Khác"))
    for number in range(19):
        values = registers_kit.birth(
            **{"certificate.number": f"{number + 100}/KS", "child.personal_id": None}
        )
        one = registers_kit.enter(values).record_id
        open_correction(actor=mother(), at=AT, asked=asked(one))
    last = registers_kit.enter(
        registers_kit.birth(**{"certificate.number": "99/KS", "child.personal_id": None})
    )
    with pytest.raises(TooManyOpen):
        open_correction(actor=mother(), at=AT, asked=asked(last.record_id))
    assert Correction.objects.count() == 20


def test_a_page_that_is_out_of_date_settles_nothing(db: None) -> None:
    record_id, correction_id = opened()
    verify_correction(actor=registrar(), at=AT, correction_id=correction_id, revision=1)
    with pytest.raises(StaleCorrection):
        settle_correction(actor=registrar(), at=AT, correction_id=correction_id, revision=1)
    assert name_of(record_id) == "Nguyễn Thị Mai An"


def test_values_an_officer_may_not_see_are_not_told(db: None) -> None:
    _record, correction_id = opened(field="child.ethnicity", right="03")
    at_the_counter = registers_kit.officer("one_stop")
    seen = access_correction(actor=at_the_counter, correction_id=correction_id, at=AT)
    assert (seen.said, seen.right, seen.said_words, seen.right_words) == (None, None, "", "")
    seen = access_correction(actor=registrar(), correction_id=correction_id, at=AT)
    assert (seen.said, seen.right) == ("01", "03")


def many(count: int) -> list[Asked]:
    rows = []
    for place in range(count):
        values = registers_kit.birth(
            **{"certificate.number": f"{place}/KS", "child.personal_id": f"02232600{place:04}"}
        )
        rows.append(asked(registers_kit.enter(values).record_id))
    return rows


def test_many_at_once_cost_the_same_questions_and_wrong_ones_are_named(db: None) -> None:
    rows = many(30)
    officer = registrar()
    counts = []
    for some in (rows[:5], rows[5:]):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            open_corrections(actor=officer, at=AT, several=some)
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]
    wrong = open_corrections(
        actor=officer, at=AT, several=[rows[0], asked(uuid4()), asked(rows[1].record_id, field="x")]
    )
    assert wrong.correction_ids == ()
    assert [one.row for one in wrong.wrong] == [1, 2, 3]
    assert Correction.objects.count() == 30
    assert len({row.number for row in Correction.objects.all()}) == 30


def test_a_list_comes_in_pages_by_the_day_it_is_due_each_once(db: None) -> None:
    officer = registrar()
    rows = many(7)
    for place, row in enumerate(rows):
        open_corrections(actor=officer, at=later(days=place), several=[row])
    numbers, after = [], ""
    while True:
        page = find_corrections(actor=officer, at=AT, register_id=BIRTHS, state="open", after=after, limit=3)
        numbers += [one.number for one in page.items]
        after = page.next
        if not after:
            break
    assert numbers == [row.number for row in Correction.objects.order_by("due_at", "pk")]
    assert len(numbers) == 7
    with pytest.raises(CorrectionMissing):
        find_corrections(actor=officer, at=AT, after="không phải~con trỏ")
