"""Which cards a text means, the best first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tinhso.definitions.search.asking import SURE, Choice, Need, Phrase, phrases, read
from tinhso.definitions.search.matching import ENOUGH, PAIR, Hit, Tier, fits_marks, matches, rarity_of, says
from tinhso.definitions.search.shelf import NAME, Shelf, title
from tinhso.definitions.search.spelling import Word

# What a saying must cover of the words to stand for all of them.
MOSTLY = 0.7
# Fits the best less well than this, and words that exist may be misspelt too.
SURELY_FIT = 0.8
POINTED = 20.0
FILED, DOUBT = 1.2, 0.7
# Guesses worth less than this part of the best only disturb.
WORTH = 0.4
_CODE = re.compile(r"\d\.?\d{4,6}\S*|\d{6,7}")


# Where something was found so surely, what was found less surely than this only disturbs.
_LEAST = {Tier.EXACT: Tier.AROUND, Tier.WORDS: Tier.NEAR}


@dataclass(frozen=True, slots=True)
class Ranking:
    """
    :param meant: the text as it was understood, with marks, where that is not what was typed; else empty
    """

    hits: tuple[Hit, ...]
    meant: str = ""


def rank(text: str, shelf: Shelf, *, is_begun: bool = False) -> Ranking:
    """
    Return what the text means; nothing when it says nothing.

    :param is_begun: it is still being typed, the last word may be a beginning
    """
    coded = _by_code(text, shelf)
    if coded:
        return Ranking(coded)
    needs = read(text, shelf, is_begun=is_begun)
    found = _found(text, needs, shelf)
    hits = _ordered(found.values(), shelf)
    if not hits or hits[0].tier is Tier.PART or hits[0].fit < SURELY_FIT:
        loosely = read(text, shelf, loosely=True)
        _keep_best(found, _doubted(_found(text, loosely, shelf)))
        better = _ordered(found.values(), shelf)
        needs = needs if hits and better[0] == hits[0] else loosely
        hits = better
    return Ranking(hits, _meant(needs, hits[0].place, shelf) if hits else "")


def _by_code(text: str, shelf: Shelf) -> tuple[Hit, ...]:
    asked = next((said for said in text.split() if _CODE.fullmatch(said)), "")
    digits = asked.replace(".", "")
    if not digits:
        return ()
    places = [
        place
        for place, card in enumerate(shelf.cards)
        if card.code == asked or card.code.replace(".", "").startswith(digits) or card.code[2:] == asked
    ]
    return tuple(Hit(place, Tier.EXACT, -place) for place in places)


def _ordered(hits: Iterable[Hit], shelf: Shelf) -> tuple[Hit, ...]:
    """
    Sort by tier; within one, what can be filed here comes first.

    What was only guessed is sorted by how good the guess is; there, being filed here only helps.
    """

    def key(hit: Hit) -> tuple[int, bool, float, int]:
        here = shelf.cards[hit.place].filed_here
        if hit.tier <= Tier.NEAR:
            return -Tier.NEAR, False, -hit.points * (FILED if here else 1.0), hit.place
        return -hit.tier, hit.tier is not Tier.EXACT and not here, -hit.points, hit.place

    ranked = sorted(hits, key=key)
    if not ranked:
        return ()
    least = _LEAST.get(ranked[0].tier, Tier.PART)
    most = max(hit.points for hit in ranked)
    return tuple(
        hit for hit in ranked if hit.tier > Tier.NEAR or (hit.tier >= least and hit.points >= WORTH * most)
    )


def _found(text: str, needs: Sequence[Need], shelf: Shelf) -> dict[int, Hit]:
    """Return the best hit of every card the words lead to."""
    found = matches(needs, shelf)
    sayings = phrases(needs, shelf)
    if any(phrase.meant.terms for phrase in sayings):
        official = _replaced(needs, sayings)
        _keep_best(found, _lowered(matches(official, shelf)))
        _keep_best(found, _pointed(official, phrases(official, shelf), shelf))
    _keep_best(found, _pointed(needs, sayings, shelf))
    for place in shelf.titles.get(title(text, shelf.empty), ()):
        if fits_marks(needs, place, shelf):
            is_name = title(shelf.cards[place].name.vi, shelf.empty) == title(text, shelf.empty)
            points = 3000.0 if is_name else 500.0
            _keep_best(found, {place: Hit(place, Tier.EXACT, points + shelf.cards[place].filed_here)})
    return found


def _keep_best(found: dict[int, Hit], more: Mapping[int, Hit]) -> None:
    for place, hit in more.items():
        held = found.get(place)
        if held is None or (hit.tier, hit.points) > (held.tier, held.points):
            found[place] = hit


def _lowered(hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """What was found by the law's words in place of everyday ones ranks below what was typed itself."""
    return {
        place: Hit(place, Tier.SAID if hit.tier is Tier.WORDS else hit.tier, hit.points + POINTED, hit.fit)
        for place, hit in hits.items()
    }


def _doubted(hits: Mapping[int, Hit]) -> dict[int, Hit]:
    """What was found by changing words that exist is a guess, and worth less than one that changes none."""
    return {
        place: Hit(place, min(hit.tier, Tier.NEAR), hit.points * DOUBT, hit.fit)
        for place, hit in hits.items()
    }


def _replaced(needs: Sequence[Need], sayings: Sequence[Phrase]) -> tuple[Need, ...]:
    """Put the law's words where everyday ones stand."""
    found: list[Need] = []
    place = 0
    for phrase in sayings:
        if phrase.begin < place or not phrase.meant.terms:
            continue
        found += needs[place : phrase.begin]
        found += [Need(Word(term, term), (Choice(term, phrase.sure),)) for term in phrase.meant.terms]
        place = phrase.end
    return (*found, *needs[place:])


def _pointed(needs: Sequence[Need], sayings: Sequence[Phrase], shelf: Shelf) -> dict[int, Hit]:
    """Return the cards that sayings name; they are meant exactly where nothing else was said."""
    by_card: dict[int, list[tuple[int, Phrase]]] = defaultdict(list)
    for phrase in sayings:
        for order, place in enumerate(phrase.meant.cards):
            by_card[place].append((order, phrase))
    total = sum(rarity_of(need, shelf) for need in needs if not need.is_empty)
    found: dict[int, Hit] = {}
    for place, pointing in by_card.items():
        inside = {at for _order, phrase in pointing for at in range(phrase.begin, phrase.end)}
        rest = [need for at, need in enumerate(needs) if at not in inside and not need.is_empty]
        told = total - sum(rarity_of(need, shelf) * (1.0 - says(need, place, shelf)) for need in rest)
        sure = min(phrase.sure for _order, phrase in pointing)
        share = told / total if total else 1.0
        order = min(order for order, _phrase in pointing)
        if not rest and sure >= SURE:
            found[place] = Hit(place, Tier.EXACT, 1000.0 - order)
        elif tier := _tier_pointed(share, sure):
            points = NAME * told + PAIR * len(inside) + POINTED - order
            found[place] = Hit(place, tier, points * sure)
    return found


def _tier_pointed(share: float, sure: float) -> Tier | None:
    if share < ENOUGH / 2:
        return None
    if share < MOSTLY:
        return Tier.PART
    return Tier.SAID if sure >= SURE else Tier.NEAR


def _meant(needs: Sequence[Need], place: int, shelf: Shelf) -> str:
    """Return the text with each corrected word as the best card has it; empty where none was corrected."""
    said: list[str] = []
    changed = False
    for need in needs:
        term = next(
            (choice.term for choice in need.choices if place in shelf.weights[choice.term]),
            need.choices[0].term if need.choices else "",
        )
        if term and term != need.said.plain:
            changed = True
        said.append(shelf.spoken.get(term, term) if term and term != need.said.plain else need.said.typed)
    return " ".join(said) if changed else ""
