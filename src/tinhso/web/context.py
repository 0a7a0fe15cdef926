"""What every page knows without being told: the province, the reader, the language, the menus."""

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language

from tinhso.kernel.refusals import Refusal
from tinhso.notices import queries as notices
from tinhso.registers import queries as registers
from tinhso.web import navigation
from tinhso.web.province import Province, current

DOORS = {
    "desk_home": "desk:inbox",
    "desk_search": "desk:search",
    "sign_in": "sign_in",
    "sign_out": "account_logout",
    "inbox": "portal:inbox",
    "help": "portal:help",
    "rights": "portal:rights",
    "open_data": "opendata:home",
    "plans": "plans-public:home",
    "operations": "operations-public:home",
    "figures": "figures-public:home",
    "maps": "maps:combined",
    "accessibility": "portal:accessibility",
}


@dataclass(frozen=True, slots=True)
class Site:
    """The province's words in the reader's language. ``hotline_hours`` may be empty."""

    name: str
    desk: str
    committee: str
    responsible: str
    hotline: str
    hotline_hours: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking, as far as a header needs to know."""

    signed_in: bool = False
    full_name: str = ""
    is_officer: bool = False


def look(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``site``, ``viewer``, ``menu`` (worked out when drawn), ``other_language``…"""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    viewer = _viewer(request)
    return {
        "site": _site(current(), language),
        "viewer": viewer,
        "menu": {
            **{name: navigation.address(route) for name, route in DOORS.items()},
            "home": navigation.address("portal:home") or "/",
            "portal": lambda: navigation.links(navigation.portal(signed_in=viewer.signed_in), request.path),
            "personal": lambda: (
                navigation.links(navigation.PERSONAL, request.path) if viewer.signed_in else ()
            ),
            "desk": lambda: navigation.links(
                navigation.DESK, request.path, roles=_roles(request, viewer), shut=_shut(request, viewer)
            ),
            "account": "" if viewer.is_officer else navigation.address("portal:account"),
        },
        "unread": _unread(request) if viewer.signed_in else 0,
        "other_language": _other_language(request, language),
        "is_trial": settings.TINHSO.mode != "production",
    }


def _site(province: Province, language: str) -> Site:
    return Site(
        name=province.site.into(language),
        desk=province.desk.into(language),
        committee=province.committee.into(language),
        responsible=province.responsible.into(language),
        hotline=province.hotline.number,
        hotline_hours=province.hotline.hours.into(language),
    )


def _viewer(request: HttpRequest) -> Viewer:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Viewer()
    return Viewer(signed_in=True, full_name=user.get_full_name(), is_officer=user.kind == "officer")


def _roles(request: HttpRequest, viewer: Viewer) -> frozenset[str]:
    """Return the roles an officer's posts give them; only the desk's menu asks."""
    if not viewer.is_officer or not request.path.startswith(navigation.address("desk:inbox") or "//"):
        return frozenset()
    try:
        return frozenset(post.role for post in request.actor.posts)  # type: ignore[attr-defined]
    except (Refusal, DatabaseError):
        return frozenset()


def _shut(request: HttpRequest, viewer: Viewer) -> frozenset[str]:
    """Return the registers' entry where no register shows this officer anything; asks no table."""
    if not viewer.is_officer or not request.path.startswith(navigation.address("desk:inbox") or "//"):
        return frozenset()
    try:
        sees = registers.sees_any(request.actor)  # type: ignore[attr-defined]
    except (Refusal, DatabaseError):
        sees = False
    return frozenset() if sees else frozenset({navigation.REGISTERS})


def _unread(request: HttpRequest) -> int:
    """Count unread messages; a page of trouble is shown even when nobody can be asked."""
    try:
        return notices.unread_count(actor=request.actor)  # type: ignore[attr-defined]
    except (Refusal, DatabaseError):
        return 0


def _other_language(request: HttpRequest, language: str) -> dict[str, str]:
    """Return the other language's code, own name, and this page's address in it."""
    code, name = next((code, name) for code, name in settings.LANGUAGES if code != language)
    query = request.GET.copy() if request.method == "GET" else request.GET.__class__(mutable=True)
    query["lang"] = code
    return {"code": code, "name": str(name), "url": f"{escape_uri_path(request.path)}?{query.urlencode()}"}
