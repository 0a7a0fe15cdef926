"""Where the menus lead. An area that is not mounted has no entry."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One entry of a menu, before it is known where its area is mounted.

    :param role: whose posts open the area, parted by spaces; empty for everybody's
    :param area: a pattern of the addresses that are its own; empty for all below it
    """

    label: Any
    route: str
    icon: str
    role: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    icon: str
    current: bool


PORTAL = (
    Entry(_("Thủ tục"), "portal:catalogue", "list-check"),
    Entry(_("Tra cứu hồ sơ"), "portal:track", "search"),
    Entry(_("Đặt lịch hẹn"), "halls:book", "calendar"),
)
PERSONAL = (
    Entry(_("Hồ sơ của tôi"), "portal:dossiers", "file-text"),
    Entry(_("Kho giấy tờ"), "wallet:home", "file-certificate"),
    Entry(_("Thông báo"), "portal:inbox", "bell"),
)
# Under the inbox lies the whole desk: its own are the list, and dossiers but for the questions on them.
LIST = r"^/ban-lam-viec/($|viec-loat/|bo-loc/|cot/|ho-so/(?!.*/y-kien/))"
HELPER = "community_helper"
REGISTERS = "registers:home"
DESK = (
    Entry(_("Hộp việc"), "desk:inbox", "inbox", area=LIST),
    Entry(_("Điều hành"), "operations:home", "chart-bar", role="chairperson leader supervisor one_stop_lead"),
    Entry(_("Tiếp nhận"), "desk:intake", "plus", role="one_stop"),
    Entry(_("Cổng quốc gia"), "desk:national", "world", role="one_stop supervisor"),
    Entry(_("Gọi số"), "desk:queue", "bell", role="one_stop"),
    Entry(_("Thiết lập quầy"), "desk:hall", "settings", role="chairperson leader one_stop_lead"),
    Entry(_("Thu ngân"), "desk:till", "cash", role="one_stop chairperson leader"),
    Entry(_("Đối soát"), "desk:books", "scale", role="chairperson leader system_operator"),
    Entry(_("Tra cứu"), "desk:search", "search", area=r"^/ban-lam-viec/(tra-cuu|so-theo-doi|xuat)/"),
    Entry(_("Dữ liệu"), REGISTERS, "database"),
    Entry(_("Trình ký"), "desk:signing", "writing-sign"),
    Entry(_("Ý kiến"), "desk:opinions", "message-report", area=r"^/ban-lam-viec/(ho-so/.*/)?y-kien/"),
    Entry(_("Khối lượng"), "desk:workload", "list-check", role="chairperson leader"),
    Entry(_("Đường đi"), "flows:home", "chart-bar", role="chairperson leader supervisor"),
    Entry(_("Chỉ số"), "indicators:home", "chart-bar"),
    Entry(_("Kế hoạch"), "plans:home", "calendar-check"),
    Entry(_("Báo cáo"), "reports:home", "file-text"),
    Entry(_("Khảo sát"), "desk:survey", "star"),
    Entry(_("Nhân sự"), "desk:people", "users"),
    Entry(_("Soạn thủ tục"), "designer:home", "pencil", role="catalogue_editor catalogue_publisher"),
)


def portal(*, signed_in: bool) -> tuple[Entry, ...]:
    """Return the doors of the portal; who is signed in finds dossiers among their own, not by code."""
    return PORTAL[:1] if signed_in else PORTAL


def links(
    entries: tuple[Entry, ...], path: str, *, roles: Collection[str] = (), shut: Collection[str] = ()
) -> tuple[Link, ...]:
    """
    Return the entries that lead this person somewhere; the one whose area holds ``path`` is current.

    :param shut: routes behind which there is nothing for them
    """
    found = _open_to(
        entries,
        frozenset(roles),
        frozenset(shut),
        get_urlconf() or settings.ROOT_URLCONF,
        get_script_prefix(),
    )
    holding = max((url for entry, url in found if _holds(entry, url, path)), key=len, default=None)
    return tuple(Link(str(entry.label), url, entry.icon, url == holding) for entry, url in found)


@lru_cache(maxsize=256)
def _open_to(
    entries: tuple[Entry, ...], roles: frozenset[str], shut: frozenset[str], _urlconf: str, _prefix: str
) -> tuple[tuple[Entry, str], ...]:
    """Return what is open to these roles, with its address; the same for every page of an address book."""
    open_to = (
        entry
        for entry in entries
        if entry.route not in shut and (not entry.role or {*entry.role.split()} & roles)
    )
    return tuple((entry, url) for entry in open_to if (url := address(entry.route)))


def _holds(entry: Entry, url: str, path: str) -> bool:
    return bool(re.search(entry.area, path)) if entry.area else path.startswith(url)


def address(route: str, *arguments: object) -> str:
    """Return the address of a route, or nothing when its area is not mounted."""
    return _address(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), route, arguments)


@lru_cache(maxsize=512)
def _address(urlconf: str, _prefix: str, route: str, arguments: tuple[object, ...]) -> str:
    """Return what every page asks for its menus, worked out once for each address book."""
    try:
        return reverse(route, urlconf, args=arguments)
    except NoReverseMatch:
        return ""
