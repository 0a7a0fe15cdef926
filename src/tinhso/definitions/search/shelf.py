"""
Everything that can be found, laid out once so that a question costs little.

A shelf is made of :class:`Card`s, one for each code of the catalogue, and never changes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log1p
from typing import TypeVar

from tinhso.definitions.search.everyday import EverydayWords
from tinhso.definitions.search.spelling import Word, sound, without_one, words
from tinhso.definitions.types import NO_TEXT, Text, TimeLimit

Key = TypeVar("Key")
Value = TypeVar("Value")

NAME, SAID, RESULT, FIELD, WEAK = 10.0, 7.0, 4.0, 3.0, 1.0
USUAL_LENGTH = 15


@dataclass(frozen=True, slots=True)
class Card:
    """
    What one code of the catalogue is found by, and what lists show of it.

    :param agency: kind of the competent agency; empty where only the national list knows the code
    :param issuer: the ministry that published it
    :param filed_here: dossiers can be filed on this portal
    :param keywords: results: papers: more words it is found by
    :param time: how long it may take, where it is filed here
    """

    code: str
    name: Text
    field: Text
    levels: tuple[str, ...]
    issuer: str
    filed_here: bool
    agency: str = ""
    audience: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    summary: Text = NO_TEXT
    time: TimeLimit | None = None


@dataclass(slots=True)
class Branch:
    """One word further in the tree of sayings; ``sayings`` end here."""

    next: dict[str, "Branch"] = field(default_factory=dict)
    ends: list["Meant"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Meant:
    """
    One way to say something, folded.

    :param marked: the words with marks, to tell «sổ đỏ» from «sơ đồ»
    :param terms: official words, looked up in their place
    :param cards: places of the cards that are meant, the likeliest first
    """

    marked: tuple[Word, ...]
    terms: tuple[str, ...]
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """
    :param weights: word → place of a card → how much it says there
    :param rarity: word → how much it tells cards apart
    :param pairs: words that stand side by side somewhere
    :param spoken: word → how it is written most often, with marks
    :param lines: places → name, folded, between blanks; ``far_lines``: results and papers alike
    :param marks: places → words with marks of its name and keywords
    :param alike: by_gaps: words by their sound, and by what is left without one letter
    :param empty: words that tell procedures apart the least → how they are written
    :param masses: places → how much the words of the name tell apart, together
    :param brevity: places → more than 1 for a short name: in one of 200 words every word is found
    """

    cards: tuple[Card, ...]
    places: Mapping[str, int]
    weights: Mapping[str, Mapping[int, float]]
    rarity: Mapping[str, float]
    rarest: float
    pairs: frozenset[tuple[str, str]]
    spoken: Mapping[str, str]
    lines: tuple[str, ...]
    far_lines: tuple[str, ...]
    marks: tuple[frozenset[str], ...]
    titles: Mapping[str, tuple[int, ...]]
    sorted_words: tuple[str, ...]
    alike: Mapping[str, tuple[str, ...]]
    by_gaps: Mapping[str, tuple[str, ...]]
    sayings: Branch
    empty: Mapping[str, frozenset[str]]
    masses: tuple[float, ...]
    brevity: tuple[float, ...]

    def is_empty(self, said: Word) -> bool:
        """Return whether the word tells procedures apart the least; «làm» is, «lâm» is not."""
        return is_empty(said, self.empty)


def is_empty(said: Word, empty: Mapping[str, frozenset[str]]) -> bool:
    forms = empty.get(said.plain)
    return forms is not None and (not said.has_marks or said.marked in forms)


def significant(said: Sequence[Word], empty: Mapping[str, frozenset[str]]) -> tuple[Word, ...]:
    """Return the words that are not empty; all of them when all are."""
    return tuple(found for found in said if not is_empty(found, empty)) or tuple(said)


def lay_out(cards: Sequence[Card], everyday: EverydayWords) -> Shelf:
    """Return the shelf of these cards; sayings of codes that are not among them lead by their words only."""
    cards = tuple(sorted(cards, key=lambda card: card.code))
    places = {card.code: place for place, card in enumerate(cards)}
    gathered = _Gathered()
    for place, card in enumerate(cards):
        gathered.take(place, card)
    for saying in everyday.sayings:
        gathered.know(saying.say)
        for code in saying.codes:
            if code in places:
                gathered.add(places[code], saying.say, SAID)
    empty = {
        plain: frozenset(forms)
        for plain, forms in _grouped(
            (found.plain, found.marked) for text in everyday.empty for found in words(text)
        ).items()
    }
    rarity = {term: log1p(len(cards) / max(1, len(held))) for term, held in gathered.weights.items()}
    names = tuple(words(card.name.vi) for card in cards)
    return Shelf(
        cards=cards,
        places=places,
        weights=dict(gathered.weights),
        rarity=rarity,
        rarest=max(rarity.values(), default=1.0),
        pairs=frozenset(gathered.pairs),
        spoken={plain: said.most_common(1)[0][0] for plain, said in gathered.spoken.items()},
        lines=tuple(_line(name) for name in names),
        far_lines=tuple(
            "|".join(_line(words(text)) for text in (*card.results, *card.papers)) for card in cards
        ),
        marks=tuple(frozenset(gathered.marks[place]) for place in range(len(cards))),
        titles=_titles(cards, empty),
        sorted_words=tuple(sorted(gathered.weights)),
        alike=_grouped((sound(term), term) for term in gathered.weights),
        by_gaps=_grouped(
            (gap, term) for term in gathered.weights if len(term) > 2 for gap in without_one(term)
        ),
        sayings=_tree(everyday, places, empty),
        empty=empty,
        masses=tuple(
            sum(rarity[plain] for plain in {found.plain for found in significant(name, empty)})
            for name in names
        ),
        brevity=tuple(1.0 / (0.8 + 0.2 * len(name) / USUAL_LENGTH) for name in names),
    )


class _Gathered:
    """Words of all cards while the shelf is laid out."""

    def __init__(self) -> None:
        self.weights: dict[str, dict[int, float]] = defaultdict(dict)
        self.pairs: set[tuple[str, str]] = set()
        self.spoken: dict[str, Counter[str]] = defaultdict(Counter)
        self.marks: dict[int, set[str]] = defaultdict(set)

    def take(self, place: int, card: Card) -> None:
        self.add(place, (card.name.vi, card.name.en), NAME)
        self.add(place, card.keywords, SAID)
        self.add(place, card.results, RESULT)
        self.add(place, (card.field.vi, card.field.en), FIELD)
        self.add(place, (card.summary.vi, card.summary.en, card.issuer, *card.papers), WEAK)

    def know(self, texts: Iterable[str]) -> None:
        """Know words that may stand on no card, so that nobody takes them for misspelt ones."""
        for said in (said for text in texts for said in words(text)):
            self.weights[said.plain]  # an empty row, as a defaultdict makes it
            self.spoken[said.plain][said.typed.lower()] += 1

    def add(self, place: int, texts: Iterable[str], weight: float) -> None:
        for text in texts:
            before = ""
            for said in text.split():
                for found in words(said):
                    held = self.weights[found.plain]
                    held[place] = max(weight, held.get(place, 0.0))
                    self.marks[place].update((found.marked, found.toneless))
                    if weight > WEAK:
                        self.pairs.add((before, found.plain))
                        self.spoken[found.plain][said.strip(".,;:()«»“”\"'/-").lower()] += 1
                    before = found.plain


def _line(said: Iterable[Word]) -> str:
    return f" {' '.join(found.plain for found in said)} "


def title(text: str, empty: Mapping[str, frozenset[str]]) -> str:
    """Return a name as names are compared whole: folded, without empty words."""
    return " ".join(found.plain for found in significant(words(text), empty))


def _titles(cards: Sequence[Card], empty: Mapping[str, frozenset[str]]) -> dict[str, tuple[int, ...]]:
    return _grouped(
        (title(name, empty), place)
        for place, card in enumerate(cards)
        for name in (card.name.vi, card.name.en, *card.results)
        if name
    )


def _tree(everyday: EverydayWords, places: Mapping[str, int], empty: Mapping[str, frozenset[str]]) -> Branch:
    root = Branch()
    for saying in everyday.sayings:
        terms = tuple(found.plain for found in significant(words(saying.means), empty))
        cards = tuple(places[code] for code in saying.codes if code in places)
        for phrase in saying.say if terms or cards else ():
            said = significant(words(phrase), empty)
            branch = root
            for found in said:
                branch = branch.next.setdefault(found.plain, Branch())
            branch.ends.append(Meant(said, terms, cards))
    return root


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    found: dict[Key, dict[Value, None]] = defaultdict(dict)
    for key, value in pairs:
        found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}
