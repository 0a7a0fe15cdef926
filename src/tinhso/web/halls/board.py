"""The display of a hall: numbers and counters, nothing else."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tinhso.appointments import following, queries
from tinhso.appointments.models import Hall
from tinhso.appointments.types import BoardLine
from tinhso.kernel import clock
from tinhso.web.halls.words import said
from tinhso.web.live.polling import part_of, wants_part

FRESH_SECONDS = 20


@dataclass(frozen=True, slots=True)
class CallLine:
    """
    One number at one counter.

    :param call: changes with each call, so that each is spoken once
    :param spoken: what the browser says, the number letter by letter
    :param fresh: called a moment ago
    """

    label: str
    counter: int
    call: str
    spoken: str
    fresh: bool
    serving: bool


@never_cache
@require_safe
def board(request: HttpRequest, board_key: str) -> HttpResponse:
    """Show who is called where; scripts ask for the part alone. :raises NotFound: the key opens nothing"""
    hall, at = queries.hall_by_board(board_key), clock.now()
    if wants_part(request):
        return part_of(
            request,
            at=at,
            seconds=FRESH_SECONDS // 2,
            draw=lambda: _draw(request, hall, "halls/_board.html", at),
        )
    return _draw(request, hall, "halls/board.html", at)


def _draw(request: HttpRequest, hall: Hall, template: str, at: datetime) -> HttpResponse:
    shown = following.board_of(hall, at=at)
    context = {
        "office": said(shown.agency_name),
        "at": at,
        "lines": [call_line(line, at=at) for line in shown.lines],
        "waiting": [(letter, said(name), count) for letter, name, count in shown.waiting],
        "total": sum(count for _letter, _name, count in shown.waiting),
        "is_open": hall.is_open,
    }
    return render(request, template, context)


def call_line(line: BoardLine, *, at: datetime) -> CallLine:
    """Put a call into words."""
    spelt = " ".join(line.label[0] + line.label[1:].lstrip("0"))
    return CallLine(
        label=line.label,
        counter=line.counter,
        call=f"{line.label}-{line.counter}-{line.calls}",
        spoken=_("Mời số %(number)s đến quầy %(counter)s.") % {"number": spelt, "counter": line.counter},
        fresh=not line.is_serving and (at - line.called_at).total_seconds() < FRESH_SECONDS,
        serving=line.is_serving,
    )
