"""What comes up for a citizen, why it is known, and what they want to hear no more of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.outreach import queries
from tinhso.outreach.actions.open_prepared import open_prepared
from tinhso.outreach.actions.refuse import refuse_suggestion, take_back_refusal
from tinhso.outreach.queries import Coming, Fact
from tinhso.people.types import Actor
from tinhso.web.portal.gate import actor_of, citizens_only, sent_from
from tinhso.web.portal.language import say

RULE, KEY = "viec", "ve"


@dataclass(frozen=True, slots=True)
class ComingCard:
    """
    One matter.

    :param why: how the platform knows, one sentence for each fact
    :param open_url: where the prepared form is opened; empty where none was prepared
    :param start_url: where one begins by oneself; empty where nothing is filed here
    """

    rule: str
    key: str
    name: str
    about: str
    advice: str
    due_on: date
    is_over: bool
    why: tuple[str, ...]
    source: str
    level: int
    open_url: str
    start_url: str
    document_url: str


@dataclass(frozen=True, slots=True)
class RefusedLine:
    name: str
    refused_at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class ComingPage:
    cards: tuple[ComingCard, ...]
    refused: tuple[RefusedLine, ...]


@citizens_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List what comes up, the nearest day first."""
    page = coming_page(actor=actor_of(request), at=clock.now())
    return render(request, "portal/coming.html", {"page": page})


@citizens_only
@sent_from("portal:coming")
def refuse(request: HttpRequest) -> HttpResponse:
    """Hear no more of one matter."""
    refuse_suggestion(
        actor=actor_of(request),
        at=clock.now(),
        rule=request.POST.get(RULE, ""),
        key=request.POST.get(KEY, ""),
    )
    messages.success(request, _("Từ nay không nhắc việc này nữa. Muốn nhắc lại, xem cuối trang."))
    return redirect("portal:coming")


@citizens_only
@sent_from("portal:coming")
def take_back(request: HttpRequest, refusal_id: UUID) -> HttpResponse:
    """Hear of a matter again."""
    take_back_refusal(actor=actor_of(request), at=clock.now(), refusal_id=refusal_id)
    messages.success(request, _("Việc này sẽ được nhắc lại khi đến hạn."))
    return redirect("portal:coming")


@citizens_only
@sent_from("portal:coming")
def open_form(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    """Begin the form with what is known."""
    try:
        draft_id = open_prepared(actor=actor_of(request), at=clock.now(), suggestion_id=suggestion_id)
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        messages.error(request, refusal.sentence())
        return redirect("portal:coming")
    messages.success(request, _("Bản khai đã có sẵn những điều đã biết. Hãy xem lại từng chỗ trước khi gửi."))
    return redirect("portal:form-resume", draft_id=draft_id)


def coming_page(*, actor: Actor, at: datetime) -> ComingPage:
    """Return the page of the actor's own person."""
    today = local(at).date()
    return ComingPage(
        cards=tuple(_card(one, today) for one in queries.coming_up(actor=actor, at=at)),
        refused=tuple(
            RefusedLine(say(one.name), one.refused_at, reverse("portal:coming-again", args=[one.id]))
            for one in queries.refused_by(actor=actor)
        ),
    )


def _card(one: Coming, today: date) -> ComingCard:
    start = reverse("portal:procedure", args=[one.procedure_code]) if one.procedure_code else ""
    is_open = one.is_prepared and one.suggestion_id is not None
    return ComingCard(
        rule=one.rule,
        key=one.key,
        name=say(one.name),
        about=one.about,
        advice=say(one.advice),
        due_on=one.due_on,
        is_over=one.due_on < today,
        why=tuple(_why(one)),
        source=one.source,
        level=one.level,
        open_url=reverse("portal:coming-open", args=[one.suggestion_id]) if is_open else "",
        start_url=start,
        document_url=reverse("portal:document", args=[one.document_id]) if one.document_id else "",
    )


def _why(one: Coming) -> Iterator[str]:
    if one.document_id is not None:
        for fact in one.facts:
            words = _("Ngày hết hạn ghi trên kết quả của hồ sơ %(code)s.")
            yield words % {"code": fact.code}
        return
    for fact in one.facts:
        yield _known_from(fact)


def _known_from(fact: Fact) -> str:
    if fact.kind == "account":
        return _("Ngày sinh trong tài khoản định danh của bạn.")
    return _("«%(question)s» trong hồ sơ %(code)s của bạn.") % {
        "question": say(fact.label) or _("Ngày sinh"),
        "code": fact.code,
    }
