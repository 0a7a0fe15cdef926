"""What becomes of deadlines if more dossiers come or officers are away, simulated from one's own past."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.web.desk import periods
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.whatif import asking
from tinhso.web.whatif.page import fitted, what_if_page

USUAL_DAYS = timedelta(days=90)


@require_safe
@officers_only
def show(request: HttpRequest) -> HttpResponse:
    """Ask what is to change, and show what would become of dossiers like those of the period."""
    actor, at = actor_of(request), clock.now()
    period = periods.read(request.GET, since=local(at - USUAL_DAYS).date())
    offices = asking.offices(actor, request.GET)
    past = fitted(actor, next(one for one in offices if one.is_chosen), period, at=at)
    page = what_if_page(past, asking.read(request.GET, past), offices, period)
    return draw(request, "whatif/page.html", 422 if page.errors or period.wrong else 200, page=page)
