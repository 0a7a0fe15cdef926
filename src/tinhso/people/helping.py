"""The rules of assisted filing, ``packs/vietnam/assisting.yaml``."""

from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import Field

from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict


class CodeRules(Strict):
    """
    The code a citizen says to whoever assists them.

    :param tries: wrong ones before another has to be sent
    :param most_a_day: codes to one person in a day
    """

    digits: int = Field(ge=4, le=8)
    minutes: int = Field(gt=0)
    tries: int = Field(gt=0)
    most_a_day: int = Field(gt=0)


class HelpingRules(Strict):
    """
    :param days: how long a mandate may be given for; the first is what is proposed
    :param counts_as_assurance: the level of identity that presence with a card stands for
    """

    evidence_source: str
    days: tuple[int, ...] = Field(min_length=1)
    code: CodeRules
    counts_as_assurance: Literal[1, 2]


def helping_rules() -> HelpingRules:
    """Return the rules; a changed file counts at once."""
    path: Path = settings.TINHSO.packs / COUNTRY / "assisting.yaml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> HelpingRules:
    return whole(path, HelpingRules)
