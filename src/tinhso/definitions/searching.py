"""
Finding a procedure by words as people type them, and narrowing what was found.

Everything of the catalogue can be found, whether it is filed here or not. The index lives in this process and
is laid out anew when the catalogue or the everyday words change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from tinhso.definitions import catalogue
from tinhso.definitions.catalogue import Entry, Published
from tinhso.definitions.index import FILE as LIST_FILE
from tinhso.definitions.models import CurrentProcedure
from tinhso.definitions.packs import packs_folder
from tinhso.definitions.search import facets
from tinhso.definitions.search.everyday import FILE as WORDS_FILE
from tinhso.definitions.search.everyday import EverydayWords, everyday_words
from tinhso.definitions.search.facets import Facets
from tinhso.definitions.search.ranking import rank
from tinhso.definitions.search.shelf import Card, Shelf, lay_out
from tinhso.definitions.side_lists import or_else
from tinhso.definitions.types import Procedure, Text
from tinhso.kernel.text import fold, normalise

__all__ = ["Card", "Found", "alike", "card", "find", "search", "suggest"]

State = tuple[tuple[UUID, ...], tuple[int, ...], str]
MOST_SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """
    :param cards: the best first
    :param counts: facet → value → how many it would leave if the other choices stayed
    :param labels: facet → value → words, of fields and ministries
    :param all_found: how many the words find when nothing is chosen
    :param meant: the words as they were understood, where that is not what was typed; else empty
    """

    cards: tuple[Card, ...]
    counts: Mapping[str, Mapping[str, int]]
    labels: Mapping[str, Mapping[str, Text]]
    all_found: int
    meant: str


@dataclass(frozen=True, slots=True)
class _Index:
    shelf: Shelf
    facets: Facets
    in_order: tuple[int, ...]


def search(text: str = "", chosen: Mapping[str, str] | None = None) -> Found:
    """
    Return what the words mean among what has the chosen values; everything when there are no words.

    :param chosen: facet (``facets.NAMES``) → value; an empty value chooses nothing
    """
    index, chosen = _index(), chosen or {}
    ranking = rank(text, index.shelf) if text.strip() else None
    places = [hit.place for hit in ranking.hits] if ranking else list(index.in_order)
    found = facets.set_of(places, len(index.shelf.cards))
    left = index.facets.narrowed(found, chosen)
    return Found(
        cards=tuple(index.shelf.cards[place] for place in places if left >> place & 1),
        counts=index.facets.counts(found, chosen),
        labels=index.facets.labels,
        all_found=len(places),
        meant=ranking.meant if ranking else "",
    )


def suggest(text: str, limit: int = MOST_SUGGESTIONS) -> tuple[Card, ...]:
    """Return what somebody who has typed this far may be looking for."""
    shelf = _index().shelf
    hits = rank(text, shelf, is_begun=not text.endswith(" ")).hits[:limit] if text.strip() else ()
    return tuple(shelf.cards[hit.place] for hit in hits)


def card(code: str) -> Card | None:
    """Return what the catalogue knows of the code, whether it is filed here or not."""
    shelf = _index().shelf
    place = shelf.places.get(code)
    return None if place is None else shelf.cards[place]


def alike(code: str, limit: int) -> tuple[Card, ...]:
    """Return what is filed here in the field of the code, those with a like name first."""
    index = _index()
    place = index.shelf.places.get(code)
    if place is None:
        return ()
    one = index.shelf.cards[place]
    chosen = {facets.FIELD: facets.slug(one.field.vi), facets.FILED: facets.HERE}
    left = index.facets.narrowed((1 << len(index.shelf.cards)) - 1, chosen)
    ranked = [hit.place for hit in rank(one.name.vi, index.shelf).hits]
    places = dict.fromkeys((*ranked, *index.in_order))
    return tuple(index.shelf.cards[other] for other in places if left >> other & 1)[:limit]


def find(text: str, shelves: Sequence[Published]) -> tuple[Procedure, ...]:
    """Return those of the shelves the text means, the best first; all, as they come, when it says nothing."""
    if not text.strip():
        return tuple(one.procedure for one in shelves)
    offered = {one.procedure.code: one.procedure for one in shelves}
    return tuple(offered[one.code] for one in search(text).cards if one.code in offered)


def card_of(entry: Entry, published: Published | None) -> Card:
    """Return what the code is found by: its definition where it is filed here, else its line of the list."""
    if published is None:
        return Card(
            code=entry.code,
            name=Text(vi=calm(entry.name)),
            field=Text(vi=entry.field),
            levels=tuple(level.value for level in entry.levels),
            issuer=entry.issuer,
            filed_here=False,
        )
    law = published.procedure
    return Card(
        code=law.code,
        name=law.name,
        field=law.field,
        levels=(law.level.value,),
        issuer=entry.issuer,
        filed_here=True,
        agency=law.agency,
        audience=tuple(law.audience),
        life_events=law.life_events,
        keywords=law.keywords,
        results=tuple(filter(None, (law.result.name.vi, law.result.name.en))),
        papers=tuple(f"{paper.name.vi} {paper.form_code}" for paper in law.papers),
        summary=law.summary,
        time=law.time,
    )


def calm(name: str) -> str:
    """Return a name that was shouted in capitals as a sentence; abbreviations without a vowel stay."""
    if name != name.upper():
        return name
    words = (said.lower() if set(fold(said)) & set("aeiouy") else said for said in normalise(name).split())
    said = " ".join(words)
    return said[:1].upper() + said[1:]


def _index() -> _Index:
    catalogue.refresh()
    versions = tuple(CurrentProcedure.objects.order_by("code").values_list("version_id", flat=True))
    packs = packs_folder()
    stamps = tuple(
        path.stat().st_mtime_ns for name in (LIST_FILE, WORDS_FILE) if (path := packs / name).exists()
    )
    return _laid_out((versions, stamps, str(packs)))


@lru_cache(maxsize=2)
def _laid_out(_state: State) -> _Index:
    offered = {one.procedure.code: one for one in catalogue.all_current()}
    cards = [card_of(entry, offered.get(entry.code)) for entry in catalogue.entries()]
    words = or_else(lambda: everyday_words(packs_folder()), EverydayWords())
    shelf = lay_out(cards, words)
    in_order = sorted(range(len(shelf.cards)), key=lambda place: _order(shelf.cards[place]))
    return _Index(shelf, facets.lay_out(shelf.cards), tuple(in_order))


def _order(one: Card) -> tuple[bool, bool, str, str]:
    """Sort what is filed here first, of that what has an introduction of its own, then by field and name."""
    return not one.filed_here, not one.summary, fold(one.field.vi), fold(one.name.vi)
