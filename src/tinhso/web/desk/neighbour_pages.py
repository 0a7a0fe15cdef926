"""The way from one dossier of a list to the next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.web.desk.guard import actor_of, officers_only
from tinhso.web.desk.neighbours import BACK, BACKWARDS, PLACE, beside, filters_of, url_of


@require_safe
@officers_only
def step(request: HttpRequest) -> HttpResponse:
    """Lead to the dossier behind or before a place in a list; at its end back to the list."""
    actor, at = actor_of(request), clock.now()
    back, backwards = request.GET.get(BACK, ""), bool(request.GET.get(BACKWARDS))
    filters = filters_of(actor, back)
    place = request.GET.get(PLACE, "")
    found = beside(actor=actor, at=at, back=back, place=place, backwards=backwards)
    if found is None:
        messages.info(request, _("Đã đến đầu danh sách.") if backwards else _("Đã hết danh sách."))
        return redirect(filters.url(chosen="", after=""))
    return redirect(url_of(found, filters))
