"""
Words that half of all people bear say little by themselves: they are found together with the words beside
them.

The index of words has half a million places for «nguyễn». So a value leaves, beside its words, each of these
few with each word near it as one word, ``nguyen+hung``, and who asks for «Nguyễn Văn Hùng» is given what has
``nguyen+hung`` and ``van+hung``. The few stand in the program: another list is another index.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Words that more than one in twenty bears, after Lê Trung Hoa, «Họ và tên người Việt Nam» (2005; mem), as
# ``inventing.people``. Two of them stand in the index in this order.
COMMON = {word: place for place, word in enumerate(("nguyen", "thi", "van", "tran", "le", "pham", "hoang"))}
JOINED = "+"
# Words of one value that stand further apart are not of one name.
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question. :param is_open: it may be the beginning of others"""

    word: str
    is_open: bool = False


def of_value(parts: Sequence[str]) -> list[str]:
    """
    Return the pairs of the words of one value; none where it has none of the few.

    >>> of_value(["nguyen", "van", "hung"])
    ['nguyen+van', 'nguyen+hung', 'van+hung']
    """
    found: list[str] = []
    for place, word in enumerate(parts):
        if word in COMMON:
            near = parts[max(0, place - _NEAR) : place + _NEAR + 1]
            found += [f"{word}{JOINED}{other}" for other in near if _stands_behind(word, other)]
    return found


def terms(parts: Sequence[str], *, is_open: bool) -> list[tuple[Term, ...]]:
    """
    Return what is asked for by the words: one of each of the tuples.

    :param is_open: the last word may be unfinished

    >>> [[one.word for one in several] for several in terms(["nguyen", "van", "hung"], is_open=False)]
    [['nguyen+hung'], ['van+hung']]
    """
    last = len(parts) - 1
    asked = [Term(one, is_open and place == last) for place, one in enumerate(parts)]
    joined = [_joined(asked, place) for place in range(len(asked))]
    said = {place for _terms, said in joined for place in said}
    found = (
        pairs or (asked[place],) for place, (pairs, _said) in enumerate(joined) if pairs or place not in said
    )
    return list(dict.fromkeys(found))


def are_joined(parts: Sequence[str], *, is_open: bool) -> bool:
    """Tell whether some of the words are asked for together."""
    return any(JOINED in one.word for several in terms(parts, is_open=is_open) for one in several)


def _joined(asked: Sequence[Term], place: int) -> tuple[tuple[Term, ...], tuple[int, ...]]:
    """Return one of the few with those beside it, and the words that are said by that; nothing of others."""
    word = asked[place]
    if not _is_common(word):
        return (), ()
    beside = [one for one in _beside(asked, place) if one is not None]
    if not beside:
        several = [one for one in range(len(asked)) if one != place and _is_common(asked[one])]
        beside = [one for one in several if asked[one].word != word.word][:1]
    found = tuple(term for one in beside for term in _pair(word.word, asked[one]))
    return found, tuple(beside) if len(beside) == 1 else ()


def _beside(asked: Sequence[Term], place: int) -> Iterator[int | None]:
    """Yield the next word of a name on either side that is none of the few."""
    for places in (range(place - 1, -1, -1), range(place + 1, len(asked))):
        yield next((one for one in places if asked[one].word.isalpha() and not _is_common(asked[one])), None)


def _pair(word: str, other: Term) -> Iterator[Term]:
    if other.is_open:
        yield Term(f"{word}{JOINED}{other.word}", is_open=True)
        before = (one for one, rank in COMMON.items() if rank < COMMON[word])
        yield from (Term(f"{one}{JOINED}{word}") for one in before if one.startswith(other.word))
    else:
        first, second = (word, other.word) if _stands_behind(word, other.word) else (other.word, word)
        yield Term(f"{first}{JOINED}{second}")


def _is_common(term: Term) -> bool:
    return term.word in COMMON and not term.is_open


def _stands_behind(word: str, other: str) -> bool:
    """Tell whether the pair is kept under the first of the two, so that it is kept once."""
    if other == word or not other.isalpha():
        return False
    return other not in COMMON or COMMON[word] < COMMON[other]
