"""What an entry only names: of an agency its code and unit, of a procedure its field and level."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from tinhso.definitions import catalogue
from tinhso.kernel.refusals import NotFound
from tinhso.people import queries as people


@dataclass(frozen=True, slots=True)
class Place:
    agency: str
    unit: str


@dataclass(frozen=True, slots=True)
class Service:
    """What a version of a procedure says that is counted."""

    field: str
    level: str
    online: bool = False
    whole_online: bool = False
    has_fee: bool = False


NOWHERE = Place("", "")
UNKNOWN = Service("", "")


def service(version_id: UUID) -> Service:
    """Return what the version says; a version never changes. Empty where it is not known."""
    try:
        procedure = catalogue.of_version(version_id).procedure
    except NotFound:
        return UNKNOWN
    online = "online" in procedure.channels
    whole = online and procedure.online == "whole"
    return Service(procedure.field.vi, str(procedure.level), online, whole, bool(procedure.fees))


def place(agency_id: UUID) -> Place:
    """Return the agency's code and unit. Empty where it is not known."""
    try:
        agency = people.agency(agency_id)
    except NotFound:
        return NOWHERE
    return Place(agency.code, agency.unit_code)


class Places:
    """Remembers for one pass what was asked."""

    def __init__(self) -> None:
        self.place = lru_cache(maxsize=None)(place)
        self.service = lru_cache(maxsize=None)(service)
