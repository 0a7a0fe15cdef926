"""Where the menus lead. An area that is not mounted has no entry."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One entry of a menu, before it is known where its area is mounted.

    :param role: whose posts open the area, parted by spaces; empty for everybody's
    """

    label: Any
    route: str
    icon: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    icon: str
    current: bool


PORTAL = (
    Entry(_("Thủ tục"), "portal:catalogue", "list-check"),
    Entry(_("Tra cứu hồ sơ"), "portal:track", "search"),
)
PERSONAL = (
    Entry(_("Hồ sơ của tôi"), "portal:dossiers", "file-text"),
    Entry(_("Thông báo"), "portal:inbox", "bell"),
)
DESK = (
    Entry(_("Hộp việc"), "desk:inbox", "inbox"),
    Entry(_("Tiếp nhận"), "desk:intake", "plus", role="one_stop"),
    Entry(_("Thu ngân"), "desk:till", "cash", role="one_stop chairperson leader"),
    Entry(_("Tra cứu"), "desk:search", "search"),
    Entry(_("Trình ký"), "desk:signing", "writing-sign"),
    Entry(_("Ý kiến"), "desk:opinions", "message-report"),
    Entry(_("Báo cáo"), "desk:reports", "chart-bar"),
    Entry(_("Nhân sự"), "desk:people", "users"),
)


def portal(*, signed_in: bool) -> tuple[Entry, ...]:
    """Return the doors of the portal; who is signed in finds dossiers among their own, not by code."""
    return PORTAL[:1] if signed_in else PORTAL


def links(entries: tuple[Entry, ...], path: str, *, roles: Collection[str] = ()) -> tuple[Link, ...]:
    """Return the entries that lead this person somewhere; the one whose area holds ``path`` is current."""
    open_to = (entry for entry in entries if not entry.role or {*entry.role.split()} & {*roles})
    found = [(entry, url) for entry in open_to if (url := address(entry.route))]
    holding = max((url for _entry, url in found if path.startswith(url)), key=len, default=None)
    return tuple(Link(str(entry.label), url, entry.icon, url == holding) for entry, url in found)


def address(route: str, *arguments: object) -> str:
    """Return the address of a route, or nothing when its area is not mounted."""
    try:
        return reverse(route, args=arguments)
    except NoReverseMatch:
        return ""
