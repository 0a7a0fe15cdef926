"""Sign several results at once, each on its own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tinhso.dossiers import queries
from tinhso.dossiers.actions.sign_several import Outcome, sign_several
from tinhso.dossiers.models import Dossier
from tinhso.kernel import clock
from tinhso.people.types import Actor
from tinhso.web.desk import filters as chosen
from tinhso.web.desk import work
from tinhso.web.desk.filters import Filters, as_uuid
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.inbox import WorkRow, rows_of

MOST = 50


@dataclass(frozen=True, slots=True)
class ToSign:
    row: WorkRow
    preview_url: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of one dossier: its number, or why it was not signed."""

    row: WorkRow
    number: str
    why_not: str


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def signing(request: HttpRequest) -> HttpResponse:
    """List what waits for this officer's signature; sign what they ticked and say what became of each."""
    actor, at = actor_of(request), clock.now()
    if request.method != "POST":
        return draw(request, "desk/signing.html", rows=_waiting(actor, at))
    ids = [pk for value in request.POST.getlist("ky")[:MOST] if (pk := as_uuid(value))]
    if not ids:
        return draw(request, "desk/signing.html", status=422, rows=_waiting(actor, at), nothing_ticked=True)
    outcomes = sign_several(actor=actor, at=at, dossier_ids=ids)
    return draw(request, "desk/signed.html", signed=_told(outcomes, actor=actor, at=at))


def _waiting(actor: Actor, at: datetime) -> tuple[ToSign, ...]:
    pairs = {(heap.version_id, heap.step) for heap in work.heaps(actor=actor, at=at) if heap.is_to_sign}
    found = work.listed(actor=actor, at=at, filters=Filters(tab=chosen.TO_SIGN), pairs=pairs)
    rows = rows_of(queries.mine(found, actor)[:MOST], actor=actor, at=at)
    return tuple(ToSign(row, reverse("desk:preview", args=[row.id])) for row in rows)


def _told(outcomes: tuple[Outcome, ...], *, actor: Actor, at: datetime) -> tuple[Signed, ...]:
    ids: list[UUID] = [outcome.dossier_id for outcome in outcomes]
    found: list[Dossier] = list(work.in_order(queries.work_list(actor=actor)).filter(pk__in=ids))
    rows = {row.id: row for row in rows_of(found, actor=actor, at=at)}
    return tuple(
        Signed(
            rows[outcome.dossier_id], outcome.number, outcome.refusal.sentence() if outcome.refusal else ""
        )
        for outcome in outcomes
        if outcome.dossier_id in rows
    )
