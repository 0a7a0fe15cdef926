"""What lies in the part of the province that is shown: records where they are few, else counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor
from tinhso.registers import nearness, queries
from tinhso.registers.columns import Box
from tinhso.registers.nearness import Neighbour
from tinhso.registers.types import Moment, Page, RecordView
from tinhso.web.maps.asked import LayerAsked

# More marks than that nobody tells apart on a screen.
MOST = 300


@dataclass(frozen=True, slots=True)
class LayerFound:
    """
    One layer's records, or how many lie in each commune.

    :param records: none where there are too many; then ``counts`` says how many, by code of the commune
    :param neighbours: of a layer that asks for what is near: the nearest, by the record's id
    :param problem: why it cannot be shown, a sentence
    """

    asked: LayerAsked
    records: tuple[RecordView, ...] = ()
    counts: Mapping[str, int] | None = None
    neighbours: Mapping[UUID, Neighbour] | None = None
    problem: str = ""

    @property
    def total(self) -> int:
        return len(self.records) if self.counts is None else sum(self.counts.values())


def find_layer(*, actor: Actor, asked: LayerAsked, box: Box, on: date, in_counts: bool) -> LayerFound:
    """
    Return what of the layer lies in the box on the day.

    :param in_counts: the ground has no places for records, only for numbers of communes
    """
    try:
        if asked.near is not None:
            return _near(actor, asked, box, on, in_counts=in_counts)
        # Counted before they are read: a screen of too many costs no record.
        if not in_counts and _count(actor, asked, box, on) <= MOST:
            return LayerFound(asked, _page(actor, asked, box, on, MOST).records)
        counts = queries.count_by_unit(
            actor=actor,
            register_id=asked.layer.id,
            moment=Moment(on),
            filters=asked.filters,
            ranges=asked.ranges,
            box=box,
        )
        return LayerFound(asked, counts=counts)
    except Refusal as refusal:
        return LayerFound(asked, problem=refusal.sentence())


def find_words(
    *, actor: Actor, asked: LayerAsked, words: str, on: date, limit: int
) -> tuple[RecordView, ...]:
    """Return records of the layer by their words, wherever they lie."""
    page = queries.find_records(
        actor=actor, register_id=asked.layer.id, moment=Moment(on), text=words, limit=limit
    )
    return page.records


def _near(actor: Actor, asked: LayerAsked, box: Box, on: date, *, in_counts: bool) -> LayerFound:
    assert asked.near is not None
    records: list[RecordView] = []
    after: UUID | None = None
    while True:
        page = _page(actor, asked, box, on, queries.LIMIT, after)
        records += page.records
        if page.next is None:
            break
        if len(records) >= nearness.MOST:
            raise nearness.TooManyNear(most=nearness.MOST)
        after = page.next
    near = nearness.having_near(actor=actor, moment=Moment(on), records=records, near=asked.near)
    kept = tuple(one for one in records if one.id in near)
    if in_counts or len(kept) > MOST:
        return LayerFound(asked, counts=_by_unit(kept), neighbours=near)
    return LayerFound(asked, kept, neighbours=near)


def _by_unit(records: tuple[RecordView, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in records:
        found[one.unit_code] = found.get(one.unit_code, 0) + 1
    return found


def _count(actor: Actor, asked: LayerAsked, box: Box, on: date) -> int:
    """Return how many there are, counted no further than matters."""
    return queries.count_records(
        actor=actor,
        register_id=asked.layer.id,
        moment=Moment(on),
        filters=asked.filters,
        ranges=asked.ranges,
        box=box,
        most=MOST + 1,
    )


def _page(actor: Actor, asked: LayerAsked, box: Box, on: date, limit: int, after: UUID | None = None) -> Page:
    return queries.find_records(
        actor=actor,
        register_id=asked.layer.id,
        moment=Moment(on),
        filters=asked.filters,
        ranges=asked.ranges,
        box=box,
        after=after,
        limit=limit,
    )
