"""What if: a simulation fitted on finished dossiers that who asks may see."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from tinhso.api.v1.asking import SIGNED_IN, actor_of
from tinhso.kernel.refusals import NotAllowed
from tinhso.whatif import queries
from tinhso.whatif.refusals import TooFewDossiers
from tinhso.whatif.running import outcome
from tinhso.whatif.types import Change, Past, Station

router = Router(tags=["what-if"], auth=SIGNED_IN)


class AwayIn(Schema):
    role: str
    officers: int = Field(ge=1)


class WhatIfIn(Schema):
    agency_id: UUID
    since: AwareDatetime
    until: AwareDatetime
    arrivals: float = Field(1.0, ge=0.1, le=4.0, description="Of today's; 1.3 for thirty percent more.")
    away: list[AwayIn] = []


class WhatIfLoadOut(Schema):
    role: str
    officers: int
    busy: float = Field(description="Share of the officers' time that is work; above 1 the queue only grows.")
    wait: float = Field(description="Mean minutes of working time a dossier queues.")


class WhatIfOut(Schema):
    cases: int = Field(description="Finished dossiers it is fitted on.")
    on_time: float | None = Field(description="Share of the dossiers with a deadline.")
    least: float | None = Field(description="Lowest share of all rounds.")
    most: float | None = Field(description="Highest share of all rounds.")
    median: float = Field(description="Minutes of working time in which half were done.")
    slow: float = Field(description="Minutes of working time in which nine of ten were done.")
    loads: list[WhatIfLoadOut]


@router.post("", response=WhatIfOut, summary="Simulate more dossiers or absent officers")
def simulate_change(request: HttpRequest, body: WhatIfIn) -> WhatIfOut:
    """The same question has the same answer. Without a change it tells how close the simulation comes."""
    actor = actor_of(request)
    if not actor.is_officer:
        raise NotAllowed
    past = queries.past(actor=actor, agency_id=body.agency_id, since=body.since, until=body.until)
    if len(past.cases) < queries.FEWEST_CASES:
        raise TooFewDossiers(fewest=queries.FEWEST_CASES, count=len(past.cases))
    found = outcome(past, Change(arrivals=body.arrivals, away=_away(body, past)))
    return WhatIfOut(
        cases=len(past.cases),
        on_time=found.on_time,
        least=found.least,
        most=found.most,
        median=found.median,
        slow=found.slow,
        loads=[
            WhatIfLoadOut(role=station.role, officers=load.officers, busy=load.busy, wait=load.wait)
            for station, load in found.loads.items()
        ],
    )


def _away(body: WhatIfIn, past: Past) -> dict[Station, int]:
    """Return who is away by station; somebody always stays."""
    asked = {one.role: one.officers for one in body.away}
    return {
        station: min(asked.get(station.role, 0), officers - 1) for station, officers in past.officers.items()
    }
