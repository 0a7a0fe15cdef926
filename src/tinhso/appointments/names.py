"""How a hall is called."""

from tinhso.calendars.types import Words
from tinhso.people.models import Agency


def name_of(agency: Agency) -> Words:
    """Return the agency's name in both languages."""
    return Words(vi=agency.name, en=agency.name_en or agency.name)
