"""A code of the national list that is not filed here: who handles it, and where to turn."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions import history, searching
from tinhso.definitions.catalogue import ProcedureMissing
from tinhso.definitions.search import facets
from tinhso.definitions.searching import Card
from tinhso.web.parts import Crumb
from tinhso.web.portal.language import say
from tinhso.web.portal.listing import Listed, issuer_name, listed
from tinhso.web.portal.shelf import level_name

NATIONAL_PORTAL = "https://dichvucong.gov.vn"
MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class UnhandledPage:
    """
    :param levels: issuer: what the national list says; empty where it says nothing
    :param withdrawn_at: since when it is no longer filed here; None where it never was
    :param alike: what can be filed here and may be meant instead
    """

    code: str
    name: str
    field: str
    levels: str
    issuer: str
    withdrawn_at: datetime | None
    portal_url: str
    alike: tuple[Listed, ...]
    field_url: str
    history_url: str
    crumbs: tuple[Crumb, ...]


def unhandled_page(code: str) -> UnhandledPage:
    """Return the page of a code that cannot be filed here. :raises ProcedureMissing: nobody knows the code"""
    happened = history.history_of(code)
    card = searching.card(code) or _withdrawn(code, bool(happened))
    catalogue_url = reverse("portal:catalogue")
    return UnhandledPage(
        code=code,
        name=say(card.name),
        field=say(card.field),
        levels=_(" và ").join(level_name(level) for level in card.levels),
        issuer=issuer_name(card.issuer),
        withdrawn_at=happened[0].at if happened and happened[0].what == "withdrawn" else None,
        portal_url=NATIONAL_PORTAL,
        alike=tuple(listed(one) for one in searching.alike(code, MOST_ALIKE)),
        field_url=f"{catalogue_url}?linh-vuc={facets.slug(card.field.vi)}" if card.field else "",
        history_url=reverse("portal:history", args=[code]) if happened else "",
        crumbs=(Crumb(_("Trang chủ"), reverse("portal:home")), Crumb(_("Thủ tục"), catalogue_url)),
    )


def _withdrawn(code: str, was_here: bool) -> Card:
    """Return what the last version said of a procedure that is in no list any more."""
    if not was_here:
        raise ProcedureMissing(procedure=code)
    last = history.history_of(code)[0]
    law = history.version_of(code, last.version_id).procedure
    return Card(code, law.name, law.field, (law.level.value,), "", filed_here=False)
