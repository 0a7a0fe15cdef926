"""A procedure as it is posted on the wall of the one-stop: every part the law asks for, and a QR code."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.definitions import catalogue
from tinhso.definitions.history import first_published_at
from tinhso.definitions.publicity import publication_of
from tinhso.definitions.types import Procedure
from tinhso.kernel import clock
from tinhso.people.types import ANONYMOUS
from tinhso.web.portal.differences import part_name
from tinhso.web.portal.procedure import ProcedurePage, procedure_page
from tinhso.web.portal.published import PublishedView, forms, published_view, ways
from tinhso.web.portal.shelf import audience_name


@dataclass(frozen=True, slots=True)
class PosterPage:
    """
    :param titles: what the law calls each part, by its name
    :param url: the whole address of the procedure, for the QR code
    """

    procedure: ProcedurePage
    published: PublishedView
    titles: dict[str, str]
    ways: str
    forms: str
    audience: str
    result_code: str
    url: str
    printed_at: datetime


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Show the procedure ready for print. :raises ProcedureMissing: it is not on offer"""
    law = catalogue.current(code).procedure
    url = request.build_absolute_uri(reverse("portal:procedure", args=[code]))
    return render(request, "portal/poster.html", {"page": poster_page(law, url, at=clock.now())})


def poster_page(law: Procedure, url: str, *, at: datetime) -> PosterPage:
    """Return what is printed; the same for everybody."""
    published = published_view(law, publication_of(law, first_published_at(law.code)))
    return PosterPage(
        procedure=procedure_page(law, ANONYMOUS, at=at),
        published=published,
        titles={part.name: part_name(part.name) for part in published.parts},
        ways=ways(law),
        forms=forms(law),
        audience=", ".join(audience_name(one) for one in law.audience),
        result_code=law.result.code,
        url=url,
        printed_at=at,
    )
