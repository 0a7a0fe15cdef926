"""What the list of arrivals shows: what waits, what could not be sent, how it stands by unit."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tinhso.exchange import policies, queries
from tinhso.exchange.models import DispatchState, Envelope, EnvelopeState
from tinhso.exchange.national_portal.client import is_connected
from tinhso.exchange.types import SyncFigure, Trouble
from tinhso.people.types import Actor
from tinhso.web.desk.national.wording import why_words
from tinhso.web.parts import Tab

PAGE, ALL, BEFORE = 30, "tat-ca", "truoc"
TONES = {
    EnvelopeState.NEEDS_HUMAN: "amber",
    EnvelopeState.DONE: "green",
    EnvelopeState.REFUSED: "red",
    EnvelopeState.SUPERSEDED: "grey",
}


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """
    One envelope.

    :param why: why it waits, in a few words
    :param dossier_url: of the dossier it became; empty while there is none
    """

    url: str
    code: str
    what: str
    who: str
    received_at: datetime
    state: str
    tone: str
    why: str
    dossier_code: str
    dossier_url: str
    is_update: bool


@dataclass(frozen=True, slots=True)
class DeadRow:
    """Something that could not be sent. :param may_resend: whether this officer may have it sent again"""

    number: int
    code: str
    what: str
    error: str
    happened_at: datetime
    tries: int
    may_resend: bool


@dataclass(frozen=True, slots=True)
class ArrivalsPage:
    tabs: tuple[Tab, ...]
    rows: tuple[ArrivalRow, ...]
    dead: tuple[DeadRow, ...]
    figures: tuple[SyncFigure, ...]
    older_url: str
    is_first: bool
    shows_all: bool
    is_connected: bool
    heads: tuple[str, ...]


def arrivals_page(*, actor: Actor, everything: bool, before: str) -> ArrivalsPage:
    """Return one page. :raises NotAllowed: the officer neither receives dossiers nor oversees the province"""
    policies.require_reader(actor)
    waiting = queries.envelopes(actor=actor)
    rows = queries.envelopes(actor=actor, waiting=False) if everything else waiting
    moment = _moment(before) if everything else None
    found = list((rows.filter(received_at__lt=moment) if moment else rows)[: PAGE + 1])
    older = ""
    if everything and len(found) > PAGE:
        asked = {"xem": ALL, BEFORE: f"{found[PAGE - 1].received_at.timestamp():.6f}"}
        older = f"{reverse('desk:national')}?{urlencode(asked)}"
    here = reverse("desk:national")
    tabs = (
        Tab(_("Chờ xử lý"), here, count=waiting.count(), current=not everything, alarm=True),
        Tab(_("Tất cả"), f"{here}?xem={ALL}", current=everything),
    )
    return ArrivalsPage(
        tabs=tabs,
        rows=tuple(_row(one) for one in found[:PAGE]),
        dead=_dead(actor),
        figures=queries.sync_figures(actor=actor),
        older_url=older,
        is_first=moment is None,
        shows_all=everything,
        is_connected=is_connected(),
        heads=(_("Đơn vị"), _("Đã đồng bộ"), _("Chờ gửi"), _("Lỗi")),
    )


def _row(one: Envelope) -> ArrivalRow:
    whys = [Trouble.of(kept) for kept in one.troubles]
    dossier = one.dossier
    return ArrivalRow(
        url=reverse("desk:national-envelope", args=[one.pk]),
        code=one.code,
        what=str(one.payload.get("TenTTHC") or one.payload.get("MaTTHC") or ""),
        who=str(one.payload.get("ChuHoSo") or ""),
        received_at=one.received_at,
        state=str(EnvelopeState(one.state).label),
        tone=TONES.get(EnvelopeState(one.state), "blue"),
        why="; ".join(dict.fromkeys(str(why_words(trouble.why).short) for trouble in whys)),
        dossier_code=dossier.code if dossier else "",
        dossier_url=_dossier_url(dossier.pk if dossier else None),
        is_update=one.is_update,
    )


def _dossier_url(dossier_id: UUID | None) -> str:
    return reverse("desk:dossier", args=[dossier_id]) if dossier_id else ""


def _dead(actor: Actor) -> tuple[DeadRow, ...]:
    services = {"dossier": _("Dữ liệu hồ sơ"), "progress": _("Tiến độ xử lý")}
    return tuple(
        DeadRow(
            number=one.number,
            code=one.code,
            what=services[one.service],
            error=one.error,
            happened_at=one.happened_at,
            tries=one.tries,
            may_resend=policies.may_work(actor, agency_id=one.agency_id),
        )
        for one in queries.dead_dispatches(actor)[:PAGE]
        if one.state == DispatchState.DEAD
    )


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(written), tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
