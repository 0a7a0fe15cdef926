"""What people type leads them to what they mean: questions judged by hand, over the whole catalogue."""

from pathlib import Path

import pytest
from bench._catalogue import cards

from tinhso.definitions.search.everyday import everyday_words
from tinhso.definitions.search.ranking import rank
from tinhso.definitions.search.shelf import Shelf, lay_out

PACKS = Path(__file__).resolve().parents[2] / "packs"
JUDGED = Path(__file__).with_name("search_judged.tsv")
SHOWN, LEAST = 3, 0.95


def judged() -> list[tuple[str, set[str]]]:
    lines = JUDGED.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith(("#", "query\t"))]
    return [(text, set(codes.split(","))) for text, codes in rows]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return lay_out(cards(PACKS), everyday_words(PACKS))


def test_at_least_95_of_100_questions_find_it_among_the_first_three(shelf: Shelf) -> None:
    missed = []
    for text, codes in judged():
        first = [shelf.cards[hit.place].code for hit in rank(text, shelf).hits[:SHOWN]]
        if not codes & set(first):
            missed.append(f"«{text}» wants {sorted(codes)}, finds {first}")
    assert len(judged()) >= 80
    assert len(missed) <= (1 - LEAST) * len(judged()), "\n".join(missed)


def test_the_judged_codes_and_those_of_everyday_words_exist(shelf: Shelf) -> None:
    said = {code for saying in everyday_words(PACKS).sayings for code in saying.codes}
    wanted = {code for _text, codes in judged() for code in codes}
    assert sorted((said | wanted) - set(shelf.places)) == []


def test_there_are_enough_everyday_words_and_none_is_told_twice() -> None:
    sayings = everyday_words(PACKS).sayings
    phrases = [phrase for saying in sayings for phrase in saying.say]
    assert len(sayings) >= 120
    assert len(phrases) == len(set(phrases))


def test_a_shelf_without_everyday_words_would_fail(shelf: Shelf) -> None:
    bare = lay_out(shelf.cards, everyday_words(PACKS / "khong-co"))
    found = [bare.cards[hit.place].code for hit in rank("sổ đỏ", bare).hits[:SHOWN]]
    assert "1.013978" not in found
