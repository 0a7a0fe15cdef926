"""One record by its key, as anybody may see it: what the QR code on a paper leads to."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.edge.limits import RECORD, within
from tinhso.edge.open_data import features
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.registers import public
from tinhso.registers.public import LookUp, PublicRecord
from tinhso.registers.refusals import RecordMissing
from tinhso.registers.types import Moment, SourceKind
from tinhso.web.errors import too_many
from tinhso.web.opendata.addresses import page_of, record_of, whole
from tinhso.web.opendata.lists import LONGEST_KEY, reader_of, written
from tinhso.web.opendata.sources import stated
from tinhso.web.parts import SummaryRow
from tinhso.web.portal.language import say


@dataclass(frozen=True, slots=True)
class Look:
    """What a standing is called, and how it looks."""

    label: object
    tone: str
    icon: str
    notice: str


LOOKS: dict[LookUp, Look] = {
    "in_force": Look(_("Đang có hiệu lực"), "green", "circle-check", "success"),
    "coming": Look(_("Chưa đến ngày có hiệu lực"), "amber", "clock", "warning"),
    "ended": Look(_("Đã hết hiệu lực"), "grey", "clock", "warning"),
    "cancelled": Look(_("Đã bị hủy"), "red", "circle-x", "danger"),
    "merged": Look(_("Đã gộp vào bản ghi khác"), "amber", "alert-circle", "warning"),
    "split": Look(_("Đã tách thành các bản ghi khác"), "amber", "alert-circle", "warning"),
}


@dataclass(frozen=True, slots=True)
class Successor:
    key: str
    url: str


@dataclass(frozen=True, slots=True)
class RecordPage:
    """
    :param key: as it was asked for
    :param now_key: the record's key where it bears another one by now
    :param key_is_a_row: the key is one of the fields, and shown there
    :param rows: public fields; none where no day is left on which it was in force
    :param url: the whole address, for the QR code
    """

    register: str
    register_url: str
    title: str
    key: str
    now_key: str
    key_is_a_row: bool
    standing: LookUp
    look: Look
    on: date | None
    rows: tuple[SummaryRow, ...]
    successors: tuple[Successor, ...]
    law: str
    updated_at: datetime | None
    url: str
    asked_at: datetime
    is_invented: bool


@require_safe
def record_page(request: HttpRequest, register_id: str, key: str) -> HttpResponse:
    """
    Show what anybody may know of the record with the key.

    What is published as a whole is no secret; everything else is counted, so that nobody tries key after key.

    :raises RegisterMissing: absent, or nobody may ask it; the two are never told apart
    """
    definition = public.public_register(register_id)
    if not written(key):
        raise Http404
    is_open = bool(definition.public and definition.public.open_data)
    if not is_open and not within(request, RECORD):
        return too_many(request)
    at = clock.now()
    try:
        found = public.look_up(register_id, key[:LONGEST_KEY], Moment(local(at).date()))
    except RecordMissing:
        context = {
            "register": say(definition.name),
            "register_url": page_of(definition),
            "key": written(key),
        }
        return render(request, "opendata/no_record.html", context, status=404)
    page = prepared(definition, key, found, at=at)
    return render(request, "opendata/record.html", {"page": page})


def prepared(definition: RegisterDefinition, key: str, found: PublicRecord, *, at: datetime) -> RecordPage:
    """Return the page of a record that was found."""
    view = found.record
    now_key = view.key if view is not None and found.standing != "merged" else ""
    reader = reader_of(definition, (view,) if view else (), Moment(local(at).date()))
    shown = found.standing != "merged" and view is not None
    rows = [
        SummaryRow(label=say(one.label), shown=reader.shown(one, view.values.get(one.id)))
        for one in features.columns(definition)
        if shown and view is not None and one.id in view.values
    ]
    return RecordPage(
        register=say(definition.name),
        register_url=page_of(definition),
        title=reader.title(definition, view) if shown and view is not None else key,
        key=key,
        now_key=now_key if now_key != key else "",
        key_is_a_row=any(row.shown == key for row in rows),
        standing=found.standing,
        look=LOOKS[found.standing],
        on=found.on,
        rows=tuple(rows),
        successors=tuple(Successor(one, record_of(definition, one)) for one in found.successors),
        law=stated(definition.public.source) if definition.public else "",
        updated_at=view.updated_at if shown and view is not None else None,
        url=whole(record_of(definition, key)),
        asked_at=at,
        is_invented=view is not None and view.source == SourceKind.INVENTED,
    )
