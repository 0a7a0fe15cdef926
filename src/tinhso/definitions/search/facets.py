"""Ways to narrow what was found, with how many each leaves. A set of cards is a number, a bit for each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tinhso.definitions.search.shelf import Card
from tinhso.definitions.types import NO_TEXT, Text
from tinhso.kernel.text import fold

LIFE_EVENT, FIELD, AGENCY, ISSUER, LEVEL, AUDIENCE, FILED = (
    "life_event",
    "field",
    "agency",
    "issuer",
    "level",
    "audience",
    "filed",
)
NAMES = (LIFE_EVENT, FIELD, AGENCY, ISSUER, LEVEL, AUDIENCE, FILED)
HERE, ELSEWHERE = "here", "elsewhere"


@dataclass(frozen=True, slots=True)
class Facets:
    """
    :param sets: name → value → the cards that have it
    :param labels: name → value → words, for fields and ministries; other values are ids
    """

    sets: Mapping[str, Mapping[str, int]]
    labels: Mapping[str, Mapping[str, Text]]

    def narrowed(self, found: int, chosen: Mapping[str, str], *, but: str = "") -> int:
        """Return which of the found cards have the chosen values, as if nothing were chosen of ``but``."""
        for name, value in chosen.items():
            if value and name != but:
                found &= self.sets[name].get(value, 0)
        return found

    def counts(self, found: int, chosen: Mapping[str, str]) -> dict[str, dict[str, int]]:
        """Return how many each value would leave if the other choices stayed; values that leave some."""
        counted: dict[str, dict[str, int]] = {}
        for name in NAMES:
            within = self.narrowed(found, chosen, but=name)
            left = {value: (held & within).bit_count() for value, held in self.sets[name].items()}
            counted[name] = {value: count for value, count in left.items() if count}
        return counted


def lay_out(cards: Iterable[Card]) -> Facets:
    """Return the facets of the cards, bit ``n`` for the n-th."""
    sets: dict[str, dict[str, int]] = {name: defaultdict(int) for name in NAMES}
    labels: dict[str, dict[str, Text]] = {FIELD: {}, ISSUER: {}}
    for place, card in enumerate(cards):
        for name, value, label in _values(card):
            sets[name][value] |= 1 << place
            # The same field may be named in English by one card only.
            if label and not (value in labels[name] and labels[name][value].en):
                labels[name][value] = label
    return Facets({name: dict(sorted(held.items())) for name, held in sets.items()}, labels)


def slug(text: str) -> str:
    """Return words as they stand in addresses: ``Hộ tịch`` → ``ho-tich``."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in fold(text)).split())


def set_of(places: Iterable[int], size: int) -> int:
    """Return the cards at these places as one number."""
    bits = bytearray((size + 7) // 8)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def _values(card: Card) -> Iterator[tuple[str, str, Text]]:
    yield FILED, HERE if card.filed_here else ELSEWHERE, NO_TEXT
    yield FIELD, slug(card.field.vi), card.field
    if card.issuer:
        yield ISSUER, slug(card.issuer), Text(vi=card.issuer)
    if card.agency:
        yield AGENCY, card.agency, NO_TEXT
    for name, values in ((LIFE_EVENT, card.life_events), (LEVEL, card.levels), (AUDIENCE, card.audience)):
        for value in values:
            yield name, value, NO_TEXT
