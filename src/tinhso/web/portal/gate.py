"""Who may come in: pages that need a citizen send others to sign in first."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor, ActorKind

View = Callable[..., HttpResponseBase]


class OfficersAccount(NotAllowed):
    """An officer's account has no papers of its own to file."""

    code = "officers-account"
    message = _(
        "Bạn đang đăng nhập bằng tài khoản cán bộ. Hãy đăng xuất rồi đăng nhập bằng tài khoản định danh "
        "của chính bạn."
    )


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def is_citizen(actor: Actor) -> bool:
    return actor.kind is ActorKind.CITIZEN


def citizens_only(view: View) -> View:
    """
    Let citizens in; send whoever has not signed in to do so and back again.

    :raises OfficersAccount: somebody is signed in as an officer
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        actor = actor_of(request)
        if is_citizen(actor):
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            raise OfficersAccount
        if "X-Part" in request.headers:
            # A script asked: it must learn that nothing was saved, not read the sign-in page.
            return HttpResponse(status=403)
        return redirect(sign_in_address(request))

    return guarded


def writers_only(view: View) -> View:
    """Let in citizens, and officers who write at the counter for one; whose draft it is decides the rest."""
    citizens = citizens_only(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if actor_of(request).is_officer:
            return view(request, *args, **kwargs)
        return citizens(request, *args, **kwargs)

    return guarded


def sent_from(route: str, *parts: str) -> Callable[[View], View]:
    """
    Take what a form of that page sends, and lead whoever opens the address itself back to the page.

    So the page comes back to who reloads it after a refusal, or reads it in the other language.

    :param parts: of the address that the page's own address has too
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            return HttpResponseRedirect(reverse(route, kwargs={name: kwargs[name] for name in parts}))

        return guarded

    return guard


def sign_in_address(request: HttpRequest) -> str:
    """Return where one signs in and comes back to this page."""
    return f"{reverse('sign_in')}?{urlencode({'next': request.get_full_path()})}"
