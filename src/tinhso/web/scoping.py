"""Choosing for which procedures somebody may act: all of them, or some found by their words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tinhso.definitions.catalogue import Published
from tinhso.definitions.searching import find
from tinhso.kernel.refusals import Invalid

MODE, CODES, WORDS = "pham-vi", "pham-vi-thu-tuc", "pham-vi-tim"
ALL, SOME = "tat-ca", "mot-so"
# What the button that searches sends: the form comes back as it was, nothing is saved.
SEARCH = "tim-thu-tuc"
SHOWN = 8


class ScopeEmpty(Invalid):
    code = "scope-empty"
    message = gettext_lazy("Hãy chọn ít nhất một thủ tục, hoặc chọn «Mọi thủ tục».")


@dataclass(frozen=True, slots=True)
class Offered:
    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """:param more: how many were found beyond those shown"""

    mode: str
    words: str
    chosen: tuple[Offered, ...]
    found: tuple[Offered, ...]
    more: int


def is_search(data: QueryDict) -> bool:
    """Say whether only the list was asked for."""
    return data.get("do") == SEARCH


def scope_of(data: QueryDict) -> tuple[str, ...]:
    """Return the procedures chosen, none for all. :raises ScopeEmpty: «some», and none was named"""
    if data.get(MODE, ALL) != SOME:
        return ()
    codes = tuple(dict.fromkeys(data.getlist(CODES)))
    if not codes:
        raise ScopeEmpty
    return codes


def scope_choice(data: QueryDict, shelves: Iterable[Published]) -> ScopeChoice:
    """Return what is chosen and what was found beside it. :param shelves: what there is to choose from"""
    offered = tuple(shelves)
    wanted, words = set(data.getlist(CODES)), data.get(WORDS, "").strip()[:100]
    chosen = tuple(one.procedure for one in offered if one.procedure.code in wanted)
    others = [one for one in find(words, offered) if one.code not in wanted]
    language = (get_language() or "vi")[:2]
    return ScopeChoice(
        mode=data.get(MODE, ALL),
        words=words,
        chosen=tuple(Offered(one.code, one.name.into(language), chosen=True) for one in chosen),
        found=tuple(Offered(one.code, one.name.into(language), chosen=False) for one in others[:SHOWN]),
        more=max(0, len(others) - SHOWN),
    )


def names_of(shelves: Iterable[Published]) -> dict[str, str]:
    """Return the names of procedures by code, in the language of the page."""
    language = (get_language() or "vi")[:2]
    return {one.procedure.code: one.procedure.name.into(language) for one in shelves}


def scope_words(scope: tuple[str, ...], names: Mapping[str, str]) -> str:
    """Say in words what a mandate reaches; one that is no longer on offer is named by its code."""
    return "; ".join(names.get(code, code) for code in scope) if scope else _("Mọi thủ tục")


def given_by_persons(shelves: Iterable[Published]) -> tuple[Published, ...]:
    """Return the procedures in which a person may let another act."""
    return tuple(one for one in shelves if "representative" in one.procedure.mandates)
