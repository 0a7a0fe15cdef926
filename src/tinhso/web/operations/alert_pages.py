"""Alerts on thresholds: what goes on, who took note of it, what was."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.dossiers.selecting import ALL
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.operations.actions.acknowledge import LONGEST, acknowledge_alert
from tinhso.operations.alerts import AlertView, list_alerts
from tinhso.people.types import Actor
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.operations.pressing import DUES
from tinhso.web.parts import LinkedError
from tinhso.web.portal.language import say
from tinhso.web.refusing import errors_of, status_of


@dataclass(frozen=True, slots=True)
class AlertLine:
    """:param url: the list of work with what is counted now; ``typed``: the note that was not taken"""

    id: UUID
    what: str
    agency: str
    count: int
    highest: int
    crossed: int
    told: int
    raised_at: datetime
    cleared_at: datetime | None
    taken_at: datetime | None
    taken_by: str
    note: str
    may_act: bool
    url: str
    typed: str


@dataclass(frozen=True, slots=True)
class AlertsPage:
    going_on: tuple[AlertLine, ...]
    over: tuple[AlertLine, ...]
    errors: tuple[FieldError | LinkedError, ...] = ()
    longest: int = LONGEST


@require_safe
@officers_only
def alerts(request: HttpRequest) -> HttpResponse:
    """List them, what goes on first."""
    return draw(request, "operations/alerts.html", page=alerts_page(actor_of(request)))


@require_POST
@officers_only
def acknowledge(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Take note of one. :raises AlertMissing, NotAllowed: as they say; others are shown in place"""
    actor, note = actor_of(request), request.POST.get("ghi-chu", "")
    try:
        acknowledge_alert(actor=actor, at=clock.now(), alert_id=alert_id, note=note)
    except Refusal as refusal:
        errors = errors_of(refusal, field_name=field_of(alert_id))
        page = alerts_page(actor, errors=errors, typed={alert_id: note})
        return draw(request, "operations/alerts.html", status=status_of(refusal), page=page, errors=errors)
    messages.success(request, _("Đã ghi nhận cảnh báo. Cơ quan và người giám sát đọc được dòng bạn ghi."))
    return redirect(f"{reverse('operations:alerts')}#canh-bao-{alert_id}")


def alerts_page(
    actor: Actor,
    *,
    errors: tuple[FieldError | LinkedError, ...] = (),
    typed: dict[UUID, str] | None = None,
) -> AlertsPage:
    """:param typed: notes that were not taken, by alert"""
    lines = [_line(one, (typed or {}).get(one.id, "")) for one in list_alerts(actor=actor)]
    return AlertsPage(
        going_on=tuple(one for one in lines if one.cleared_at is None),
        over=tuple(one for one in lines if one.cleared_at is not None),
        errors=errors,
    )


def field_of(alert_id: UUID) -> str:
    return f"ghi-chu-{alert_id}"


def _line(one: AlertView, typed: str) -> AlertLine:
    asked = {"muc": ALL, "co-quan": str(one.agency_id)} | ({"han": DUES[one.counts]} if one.counts else {})
    return AlertLine(
        id=one.id,
        what=say(one.name) or one.rule,
        agency=one.agency,
        count=one.count,
        highest=one.highest,
        crossed=one.crossed,
        told=one.told,
        raised_at=one.raised_at,
        cleared_at=one.cleared_at,
        taken_at=one.acknowledged_at,
        taken_by=one.acknowledged_by,
        note=one.note,
        may_act=one.may_act,
        url=f"{reverse('desk:inbox')}?{urlencode(asked)}",
        typed=typed,
    )
