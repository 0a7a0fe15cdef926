"""Under which terms open data are published: ``packs/<province>/open-data.yaml``."""

from functools import lru_cache
from pathlib import Path

from tinhso.definitions.packs import packs_folder, province
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict, Text

FILE = "open-data.yaml"


class Terms(Strict):
    """
    :param name: what the licence is called
    :param terms: what it says, sentence by sentence
    :param source: the text it follows from, and how sure that is
    """

    name: Text
    terms: tuple[Text, ...]
    source: str


def terms() -> Terms:
    """Return the province's terms. :raises BrokenPack: the file is wrong"""
    path = packs_folder() / province() / FILE
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> Terms:
    return whole(path, Terms)
