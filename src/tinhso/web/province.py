"""How the province presents itself: ``packs/<province>/province.yaml``."""

from functools import cache
from pathlib import Path

from django.conf import settings
from ruamel.yaml import YAML

from tinhso.definitions.types import NO_TEXT, Strict, Text


class Hotline(Strict):
    """The number people call for help. ``hours`` stays empty until the province states them."""

    number: str
    hours: Text = NO_TEXT


class Province(Strict):
    """
    :param code: of the list of administrative units, e.g. ``22``
    :param site: the name of the citizens' site; titles of pages end with it
    :param committee: who runs it, under the name in the header
    :param responsible: one line of the footer
    """

    code: str
    name: Text
    site: Text
    desk: Text
    committee: Text
    hotline: Hotline
    responsible: Text
    address: Text = NO_TEXT


def current() -> Province:
    """Return the province this installation serves."""
    return read(_file(settings.TINHSO.packs, settings.TINHSO.province))


@cache
def _file(packs: Path, province: str) -> Path:
    return packs / province / "province.yaml"


@cache
def read(path: Path) -> Province:
    """
    Read a province's file, once for the life of the process.

    :raises FileNotFoundError: the province has no such file
    :raises pydantic.ValidationError: a field is unknown, missing or of the wrong shape
    """
    return Province.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
