"""Another slot for somebody who asks at the counter or by telephone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.appointments import queries
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people import queries as people
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.looking import note_counter
from tinhso.web.desk.queue.office import serving
from tinhso.web.halls import moving
from tinhso.web.halls.booked import booking_line
from tinhso.web.parts import LinkedError
from tinhso.web.refusing import status_of


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def move(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Choose another slot; the former one is kept until then. :raises NotFound: not visible to the officer"""
    if request.method != "POST":
        return _move(request, booking_id)
    try:
        made = moving.moved(request, actor=actor_of(request), at=clock.now(), booking_id=booking_id)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _move(request, booking_id, (LinkedError("slots", refusal.sentence()),), status_of(refusal))
    words = _("Đã đổi sang %(when)s. Mã nhận số %(code)s không đổi; người đặt được báo.")
    line = booking_line(made)
    messages.success(request, words % {"when": line.when, "code": line.code})
    return redirect("desk:queue-book", made.person_id)


def _move(
    request: HttpRequest, booking_id: UUID, errors: tuple[LinkedError, ...] = (), status: int = 200
) -> HttpResponse:
    """:raises BookingOver: nothing is left to be moved"""
    actor, at = actor_of(request), clock.now()
    agency_id = serving(actor)
    one = queries.access_booking(actor=actor, booking_id=booking_id)
    person = people.access_person(actor=actor, person_id=one.person_id)
    note_counter(actor=actor, at=at, person_id=one.person_id, agency_id=agency_id)
    context = moving.choices(request, one=one, at=at)
    line = booking_line(one)
    return draw(
        request, "desk/queue/move.html", status, person=person, booking=line, errors=errors, **context
    )
