"""Packs that drop what records still have are refused with a sentence, before anybody is served by them."""

from pathlib import Path
from shutil import copytree

import pytest

from tests import registers_kit as kit
from tests.registers_kit import AT, SCHOOLS, SYSTEM
from tinhso.definitions.packs import packs_folder
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.held_fields import FieldStillHeld, mistakes, require_none
from tinhso.registers.models import RecordVersion

pytestmark = pytest.mark.django_db
FILE = "vietnam/registers/education.schools.yaml"
PUPILS = "pupils"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    folder = tmp_path / "packs"
    copytree(packs_folder() / "vietnam" / "registers", folder / "vietnam" / "registers")
    return folder


def without(packs: Path, field: str) -> None:
    """Take everything that names the field out of the file."""
    file = packs / FILE
    kept = [line for line in file.read_text("utf-8").splitlines() if field not in line]
    file.write_text("\n".join(kept), "utf-8")


def test_a_field_that_no_record_has_may_go(packs: Path) -> None:
    kit.school("22001", "Trường Tiểu học Bình Liêu")
    without(packs, f"id: {PUPILS}")
    assert [one.code for one in mistakes(packs)] == []


def test_a_field_that_records_have_may_not_go_and_the_remedy_is_told(packs: Path) -> None:
    school = kit.school("22001", "Trường Tiểu học Bình Liêu", more={PUPILS: 250})
    without(packs, f"id: {PUPILS}")

    (found,) = mistakes(packs)
    assert (found.code, found.data["count"]) == ("register-field-held", "1")
    assert PUPILS in found.problem
    assert "ghi trống" in found.remedy
    with pytest.raises(FieldStillHeld) as refused:
        require_none(packs)
    assert PUPILS in refused.value.sentence()

    cancel_record(actor=SYSTEM, at=AT, record_id=school, reason="Nhập nhầm")
    require_none(packs)
    assert RecordVersion.objects.filter(values__has_key=PUPILS).exists()


def test_a_register_with_records_may_not_go(packs: Path) -> None:
    kit.school("22001", "Trường Tiểu học Bình Liêu")
    (packs / FILE).unlink()
    (found,) = mistakes(packs)
    assert (found.code, found.data) == ("register-gone", {"name": SCHOOLS, "count": "1"})


def test_these_packs_drop_nothing() -> None:
    kit.enter(kit.birth())
    require_none(packs_folder())
