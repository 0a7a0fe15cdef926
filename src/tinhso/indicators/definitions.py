"""What a file of ``packs/*/indicators`` says, and reading all of them."""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints, model_validator

from tinhso.definitions.roles import whole
from tinhso.definitions.types import NO_TEXT, Strict, Text
from tinhso.kernel.refusals import NotFound

FOLDER = "indicators"
IndicatorId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=60)]
Dimension = Literal["unit", "agency", "field", "level", "procedure", "channel", "month", "officer"]
MAP = "filed_month"
KEY = "number"


class IndicatorMissing(NotFound):
    code = "indicator-missing"
    message = _("Không có chỉ số «%(indicator)s». Hãy chọn một chỉ số trong danh mục.")


class Manual(Strict):
    """
    The value is computed elsewhere and entered here, with the document that says it.

    :param owner: who computes it
    """

    owner: Text
    lowest: Decimal | None = None
    highest: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Tell whether the value can be."""
        is_low = self.lowest is not None and value < self.lowest
        return not is_low and not (self.highest is not None and value > self.highest)


class Grade(Strict):
    """What a value from ``least`` on is called; the best first."""

    least: Decimal = Field(alias="from")
    name: Text


def grade_of(value: Decimal | None, grades: tuple[Grade, ...]) -> Text | None:
    """Return what the value is called; None without a value."""
    if value is None:
        return None
    return next((grade.name for grade in grades if value >= grade.least), None)


class Part(Strict):
    """
    What one of the added-up numbers is called.

    :param name: of those that count, e.g. «đúng hạn»; ``rest`` of those that do not
    """

    name: Text
    rest: Text = NO_TEXT


class Indicator(Strict):
    """
    One indicator.

    :param formula: SELECT over facts, one row for each that counts: ``number`` (the dossier's), the
        dimensions, and whole numbers that are added up; see docs/indicators.md
    :param value: what the added-up numbers come to, e.g. ``100 * part / nullif(whole, 0)``
    :param whole: the number that says how many facts there are; too few are not ranked
    :param least: fewer are not ranked
    :param decimals: places the value is rounded to, half up
    :param direction: ``up``: more is better
    :param source: the text of law or note it follows
    :param parts: words for the added-up numbers
    :param compare: an indicator whose value of the same period it is held against
    """

    id: IndicatorId
    name: Text
    unit: Text
    about: Text = NO_TEXT
    formula: str = ""
    value: str = ""
    whole: str = ""
    least: int = Field(default=0, ge=0)
    decimals: int = Field(default=2, ge=0, le=6)
    dimensions: tuple[Dimension, ...] = ()
    target: Decimal | None = None
    direction: Literal["up", "down"] = "up"
    responsible: Text = NO_TEXT
    source: str
    manual: Manual | None = None
    grades: tuple[Grade, ...] = ()
    parts: Mapping[str, Part] = Field(default_factory=dict)
    compare: IndicatorId | None = None

    @model_validator(mode="after")
    def _computed_or_entered(self) -> Self:
        if (self.manual is None) != bool(self.formula and self.value):
            raise ValueError("give «formula» and «value», or «manual»")
        return self

    @property
    def digest(self) -> str:
        """Name the definition: another formula, another name. Words for its numbers are not part of it."""
        return hashlib.sha256(self.model_dump_json(exclude={"parts", "compare"}).encode()).hexdigest()


def files_of(packs: Path) -> tuple[Path, ...]:
    """Return the files of a folder of packs; one file alone is its own."""
    return tuple(sorted(packs.glob(f"*/{FOLDER}/*.yaml")))


def indicators() -> Mapping[str, Indicator]:
    """Return all indicators by id; a changed file counts at once. :raises BrokenPack: a file is wrong"""
    paths = files_of(settings.TINHSO.packs)
    return _read(tuple((path, path.stat().st_mtime_ns) for path in paths))


def indicator(indicator_id: str) -> Indicator:
    """:raises IndicatorMissing: no file says it"""
    found = indicators().get(indicator_id)
    if found is None:
        raise IndicatorMissing(indicator=indicator_id)
    return found


@lru_cache(maxsize=2)
def _read(stamped: tuple[tuple[Path, int], ...]) -> Mapping[str, Indicator]:
    read = [whole(path, Indicator) for path, _stamp in stamped]
    return {one.id: one for one in read}
