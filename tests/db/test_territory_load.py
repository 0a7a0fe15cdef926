"""The units as rows: loaded whole, loaded once, and never two of one code at a time."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from tinhso.territory import queries
from tinhso.territory.actions.load_units import load_units
from tinhso.territory.models import Loading, SuccessionRow, UnitRow

PACKS = Path(__file__).parents[2] / "packs"
AT = datetime(2026, 11, 21, 8, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def row(code: str, valid_from: date | None, valid_until: date | None) -> UnitRow:
    return UnitRow(
        key=f"{code}{valid_from}", code=code, name="Phường Thử", folded="phuong thu", kind="ward",
        level="commune", parent_code="22", province_code="22", valid_from=valid_from, valid_until=valid_until,
    )  # fmt: skip


def copy_quang_ninh(packs: Path) -> None:
    """Write the files with the units of one province only."""
    source, target = PACKS / "vietnam" / "territory", packs / "vietnam" / "territory"
    target.mkdir(parents=True)
    with (source / "units.tsv").open(encoding="utf-8") as lines:
        units = list(csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    districts = {unit[0] for unit in units if unit[3] == "22" and len(unit[0]) == 3}
    kept = [unit for unit in units[1:] if unit[0] == "22" or unit[3] in {"22", *districts}]
    text = "\n".join("\t".join(unit) for unit in (units[0], *kept))
    (target / "units.tsv").write_text(f"{text}\n", encoding="utf-8")
    steps = (source / "successions.tsv").read_text(encoding="utf-8").splitlines()
    own = [step for step in steps if step.startswith("from") or step.endswith("1679/NQ-UBTVQH15")]
    (target / "successions.tsv").write_text("\n".join(own) + "\n", encoding="utf-8")
    (target / "aliases.tsv").write_text("alias\tcode\tsource\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((None, date(2025, 7, 1)), (date(2025, 6, 30), None)),
        ((None, None), (date(2025, 7, 1), date(2025, 7, 2))),
        ((date(2025, 7, 1), None), (date(2030, 1, 1), None)),
    ],
)
def test_the_database_refuses_two_units_of_one_code_at_a_time(
    first: tuple[date | None, date | None], second: tuple[date | None, date | None]
) -> None:
    row("06652", *first).save(force_insert=True)
    with pytest.raises(IntegrityError, match="territory_unit_no_overlap"), transaction.atomic():
        row("06652", *second).save(force_insert=True)
    assert UnitRow.objects.count() == 1


def test_a_code_may_be_used_again_and_others_beside_it() -> None:
    row("06652", None, date(2025, 7, 1)).save(force_insert=True)
    row("06652", date(2025, 7, 1), None).save(force_insert=True)
    row("06653", None, None).save(force_insert=True)
    for code in ("01", "001", "00001"):
        row(code, None, None).save(force_insert=True)
    assert UnitRow.objects.count() == 6


def test_a_code_of_another_shape_is_refused() -> None:
    with pytest.raises(IntegrityError, match="territory_code_shape"), transaction.atomic():
        row("0665", None, None).save(force_insert=True)


def test_the_rows_are_those_of_the_files_and_are_loaded_once() -> None:
    first = load_units(at=AT, packs=PACKS)
    again = load_units(at=datetime(2027, 1, 1, tzinfo=UTC), packs=PACKS)

    assert first.changed
    assert not again.changed
    assert (again.units, again.successions) == (UnitRow.objects.count(), SuccessionRow.objects.count())
    assert Loading.objects.get().loaded_at == AT
    today = UnitRow.objects.filter(valid_until=None, level="commune")
    assert today.count() == 3321
    assert today.filter(province_code="22").count() == 54
    old = UnitRow.objects.filter(valid_until=date(2025, 7, 1), level="commune", province_code="22")
    assert old.count() == 171
    ha_khanh = UnitRow.objects.get(code="06649")
    assert [heir.after.name for heir in ha_khanh.heirs.select_related("after")] == ["Phường Cao Xanh"]


def test_changed_files_change_the_rows_and_keep_the_keys(tmp_path: Path) -> None:
    copy_quang_ninh(tmp_path)
    load_units(at=AT, packs=tmp_path)
    key = UnitRow.objects.get(code="06967", valid_until=None).key
    units = tmp_path / "vietnam" / "territory" / "units.tsv"
    text = units.read_text(encoding="utf-8")
    units.write_text(text.replace("commune\tCái Chiên\t22\t", "ward\tCái Chiên\t22\t"), encoding="utf-8")

    assert load_units(at=AT, packs=tmp_path).changed

    changed = UnitRow.objects.get(code="06967", valid_until=None)
    assert (changed.key, changed.name) == (key, "Phường Cái Chiên")


def test_files_that_overlap_are_refused_whole(tmp_path: Path) -> None:
    copy_quang_ninh(tmp_path)
    with (tmp_path / "vietnam" / "territory" / "units.tsv").open("a", encoding="utf-8") as units:
        units.write("06967\tward\tCái Chiên\t22\t2026-01-01\t\n")
    with pytest.raises(IntegrityError, match="territory_unit_no_overlap"), transaction.atomic():
        load_units(at=AT, packs=tmp_path)
    assert UnitRow.objects.count() == 0
    assert Loading.objects.count() == 0


def test_the_door_answers_from_the_packs_without_rows() -> None:
    assert UnitRow.objects.count() == 0
    found = queries.find_unit("Phường Hà Khánh, Hạ Long", on=date(2024, 6, 1), as_of=date(2026, 1, 1))
    assert [unit.code for unit in found.units] == ["06658"]
    assert len(queries.communes("22", date(2026, 1, 1))) == 54
    assert len(queries.provinces(date(2026, 1, 1))) == 34
    unit = queries.unit("06978", date(2026, 1, 1))
    assert unit
    assert (unit.code, unit.name, unit.within) == ("06970", "Xã Ba Chẽ", "Tỉnh Quảng Ninh")
    assert queries.unit("06649", date(2026, 1, 1)) is None
