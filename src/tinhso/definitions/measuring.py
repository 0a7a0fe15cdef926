"""The publication of every procedure on offer, measured at once."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.definitions import catalogue
from tinhso.definitions.announcing import NO_RULES, PartName, PublishingRules, publishing_rules
from tinhso.definitions.events import ProcedurePublished
from tinhso.definitions.packs import packs_folder
from tinhso.definitions.publicity import publication_of
from tinhso.definitions.side_lists import or_else
from tinhso.definitions.types import Text
from tinhso.kernel.models import LedgerEntry


@dataclass(frozen=True, slots=True)
class Measured:
    """
    :param lacking: required parts it does not state
    :param days_late: as :class:`publicity.Publication` has it
    """

    code: str
    name: Text
    lacking: tuple[PartName, ...]
    days_late: int | None


@dataclass(frozen=True, slots=True)
class Measure:
    measured: tuple[Measured, ...]
    rules: PublishingRules


def measure() -> Measure:
    """Measure every procedure on offer, by code; two queries."""
    first = _first_published()
    found = []
    for one in catalogue.all_current():
        law = one.procedure
        publication = publication_of(law, first.get(law.code))
        found.append(Measured(law.code, law.name, publication.lacking, publication.days_late))
    return Measure(tuple(found), or_else(lambda: publishing_rules(packs_folder()), NO_RULES))


def _first_published() -> dict[str, datetime]:
    entries = LedgerEntry.objects.filter(kind=ProcedurePublished.kind).order_by("-position")
    # The earliest of a code comes last and stays.
    return dict(entries.values_list("payload__code", "at"))
