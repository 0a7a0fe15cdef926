"""
Whether what is asked for is common, as PostgreSQL's own statistics tell.

What is rare is looked up in the index of words and sorted; of what is common, a page is full sooner when
records are walked through in their order, or looked up in a stretch of them (``stretches``). PostgreSQL would
choose by itself, but does not know how many rows of one register it walks past: it takes the words for spread
evenly over all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from time import monotonic

from django.db import connection

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.registers import pairs, words

# So many versions are read of what is looked up, or of what is walked past, in about the same time.
_PAGE, _READ, _WALKED = 51, 1.0, 1.8
# A word that so many versions have is taken as it was typed, not as the beginning of others.
_BORNE_BY = 1000
_KEPT_SECONDS = 3600.0
_STATISTICS = """
SELECT words.most_common_elems::text::text[], words.most_common_elem_freqs,
       units.most_common_vals::text::text[], units.most_common_freqs, whole.reltuples, whole.relpages
FROM pg_class AS whole
JOIN pg_stats AS words ON words.tablename = 'version_words'
LEFT JOIN pg_stats AS units ON units.tablename = 'register_version' AND units.attname = 'unit_key'
WHERE whole.relname = 'register_version' AND whole.relkind = 'r' LIMIT 1
"""


class Commonness:
    """
    How often each common word stands in a version.

    :param versions: how many there are, about, on so many ``pages``
    :param units: key of a unit → share of versions that belong to it
    """

    def __init__(
        self,
        shares: Mapping[str, float],
        versions: float,
        units: Mapping[str, float] | None = None,
        pages: float = 0.0,
    ) -> None:
        self._shares, self._units = shares, units or {}
        self._single = {word: share for word, share in shares.items() if pairs.JOINED not in word}
        self.versions, self.pages = versions, pages

    def of(self, word: str) -> float:
        """Return the share of versions with the word; 0 for what is not common."""
        return self._shares.get(word, 0.0)

    def of_beginning(self, beginning: str) -> float:
        """Return the share of versions with a word that begins so, at most."""
        return min(1.0, sum(share for word, share in self._single.items() if word.startswith(beginning)))

    def of_units(self, unit_keys: Iterable[str]) -> float:
        """Return the share of versions that belong to the units."""
        return min(1.0, sum(self._units.get(key, 0.0) for key in unit_keys))

    def is_whole(self, word: str) -> bool:
        """Tell whether so many versions have the word that nobody means others that begin with it."""
        return self.of(word) * self.versions >= _BORNE_BY

    def count(self, definition: RegisterDefinition) -> float:
        """Return how many versions the register has, about; 0 where it has few."""
        return self.of(words.of_register(definition.id)) * self.versions

    def share(
        self,
        definition: RegisterDefinition,
        *,
        seen: frozenset[str],
        text: str,
        filters: Mapping[str, object],
    ) -> float:
        """
        Return the share of the register that what is asked for has, about; 0 where it is rare.

        :param seen: the fields by which may be found
        """
        register = self.of(words.of_register(definition.id))
        if not register:
            return 0.0
        share = self._of_text(words.split(text), words.marks_of(definition, seen), register)
        for name, value in filters.items():
            several = value if isinstance(value, frozenset) else (value,)
            share *= min(1.0, sum(self.of(words.facet(name, one)) for one in several) / register)
        return share

    def _of_text(self, parts: Sequence[str], marks: Sequence[str], register: float) -> float:
        """Return the share of the register, itself such a share of all, with these words."""
        is_open = bool(parts) and not self.stands_alone(parts, marks)
        share = 1.0
        for place, part in enumerate(parts):
            count = self.of_beginning if is_open and place == len(parts) - 1 else self.of
            share *= min(1.0, sum(count(mark + part) for mark in marks) / register)
        for several in pairs.terms(parts, is_open=is_open):
            if len(several) == 1 and not several[0].is_open:
                share *= self._more(several[0].word, marks, register)
        return min(1.0, share)

    def _more(self, pair: str, marks: Sequence[str], register: float) -> float:
        """Return how many times as often the two stand together as by chance; 1 where nobody knows."""
        first, _joined, second = pair.partition(pairs.JOINED)
        together, one, other = (
            sum(self.of(mark + word) for mark in marks) for word in (pair, first, second or first)
        )
        return together * register / (one * other) if second and together and one and other else 1.0

    def stands_alone(self, parts: Sequence[str], marks: Iterable[str]) -> bool:
        """Tell whether the last of the words is a whole one, see :meth:`is_whole`."""
        return any(self.is_whole(mark + parts[-1]) for mark in marks) if parts else False

    def is_walked(self, definition: RegisterDefinition, share: float) -> bool:
        """Tell whether a page of that share of the register is found sooner by walking through all of it."""
        return share > 0 and _PAGE / share * _WALKED < share * self.count(definition) * _READ


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
    common, shares, units, unit_shares, versions, pages = row
    # The shares of the least and the most common stand behind the others.
    return Commonness(
        dict(zip(common, shares, strict=False)),
        float(versions),
        dict(zip(units or (), unit_shares or (), strict=False)),
        float(pages),
    )
