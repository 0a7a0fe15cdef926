"""Which unit a feature of a file of boundaries means: by its code, else by its name and province."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tinhso.kernel.text import fold
from tinhso.territory.atlas import Atlas, key
from tinhso.territory.finding import find_unit
from tinhso.territory.reading import without_kind
from tinhso.territory.types import Unit, UnknownUnit, VagueUnit

_CODE = re.compile(r"\d{5}|\d{2}")
# Names of columns as lists of units use them, folded; the first that is there counts.
CODES = ("code", "ma", "maxa", "ma_xa", "ma_dvhc", "matinh_moi", "commune_code", "ward_code", "gid_3")
NAMES = ("fullname", "full_name", "ten_dvhc", "tenxa", "ten_xa", "name", "ten", "name_3", "ward_name")
PROVINCES = ("province", "province_name", "ten_tinh", "tentinh", "tinh", "name_1")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which property holds what; empty: the first of the usual names."""

    code: str = ""
    name: str = ""
    province: str = ""


class NoUnit(ValueError):  # noqa: N818  (an answer about a feature)
    """:ivar sentence: why no unit is meant"""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def told(properties: Mapping[str, object], columns: Columns) -> str:
    """Return how the feature names itself, for reports."""
    return _value(properties, columns.name, NAMES) or _value(properties, columns.code, CODES)


def unit_meant(
    atlas: Atlas, properties: Mapping[str, object], columns: Columns, *, on: date, province: str
) -> Unit:
    """
    Return the unit in force on the day that the feature means.

    :param province: code of the province it lies in where the file does not say
    :raises NoUnit: none, or more than one
    """
    code = _value(properties, columns.code, CODES)
    name = _value(properties, columns.name, NAMES)
    by_code = atlas.unit(code, on) if _CODE.fullmatch(code) else None
    if by_code and (not name or _fits(by_code, name)):
        return by_code
    if not name:
        raise NoUnit(_("Không có mã hoặc tên nào khớp với danh mục đơn vị hành chính."))
    found = _by_name(atlas, name, _value(properties, columns.province, PROVINCES), on=on, province=province)
    if by_code and found != by_code:
        said = {"code": code, "unit": by_code.full_name, "name": name}
        raise NoUnit(_("Mã %(code)s là %(unit)s nhưng tên ghi «%(name)s». Hãy sửa mã hoặc tên.") % said)
    return found


def _by_name(atlas: Atlas, name: str, within: str, *, on: date, province: str) -> Unit:
    home = atlas.unit(province, on)
    text = f"{name}, {within or (home.full_name if home else '')}"
    try:
        units = find_unit(atlas, text, on=on, as_of=on).units
    except (UnknownUnit, VagueUnit) as refusal:
        raise NoUnit(refusal.sentence()) from refusal
    if len(units) != 1:
        said = {"name": name, "count": len(units)}
        raise NoUnit(_("Có %(count)s đơn vị tên «%(name)s». Hãy ghi thêm mã hoặc tỉnh.") % said)
    found = atlas.unit(units[0].code, on)
    assert found, f"{units[0].code} was found and is not there"
    return found


def _fits(unit: Unit, name: str) -> bool:
    """Tell whether the name may be the unit's, with its kind or without."""
    folded = key(name)
    return key(unit.name) in {folded, key(without_kind(folded))} or key(unit.full_name) == folded


def _value(properties: Mapping[str, object], asked: str, usual: tuple[str, ...]) -> str:
    if asked:
        return str(properties.get(asked) or "").strip()
    held = {fold(name): value for name, value in properties.items()}
    return next((str(held[name]).strip() for name in usual if held.get(name)), "")
