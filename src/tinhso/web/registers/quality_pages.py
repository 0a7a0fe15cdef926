"""Quality at the desk: the four words as figures, and the pairs that wait for a decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.definitions.registers.reading import register
from tinhso.kernel import clock
from tinhso.registers.actions.seek_twins import decide_twins
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.registers.quality_page import quality_page
from tinhso.web.registers.twin_page import twin_page


@require_safe
@officers_only
def figures(request: HttpRequest, register_id: str) -> HttpResponse:
    """Show how good a register is, and where it is not."""
    page = quality_page(actor=actor_of(request), at=clock.now(), definition=register(register_id))
    return draw(request, "registers/quality.html", page=page)


@require_safe
@officers_only
def twins(request: HttpRequest, register_id: str) -> HttpResponse:
    """Show the likeliest pair nobody has decided on."""
    page = twin_page(actor=actor_of(request), at=clock.now(), definition=register(register_id))
    return draw(request, "registers/twins.html", page=page)


@require_POST
@officers_only
def apart(request: HttpRequest, register_id: str, twin_id: UUID) -> HttpResponse:
    """Say that the two are not one; the next pair comes."""
    decide_twins(actor=actor_of(request), at=clock.now(), twin_id=twin_id, are_one=False)
    messages.success(request, _("Đã ghi: hai bản ghi là khác nhau. Cặp này không được hỏi lại."))
    return redirect("registers:twins", register_id)
