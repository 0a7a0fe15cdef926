"""What was typed, read: which words of the catalogue each word may stand for."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tinhso.definitions.search.shelf import Branch, Meant, Shelf
from tinhso.definitions.search.spelling import Word, is_near, sound, untyped, word, words

# How sure a reading is; from SURE on it counts as what was typed.
TYPED, UNTYPED, BEGUN, SURE = 1.0, 0.95, 0.9, 0.9
ALIKE, NEAR, FURTHER = 0.8, 0.75, 0.6
MOST_WORDS = 24
MOST_CHOICES = 8
MOST_BEGUN = 40
LONGEST_GLUED = 40
SHORTEST_GUESSED = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A word of the catalogue and how sure it is that it was meant."""

    term: str
    sure: float


@dataclass(frozen=True, slots=True)
class Need:
    """
    One word that was typed.

    :param choices: what it may stand for, the surest first; empty when nothing is like it
    :param is_empty: it need not be found
    """

    said: Word
    choices: tuple[Choice, ...]
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A saying that stands in the words ``begin`` to ``end``, of which ``sure`` is the least sure reading."""

    begin: int
    end: int
    meant: Meant
    sure: float


def read(text: str, shelf: Shelf, *, is_begun: bool = False, loosely: bool = False) -> tuple[Need, ...]:
    """
    Return the words of the text.

    :param is_begun: the last word may be only its beginning
    :param loosely: words that exist may be misspelt too
    """
    said = _joined(list(words(text)[:MOST_WORDS]), shelf)
    needs: list[Need] = []
    for place, one in enumerate(said):
        if is_begun and place == len(said) - 1:
            needs.append(_need(one, _begun(one.plain, shelf), shelf))
        else:
            needs += _needs(one, shelf, loosely=loosely)
    return tuple(_in_context(needs, shelf, loosely=loosely))


def phrases(needs: Sequence[Need], shelf: Shelf) -> tuple[Phrase, ...]:
    """Return the sayings that stand in the words, the longest at each place, none inside another."""
    found: list[Phrase] = []
    begin = 0
    while begin < len(needs):
        here = max(_sayings(needs, begin, shelf), key=lambda one: (one.end, one.sure), default=None)
        if here:
            found += [one for one in _sayings(needs, begin, shelf) if one.end == here.end]
        begin = here.end if here else begin + 1
    return tuple(found)


def _sayings(needs: Sequence[Need], begin: int, shelf: Shelf) -> Iterator[Phrase]:
    marked = any(need.said.has_marks for need in needs)
    waiting: list[tuple[int, Branch, float, tuple[Word, ...]]] = [(begin, shelf.sayings, TYPED, ())]
    while waiting:
        place, branch, sure, taken = waiting.pop()
        for meant in branch.ends if taken else ():
            written = _written_so(taken, meant) if marked and sure == TYPED else TYPED
            if written:
                yield Phrase(begin, place, meant, sure * written)
        if place == len(needs):
            continue
        need = needs[place]
        if taken and need.is_empty:
            waiting.append((place + 1, branch, sure, taken))
        for choice in need.choices:
            if choice.term in branch.next:
                further = branch.next[choice.term]
                waiting.append((place + 1, further, min(sure, choice.sure), (*taken, need.said)))


def _written_so(taken: Sequence[Word], meant: Meant) -> float:
    """Return how sure the marks make it: other tones may be mistakes, other letters are another word."""
    pairs = [(said, known) for said, known in zip(taken, meant.marked, strict=True) if said.has_marks]
    if all(said.marked == known.marked for said, known in pairs):
        return TYPED
    wrong = sum(said.marked != known.marked for said, known in pairs)
    same_letters = all(said.toneless == known.toneless for said, known in pairs)
    return ALIKE if same_letters and wrong * 2 <= len(taken) else 0.0


def _needs(said: Word, shelf: Shelf, *, loosely: bool) -> list[Need]:
    choices = _choices(said.plain, shelf, loosely=loosely)
    if not choices or choices[0].sure < UNTYPED:
        apart = _apart(said.plain, shelf)
        if apart:
            return [_need(word(part), (Choice(part, UNTYPED),), shelf) for part in apart]
    return [_need(said, choices, shelf)]


def _need(said: Word, choices: tuple[Choice, ...], shelf: Shelf) -> Need:
    is_empty = shelf.is_empty(said) or said.plain.isdigit() or (not choices and _has_digit(said.plain))
    if not is_empty and choices and choices[0].sure == UNTYPED:
        is_empty = choices[0].term in shelf.empty
    return Need(said, choices, is_empty)


def _choices(plain: str, shelf: Shelf, *, loosely: bool) -> tuple[Choice, ...]:
    """Return the word itself where it is known; else what the keyboard, the ear or the hand made of it."""
    if plain in shelf.weights and not loosely:
        return (Choice(plain, TYPED),)
    found = {plain: TYPED} if plain in shelf.weights else {}
    cleaned = untyped(plain)
    if cleaned in shelf.weights:
        found.setdefault(cleaned, UNTYPED)
        if not loosely:
            return (Choice(cleaned, UNTYPED),)
    if _has_digit(plain):
        return tuple(Choice(term, sure) for term, sure in found.items())
    for term in shelf.alike.get(sound(plain), ()):
        found.setdefault(term, ALIKE)
    if len(plain) >= SHORTEST_GUESSED:
        for term in _near(plain, shelf):
            found.setdefault(term, NEAR)
        if not loosely:
            for choice in _begun(plain, shelf):
                found.setdefault(choice.term, FURTHER)
    ranked = sorted(found.items(), key=lambda pair: (-pair[1], -len(shelf.weights[pair[0]])))
    return tuple(Choice(term, sure) for term, sure in ranked[:MOST_CHOICES])


def _near(plain: str, shelf: Shelf) -> Iterator[str]:
    gaps = {plain, *(plain[:place] + plain[place + 1 :] for place in range(len(plain)))}
    for gap in gaps:
        for term in shelf.by_gaps.get(gap, ()):
            if is_near(plain, term):
                yield term


def _begun(plain: str, shelf: Shelf) -> tuple[Choice, ...]:
    found = {plain: TYPED} if plain in shelf.weights else {}
    start = bisect_left(shelf.sorted_words, plain)
    for term in shelf.sorted_words[start : start + MOST_BEGUN]:
        if not term.startswith(plain):
            break
        found.setdefault(term, BEGUN)
    if not found:
        return _choices(plain, shelf, loosely=True)
    return tuple(Choice(term, sure) for term, sure in found.items())


def _joined(said: list[Word], shelf: Shelf) -> list[Word]:
    """Put together what a stray blank cut: «kh ai sinh»."""
    found: list[Word] = []
    for one in said:
        before = found[-1] if found else None
        if before and not _stand_together(before.plain, one.plain, shelf):
            whole = word(before.typed + one.typed)
            if whole.plain in shelf.weights:
                found[-1] = whole
                continue
        found.append(one)
    return found


def _has_digit(plain: str) -> bool:
    return any(letter.isdigit() for letter in plain)


def _stand_together(one: str, other: str, shelf: Shelf) -> bool:
    known = one in shelf.weights and other in shelf.weights
    return known and ((one, other) in shelf.pairs or min(len(one), len(other)) > 2)


def _apart(plain: str, shelf: Shelf) -> tuple[str, ...]:
    """Return the words that were written without blanks between them, empty where it cannot be cut."""
    if len(plain) < 5 or len(plain) > LONGEST_GLUED:
        return ()
    # Best cut up to each letter: how many words, how many known pairs, the words.
    best: list[tuple[int, int, tuple[str, ...]] | None] = [(0, 0, ())] + [None] * len(plain)
    for end in range(1, len(plain) + 1):
        for begin in range(max(0, end - 7), end):
            cut, term = best[begin], word(plain[begin:end]).plain
            if cut is None or term not in shelf.weights or (end - begin == 1 and term not in "aoiu"):
                continue
            pair = bool(cut[2]) and (cut[2][-1], term) in shelf.pairs
            longer = (cut[0] + 1, cut[1] - pair, (*cut[2], term))
            if best[end] is None or longer < best[end]:  # type: ignore[operator]
                best[end] = longer
    whole = best[len(plain)]
    # Every two neighbours must be known, or any word would fall into chance syllables.
    return whole[2] if whole and -whole[1] == whole[0] - 1 and whole[0] > 1 else ()


def _in_context(needs: Sequence[Need], shelf: Shelf, *, loosely: bool) -> Iterator[Need]:
    """Put first what stands beside its neighbour somewhere; read loosely, nothing else is worth a guess."""
    for place, need in enumerate(needs):
        if len(need.choices) < 2 or (need.choices[0].sure == TYPED and not loosely):
            yield need
            continue
        before = [choice.term for choice in needs[place - 1].choices] if place else []
        after = [choice.term for choice in needs[place + 1].choices] if place + 1 < len(needs) else []
        beside = {
            choice.term: any((term, choice.term) in shelf.pairs for term in before)
            + any((choice.term, term) in shelf.pairs for term in after)
            for choice in need.choices
        }
        kept = (one for one in need.choices if not loosely or one.sure == TYPED or beside[one.term])
        ranked = sorted(kept, key=lambda one: -one.sure - 0.1 * beside[one.term])
        yield replace(need, choices=tuple(ranked) or need.choices)
