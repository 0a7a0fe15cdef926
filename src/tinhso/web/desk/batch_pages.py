"""Do one thing to many dossiers: say what, watch it, stop it."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.dossiers import batches
from tinhso.dossiers.actions.ask_batch import ask_batch, cancel_batch
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Conflict, NotFound, Refusal
from tinhso.people.types import Actor
from tinhso.web.desk import boxes
from tinhso.web.desk.batch_offers import ACTS, BatchAct
from tinhso.web.desk.batches import (
    ACT,
    BOX_OF,
    CONFIRMED,
    WHOLE,
    asking_of,
    batch_page,
    ids_of,
    line_of,
    token_of,
)
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.kept import typed
from tinhso.web.refusing import status_of

LATEST = 20
UNPROCESSABLE = 422


@require_safe
@officers_only
def mine(request: HttpRequest) -> HttpResponse:
    """List what the officer asked for lately."""
    found = batches.batches_of(actor_of(request)).select_related("to_account")[:LATEST]
    return draw(request, "desk/batches.html", lines=tuple(line_of(one) for one in found))


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def new(request: HttpRequest) -> HttpResponse:
    """Ask for what the act needs, or begin it."""
    actor, at = actor_of(request), clock.now()
    data = typed(request) or request.GET
    act = ACTS.get(data.get(ACT, ""))
    if act is None:
        return redirect("desk:inbox")
    ids = ids_of(data, actor=actor, at=at)
    if request.method != "POST" or ((act.asks or WHOLE in data) and not data.get(CONFIRMED) and ids):
        return _show(request, act, ids, data, at=at)
    try:
        batch_id = _ask(actor, at, act, ids, data)
    except NotFound:
        raise
    except Refusal as refusal:
        box = BOX_OF.get(refusal.code, "")
        errors = (FieldError(box, box, refusal.sentence()),)
        return _show(request, act, ids, data, at=at, errors=errors, status=status_of(refusal))
    return redirect("desk:batch", batch_id)


@require_safe
@officers_only
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show how far a batch is and what became of each dossier; htmx asks for that part alone."""
    page = batch_page(actor=actor_of(request), batch_id=batch_id)
    is_part = bool(getattr(request, "htmx", False))
    return draw(request, "desk/_batch.html" if is_part else "desk/batch.html", page=page)


@require_POST
@officers_only
def cancel(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Stop what has not begun."""
    try:
        left = cancel_batch(actor=actor_of(request), at=clock.now(), batch_id=batch_id)
    except Conflict as refusal:
        messages.error(request, refusal.sentence())
    else:
        words = ngettext(
            "Đã dừng. %(count)s hồ sơ chưa làm được giữ nguyên.",
            "Đã dừng. %(count)s hồ sơ chưa làm được giữ nguyên.",
            left,
        )
        messages.success(request, words % {"count": left})
    return redirect("desk:batch", batch_id)


def _ask(actor: Actor, at: datetime, act: BatchAct, ids: tuple[UUID, ...], data: QueryDict) -> UUID:
    return ask_batch(
        actor=actor,
        at=at,
        kind=act.kind,
        dossier_ids=ids,
        to_account_id=as_uuid(data.get(boxes.COLLEAGUE, "")),
        reason=boxes.reason_of(data),
        batch_id=token_of(data, act, ids),
    )


def _show(
    request: HttpRequest,
    act: BatchAct,
    ids: tuple[UUID, ...],
    data: QueryDict,
    *,
    at: datetime,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    page = asking_of(actor=actor_of(request), at=at, act=act, ids=ids, data=data, errors=errors)
    return draw(
        request, "desk/batch_new.html", status=status, page=page, errors=errors, is_whole=WHOLE in data
    )
