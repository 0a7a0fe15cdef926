"""Who in an agency has how much in hand, for whoever heads it; each figure opens its dossiers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.dossiers import queries, workload
from tinhso.dossiers.desk import COLUMNS
from tinhso.dossiers.selecting import in_order
from tinhso.dossiers.workload import Load
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people import policies as people_policies
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.web.desk import batches, cursors, work
from tinhso.web.desk import filters as chosen
from tinhso.web.desk.filters import Filters, as_uuid
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.inbox import rows_of

AGENCY = "co-quan"


@dataclass(frozen=True, slots=True)
class Figure:
    """:param url: the list it counts; empty for none"""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class LoadLine:
    """
    One officer, or what nobody holds.

    :param post: their titles in the agency; says so when they work there no longer
    :param give_url: where what they hold is handed over; empty when there is nothing
    """

    name: str
    post: str
    held: Figure
    overdue: Figure
    today: Figure
    done: Figure
    share: int
    give_url: str


@dataclass(frozen=True, slots=True)
class WorkloadPage:
    agency_id: UUID
    agency: str
    agencies: tuple[tuple[UUID, str, bool], ...]
    lines: tuple[LoadLine, ...]
    since: datetime


@require_safe
@officers_only
def workload_list(request: HttpRequest) -> HttpResponse:
    """Show the load of every officer of the agency. :raises NotAllowed: the officer heads none"""
    page = _page(actor_of(request), at=clock.now(), wanted=request.GET.get(AGENCY, ""))
    return draw(request, "desk/workload.html", page=page)


@require_safe
@officers_only
def done(request: HttpRequest, agency_id: UUID, account_id: UUID) -> HttpResponse:
    """List the dossiers in which an officer finished a step this week."""
    actor, at = actor_of(request), clock.now()
    rows = in_order(queries.work_list(actor=actor))
    found = workload.done_by(rows, actor=actor, at=at, agency_id=agency_id, account_id=account_id)
    if (place := cursors.read(request.GET.get("sau", ""))) is not None:
        found = found.filter(cursors.later_than(place))
    listed = list(found[: work.PAGE + 1])
    shown = listed[: work.PAGE]
    more = ""
    if len(listed) > work.PAGE:
        more = f"{request.path}?{urlencode({'sau': cursors.write(cursors.place_of(shown[-1]))})}"
    staff = {
        post.account_id: post.full_name for post in people.staff(actor=actor, agency_id=agency_id, at=at)
    }
    return draw(
        request,
        "desk/workload_done.html",
        rows=rows_of(shown, actor=actor, at=at),
        name=staff.get(account_id, _("Cán bộ không còn vị trí")),
        since=workload.monday(at),
        next_url=more,
        columns=COLUMNS,
        back_url=f"{reverse('desk:workload')}?{urlencode({AGENCY: str(agency_id)})}",
    )


def _page(actor: Actor, *, at: datetime, wanted: str) -> WorkloadPage:
    """:raises NotFound: the agency asked for is not one the officer heads"""
    heads = {
        post.agency_id: post.agency_name
        for post in actor.posts
        if people_policies.is_head(actor, agency_id=post.agency_id)
    }
    if not heads:
        raise NotAllowed
    agency_id = as_uuid(wanted) if wanted else next(iter(heads))
    if agency_id not in heads:
        raise NotFound
    return WorkloadPage(
        agency_id=agency_id,
        agency=heads[agency_id],
        agencies=tuple((pk, name, pk == agency_id) for pk, name in heads.items()) if len(heads) > 1 else (),
        lines=_lines(actor, at=at, agency_id=agency_id),
        since=workload.monday(at),
    )


def _lines(actor: Actor, *, at: datetime, agency_id: UUID) -> tuple[LoadLine, ...]:
    loads = workload.loads(actor=actor, at=at, agency_id=agency_id)
    names: dict[UUID, str] = {}
    titles: dict[UUID, list[str]] = {}
    for post in people.staff(actor=actor, agency_id=agency_id, at=at):
        names[post.account_id] = post.full_name
        titles.setdefault(post.account_id, []).append(post.title)
    most = max((load.held for load in loads.values()), default=0)
    known = sorted({*names, *(pk for pk in loads if pk is not None)}, key=lambda pk: names.get(pk, "~"))
    lines = [
        _line(
            loads.get(pk, Load()),
            agency_id=agency_id,
            account_id=pk,
            name=names.get(pk, _("Cán bộ không còn vị trí")),
            post=", ".join(dict.fromkeys(titles.get(pk, [_("không còn vị trí tại cơ quan")]))),
            most=most,
        )
        for pk in known
    ]
    if None in loads:
        nobody = _line(
            loads[None], agency_id=agency_id, account_id=None, name=_("Chưa giao"), post="", most=most
        )
        lines.insert(0, nobody)
    return tuple(lines)


def _line(
    load: Load, *, agency_id: UUID, account_id: UUID | None, name: str, post: str, most: int
) -> LoadLine:
    holder = str(account_id) if account_id else chosen.NOBODY
    whole = Filters(tab=chosen.ALL, holder=holder, office=str(agency_id))
    give = {batches.ACT: "ban-giao", batches.WHOLE: "1", batches.BACK: whole.query()}
    done_url = reverse("desk:workload-done", args=[agency_id, account_id]) if account_id else ""
    return LoadLine(
        name=name,
        post=post,
        held=Figure(load.held, whole.url()),
        overdue=Figure(load.overdue, whole.url(due=chosen.DUE_OVERDUE)),
        today=Figure(load.today, whole.url(due=chosen.DUE_TODAY)),
        done=Figure(load.done, done_url if load.done else ""),
        share=round(100 * load.held / most) if most else 0,
        give_url=f"{reverse('desk:batch-new')}?{urlencode(give)}" if load.held else "",
    )
