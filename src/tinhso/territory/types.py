"""The shapes of the territory: a unit in force for a while, what became of it, the answer to a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Refusal

Number = int | Decimal


class Kind(StrEnum):
    """Kinds of units; the order within a level says nothing."""

    PROVINCE = "province"
    MUNICIPALITY = "municipality"
    URBAN_DISTRICT = "urban_district"
    RURAL_DISTRICT = "rural_district"
    TOWN = "town"
    CITY = "city"
    COMMUNE = "commune"
    WARD = "ward"
    TOWNSHIP = "township"
    SPECIAL_ZONE = "special_zone"


class Level(StrEnum):
    """Levels, by the length of the code: 2, 3 and 5 digits. Districts ended on 30 June 2025."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


KIND_NAMES = {
    Kind.PROVINCE: "Tỉnh",
    Kind.MUNICIPALITY: "Thành phố",
    Kind.URBAN_DISTRICT: "Quận",
    Kind.RURAL_DISTRICT: "Huyện",
    Kind.TOWN: "Thị xã",
    Kind.CITY: "Thành phố",
    Kind.COMMUNE: "Xã",
    Kind.WARD: "Phường",
    Kind.TOWNSHIP: "Thị trấn",
    Kind.SPECIAL_ZONE: "Đặc khu",
}
_LEVELS = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}


class UnknownUnit(Refusal):
    """No unit of that name on that day."""

    code = "unknown-unit"
    message = _("Không tìm thấy «%(text)s» trên bản đồ hành chính ngày %(on)s. %(remedy)s")


class VagueUnit(Refusal):
    """Too many units have that name."""

    code = "vague-unit"
    message = _(
        "Có %(count)s đơn vị tên «%(text)s» vào ngày %(on)s. Hãy ghi thêm tỉnh, hoặc huyện nếu là địa chỉ cũ."
    )


@dataclass(frozen=True, slots=True)
class Unit:
    """
    A unit as it was from ``start`` (included) to ``end`` (excluded); None is open.

    Codes are used again: 06652 was Phường Hà Phong, and is Phường Hà Tu since 1 July 2025.
    """

    code: str
    kind: Kind
    name: str
    parent: str
    start: date | None
    end: date | None

    @property
    def level(self) -> Level:
        """The level its code belongs to."""
        return _LEVELS[len(self.code)]

    @property
    def full_name(self) -> str:
        """Kind and name, «Phường Hà Tu»."""
        return f"{KIND_NAMES[self.kind]} {self.name}"

    def holds_on(self, on: date) -> bool:
        """Tell whether the unit was in force that day."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True)
class Succession:
    """
    What became of a unit on a day.

    :param kind: ``kept``, ``renamed`` (name or kind changed), ``merged`` (whole, into a larger one) or
        ``split`` (this is one of its parts)
    :param main: the part that took most of it
    :param law: number of the resolution
    """

    before: str
    after: str
    on: date
    kind: str
    main: bool
    law: str


@dataclass(frozen=True, slots=True)
class UnitView:
    """
    A unit, as other rooms see it.

    :param name: with its kind, «Phường Cao Xanh»
    :param within: what it lies in, «Thành phố Hạ Long, Tỉnh Quảng Ninh»; empty for a province
    """

    code: str
    name: str
    kind: Kind
    level: Level
    province_code: str
    within: str


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages."""

    vi: str
    en: str

    def into(self, language: str) -> str:
        """Return the text in ``vi`` or ``en``."""
        return self.en if language.startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class Resolution:
    """
    What a written unit is on another day.

    :param found: what was meant, on the day it was written; several when the name is shared
    :param units: what it is as of the day asked for; several when it was split, or ``found`` is several
    :param reason: why, one sentence or more
    """

    found: tuple[UnitView, ...]
    units: tuple[UnitView, ...]
    reason: Words


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A value that could not be given to one unit: all of it is here, none of it in the totals."""

    code: str
    value: Number
    candidates: tuple[str, ...]
    reason: Words


@dataclass(frozen=True, slots=True)
class Regrouped:
    """A series on another day's map. The sum of ``values`` and ``ambiguous`` is the sum of what was given."""

    values: Mapping[str, Number]
    ambiguous: tuple[Ambiguous, ...]
