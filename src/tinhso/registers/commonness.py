"""
Whether what is asked for is common, as PostgreSQL's own statistics tell.

What is rare is looked up in the index of words and sorted; of what is common, a page is full sooner when
records are walked through in their order. PostgreSQL would choose by itself, but does not know how many rows
of one register it walks past: it takes the words for spread evenly over all of them.
"""

from collections.abc import Mapping
from time import monotonic

from django.db import connection

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.registers import words

# So many versions are read of what is looked up, or of what is walked past, in about the same time.
_PAGE, _READ, _WALKED = 51, 1.0, 1.8
_KEPT_SECONDS = 3600.0
_STATISTICS = """
SELECT most_common_elems::text::text[], most_common_elem_freqs, (
  SELECT reltuples FROM pg_class WHERE relname = 'register_version' AND relkind = 'r'
)
FROM pg_stats WHERE tablename = 'version_words' LIMIT 1
"""


class Commonness:
    """How often each common word stands in a version. :param versions: how many there are, about"""

    def __init__(self, shares: Mapping[str, float], versions: float) -> None:
        self._shares, self._versions = shares, versions

    def of(self, word: str) -> float:
        """Return the share of versions with the word; 0 for what is not common."""
        return self._shares.get(word, 0.0)

    def of_beginning(self, beginning: str) -> float:
        """Return the share of versions with a word that begins so, at most."""
        return min(1.0, sum(share for word, share in self._shares.items() if word.startswith(beginning)))

    def is_walked(
        self,
        definition: RegisterDefinition,
        *,
        seen: frozenset[str],
        text: str,
        filters: Mapping[str, object],
    ) -> bool:
        """
        Tell whether a page of what is asked for is found sooner by walking through the register.

        :param seen: the fields by which may be found
        """
        register = self.of(words.of_register(definition.id))
        if not register:
            return False
        marks = words.marks_of(definition, seen)
        parts = words.split(text)
        share = 1.0
        for place, part in enumerate(parts):
            count = self.of_beginning if place == len(parts) - 1 else self.of
            share *= min(1.0, sum(count(mark + part) for mark in marks) / register)
        for name, value in filters.items():
            share *= min(1.0, self.of(words.facet(name, value)) / register)
        if not share:
            return False
        return _PAGE / share * _WALKED < share * register * self._versions * _READ


_known: tuple[float, Commonness] | None = None


def commonness() -> Commonness:
    """Return what the last ANALYZE found; asked again every hour."""
    global _known
    now = monotonic()
    if _known is None or now - _known[0] > _KEPT_SECONDS:
        _known = now, _asked()
    return _known[1]


def forget() -> None:
    """Ask again at once; for who has just loaded many records."""
    global _known
    _known = None


def _asked() -> Commonness:
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS)
        row = cursor.fetchone()
    if row is None or row[0] is None:
        return Commonness({}, 0.0)
    common, shares, versions = row
    # The shares of the least and the most common stand behind the others.
    return Commonness(dict(zip(common, shares, strict=False)), float(versions))
