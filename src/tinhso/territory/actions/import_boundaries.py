"""Bring the boundaries of units in from a file of polygons, feature by feature."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from shapely import MultiPolygon

from tinhso.kernel import locks
from tinhso.territory.atlas import Atlas, load_atlas
from tinhso.territory.centres import FILE, Centre, read_centres
from tinhso.territory.models import Boundary
from tinhso.territory.naming import Columns, NoUnit, told, unit_meant
from tinhso.territory.outlines import Outline, read_outlines
from tinhso.territory.polygons import Drawn, WrongPolygon, drawn, read_polygon
from tinhso.territory.types import Unit

# Degrees, some thirty kilometres: a polygon farther from where its unit lies is another's.
FARTHEST = 0.3
_FIELDS = (
    "code", "province_code", "valid_from", "valid_until", "geometry", "fine", "coarse", "longitude",
    "latitude", "source", "digest", "loaded_at",
)  # fmt: skip


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNKNOWN = "unknown"
    OUTSIDE = "outside"
    REFUSED = "refused"


GOOD = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.SAME})


@dataclass(frozen=True, slots=True)
class FeatureReport:
    """
    What became of one feature.

    :param place: from 1, as in the file
    :param mended: its outline crossed itself and was put right
    :param sentence: why it was left out; empty for what was taken
    """

    place: int
    name: str
    outcome: Outcome
    code: str = ""
    mended: bool = False
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class _Taken:
    report: FeatureReport
    unit: Unit
    polygon: MultiPolygon
    digest: str


@transaction.atomic
def import_boundaries(
    *,
    at: datetime,
    name: str,
    content: bytes,
    on: date,
    province: str,
    columns: Columns | None = None,
    source: str = "",
    dry_run: bool = False,
) -> tuple[FeatureReport, ...]:
    """
    Take the polygons of a file as the boundaries of the province's units in force on the day.

    The same file again changes nothing; a unit that the file does not have keeps what it had. Reference data
    that anyone may read and only an operator can bring in: no actor, no entry in the ledger.

    :param province: code of the province this installation serves; others' units are left out
    :param source: who drew the boundaries, for the maps that show them; empty: the file's name
    :raises OutlinesUnreadable, OtherProjection, LatitudeFirst: the file as a whole cannot be used
    """
    locks.hold("territory.import_boundaries")
    outlines = read_outlines(name, content)

    looked = list(_looked(outlines, columns or Columns(), on=on, province=province))
    taken = [one for one in looked if isinstance(one, _Taken)]
    held = dict(
        Boundary.objects.filter(key__in=[_key(one.unit) for one in taken]).values_list("key", "digest")
    )
    taken = [replace(one, report=_compared(one, held)) for one in taken]

    fresh = [one for one in taken if one.report.outcome is not Outcome.SAME]
    if fresh and not dry_run:
        shapes = drawn([one.polygon for one in taken])
        rows = [
            _row(one, shape, province=province, source=source or name, at=at)
            for one, shape in zip(taken, shapes, strict=True)
        ]
        Boundary.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["key"], update_fields=_FIELDS
        )
    others = [one for one in looked if isinstance(one, FeatureReport)]
    return tuple(sorted([*others, *(one.report for one in taken)], key=lambda one: one.place))


def _looked(
    outlines: Sequence[Outline], columns: Columns, *, on: date, province: str
) -> Iterator[_Taken | FeatureReport]:
    atlas = load_atlas(settings.TINHSO.packs)
    centres = read_centres(settings.TINHSO.packs / settings.TINHSO.province / FILE)
    seen: dict[Unit, int] = {}
    for place, outline in enumerate(outlines, start=1):
        report = FeatureReport(place, told(outline.properties, columns), Outcome.NEW)
        try:
            unit = unit_meant(atlas, outline.properties, columns, on=on, province=province)
        except NoUnit as no:
            yield replace(report, outcome=Outcome.UNKNOWN, sentence=no.sentence)
            continue
        report = replace(report, code=unit.code)
        if unit in seen:
            said = {"unit": unit.full_name, "place": seen[unit]}
            sentence = _("%(unit)s đã có ở đối tượng số %(place)s. Hãy gộp hai hình làm một.") % said
            yield replace(report, outcome=Outcome.REFUSED, sentence=sentence)
        elif not _is_home(atlas, unit, on, province):
            sentence = _("Đơn vị này thuộc tỉnh khác nên không nạp.")
            yield replace(report, outcome=Outcome.OUTSIDE, sentence=sentence)
        else:
            seen[unit] = place
            yield _polygon_of(outline, unit, report, centres.get(unit.code))


def _polygon_of(
    outline: Outline, unit: Unit, report: FeatureReport, centre: Centre | None
) -> _Taken | FeatureReport:
    try:
        polygon, mended = read_polygon(outline.geometry)
    except WrongPolygon as wrong:
        return replace(report, outcome=Outcome.REFUSED, sentence=wrong.sentence)
    west, south, east, north = polygon.bounds
    if centre is not None and not (
        west - FARTHEST <= centre[0] <= east + FARTHEST and south - FARTHEST <= centre[1] <= north + FARTHEST
    ):
        sentence = _("Hình nằm cách xa nơi của đơn vị. Hãy xem lại mã, hoặc thứ tự kinh độ, vĩ độ của hình.")
        return replace(report, outcome=Outcome.OUTSIDE, sentence=sentence)
    digest = hashlib.sha256(json.dumps(outline.geometry, sort_keys=True).encode()).hexdigest()
    return _Taken(replace(report, mended=mended), unit, polygon, digest)


def _compared(one: _Taken, held: Mapping[str, str]) -> FeatureReport:
    before = held.get(_key(one.unit))
    if before is None:
        return one.report
    return replace(one.report, outcome=Outcome.SAME if before == one.digest else Outcome.CHANGED)


def _is_home(atlas: Atlas, unit: Unit, on: date, province: str) -> bool:
    return [unit, *atlas.ancestors(unit, on)][-1].code == province


def _row(one: _Taken, shape: Drawn, *, province: str, source: str, at: datetime) -> Boundary:
    return Boundary(
        key=_key(one.unit),
        code=one.unit.code,
        province_code=province,
        valid_from=one.unit.start,
        valid_until=one.unit.end,
        geometry=shape.whole,
        fine=shape.fine,
        coarse=shape.coarse,
        longitude=shape.label[0],
        latitude=shape.label[1],
        source=source[:200],
        digest=one.digest,
        loaded_at=at,
    )


def _key(unit: Unit) -> str:
    return f"{unit.code}@{unit.start:%Y%m%d}" if unit.start else unit.code
