"""Doors in and out: the choice, citizens by their provider, acting for another, leaving."""

import secrets
from urllib.parse import urlencode
from uuid import UUID

import requests
from allauth.account.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.edge import session
from tinhso.kernel import clock
from tinhso.people import claims, queries
from tinhso.people.types import Actor
from tinhso.web.sign_in import oidc
from tinhso.web.sign_in.adapters import trouble


@never_cache
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Ask who is there: a citizen or an officer."""
    next_url = _safe(request, request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(next_url or get_adapter(request).get_login_redirect_url(request))
    claim_map = claims.load_claim_map(settings.TINHSO.packs, settings.TINHSO.identity_provider)
    context = {
        "provider_id": claim_map.id,
        "provider_name": claim_map.name.into((get_language() or "vi")[:2]),
        "next": next_url,
        "query": f"?{urlencode({'next': next_url})}" if next_url else "",
    }
    return render(request, "account/choose.html", context)


@never_cache
@require_POST
def citizen(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the citizen to the provider. Only by POST, so that no other site can start it for them."""
    nonce = secrets.token_urlsafe(32)
    try:
        return oidc.begin(
            request,
            provider_id=provider_id,
            next_url=_safe(request, request.POST.get("next", "")),
            nonce=nonce,
        )
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (requests.RequestException, OAuth2Error, KeyError):
        sentence = _(
            "Hệ thống định danh đang không trả lời. Hãy thử lại sau ít phút; "
            "nếu vẫn không được, hãy gọi 1022."
        )
        return trouble(request, sentence, status=502)


@never_cache
@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the citizen back from the provider."""
    try:
        return oidc.finish(request, provider_id=provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out here, and at the provider a citizen came from (RP-initiated logout)."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGOUT_REDIRECT_URL)
    if request.method != "POST":
        return render(request, "account/leave.html")
    id_token = request.session.get(session.ID_TOKEN, "")
    logout(request)
    if not id_token:
        return redirect(settings.LOGOUT_REDIRECT_URL)
    end = oidc.end_session_address(request, provider_id=settings.TINHSO.identity_provider)
    back = request.build_absolute_uri(reverse("sign_in"))
    query = urlencode(
        {
            "id_token_hint": id_token,
            "post_logout_redirect_uri": back,
            "client_id": settings.TINHSO.identity_client_id,
        }
    )
    return redirect(f"{end}?{query}" if end else settings.LOGOUT_REDIRECT_URL)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def act_for(request: HttpRequest) -> HttpResponse:
    """
    Choose in whose name one acts: one's own, or that of somebody whose mandate is in force.

    :raises MandateMissing: there is no such mandate
    """
    if not request.user.is_authenticated:
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': request.path})}")
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if request.method != "POST":
        mandates = {m.principal_person_id: m for m in actor.mandates if m.principal_person_id}
        context = {"mandates": tuple(mandates.values()), "chosen": actor.for_person_id}
        return render(request, "account/act_for.html", context)
    chosen = _person_id(request.POST.get("person", ""))
    if chosen is not None and chosen not in actor.on_behalf_of:
        raise queries.MandateMissing
    if chosen is None:
        request.session.pop(session.ACTING_FOR, None)
    else:
        request.session[session.ACTING_FOR] = str(chosen)
    session.touch(request, at=clock.now())
    return redirect(_safe(request, request.POST.get("next", "")) or settings.LOGIN_REDIRECT_URL)


def _person_id(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise queries.MandateMissing from None


def _safe(request: HttpRequest, url: str) -> str:
    return url if url and get_adapter(request).is_safe_url(url) else ""
