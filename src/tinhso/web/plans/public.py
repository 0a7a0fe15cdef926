"""Plans for citizens: what was promised, how it stands, and where each figure comes from."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.people.types import ANONYMOUS
from tinhso.plans import queries
from tinhso.web.plans.desk import PlanLine, plan_line
from tinhso.web.plans.rows import plan_page
from tinhso.web.plans.target_page import target_page

AREA = "plans-public"


@dataclass(frozen=True, slots=True)
class HomePage:
    plans: tuple[PlanLine, ...]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the public plans, to whoever reads."""
    views = queries.list_plans(actor=ANONYMOUS, at=clock.now())
    page = HomePage(tuple(plan_line(one, area=AREA) for one in views))
    return render(request, "plans/public_home.html", {"page": page})


@require_safe
def plan(request: HttpRequest, plan_id: str) -> HttpResponse:
    """Show one public plan, the same to everybody. :raises PlanMissing: there is none"""
    at = clock.now()
    view = queries.access_plan(actor=ANONYMOUS, at=at, plan_id=plan_id)
    return render(request, "plans/public_plan.html", {"page": plan_page(view, area=AREA, at=at)})


@require_safe
def target(request: HttpRequest, plan_id: str, target_id: str) -> HttpResponse:
    """Show one target of a public plan. :raises PlanMissing, TargetMissing: there is none"""
    at = clock.now()
    view, found = queries.access_target(actor=ANONYMOUS, at=at, plan_id=plan_id, target_id=target_id)
    page = target_page(view, found, data=QueryDict())
    return render(request, "plans/public_target.html", {"page": page})
