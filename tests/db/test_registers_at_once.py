"""Two at the same moment: one of them has the key, and no correction is lost."""

import pytest

from tests import registers_kit as kit
from tests.db.kernel_threads import at_once
from tests.registers_kit import AT, SYSTEM
from tinhso.kernel.refusals import Refusal
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.models import HeldValue, Record, RecordVersion

pytestmark = pytest.mark.django_db(transaction=True)
CALLERS = 6


def test_of_many_who_enter_one_key_one_has_it() -> None:
    def enter(_number: int) -> bool:
        try:
            kit.enter(kit.birth())
        except Refusal:
            return False
        return True

    assert sorted(at_once(enter, callers=CALLERS)) == [*[False] * (CALLERS - 1), True]
    assert (Record.objects.count(), HeldValue.objects.filter(field="key").count()) == (1, 1)


def test_corrections_at_once_are_all_kept_in_one_history() -> None:
    record_id = kit.school("22001", "Trường A")
    fields = ("pupils", "classes", "phone", "standard", "ownership", "place.detail")
    values: tuple[object, ...] = (300, 10, "0203", True, "public", "Thôn Khe Tiền")

    def correct(number: int) -> None:
        changes = {fields[number]: values[number]}
        correct_record(actor=SYSTEM, at=AT, record_id=record_id, changes=changes, reason="Cùng lúc")

    at_once(correct, callers=CALLERS)
    standing = RecordVersion.objects.get(known_to__isnull=True)
    assert {name: standing.values[name] for name in fields} == dict(zip(fields, values, strict=True))
    assert Record.objects.get().number == CALLERS + 1
    assert RecordVersion.objects.count() == CALLERS + 1
