"""What waits for the officer's signature; several are signed as a batch, each on its own."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.dossiers import queries
from tinhso.dossiers.actions.ask_batch import MOST
from tinhso.kernel import clock
from tinhso.kernel.ids import new_id
from tinhso.people.types import Actor
from tinhso.web.desk import filters as chosen
from tinhso.web.desk import work
from tinhso.web.desk.filters import Filters
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.inbox import rows_of
from tinhso.web.desk.work_row import WorkRow

PAGE = 100


@dataclass(frozen=True, slots=True)
class ToSign:
    row: WorkRow
    preview_url: str


@require_safe
@officers_only
def signing(request: HttpRequest) -> HttpResponse:
    """List what waits for this officer's signature; what they tick goes to ``batch_pages.new``."""
    rows = _waiting(actor_of(request), clock.now())
    return draw(
        request,
        "desk/signing.html",
        rows=rows[:PAGE],
        is_more=len(rows) > PAGE,
        most=MOST,
        token=new_id(),
    )


def _waiting(actor: Actor, at: datetime) -> tuple[ToSign, ...]:
    pairs = {(heap.version_id, heap.step) for heap in work.heaps(actor=actor, at=at) if heap.is_to_sign}
    found = work.listed(actor=actor, at=at, filters=Filters(tab=chosen.TO_SIGN), pairs=pairs)
    rows = rows_of(queries.mine(found, actor)[: PAGE + 1], actor=actor, at=at)
    return tuple(ToSign(row, reverse("desk:preview", args=[row.id])) for row in rows)
