"""How the whole catalogue is published: how many procedures have all parts, and were published in time."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.definitions import measuring
from tinhso.web.portal.differences import part_name
from tinhso.web.portal.language import say

MOST_NAMED = 50


@dataclass(frozen=True, slots=True)
class LackingLine:
    code: str
    name: str
    url: str
    lacking: str


@dataclass(frozen=True, slots=True)
class PublicationPage:
    """
    :param lines: procedures that lack a part, at most ``MOST_NAMED``
    :param more: how many lack a part beyond those
    """

    count: int
    whole: int
    whole_share: str
    in_time: int
    late: int
    unmeasured: int
    lines: tuple[LackingLine, ...]
    more: int
    rule_days: int
    rule_source: str
    parts_source: str


@require_safe
def publication(request: HttpRequest) -> HttpResponse:
    """Show the figures and what is missing."""
    return render(request, "portal/publication.html", {"page": publication_page()})


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Show where the catalogue can be had as data."""
    return render(request, "portal/open_data.html")


def publication_page() -> PublicationPage:
    """Return the figures of this moment."""
    found = measuring.measure()
    duty = found.rules.publish_within.get("province")
    lacking = [one for one in found.measured if one.lacking]
    count, whole = len(found.measured), len(found.measured) - len(lacking)
    return PublicationPage(
        count=count,
        whole=whole,
        whole_share=f"{100 * whole / count:.1f}".replace(".", ",") if count else "0",
        in_time=sum(one.days_late == 0 for one in found.measured),
        late=sum(bool(one.days_late) for one in found.measured),
        unmeasured=sum(one.days_late is None for one in found.measured),
        lines=tuple(
            LackingLine(
                one.code,
                say(one.name),
                reverse("portal:procedure", args=[one.code]),
                "; ".join(part_name(part) for part in one.lacking),
            )
            for one in lacking[:MOST_NAMED]
        ),
        more=max(0, len(lacking) - MOST_NAMED),
        rule_days=duty.days if duty else 0,
        rule_source=duty.source if duty else "",
        parts_source=found.rules.required_source,
    )
