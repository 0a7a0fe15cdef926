"""Records of one register that have a record of another near them, with the distance to the nearest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from shapely import Geometry, STRtree
from shapely.geometry import shape

from tinhso.kernel.refusals import Invalid
from tinhso.people.types import Actor
from tinhso.registers import distances, queries
from tinhso.registers.columns import Box
from tinhso.registers.types import Moment, RecordView

# So many records of the other register are compared at most.
MOST = 2000
FARTHEST = 200


class TooManyNear(Invalid):
    code = "register-too-many-near"
    message = _("Có hơn %(most)s bản ghi ở gần để so khoảng cách. Hãy phóng to bản đồ hoặc giảm số kilômét.")


@dataclass(frozen=True, slots=True)
class Near:
    """
    What is asked for: a record of that register within so many kilometres.

    :param filters: what the record of the other register must be
    """

    register_id: str
    km: float
    filters: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The nearest record of the other register. :param km: from edge to edge, 0 where they meet"""

    record: RecordView
    km: float


def having_near(
    *, actor: Actor, moment: Moment, records: Sequence[RecordView], near: Near
) -> dict[UUID, Neighbour]:
    """
    Return for each of the records that has one near it the nearest, by the record's id.

    Records without geometry, and those whose place the actor does not see, have nothing near them.

    :raises TooManyNear: more than :data:`MOST` of the other register lie in question
    :raises RegisterMissing, FieldNotAskable: as ``queries.find_records``
    """
    km = min(max(near.km, 0.0), FARTHEST)
    placed = [(one, shape(one.geometry)) for one in records if one.geometry]
    if not placed:
        return {}
    box = _around([place for _record, place in placed], km)
    others = _others(actor, moment, near, box)
    if not others:
        return {}
    squeeze = cos(radians((box[1] + box[3]) / 2))
    tree = STRtree([distances.squeezed(place, squeeze) for _record, place in others])
    found: dict[UUID, Neighbour] = {}
    for record, place in placed:
        # Of its own register a record is not its own neighbour.
        is_own = record.register == near.register_id
        nearest = tree.query_nearest(distances.squeezed(place, squeeze), exclusive=is_own)
        for other, where in (others[int(number)] for number in nearest[:1]):
            far = distances.apart(place, where)
            if far <= km:
                found[record.id] = Neighbour(other, far)
    return found


def _others(actor: Actor, moment: Moment, near: Near, box: Box) -> list[tuple[RecordView, Geometry]]:
    found: list[tuple[RecordView, Geometry]] = []
    after: UUID | None = None
    while True:
        page = queries.find_records(
            actor=actor,
            register_id=near.register_id,
            moment=moment,
            filters=near.filters,
            box=box,
            after=after,
            limit=queries.LIMIT,
        )
        found += [(one, shape(one.geometry)) for one in page.records if one.geometry]
        if page.next is None:
            return found
        if len(found) >= MOST:
            raise TooManyNear(most=MOST)
        after = page.next


def _around(places: Sequence[Geometry], km: float) -> Box:
    bounds = [one.bounds for one in places]
    west, south = min(one[0] for one in bounds), min(one[1] for one in bounds)
    east, north = max(one[2] for one in bounds), max(one[3] for one in bounds)
    low, high = distances.around((west, south), km), distances.around((east, north), km)
    return low[0], low[1], high[2], high[3]
