"""Bring the rows in line with the files of the packs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from tinhso.kernel import locks
from tinhso.territory.atlas import FILES, FOLDER, Atlas, key, load_atlas
from tinhso.territory.models import Loading, SuccessionRow, UnitRow
from tinhso.territory.types import Succession, Unit

_BATCH = 2000
_UNIT_FIELDS = (
    "code", "name", "folded", "kind", "level", "parent_code", "province_code", "valid_from", "valid_until",
)  # fmt: skip
_SUCCESSION_FIELDS = ("before_id", "after_id", "on", "kind", "main", "law")


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows there are now. ``changed``: False when the files had not changed since last time."""

    units: int
    successions: int
    changed: bool


@transaction.atomic
def load_units(*, at: datetime, packs: Path) -> Loaded:
    """
    Make the rows say what ``packs/vietnam/territory`` says; nothing happens when it has not changed.

    Reference data that anyone may read and only an operator can bring in: no actor, no entry in the ledger.

    :raises IntegrityError: two rows of one code overlap in time; nothing is kept
    """
    locks.hold("territory.load_units")

    content = _content(packs)
    if Loading.objects.filter(sha256=content).exists():
        return Loaded(UnitRow.objects.count(), SuccessionRow.objects.count(), changed=False)

    atlas = load_atlas(packs)
    units = [_unit_row(atlas, unit) for unit in atlas.units]
    successions = [_succession_row(atlas, succession) for succession in atlas.successions]

    # Rows that others may point at keep their keys. What no file knows any more goes first: it may overlap.
    UnitRow.objects.exclude(key__in=[row.key for row in units]).delete()
    SuccessionRow.objects.exclude(key__in=[row.key for row in successions]).delete()
    UnitRow.objects.bulk_create(
        units, _BATCH, update_conflicts=True, unique_fields=["key"], update_fields=_UNIT_FIELDS
    )
    SuccessionRow.objects.bulk_create(
        successions, _BATCH, update_conflicts=True, unique_fields=["key"], update_fields=_SUCCESSION_FIELDS
    )
    Loading.objects.all().delete()
    Loading.objects.create(sha256=content, loaded_at=at)
    return Loaded(len(units), len(successions), changed=True)


def _content(packs: Path) -> str:
    digest = sha256()
    for name in FILES:
        digest.update((packs / FOLDER / name).read_bytes())
    return digest.hexdigest()


def _unit_row(atlas: Atlas, unit: Unit) -> UnitRow:
    above = [unit, *atlas.ancestors(unit, _a_day_of(unit))]
    return UnitRow(
        key=_key(unit),
        code=unit.code,
        name=unit.full_name,
        folded=key(unit.full_name),
        kind=unit.kind,
        level=unit.level,
        parent_code=unit.parent,
        province_code=above[-1].code,
        valid_from=unit.start,
        valid_until=unit.end,
    )


def _succession_row(atlas: Atlas, succession: Succession) -> SuccessionRow:
    before = _one(unit for unit in atlas.by_code[succession.before] if unit.end == succession.on)
    after = _one(unit for unit in atlas.by_code[succession.after] if unit.holds_on(succession.on))
    return SuccessionRow(
        key=f"{before.code}>{after.code}@{succession.on:%Y%m%d}",
        before_id=_key(before),
        after_id=_key(after),
        on=succession.on,
        kind=succession.kind,
        main=succession.main,
        law=succession.law,
    )


def _a_day_of(unit: Unit) -> date:
    if unit.start:
        return unit.start
    return date.fromordinal(unit.end.toordinal() - 1) if unit.end else date.max


def _key(unit: Unit) -> str:
    return f"{unit.code}@{unit.start:%Y%m%d}" if unit.start else unit.code


def _one(units: Iterable[Unit]) -> Unit:
    (found,) = units
    return found
