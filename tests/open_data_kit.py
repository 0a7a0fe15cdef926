"""Registers for tests of what the public and machines see: schools, and one that only a file makes."""

from pathlib import Path
from uuid import UUID

from pytest_django import Settings

from tests import registers_kit as kit

WELLS = "water.wells"
# All there is of the register: no Python knows it.
WELLS_FILE = """
id: water.wells
name: {vi: Sổ giếng khoan, en: Register of wells}
summary: {vi: Giếng đã đăng ký., en: Registered wells.}
field: {vi: Tài nguyên nước, en: Water}
law: "Chỉ để thử"
key: {pattern: "G-{well.number}", source: Chỉ để thử}
title: [well.name]
unit: place.unit
geometry: place
fields:
  - {id: well.number, type: text, required: true, filtered: true, label: {vi: Số giếng, en: Number}}
  - {id: well.permit, type: text, unique: true, label: {vi: Số giấy phép, en: Permit}}
  - {id: well.name, type: text, required: true, searched: true, label: {vi: Tên giếng, en: Name}}
  - id: use
    type: choice
    label: {vi: Dùng để, en: Use}
    options:
      - {value: drink, label: {vi: Ăn uống, en: Drinking}}
      - {value: farm, label: {vi: Tưới, en: Irrigation}}
  - {id: depth, type: number, decimals: 1, filtered: true, unit_label: m, label: {vi: Sâu, en: Depth}}
  - {id: owner.full_name, type: person_name, personal: true, searched: true, label: {vi: Chủ, en: Owner}}
  - {id: fault, type: text, label: {vi: Vi phạm, en: Fault}, seen_by: [leader]}
  - {id: place.unit, type: unit, required: true, label: {vi: Xã, en: Commune}}
  - {id: place, type: point, label: {vi: Vị trí, en: Location}}
access:
  read: [{roles: [specialist], agencies: [commune_committee], scope: unit}]
  write: [{roles: [specialist], agencies: [commune_committee], scope: unit}]
public:
  fields: [well.number, well.permit, well.name, use, depth, place.unit, place]
  open_data: true
  source: Chỉ để thử
retention: {source: Chỉ để thử}
"""


def with_register(settings: Settings, folder: Path, text: str = WELLS_FILE, name: str = WELLS) -> None:
    """Let the installation read its packs and one file more."""
    packs = folder / "packs"
    packs.mkdir()
    for one in settings.TINHSO.packs.iterdir():
        (packs / one.name).symlink_to(one)
    more = packs / "more" / "registers"
    more.mkdir(parents=True)
    (more / f"{name}.yaml").write_text(text, encoding="utf-8")
    settings.TINHSO = settings.TINHSO.model_copy(update={"packs": packs})


def well(number: int, **more: object) -> dict[str, object]:
    """Return a well as its form sends it."""
    return {
        "well.number": str(number),
        "well.name": f"Giếng {number}",
        "use": "drink" if number % 2 else "farm",
        "depth": "12.5",
        "owner.full_name": "Hoàng Thị Sen",
        "place.unit": kit.BINH_LIEU,
        "place": point(107.3 + number / 1000, 21.5),
        **more,
    }


def point(longitude: float, latitude: float) -> dict[str, object]:
    return {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}


def schools(count: int) -> list[UUID]:
    """Enter schools from west to east, a thousandth of a degree apart."""
    return [
        kit.school(
            f"22{number:03}",
            f"Trường Tiểu học số {number}",
            more={"place": point(107.3 + number / 1000, 21.5), "head.full_name": "Hoàng Thị Sen"},
        )
        for number in range(count)
    ]
