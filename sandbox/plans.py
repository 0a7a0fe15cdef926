"""Enter made-up values into the plan of the demonstration, by officers of the cast; each is a sample."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from ruamel.yaml import YAML

from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.plans.actions.assign import change_owner, set_blocked_by
from tinhso.plans.actions.decide_value import confirm_value
from tinhso.plans.actions.enter_value import enter_value
from tinhso.plans.actions.report_task import report_task
from tinhso.plans.models import TargetValue
from tinhso.plans.proofs import Proof
from tinhso.plans.reading import plans

PLAN = Path(__file__).with_name("plans.yaml")


@transaction.atomic
def fill(*, at: datetime) -> None:
    """Enter what the plan says, unless anything was entered for it, or the packs have no such plan."""
    told = YAML(typ="safe").load(PLAN)
    plan_id = told["plan"]
    if plan_id not in plans() or TargetValue.objects.filter(plan_id=plan_id).exists():
        return
    clerk, head = _officer(told["by"], at), _officer(told["confirmed_by"], at)
    proof = Proof(document_number=told["document"], note=told["note"])
    for value_id in _enter(told["values"], clerk, at=at, plan_id=plan_id, proof=proof):
        confirm_value(actor=head, at=at, value_id=value_id)
    _enter(told["waiting"], clerk, at=at, plan_id=plan_id, proof=proof)
    _arrange(told, head, at=at)
    for one in told["reports"]:
        report_task(
            actor=clerk,
            at=at,
            plan_id=plan_id,
            task_id=one["task"],
            progress=one["progress"],
            proof=proof,
            is_sample=True,
        )


def _enter(lines: list[Any], clerk: Actor, *, at: datetime, plan_id: str, proof: Proof) -> list[UUID]:
    return [
        enter_value(
            actor=clerk,
            at=at,
            plan_id=plan_id,
            target_id=line["target"],
            value=Decimal(value),
            as_of=on if isinstance(on, date) else date.fromisoformat(on),
            proof=proof,
            is_sample=True,
        )
        for line in lines
        for on, value in line["values"].items()
    ]


def _arrange(told: dict[str, Any], head: Actor, *, at: datetime) -> None:
    for one in told["owners"]:
        (agency,) = people.agencies(kind=one["kind"])
        change_owner(
            actor=head,
            at=at,
            plan_id=told["plan"],
            part=one["part"],
            part_id=one["id"],
            agency_code=agency.code,
            reason=told["note"],
        )
    for one in told["waits"]:
        set_blocked_by(
            actor=head,
            at=at,
            plan_id=told["plan"],
            task_id=one["task"],
            blocked_by=one["blocked_by"],
            reason=told["note"],
        )


def _officer(username: str, at: datetime) -> Actor:
    return people.actor_of(people.officer_by_username(username), at=at)
