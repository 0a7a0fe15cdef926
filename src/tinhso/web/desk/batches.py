"""Pages of batches: what is about to be done, how far it is, what became of each dossier."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.dossiers import batches, queries
from tinhso.dossiers.actions.ask_batch import MOST
from tinhso.dossiers.batches import Progress, Told
from tinhso.dossiers.models import Batch, BatchItem
from tinhso.dossiers.selecting import in_order, selected
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.ids import new_id
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.web.desk import boxes
from tinhso.web.desk.batch_offers import OF_KIND, BatchAct
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.inbox import rows_of
from tinhso.web.desk.neighbours import filters_of
from tinhso.web.desk.own_reasons import own_reasons
from tinhso.web.desk.reasons import reasons
from tinhso.web.desk.work_row import WorkRow

ACT, CHOSEN, WHOLE, MINE, BACK, TOKEN, CONFIRMED = (
    "viec",
    "chon",
    "ca-danh-sach",
    "cua-toi",
    "ve",
    "lan",
    "dong-y",
)
SHOWN = 8
BOX_OF = {
    "batch-nobody-chosen": boxes.COLLEAGUE,
    "reason-missing": boxes.REASON,
}


@dataclass(frozen=True, slots=True)
class Asking:
    """
    A batch before it is asked for.

    :param ids: of the dossiers, parted by spaces, as the form sends them on
    :param rows: the first of them
    :param more: how many further ones there are
    """

    act: BatchAct
    ids: str
    count: int
    rows: tuple[WorkRow, ...]
    more: int
    fields: tuple[Field, ...]
    back: str
    back_url: str
    token: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch in the list of an officer's own, and at the head of its page."""

    id: UUID
    url: str
    title: str
    done_word: str
    asked_at: datetime
    progress: Progress
    is_over: bool
    to_whom: str
    reason: str
    cancelled_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """
    What became of one dossier.

    :param url: empty where the officer may not see it any more
    :param words: the document's number, or why it was not done
    """

    url: str
    procedure: str
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """:param refused: first, because they need somebody"""

    line: BatchLine
    refused: tuple[ItemLine, ...]
    done: tuple[ItemLine, ...]
    cancelled: tuple[ItemLine, ...]


def ids_of(data: QueryDict, *, actor: Actor, at: datetime) -> tuple[UUID, ...]:
    """Return the dossiers ticked, or the whole list; of too many one more than may be, to be refused."""
    if data.get(WHOLE):
        selection = filters_of(actor, data.get(BACK, "")).selection
        rows = selected(actor=actor, at=at, selection=selection)
        if data.get(MINE):
            rows = queries.mine(rows, actor)
        return tuple(rows.values_list("pk", flat=True)[: MOST + 1])
    words = (word for value in data.getlist(CHOSEN) for word in value.split())
    return tuple(dict.fromkeys(pk for word in words if (pk := as_uuid(word))))


def token_of(data: QueryDict, act: BatchAct, ids: Iterable[UUID]) -> UUID:
    """
    Return the batch's id out of what the form says: sent twice it is the same batch.

    Another choice of dossiers on the same page, as after «Back», is another batch.
    """
    page = as_uuid(data.get(TOKEN, "")) or new_id()
    said = [act.slug, data.get(boxes.COLLEAGUE, ""), boxes.reason_of(data), *sorted(map(str, ids))]
    return uuid5(page, sha256("\0".join(said).encode()).hexdigest())


def asking_of(
    *,
    actor: Actor,
    at: datetime,
    act: BatchAct,
    ids: tuple[UUID, ...],
    data: QueryDict,
    errors: tuple[FieldError, ...] = (),
) -> Asking:
    """Return the page that asks what the act needs and shows what it will be done to."""
    found = in_order(queries.work_list(actor=actor)).filter(pk__in=ids[:MOST])
    shown = list(found[:SHOWN])
    back = data.get(BACK, "")
    return Asking(
        act=act,
        ids=" ".join(map(str, ids[:MOST])),
        count=len(ids),
        rows=rows_of(shown, actor=actor, at=at),
        more=max(0, len(ids) - len(shown)),
        fields=_fields(act, actor=actor, at=at, ids=ids, data=data, errors=errors),
        back=back,
        back_url=filters_of(actor, back).url(chosen=""),
        token=data.get(TOKEN) or str(new_id()),
    )


def _fields(
    act: BatchAct,
    *,
    actor: Actor,
    at: datetime,
    ids: tuple[UUID, ...],
    data: QueryDict,
    errors: tuple[FieldError, ...],
) -> tuple[Field, ...]:
    if act.kind is Batch.Kind.STEP_BACK:
        own = own_reasons(actor, act="step_back")
        return boxes.reason_fields(reasons().step_back, data, errors, own=own)
    if act.kind is not Batch.Kind.HAND_OVER:
        return ()
    colleagues = _colleagues(actor=actor, at=at, ids=ids)
    hint = _("Hồ sơ ở bước mà người này không giữ vai trò sẽ không được bàn giao, và được nêu rõ.")
    return (
        boxes.field(
            boxes.COLLEAGUE,
            "one_of",
            _("Người nhận việc"),
            data,
            options=colleagues.items(),
            errors=errors,
            hint=hint if colleagues else _("Chưa có đồng nghiệp nào khác tại cơ quan."),
        ),
    )


def _colleagues(*, actor: Actor, at: datetime, ids: tuple[UUID, ...]) -> dict[str, str]:
    """Return who could take one of the steps: officers of their agencies in their roles."""
    rows: Any = queries.work_list(actor=actor)  # with columns that its type does not tell of
    rows = rows.filter(pk__in=ids[:MOST], open_agency__isnull=False).order_by()
    places = set(rows.values_list("open_role", "open_agency").distinct())
    able = {}
    for agency_id in {agency_id for _role, agency_id in places} & actor.agency_ids:
        for post in people.staff(actor=actor, agency_id=agency_id, at=at):
            if (post.role, agency_id) in places:
                able[str(post.account_id)] = f"{post.full_name} – {post.title}"
    return dict(sorted(able.items(), key=lambda pair: pair[1]))


def line_of(batch: Batch) -> BatchLine:
    """Return a batch of ``batches.batches_of`` in words."""
    act = OF_KIND[Batch.Kind(batch.kind)]
    counts = batches.progress(batch)
    return BatchLine(
        id=batch.pk,
        url=reverse("desk:batch", args=[batch.pk]),
        title=str(act.title),
        done_word=str(act.done),
        asked_at=batch.asked_at,
        progress=counts,
        is_over=not counts.waiting,
        to_whom=batch.to_account.get_full_name() if batch.to_account else "",
        reason=batch.reason,
        cancelled_at=batch.cancelled_at,
        finished_at=batch.finished_at,
    )


def batch_page(*, actor: Actor, batch_id: UUID) -> BatchPage:
    """Return a batch with what became of each dossier. :raises NotFound: absent, or another's"""
    batch = batches.access_batch(actor=actor, batch_id=batch_id)
    told = batches.items_of(actor=actor, batch=batch)

    def of(outcome: BatchItem.Outcome) -> tuple[ItemLine, ...]:
        return tuple(_item(one) for one in told if one.item.outcome == outcome)

    return BatchPage(
        line=line_of(batch),
        refused=of(BatchItem.Outcome.REFUSED),
        done=of(BatchItem.Outcome.DONE),
        cancelled=of(BatchItem.Outcome.CANCELLED),
    )


def _item(told: Told) -> ItemLine:
    language = (get_language() or "vi")[:2]
    item, dossier = told.item, told.dossier
    words = _("Số %(number)s") % {"number": item.number} if item.number else item.detail.get(language, "")
    if dossier is None:
        return ItemLine("", _("Hồ sơ bạn không còn được xem"), "", words)
    return ItemLine(
        url=reverse("desk:dossier", args=[dossier.pk]),
        procedure=catalogue.of_version(dossier.version_id).procedure.name.into(language),
        code=f"{dossier.code} · {dossier.applicant.full_name}",
        words=words,
    )
