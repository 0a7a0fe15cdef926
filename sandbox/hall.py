"""Lay out the one-stop of the reference commune for the demonstration; what is there is left as it is."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from ruamel.yaml import YAML

from tinhso.appointments import queries
from tinhso.appointments.actions.offer import ServiceIn, save_counter, save_service
from tinhso.appointments.actions.set_up import open_hall
from tinhso.kernel.refusals import NotFound
from tinhso.people.queries import competent_agency
from tinhso.people.types import system

PLAN = Path(__file__).with_name("hall.yaml")
SEEDER = system("demo")


@transaction.atomic
def lay_out(*, at: datetime) -> None:
    """Make the hall with its services and counters, unless the agency has one."""
    plan = YAML(typ="safe").load(PLAN)
    agency_id = competent_agency(plan["agency"]["kind"], plan["agency"]["unit"]).id
    if _has_hall(agency_id):
        return
    open_hall(actor=SEEDER, at=at, agency_id=agency_id)
    services = {
        said["letter"]: save_service(actor=SEEDER, at=at, agency_id=agency_id, said=_service(said))
        for said in plan["services"]
    }
    for said in plan["counters"]:
        save_counter(
            actor=SEEDER,
            at=at,
            agency_id=agency_id,
            number=said["number"],
            name=said["name"],
            service_ids=[services[letter] for letter in said["letters"]],
        )


def _has_hall(agency_id: UUID) -> bool:
    try:
        queries.hall_of(agency_id)
    except NotFound:
        return False
    return True


def _service(said: dict[str, Any]) -> ServiceIn:
    return ServiceIn(
        letter=said["letter"],
        name=said["name"]["vi"],
        name_en=said["name"]["en"],
        codes=(),
        fields=said["fields"],
        places=said["places"],
        minutes=said["minutes"],
        is_open=True,
    )
