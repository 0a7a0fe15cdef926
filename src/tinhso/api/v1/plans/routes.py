"""``/plans``: targets and tasks as they stand, open where the plan is public; acts for officers."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.plans.shapes import (
    OwnerIn,
    PlanListOut,
    PlanOut,
    PlanReasonIn,
    PlanWrittenOut,
    ReportIn,
    TargetWholeOut,
    TaskWholeOut,
    ValueIn,
    WaitsIn,
    plan_out,
    row_out,
    target_whole_out,
    task_whole_out,
)
from tinhso.api.v1.wording import language_of
from tinhso.plans import queries
from tinhso.plans.actions.assign import change_owner, set_blocked_by
from tinhso.plans.actions.decide_value import confirm_value, refuse_value
from tinhso.plans.actions.enter_value import enter_value
from tinhso.plans.actions.report_task import report_task

router = Router(tags=["plans"])


@router.get("/plans", response=PlanListOut, summary="List plans")
def list_plans(request: HttpRequest) -> PlanListOut:
    """Public ones; to officers also plans of other provinces, as examples."""
    language = language_of(request)
    return PlanListOut(items=[row_out(one, language) for one in queries.list_plans(**by(request))])


@router.get("/plans/{plan_id}", response=PlanOut, summary="Read a plan")
def read_plan(request: HttpRequest, plan_id: str) -> PlanOut:
    """As it stands now; every status is computed."""
    return plan_out(queries.access_plan(**by(request), plan_id=plan_id), language_of(request))


@router.get("/plans/{plan_id}/targets/{target_id}", response=TargetWholeOut, summary="Read a target")
def read_target(request: HttpRequest, plan_id: str, target_id: str) -> TargetWholeOut:
    """With the entered values; citizens see those that count, without names."""
    view, one = queries.access_target(**by(request), plan_id=plan_id, target_id=target_id)
    return target_whole_out(view, one, language_of(request))


@router.get("/plans/{plan_id}/tasks/{task_id}", response=TaskWholeOut, summary="Read a task")
def read_task(request: HttpRequest, plan_id: str, task_id: str) -> TaskWholeOut:
    """With what was reported on it, to officers."""
    view, one = queries.access_task(**by(request), plan_id=plan_id, task_id=task_id)
    return task_whole_out(view, one, language_of(request))


@router.post(
    "/plans/{plan_id}/targets/{target_id}/values",
    auth=SIGNED_IN,
    response={201: PlanWrittenOut},
    summary="Enter a value",
)
def post_value(request: HttpRequest, plan_id: str, target_id: str, body: ValueIn) -> PlanWrittenOut:
    """It counts once somebody else has confirmed it."""
    written = enter_value(
        **by(request),
        plan_id=plan_id,
        target_id=target_id,
        value=Decimal(body.value),
        as_of=body.as_of,
        proof=body.proof(),
        corrects=body.corrects,
    )
    return PlanWrittenOut(id=written)


@router.post(
    "/plan-values/{uuid:value_id}/confirmation",
    auth=SIGNED_IN,
    response={204: None},
    summary="Confirm a value",
)
def post_confirmation(request: HttpRequest, value_id: UUID) -> None:
    """By somebody else than who entered it."""
    confirm_value(**by(request), value_id=value_id)


@router.post(
    "/plan-values/{uuid:value_id}/refusal", auth=SIGNED_IN, response={204: None}, summary="Refuse a value"
)
def post_value_refusal(request: HttpRequest, value_id: UUID, body: PlanReasonIn) -> None:
    """It never counts, and stays readable with the reason."""
    refuse_value(**by(request), value_id=value_id, reason=body.reason)


@router.post(
    "/plans/{plan_id}/tasks/{task_id}/reports",
    auth=SIGNED_IN,
    response={201: PlanWrittenOut},
    summary="Report on a task",
)
def post_report(request: HttpRequest, plan_id: str, task_id: str, body: ReportIn) -> PlanWrittenOut:
    """The last report rules; earlier ones stay."""
    written = report_task(
        **by(request), plan_id=plan_id, task_id=task_id, progress=body.progress, proof=body.proof()
    )
    return PlanWrittenOut(id=written)


@router.put(
    "/plans/{plan_id}/tasks/{task_id}/blocked-by",
    auth=SIGNED_IN,
    response=PlanWrittenOut,
    summary="Say what a task waits for",
)
def put_blocked_by(request: HttpRequest, plan_id: str, task_id: str, body: WaitsIn) -> PlanWrittenOut:
    """By the agency that coordinates the plan; circles are refused."""
    written = set_blocked_by(
        **by(request), plan_id=plan_id, task_id=task_id, blocked_by=body.blocked_by, reason=body.reason
    )
    return PlanWrittenOut(id=written)


@router.put(
    "/plans/{plan_id}/tasks/{task_id}/owner",
    auth=SIGNED_IN,
    response=PlanWrittenOut,
    summary="Give a task away",
)
def put_task_owner(request: HttpRequest, plan_id: str, task_id: str, body: OwnerIn) -> PlanWrittenOut:
    """To another agency, by the agency that coordinates the plan."""
    written = change_owner(
        **by(request),
        plan_id=plan_id,
        part="task",
        part_id=task_id,
        agency_code=body.agency,
        reason=body.reason,
    )
    return PlanWrittenOut(id=written)


@router.put(
    "/plans/{plan_id}/targets/{target_id}/owner",
    auth=SIGNED_IN,
    response=PlanWrittenOut,
    summary="Give a target away",
)
def put_target_owner(request: HttpRequest, plan_id: str, target_id: str, body: OwnerIn) -> PlanWrittenOut:
    """To another agency, by the agency that coordinates the plan."""
    written = change_owner(
        **by(request),
        plan_id=plan_id,
        part="target",
        part_id=target_id,
        agency_code=body.agency,
        reason=body.reason,
    )
    return PlanWrittenOut(id=written)
