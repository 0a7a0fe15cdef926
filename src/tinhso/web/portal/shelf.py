"""What is on offer, as lists show it."""

from django.conf import settings
from django.utils.translation import gettext as _

from tinhso.definitions.roles import AgencyKind, LifeEvent, load_agency_kinds, load_life_events
from tinhso.definitions.types import Level
from tinhso.web.portal.language import say


def life_events() -> tuple[LifeEvent, ...]:
    """Return the life events in the National Portal's order."""
    return load_life_events(settings.TINHSO.packs)


def life_event_name(event_id: str) -> str:
    """Return the name of an event of life."""
    return next((say(event.name) for event in life_events() if event.id == event_id), event_id)


def agency_kinds() -> tuple[AgencyKind, ...]:
    """Return the kinds of agencies."""
    return load_agency_kinds(settings.TINHSO.packs)


def agency_kind_name(kind: str) -> str:
    """Return the name of a kind of agency, e.g. «Sở Xây dựng»."""
    return next((say(one.name) for one in agency_kinds() if one.id == kind), kind)


def level_name(level: str) -> str:
    return _("Cấp xã") if level == Level.COMMUNE else _("Cấp tỉnh")


def audience_name(audience: str) -> str:
    """Return who may file: ``citizen``, ``business`` or ``organisation`` in words."""
    return {"citizen": _("Công dân"), "business": _("Doanh nghiệp"), "organisation": _("Tổ chức")}[audience]
