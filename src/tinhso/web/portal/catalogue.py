"""The catalogue: words and filters in the address, results with what people ask first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.definitions import catalogue as shelves
from tinhso.definitions.searching import find
from tinhso.definitions.types import Level, Procedure
from tinhso.kernel.text import fold
from tinhso.web.portal.language import say
from tinhso.web.portal.shelf import Offer, level_name, life_events, offer

LONGEST_SEARCH = 120
LEVELS = {"xa": Level.COMMUNE, "tinh": Level.PROVINCE}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; ``count`` is how many would be left."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> str:
        """Return the label of what is chosen; empty for everything."""
        return next((choice.label for choice in self.choices if choice.chosen), "")


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """
    :param clear_url: the same words without filters
    :param elsewhere: how many the words find when the filters are left out
    """

    words: str
    offers: tuple[Offer, ...]
    filters: tuple[Filter, ...]
    clear_url: str
    elsewhere: int

    @property
    def filtered(self) -> bool:
        return any(one.chosen for one in self.filters)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show what the words and filters leave."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    chosen = {name: request.GET.get(name, "") for name in KEYS}
    return render(request, "portal/catalogue.html", {"page": catalogue_page(words, chosen)})


def catalogue_page(words: str, chosen: dict[str, str]) -> CataloguePage:
    """Return the page for the words and the chosen values of the filters."""
    on_offer = shelves.all_current()
    found = find(words, on_offer)
    kept = [one for one in found if all(_fits(one, name, chosen[name]) for name in KEYS)]
    address = reverse("portal:catalogue")
    return CataloguePage(
        words=words,
        offers=tuple(offer(one) for one in kept),
        filters=_filters(on_offer, found, chosen),
        clear_url=f"{address}?{urlencode({'q': words})}" if words else address,
        elsewhere=len(found) - len(kept),
    )


def _events(procedure: Procedure) -> tuple[str, ...]:
    return procedure.life_events


def _field(procedure: Procedure) -> tuple[str, ...]:
    return (slugify(fold(procedure.field.vi)),)


def _level(procedure: Procedure) -> tuple[str, ...]:
    return tuple(value for value, level in LEVELS.items() if level is procedure.level)


KEYS = {"su-kien": _events, "linh-vuc": _field, "cap": _level}


def _fits(procedure: Procedure, name: str, value: str) -> bool:
    return not value or value in KEYS[name](procedure)


def _filters(
    on_offer: Sequence[shelves.Published], found: Sequence[Procedure], chosen: dict[str, str]
) -> tuple[Filter, ...]:
    fields = {_field(one.procedure)[0]: say(one.procedure.field) for one in on_offer}
    labels = {
        "su-kien": (_("Việc trong đời"), {event.id: say(event.name) for event in life_events()}),
        "linh-vuc": (_("Lĩnh vực"), dict(sorted(fields.items()))),
        "cap": (_("Cấp giải quyết"), {value: level_name(level) for value, level in LEVELS.items()}),
    }
    return tuple(
        Filter(name, label, _choices(name, values, found, chosen)) for name, (label, values) in labels.items()
    )


def _choices(
    name: str, values: dict[str, str], found: Sequence[Procedure], chosen: dict[str, str]
) -> tuple[Choice, ...]:
    """Count each value as if the other filters stayed; leave out what leads nowhere and is not chosen."""
    others = [key for key in KEYS if key != name]
    within = [one for one in found if all(_fits(one, key, chosen[key]) for key in others)]
    counted = Counter(value for one in within for value in KEYS[name](one))
    return tuple(
        Choice(value, label, counted[value], value == chosen[name])
        for value, label in values.items()
        if counted[value] or value == chosen[name]
    )
