"""Who may enter the desk: officers with a post. Everybody else signs in, or is told that it is not theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from tinhso.definitions import catalogue
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor
from tinhso.web.desk import kept
from tinhso.web.desk.office import office_of

View = Callable[..., HttpResponseBase]

EDITOR = "catalogue_editor"


class DeskIsForOfficers(NotAllowed):
    code = "desk-is-for-officers"
    message = _(
        "Bàn làm việc chỉ dành cho cán bộ đang giữ vị trí tại một cơ quan. "
        "Hãy đăng nhập bằng tài khoản cán bộ, hoặc đề nghị người quản trị giao vị trí."
    )


def officers_only(view: View) -> View:
    """Let officers with a post in; send who is not signed in to sign in, and refuse the rest with 403."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            kept.keep(request, at=clock.now())
            sign_in = f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}"
            # A panel that asked for itself alone must not be filled with the page that asks for a password.
            go = HttpResponseClientRedirect if getattr(request, "htmx", False) else redirect
            return go(sign_in)
        actor = actor_of(request)
        if actor.is_helper:
            return redirect("assist:home")
        if not actor.is_officer or not actor.posts:
            raise DeskIsForOfficers
        kept.give_back(request, at=clock.now())
        return view(request, *args, **kwargs)

    return guarded


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks; the middleware worked it out."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def draw(request: HttpRequest, template: str, status: int = 200, **context: object) -> HttpResponse:
    """Render a page of the desk with what its frame shows."""
    actor = actor_of(request)
    mistakes = catalogue.problems() if any(post.role == EDITOR for post in actor.posts) else ()
    frame = {
        "office": office_of(actor),
        "catalogue_problems": mistakes,
        "was_kept": kept.was_kept(request),
    }
    return render(request, template, {**frame, **context}, status=status)
