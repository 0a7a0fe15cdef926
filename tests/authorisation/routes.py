"""Every address of the site, from the resolver that serves it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver

from tinhso.api.v1.api import schema
from tinhso.api.v1.contract import MOUNTED_AT, operations
from tinhso.api.v1.urls import _CONVERTER

WEB_METHODS = ("GET", "POST")


@dataclass(frozen=True, slots=True, order=True)
class Route:
    """:param pattern: as the resolver has it, e.g. ``ho-so/<uuid:dossier_id>/``"""

    pattern: str
    method: str

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/v1/")


def every_route() -> tuple[Route, ...]:
    """Return all routes: those of the API with the methods they serve, pages with both of theirs."""
    served = _methods_of_the_api()
    found = []
    for pattern in _patterns(get_resolver().url_patterns, ""):
        told = MOUNTED_AT + _CONVERTER.sub(r"{\1}", pattern.removeprefix("api/v1/"))
        methods = served.get(told, ["GET"]) if pattern.startswith("api/v1/") else WEB_METHODS
        found += [Route(pattern, method) for method in methods]
    return tuple(sorted(set(found)))


def _patterns(entries: Sequence[Any], prefix: str) -> Iterator[str]:
    for entry in entries:
        here = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _patterns(entry.url_patterns, here)
        else:
            yield here


def _methods_of_the_api() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, method, _operation in operations(schema()):
        found.setdefault(path, []).append(method.upper())
    return found
