"""Themes of the map: what people come for, as ``packs/<province>/maps.yaml`` says."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from tinhso.definitions.roles import whole
from tinhso.definitions.types import NO_TEXT, Strict, Text

FILE = "maps.yaml"
# What follows a register and a field in the address, or a register alone.
FROM, TO, NEAR, KM = "tu", "den", "gan", "km"


class Theme(Strict):
    """
    :param layers: registers that are shown; those the reader does not see are left out
    :param asked: what is asked of them, as in the address
    :param near_me: offers to show what is near the reader
    """

    id: str
    name: Text
    text: Text = NO_TEXT
    layers: tuple[str, ...]
    asked: Mapping[str, str] = {}
    near_me: bool = False

    def query(self, seen: frozenset[str]) -> str:
        """Return the address's query that shows the theme, of the layers that are seen."""
        said = [("de-tai", self.id), *(("lop", one) for one in self.layers if one in seen)]
        said += [(name, value) for name, value in self.asked.items() if name.partition(":")[0] in seen]
        return urlencode(said)


class Themes(Strict):
    themes: tuple[Theme, ...] = ()


def themes() -> tuple[Theme, ...]:
    """Return the themes of the province; none without such a file. :raises BrokenPack: it is wrong"""
    path = settings.TINHSO.packs / settings.TINHSO.province / FILE
    return _read(path, path.stat().st_mtime_ns).themes if path.is_file() else ()


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> Themes:
    return whole(path, Themes)
