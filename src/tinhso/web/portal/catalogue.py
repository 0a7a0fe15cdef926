"""The catalogue: words, filters and page in the address; what can be filed here before what cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.definitions import searching
from tinhso.definitions.search import facets
from tinhso.definitions.searching import Found
from tinhso.web.portal.language import say
from tinhso.web.portal.listing import Listed, issuer_name, listed
from tinhso.web.portal.shelf import agency_kind_name, audience_name, level_name, life_events
from tinhso.web.templatetags.look import thousands

LONGEST_SEARCH = 120
PAGE = 50
# Values of one filter shown at once; the rest open on demand.
SHOWN = 6

# Facet → its name in the address, and values with another name there than in the packs.
KEYS = {
    facets.FILED: "nop",
    facets.LIFE_EVENT: "su-kien",
    facets.FIELD: "linh-vuc",
    facets.LEVEL: "cap",
    facets.AGENCY: "co-quan",
    facets.ISSUER: "nganh",
    facets.AUDIENCE: "doi-tuong",
}
VALUES = {
    facets.FILED: {"tai-day": facets.HERE, "noi-khac": facets.ELSEWHERE},
    facets.LEVEL: {"xa": "commune", "tinh": "province"},
    facets.AUDIENCE: {"cong-dan": "citizen", "doanh-nghiep": "business", "to-chuc": "organisation"},
}


@dataclass(frozen=True, slots=True)
class Choice:
    """
    One value of a filter.

    :param count: how many it would leave
    :param url: chooses it, or takes it off when it is chosen
    """

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """:param more: choices that open on demand"""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in (*self.choices, *self.more) if choice.chosen), None)


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """
    :param meant: how misspelt words were understood; empty where they were not misspelt
    :param kept: what is chosen, to be sent along with new words
    :param clear_url: the same words without filters
    :param elsewhere: how many the words find when the filters are left out
    :param shown: which of them are on this page, e.g. ``1–50 trong 312``
    """

    words: str
    meant: str
    offers: tuple[Listed, ...]
    count: int
    filters: tuple[Filter, ...]
    kept: tuple[tuple[str, str], ...]
    clear_url: str
    elsewhere: int
    shown: str
    previous_url: str
    next_url: str

    @property
    def chosen(self) -> tuple[Choice, ...]:
        return tuple(one.chosen for one in self.filters if one.chosen)

    @property
    def several_pages(self) -> bool:
        return bool(self.previous_url or self.next_url)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show a page of what the words and filters leave."""
    return render(request, "portal/catalogue.html", {"page": catalogue_page(request.GET)})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer what somebody who is still typing may be looking for, as the options of a list."""
    found = searching.suggest(request.GET.get("q", "")[:LONGEST_SEARCH])
    return render(request, "portal/_suggestions.html", {"offers": [listed(card) for card in found]})


def catalogue_page(asked: QueryDict) -> CataloguePage:
    """Return the page an address asks for."""
    words = asked.get("q", "").strip()[:LONGEST_SEARCH]
    chosen = {facet: _value(facet, asked.get(key, "")) for facet, key in KEYS.items()}
    found = searching.search(words, chosen)
    place = _Place(words, chosen, _number(asked.get("trang", ""), len(found.cards)))
    first = (place.page - 1) * PAGE
    cards = found.cards[first : first + PAGE]
    return CataloguePage(
        words=words,
        meant=found.meant,
        offers=tuple(listed(card) for card in cards),
        count=len(found.cards),
        filters=_filters(found, place),
        kept=tuple((KEYS[facet], _told(facet, value)) for facet, value in chosen.items() if value),
        clear_url=_Place(words, {}, 1).url(),
        elsewhere=found.all_found - len(found.cards),
        shown=_shown(first, len(cards), len(found.cards)),
        previous_url=place.turned(-1).url() if place.page > 1 else "",
        next_url=place.turned(1).url() if first + PAGE < len(found.cards) else "",
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one stands in the catalogue: all of an address."""

    words: str
    chosen: Mapping[str, str]
    page: int

    def url(self) -> str:
        said = {"q": self.words} | {
            KEYS[facet]: _told(facet, value) for facet, value in self.chosen.items() if value
        }
        said |= {"trang": str(self.page)} if self.page > 1 else {}
        query = urlencode({name: value for name, value in said.items() if value})
        return reverse("portal:catalogue") + (f"?{query}" if query else "")

    def turned(self, pages: int) -> "_Place":
        return _Place(self.words, self.chosen, self.page + pages)

    def choosing(self, facet: str, value: str) -> "_Place":
        return _Place(self.words, {**self.chosen, facet: value}, 1)


def _value(facet: str, told: str) -> str:
    return VALUES.get(facet, {}).get(told, told)


def _told(facet: str, value: str) -> str:
    return next((told for told, held in VALUES.get(facet, {}).items() if held == value), value)


def _number(asked: str, count: int) -> int:
    """Return the page that was asked for, or the nearest there is."""
    last = max(1, -(-count // PAGE))
    return min(max(1, int(asked)), last) if asked.isdecimal() and len(asked) < 6 else 1


def _shown(first: int, many: int, count: int) -> str:
    if not many:
        return ""
    return _("%(first)s–%(last)s trong %(count)s") % {
        "first": thousands(first + 1),
        "last": thousands(first + many),
        "count": thousands(count),
    }


def _filters(found: Found, place: _Place) -> tuple[Filter, ...]:
    return tuple(
        Filter(KEYS[facet], label, tuple(choices[:SHOWN]), tuple(choices[SHOWN:]))
        for facet, label in _facet_labels().items()
        if _narrows(choices := _choices(facet, found, place), len(found.cards))
    )


def _narrows(choices: list[Choice], count: int) -> bool:
    """Return whether a filter changes anything: its only value must not be what all of them have."""
    return len(choices) > 1 or any(choice.chosen or choice.count != count for choice in choices)


def _facet_labels() -> dict[str, str]:
    return {
        facets.FILED: _("Nộp ở đâu"),
        facets.LIFE_EVENT: _("Việc trong đời"),
        facets.FIELD: _("Lĩnh vực"),
        facets.LEVEL: _("Cấp giải quyết"),
        facets.AGENCY: _("Cơ quan giải quyết"),
        facets.ISSUER: _("Bộ, ngành công bố"),
        facets.AUDIENCE: _("Người nộp"),
    }


def _choices(facet: str, found: Found, place: _Place) -> list[Choice]:
    """Return the values that lead somewhere, the chosen one first, then those that leave most."""
    chosen = place.chosen.get(facet, "")
    counts = dict(found.counts[facet])
    if chosen:
        counts.setdefault(chosen, 0)
    labels = _value_labels(facet, found)
    ranked = sorted(counts, key=lambda value: (value != chosen, -counts[value], value))
    return [
        Choice(
            label=labels.get(value, value),
            count=counts[value],
            url=place.choosing(facet, "" if value == chosen else value).url(),
            chosen=value == chosen,
        )
        for value in ranked
    ]


def _value_labels(facet: str, found: Found) -> dict[str, str]:
    if facet == facets.FIELD:
        return {value: say(label) for value, label in found.labels[facet].items()}
    if facet == facets.ISSUER:
        return {value: issuer_name(label.vi) for value, label in found.labels[facet].items()}
    if facet == facets.LIFE_EVENT:
        return {event.id: say(event.name) for event in life_events()}
    if facet == facets.AGENCY:
        return {value: agency_kind_name(value) for value in found.counts[facet]}
    if facet == facets.LEVEL:
        return {value: level_name(value) for value in found.counts[facet]}
    if facet == facets.AUDIENCE:
        return {value: audience_name(value) for value in found.counts[facet]}
    return {facets.HERE: _("Nộp được tại đây"), facets.ELSEWHERE: _("Chưa nhận tại đây")}
