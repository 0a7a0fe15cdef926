"""How well one card has the words that were typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from tinhso.definitions.search.asking import SURE, TYPED, Need
from tinhso.definitions.search.shelf import FIELD, NAME, RESULT, SAID, WEAK, Shelf
from tinhso.definitions.search.spelling import Word

# Less than this share of what the words say, and something else was meant.
ENOUGH = 0.6
# All words found, but less well than this, and they are only some of them.
FIT = 0.7
PAIR, BRIEF = 6.0, 14.0
# A long name holds many words; they are about it when two stand side by side or they are a good part of it.
PART_OF_NAME = 0.3
OTHER_TONE, OTHER_MARKS = 0.75, 0.5
_PLACED = {NAME: 1.0, SAID: 1.0, RESULT: 0.9, FIELD: 0.8, WEAK: 0.6}


class Tier(IntEnum):
    """How a card was found, the surest last."""

    PART = 1
    NEAR = 2
    AROUND = 3
    SAID = 4
    WORDS = 5
    EXACT = 6


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A card that was found.

    :param fit: how well the words stand there, from 0 to 1
    """

    place: int
    tier: Tier
    points: float
    fit: float = 1.0


@dataclass(frozen=True, slots=True)
class _Sought:
    """
    A word that was typed, ready to be compared with many cards.

    :param words: cards that hold a word it may stand for, how rare that word is, how sure the reading
    """

    said: Word
    words: tuple[tuple[Mapping[int, float], float, float], ...]

    def best(self, place: int, shelf: Shelf) -> tuple[float, float, float]:
        """Return weight, rarity and fit of the best word on the card; nothing but 0 when there is none."""
        found = (0.0, 0.0, 0.0)
        most = 0.0
        for held, rarity, sure in self.words:
            weight = held.get(place, 0.0)
            if weight:
                how = _fit(self.said, sure, weight, place, shelf)
                if weight * rarity * how > most:
                    most, found = weight * rarity * how, (weight, rarity, how)
        return found


def says(need: Need, place: int, shelf: Shelf) -> float:
    """Return how well the card has the word, from 0 to 1."""
    return _sought(need, shelf).best(place, shelf)[2]


def _fit(said: Word, sure: float, weight: float, place: int, shelf: Shelf) -> float:
    """Say how well a word that stands there with this weight is the one that was typed."""
    fit = sure * _PLACED[weight]
    if sure < TYPED or not said.has_marks or said.marked in shelf.marks[place]:
        return fit
    return fit * (OTHER_TONE if said.toneless in shelf.marks[place] else OTHER_MARKS)


def rarity_of(need: Need, shelf: Shelf) -> float:
    if not need.choices:
        return shelf.rarest
    return shelf.rarity[need.choices[0].term]


def matches(needs: Sequence[Need], shelf: Shelf) -> dict[int, Hit]:
    needed = [need for need in needs if not need.is_empty] or list(needs)
    if not needed:
        return {}
    # The heaviest first: a card that lacks it is put away without a look at the rest.
    needed.sort(key=lambda need: -rarity_of(need, shelf))
    masses = [rarity_of(need, shelf) for need in needed]
    sought = [_sought(need, shelf) for need in needed]
    beside = [_sought(need, shelf) for need in needs if need.is_empty and need not in needed]
    pairs = _pairs(needs)
    return {
        place: hit
        for place in _worth_a_look(needed, masses, shelf)
        if (hit := _match(place, sought, beside, masses, pairs, shelf))
    }


def _worth_a_look(needed: Sequence[Need], masses: Sequence[float], shelf: Shelf) -> set[int]:
    """Return the cards that hold at least one of the heaviest words, without which the rest is not enough."""
    may_lack = (1.0 - ENOUGH) * sum(masses)
    places: set[int] = set()
    for mass, need in zip(masses, needed, strict=True):
        places.update(*(shelf.weights[choice.term] for choice in need.choices))
        may_lack -= mass
        if may_lack < 0:
            break
    return places


def _sought(need: Need, shelf: Shelf) -> _Sought:
    return _Sought(
        need.said,
        tuple(
            (shelf.weights[choice.term], shelf.rarity[choice.term], choice.sure) for choice in need.choices
        ),
    )


def _match(
    place: int,
    sought: Sequence[_Sought],
    beside: Sequence[_Sought],
    masses: Sequence[float],
    pairs: Sequence[str],
    shelf: Shelf,
) -> Hit | None:
    total = sum(masses)
    may_lack = (1.0 - ENOUGH) * total + 1e-9
    found = []
    for one, mass in zip(sought, masses, strict=True):
        found.append(one.best(place, shelf))
        may_lack -= 0.0 if found[-1][0] else mass
        if may_lack < 0:
            return None
    fit = sum(one * how for one, (_weight, _rarity, how) in zip(masses, found, strict=True)) / total
    more = [one.best(place, shelf) for one in beside]
    points = sum(weight * rarity * how for weight, rarity, how in found)
    points += 0.3 * sum(weight * rarity * how for weight, rarity, how in more)
    name = sum(rarity for weight, rarity, _how in (*found, *more) if weight == NAME)
    part = min(1.0, name / (shelf.masses[place] or 1.0))
    together = sum(pair in shelf.lines[place] for pair in pairs)
    points = (points * shelf.brevity[place] + PAIR * together + BRIEF * part) * fit
    is_about = len(sought) == 1 or together > 0 or part >= PART_OF_NAME
    # In long lists of papers two words meet by chance; there the whole of what was typed must stand together.
    is_near = is_about or all(pair in shelf.far_lines[place] for pair in pairs)
    tier = _tier([(weight, how) for weight, _rarity, how in found], fit, is_about=is_about, is_near=is_near)
    return Hit(place, tier, points, fit)


def _tier(found: Sequence[tuple[float, float]], fit: float, *, is_about: bool, is_near: bool) -> Tier:
    if not all(weight for weight, _how in found):
        return Tier.PART
    if min(how / _PLACED[weight] for weight, how in found) < SURE:
        return Tier.NEAR if fit >= FIT else Tier.PART
    if is_about and min(weight for weight, _how in found) >= SAID:
        return Tier.WORDS
    return Tier.AROUND if is_near else Tier.NEAR


def _pairs(needs: Sequence[Need]) -> list[str]:
    terms = [need.choices[0].term if need.choices else need.said.plain for need in needs]
    return [f" {one} {other} " for one, other in pairwise(terms)]


def fits_marks(needs: Sequence[Need], place: int, shelf: Shelf) -> bool:
    marked = (need.said.marked for need in needs if need.said.has_marks and not need.is_empty)
    return all(said in shelf.marks[place] for said in marked)
