"""An indicator's definition in words, with its formula as one can read it."""

from dataclasses import dataclass

import sqlglot
from django.utils.translation import gettext as _

from tinhso.indicators.definitions import Indicator
from tinhso.web.indicators import words
from tinhso.web.portal.language import say


@dataclass(frozen=True, slots=True)
class Definition:
    """
    :param formula: the SELECT, laid out; empty: the value is entered
    :param digest: the name of the definition that figures keep
    """

    id: str
    about: str
    unit: str
    direction: str
    target: str
    responsible: str
    owner: str
    dimensions: str
    least: int
    formula: str
    value: str
    source: str
    digest: str


def definition(one: Indicator) -> Definition:
    """Return what the indicator's file says, as people read it."""
    responsible = say(one.responsible)
    return Definition(
        id=one.id,
        about=say(one.about),
        unit=say(one.unit),
        direction=words.direction(one),
        target=words.target(one),
        responsible=responsible or _("chưa nêu"),
        owner=say(one.manual.owner) if one.manual else "",
        dimensions=", ".join(str(words.DIMENSIONS[name]).lower() for name in one.dimensions),
        least=one.least,
        formula=sqlglot.transpile(one.formula, read="duckdb", write="duckdb", pretty=True)[0]
        if one.formula
        else "",
        value=one.value,
        source=" ".join(one.source.split()),
        digest=one.digest,
    )
