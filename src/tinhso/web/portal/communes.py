"""Suggestions while somebody types a commune: ``GET ?q=`` answers ``[{code, name}]``."""

from datetime import date
from functools import lru_cache

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.kernel.text import fold
from tinhso.territory import queries as territory
from tinhso.web.province import current

MOST = 12


@require_safe
def communes(request: HttpRequest) -> JsonResponse:
    """Answer with the communes whose name has every word, those of the province first."""
    words = fold(request.GET.get("q", ""))[:80].split()
    found = suggestions(words, clock.local(clock.now()).date()) if words else []
    return JsonResponse([{"code": code, "name": name} for code, name in found], safe=False)


def suggestions(words: list[str], on: date) -> list[tuple[str, str]]:
    """Return code and name of the communes of that day that have every word, at most 12."""
    hits = [entry for entry in known(on) if all(word in entry[2] for word in words)]
    hits.sort(key=lambda entry: (entry[3], not _begins(entry[2], words), entry[2]))
    return [(code, name) for code, name, _folded, _far in hits[:MOST]]


@lru_cache(maxsize=2)
def known(on: date) -> tuple[tuple[str, str, str, bool], ...]:
    """Return every commune of the day: code, name with province, the same folded, whether it is elsewhere."""
    home = current().code
    return tuple(
        (unit.code, f"{unit.name}, {unit.within}", fold(f"{unit.name} {unit.within}"), province.code != home)
        for province in territory.provinces(on)
        for unit in territory.communes(province.code, on)
    )


def _begins(folded: str, words: list[str]) -> bool:
    return any(part.startswith(words[0]) for part in folded.split()[1:2])
