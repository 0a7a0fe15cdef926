"""What a button on a plan's part does: the act and a sentence, or the same page with why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tinhso.forms.types import FieldError
from tinhso.kernel.refusals import Refusal
from tinhso.plans.actions.assign import change_owner
from tinhso.web.desk.guard import actor_of
from tinhso.web.parts import LinkedError
from tinhso.web.plans import asking
from tinhso.web.refusing import errors_of, status_of

DO = "viec"
Errors = tuple[FieldError | LinkedError, ...]
# Request, plan, part of it, moment.
Run = Callable[[HttpRequest, str, str, datetime], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """
    :param said: what is told once it is done
    :param box: where an error of no box of its own is shown
    """

    run: Run
    said: object
    box: str = ""


def carry_out(
    request: HttpRequest,
    deeds: Mapping[str, Deed],
    plan_id: str,
    part_id: str,
    *,
    at: datetime,
    refused: Callable[[Errors, int], HttpResponse],
) -> HttpResponse:
    """
    Do what the button sent and lead back to the page.

    :param refused: draws the page with what was typed, from the errors and the status
    """
    deed = deeds.get(request.POST.get(DO, ""))
    if deed is None:
        return redirect(request.path)
    try:
        deed.run(request, plan_id, part_id, at)
    except Refusal as refusal:
        return refused(errors_of(refusal, field_name=deed.box), status_of(refusal))
    messages.success(request, str(deed.said))
    return redirect(request.path)


def assigning(part: Literal["target", "task"]) -> Run:
    """Return the deed that gives a target or a task to another agency."""

    def assign(request: HttpRequest, plan_id: str, part_id: str, at: datetime) -> None:
        change_owner(
            actor=actor_of(request),
            at=at,
            plan_id=plan_id,
            part=part,
            part_id=part_id,
            agency_code=request.POST.get(asking.OWNER, ""),
            reason=request.POST.get(asking.OWNER_REASON, ""),
        )

    return assign
