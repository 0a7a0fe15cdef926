"""What is on offer, as lists show it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.roles import AgencyKind, LifeEvent, load_agency_kinds, load_life_events
from tinhso.definitions.types import Level, Procedure
from tinhso.dossiers.time_limits import in_words
from tinhso.web.portal.language import language, say


@dataclass(frozen=True, slots=True)
class Offer:
    """One procedure in a list."""

    code: str
    name: str
    url: str
    summary: str
    time: str
    agency: str
    field: str


def offer(procedure: Procedure) -> Offer:
    """Return the procedure as a list shows it."""
    return Offer(
        code=procedure.code,
        name=say(procedure.name),
        url=reverse("portal:procedure", args=[procedure.code]),
        summary=say(procedure.summary),
        time=in_words(procedure.time, language()),
        agency=agency_kind_name(procedure.agency),
        field=say(procedure.field),
    )


def life_events() -> tuple[LifeEvent, ...]:
    """Return the life events in the National Portal's order."""
    return load_life_events(settings.TINHSO.packs)


def agency_kinds() -> tuple[AgencyKind, ...]:
    """Return the kinds of agencies."""
    return load_agency_kinds(settings.TINHSO.packs)


def agency_kind_name(kind: str) -> str:
    """Return the name of a kind of agency, e.g. «Sở Xây dựng»."""
    return next((say(one.name) for one in agency_kinds() if one.id == kind), kind)


def level_name(level: Level) -> str:
    return _("Cấp xã") if level is Level.COMMUNE else _("Cấp tỉnh")
