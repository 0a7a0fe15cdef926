"""The population database, as far as we ask it."""

from typing import Protocol

import httpx
from django.conf import settings
from pydantic import ValidationError

from tinhso.exchange.population.contract import Answer, Feed

SECONDS = 30.0
AT_ONCE = 200


class PopulationUnreachable(Exception):  # noqa: N818  (no answer of theirs)
    """No answer, or none that can be read; the same may be asked again."""


class Population(Protocol):
    """One database."""

    def changes(self, feed: Feed, *, after: int) -> Answer:
        """Return what changed behind a place. :raises PopulationUnreachable: nobody knows"""


class HttpPopulation:
    """A database that speaks the contract of ``docs/population.md``."""

    def __init__(self, url: str, token: str, client: httpx.Client | None = None) -> None:
        self._url, self._token = url.rstrip("/"), token
        self._client = client or httpx.Client(timeout=SECONDS, trust_env=False)

    def changes(self, feed: Feed, *, after: int) -> Answer:
        try:
            answer = self._client.get(
                self._url + feed.path,
                params={"sau": after, "toi_da": AT_ONCE},
                headers={"Authorization": f"Bearer {self._token}"},
            )
            answer.raise_for_status()
            return Answer.model_validate_json(answer.content)
        except (httpx.HTTPError, ValidationError) as problem:
            raise PopulationUnreachable(str(problem)[:200]) from problem


def the_population() -> Population | None:
    """Return the database of this installation; None where none is connected."""
    url = settings.TINHSO.population_url
    return HttpPopulation(url, settings.POPULATION_TOKEN) if url else None
