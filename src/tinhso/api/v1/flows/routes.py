"""How dossiers really went: counted over those that who asks may see."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime

from tinhso.api.v1.asking import SIGNED_IN, actor_of
from tinhso.api.v1.flows.shapes import (
    ActivityOut,
    FlowBehindOut,
    FlowOut,
    FlowProcedureOut,
    FlowProceduresOut,
    PassageOut,
    PathOut,
)
from tinhso.api.v1.wording import language_of
from tinhso.flows import activities, queries
from tinhso.flows.queries import Question
from tinhso.flows.types import Activity, Passage, Path

router = Router(tags=["flows"], auth=SIGNED_IN)
Since = Annotated[AwareDatetime | None, Query(None, description="Filed from this moment on.")]
Until = Annotated[AwareDatetime | None, Query(None, description="Filed before this moment.")]
After = Annotated[UUID | None, Query(None, description="The last dossier read.")]


@router.get("", response=FlowProceduresOut, summary="List procedures whose dossiers one may follow")
def list_flows(request: HttpRequest, since: Since, until: Until) -> FlowProceduresOut:
    """The one with the most dossiers first."""
    found = queries.procedures(actor=actor_of(request), since=since, until=until)
    return FlowProceduresOut(items=[FlowProcedureOut(code=code, dossiers=many) for code, many in found])


@router.get("/{code}", response=FlowOut, summary="Read how the dossiers of a procedure went")
def get_flow(request: HttpRequest, code: str, since: Since, until: Until) -> FlowOut:
    """Activities by their place on the way, passages by the time spent on them, the commonest paths."""
    question = Question(procedure_code=code, since=since, until=until)
    flow, procedure = queries.flow(actor=actor_of(request), question=question), activities.procedure_of(code)

    def name(key: str) -> str:
        return activities.name_of(key, procedure, language=language_of(request))

    return FlowOut(
        code=code,
        dossiers=flow.dossiers,
        activities=[_activity(one, name(one.key)) for one in flow.activities],
        passages=[_passage(one) for one in flow.passages],
        paths=[_path(one) for one in flow.paths],
        paths_in_all=flow.paths_in_all,
    )


@router.get("/{code}/paths/{digest}", response=FlowBehindOut, summary="List the dossiers on one path")
def list_on_path(
    request: HttpRequest, code: str, digest: str, since: Since, until: Until, after: After
) -> FlowBehindOut:
    """By id; ``after`` is the last one read."""
    question = Question(procedure_code=code, since=since, until=until)
    found = queries.on_path(actor=actor_of(request), question=question, digest=digest, after=after)
    most = queries.MOST_DOSSIERS
    return FlowBehindOut(items=list(found[:most]), is_more=len(found) > most)


@router.get("/{code}/passages", response=FlowBehindOut, summary="List the slowest dossiers on one passage")
def list_between(
    request: HttpRequest, code: str, source: str, target: str, since: Since, until: Until
) -> FlowBehindOut:
    """Those that took longest from one activity straight to the other."""
    question = Question(procedure_code=code, since=since, until=until)
    found = queries.between(actor=actor_of(request), question=question, source=source, target=target)
    return FlowBehindOut(items=list(found), is_more=False)


def _path(one: Path) -> PathOut:
    return PathOut(
        digest=one.digest,
        activities=list(one.activities),
        dossiers=one.dossiers,
        median=one.median.total_seconds(),
    )


def _activity(one: Activity, name: str) -> ActivityOut:
    return ActivityOut(
        key=one.key,
        name=name,
        times=one.times,
        dossiers=one.dossiers,
        repeats=one.repeats,
        standing=one.standing,
    )


def _passage(one: Passage) -> PassageOut:
    return PassageOut(
        source=one.source,
        target=one.target,
        times=one.times,
        dossiers=one.dossiers,
        median=one.median.total_seconds(),
        slow=one.slow.total_seconds(),
        total=one.total.total_seconds(),
        is_back=one.is_back,
    )
