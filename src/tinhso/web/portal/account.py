"""The citizen's account: what is known, how to reach them, who acts for whom."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from tinhso.definitions import catalogue
from tinhso.edge.limits import AGENT, within
from tinhso.edge.mandates import DaysOutside, end_after
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Invalid, Refusal
from tinhso.notices.actions import choose_channels
from tinhso.people import actions, queries
from tinhso.people.actions.mandates import ScopeUnknown
from tinhso.people.actions.update_contact import EmailMalformed, PhoneMalformed
from tinhso.people.queries.agents import AgentUnknown
from tinhso.people.types import Actor
from tinhso.web import scoping
from tinhso.web.errors import too_many
from tinhso.web.parts import LinkedError
from tinhso.web.portal.account_page import account_page
from tinhso.web.portal.gate import actor_of, citizens_only, sent_from
from tinhso.web.portal.language import language
from tinhso.web.refusing import errors_of, status_of

YEAR = 365 * 24 * 3600


BOXES: tuple[tuple[type[Refusal], str], ...] = (
    (PhoneMalformed, "phone"),
    (EmailMalformed, "email"),
    (AgentUnknown, "agent-id"),
    (DaysOutside, "days"),
    (scoping.ScopeEmpty, scoping.MODE),
    (ScopeUnknown, scoping.MODE),
)


@citizens_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the whole account."""
    return _page(request)


@citizens_only
@sent_from("portal:account")
def contact(request: HttpRequest) -> HttpResponse:
    """Change phone and e-mail."""

    def act(actor: Actor, at: datetime) -> str:
        given = {name: request.POST.get(name, "") for name in ("phone", "email")}
        actions.update_contact(actor=actor, at=at, person_id=_person(actor), **given)
        return _("Đã lưu cách liên lạc.")

    return _do(request, act)


@citizens_only
@sent_from("portal:account")
def channels(request: HttpRequest) -> HttpResponse:
    """Choose by what ways to hear."""

    def act(actor: Actor, at: datetime) -> str:
        choose_channels(actor=actor, at=at, email="email" in request.POST, sms="sms" in request.POST)
        return _("Đã lưu cách nhận thông báo.")

    return _do(request, act)


@citizens_only
@sent_from("portal:account")
def speech(request: HttpRequest) -> HttpResponse:
    """Choose the language of pages and messages."""
    chosen = request.POST.get("language", "")

    def act(actor: Actor, at: datetime) -> str:
        actions.choose_language(actor=actor, at=at, language=chosen)
        with override(chosen):
            return _("Trang và thông báo từ nay bằng tiếng Việt.")

    response = _do(request, act)
    if response.status_code == 302:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=YEAR,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@citizens_only
@sent_from("portal:account")
def give(request: HttpRequest) -> HttpResponse:
    """Let another person act for oneself; the button that searches procedures only shows the form again."""
    if scoping.is_search(request.POST):
        return _page(request, typed=request.POST)
    if not within(request, AGENT):
        return too_many(request)

    def act(actor: Actor, at: datetime) -> str:
        agent = queries.agent_named(
            personal_id=request.POST.get("agent-id", ""), full_name=request.POST.get("agent-name", "")
        )
        until = end_after(_days(request.POST.get("days", "")), at=at)
        actions.give_mandate(
            actor=actor,
            at=at,
            agent_person_id=agent,
            until_at=until,
            evidence=request.POST.get("evidence", ""),
            scope=scoping.scope_of(request.POST),
        )
        return _("Đã ủy quyền. Bạn thu hồi được bất cứ lúc nào.")

    return _do(request, act)


@citizens_only
@sent_from("portal:account")
def revoke(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """End a mandate, given or held."""

    def act(actor: Actor, at: datetime) -> str:
        actions.revoke_mandate(actor=actor, at=at, mandate_id=mandate_id)
        return _("Ủy quyền đã chấm dứt.")

    return _do(request, act)


def _do(request: HttpRequest, act: Callable[[Actor, datetime], str]) -> HttpResponse:
    """Run the act and go back to the account; on a refusal show it again with what was typed."""
    try:
        said = act(actor_of(request), clock.now())
    except Refusal as refusal:
        box = next((box for kind, box in BOXES if isinstance(refusal, kind)), "")
        errors = errors_of(refusal, field_name=box)
        return _page(request, errors=errors, typed=request.POST, status=status_of(refusal))
    messages.success(request, said)
    return redirect(reverse("portal:account"))


def _page(
    request: HttpRequest,
    *,
    errors: Sequence[FieldError | LinkedError] = (),
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    shelves = catalogue.all_current()
    page = account_page(
        actor=actor_of(request), at=clock.now(), language=language(), procedures=scoping.names_of(shelves)
    )
    said = typed or {}
    offered = scoping.given_by_persons(shelves)
    context = {
        "page": page,
        "errors": errors,
        "contact": {"phone": said.get("phone", page.phone), "email": said.get("email", page.email)},
        "agent": {"id": said.get("agent-id"), "name": said.get("agent-name")}
        | {name: said.get(name) for name in ("days", "evidence")},
        "is_giving": "agent-id" in said,
        "scope": scoping.scope_choice(request.POST if "agent-id" in said else QueryDict(), offered),
    }
    return render(request, "portal/account.html", context, status=status)


def _person(actor: Actor) -> UUID:
    """Return the citizen's own person. :raises Invalid: the account has none"""
    if actor.person_id is None:
        raise Invalid
    return actor.person_id


def _days(typed: str) -> int:
    """Return the days as a number; 0 for what is none."""
    return int(typed) if typed.isdecimal() and len(typed) < 4 else 0
