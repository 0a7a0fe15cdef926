"""What visitors said of one's own agency: the public figures, and their words, which are not public."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.surveys import queries
from tinhso.surveys.queries import Words
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.portal.survey import ResultsPage, results_page


@dataclass(frozen=True, slots=True)
class Heard:
    """One agency of the officer's."""

    results: ResultsPage
    words: tuple[Words, ...]
    poster_url: str
    results_url: str
    kiosk_url: str


@require_safe
@officers_only
def heard(request: HttpRequest) -> HttpResponse:
    """Show each agency the officer has a post in; ``?co-quan=`` another one to those who watch."""
    actor = actor_of(request)
    codes = _codes(actor, request.GET.get("co-quan", ""))
    return draw(request, "desk/survey.html", heard=tuple(_heard(actor, code) for code in codes))


def _codes(actor: Actor, wanted: str) -> tuple[str, ...]:
    if wanted:
        return (people.agency_by_code(wanted).code,)
    return tuple(sorted({people.agency(agency_id).code for agency_id in actor.agency_ids}))


def _heard(actor: Actor, code: str) -> Heard:
    figures = queries.figures_of(agency_code=code, at=clock.now())
    return Heard(
        results=results_page(figures),
        words=queries.words_of(actor=actor, agency_id=figures.agency.id),
        poster_url=reverse("portal:survey-poster", args=[code]),
        results_url=reverse("portal:survey-results", args=[code]),
        kiosk_url=f"{reverse('portal:survey', args=[code])}?ki-ot=1",
    )
