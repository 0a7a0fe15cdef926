"""Finding a procedure by words as people type them: without marks, out of order, misspelt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from uuid import UUID

from tinhso.definitions.catalogue import Published, of_version
from tinhso.definitions.packs import packs_folder
from tinhso.definitions.roles import load_agency_kinds
from tinhso.definitions.types import Procedure
from tinhso.kernel.text import fold, normalise

# Words everybody adds and that tell procedures apart the least.
EMPTY = frozenset("lam xin cho cua toi muon can thu tuc giay to ve va o the nao a an the for of".split())  # noqa: SIM905
ALIKE = 0.78
# Less than this share of the words found means that something else was meant.
ENOUGH = 0.6
NAME, KEYWORD, FIELD, REST = 10.0, 7.0, 3.0, 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """What a procedure may be found by, folded: word → weight, and the phrases as written."""

    code: str
    weights: dict[str, float]
    phrases: tuple[str, ...]
    written: str


def find(text: str, shelves: Sequence[Published]) -> tuple[Procedure, ...]:
    """Return those the text means, the best first; all, as they come, when it says nothing."""
    asked = [word for word in fold(text).split() if word not in EMPTY] or fold(text).split()
    if not asked:
        return tuple(one.procedure for one in shelves)
    ranked = [(score(text, asked, words_of(one.version_id)), one.procedure) for one in shelves]
    found = [pair for pair in ranked if pair[0] > 0]
    return tuple(procedure for _points, procedure in sorted(found, key=lambda pair: -pair[0]))


def score(text: str, asked: Sequence[str], words: Words) -> float:
    """Return how well the words fit; 0 when too few of them are found."""
    if fold(text) == fold(words.code) or words.code in text.split():
        return 1000.0
    points = [_best(word, words.weights) for word in asked]
    if sum(1 for point in points if point) < ENOUGH * len(asked):
        return 0.0
    phrase = " ".join(asked)
    whole = 15.0 if any(phrase in known for known in words.phrases) else 0.0
    # With marks the text says more than its letters: «bán» is not «bản».
    marked = 5.0 if normalise(text).casefold() in words.written else 0.0
    return sum(points) + whole + marked


@lru_cache(maxsize=4096)
def words_of(version_id: UUID) -> Words:
    """Return the words of a version of a procedure, in both languages."""
    procedure = of_version(version_id).procedure
    names = [procedure.name.vi, procedure.name.en]
    weights: dict[str, float] = {}
    for weight, texts in (
        (REST, [procedure.summary.vi, procedure.summary.en, *_agency_names(procedure.agency)]),
        (FIELD, [procedure.field.vi, procedure.field.en, procedure.result.name.vi]),
        (KEYWORD, procedure.keywords),
        (NAME, names),
    ):
        weights |= dict.fromkeys(_split(texts), weight)
    phrases = tuple(fold(text) for text in (*names, *procedure.keywords))
    written = " | ".join(normalise(text).casefold() for text in (*names, *procedure.keywords))
    return Words(procedure.code, weights, phrases, written)


def _agency_names(kind: str) -> list[str]:
    named = (one.name for one in load_agency_kinds(packs_folder()) if one.id == kind)
    return [text for name in named for text in (name.vi, name.en)]


def _split(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in fold(text).replace(",", " ").split()]


def _best(word: str, weights: dict[str, float]) -> float:
    if word in weights:
        return weights[word]
    if len(word) < 3:
        return 0.0
    begun = max((weight for known, weight in weights.items() if known.startswith(word)), default=0.0)
    if begun:
        return begun * 0.7
    return max((weight * 0.5 for known, weight in weights.items() if _alike(word, known)), default=0.0)


def _alike(word: str, known: str) -> bool:
    if len(known) < 3 or abs(len(word) - len(known)) > 2:
        return False
    if sorted(word) == sorted(known):
        return True
    return SequenceMatcher(a=word, b=known, autojunk=False).ratio() >= ALIKE
