"""The room as everybody may see it: nothing of anybody, nothing that few make up."""

from dataclasses import replace

from tinhso.indicators.judging import Verdict
from tinhso.indicators.suppression import hidden, is_small, small_numbers
from tinhso.operations.classes import UNKNOWN
from tinhso.operations.league import League, Place
from tinhso.operations.tiles import Reading


def public_league(placed: League) -> League:
    """Return the communes without what few dossiers make up: neither value nor number nor rank."""
    few = hidden({one.code: one.whole for one in placed.places}, least=small_numbers().least)
    return replace(placed, places=tuple(_bare(one) if one.code in few else one for one in placed.places))


def public_reading(one: Reading) -> Reading:
    """Return the tile; without its value where it was counted on few."""
    if one.whole is None or not is_small(one.whole, least=small_numbers().least):
        return one
    return replace(one, value=None, whole=None, change=None, months=(), verdict=Verdict.NO_DATA)


def _bare(one: Place) -> Place:
    return replace(one, value=None, whole=0, rank=None, class_=UNKNOWN)
