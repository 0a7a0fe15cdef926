"""The history of a procedure, and what differs between two of its versions."""

from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.definitions.catalogue import ProcedureMissing
from tinhso.definitions.history import Happened, VersionMissing, compare_versions, history_of, version_of
from tinhso.kernel.clock import local
from tinhso.web.parts import Crumb, Happening
from tinhso.web.portal.differences import Group, groups
from tinhso.web.portal.language import say

SINCE, UNTIL = "tu", "den"


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """One version to choose from; ``id`` goes into the address."""

    id: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One line of the history.

    :param compare_url: compares it with the version before; empty for the first and for withdrawals
    """

    happening: Happening
    compare_url: str


@dataclass(frozen=True, slots=True)
class HistoryPage:
    code: str
    name: str
    entries: tuple[Entry, ...]
    olds: tuple[VersionChoice, ...]
    news: tuple[VersionChoice, ...]
    crumbs: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """:param same: both versions say the same to whoever reads the procedure"""

    code: str
    name: str
    old: str
    new: str
    groups: tuple[Group, ...]
    olds: tuple[VersionChoice, ...]
    news: tuple[VersionChoice, ...]
    crumbs: tuple[Crumb, ...]

    @property
    def same(self) -> bool:
        return not self.groups

    @property
    def count(self) -> int:
        return sum(len(group.lines) for group in self.groups)


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Show every version and withdrawal. :raises ProcedureMissing: nothing ever happened to the code"""
    happened = _happened(code)
    versions = _versions(happened)
    last = versions[0].version_id
    before = versions[1].version_id if len(versions) > 1 else last
    page = HistoryPage(
        code=code,
        name=say(version_of(code, last).procedure.name),
        entries=_entries(code, happened),
        olds=_choices(versions, before),
        news=_choices(versions, last),
        crumbs=_crumbs(code, ""),
    )
    return render(request, "portal/history.html", {"page": page})


@require_safe
def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """
    Show what differs between the versions in the address; without them, between the last two.

    :raises VersionMissing: one is none of this procedure
    """
    versions = _versions(_happened(code))
    new = _asked(request.GET.get(UNTIL, ""), code) or versions[0].version_id
    old = _asked(request.GET.get(SINCE, ""), code) or versions[min(1, len(versions) - 1)].version_id
    before, after, found = compare_versions(code, old, new)
    labels = {one.version_id: _label(one) for one in versions}
    page = ComparisonPage(
        code=code,
        name=say(after.procedure.name),
        old=labels[old],
        new=labels[new],
        groups=groups(before.procedure, after.procedure, found),
        olds=_choices(versions, old),
        news=_choices(versions, new),
        crumbs=_crumbs(code, _("Lịch sử thay đổi")),
    )
    return render(request, "portal/comparison.html", {"page": page})


def _happened(code: str) -> tuple[Happened, ...]:
    happened = history_of(code)
    if not happened:
        raise ProcedureMissing(procedure=code)
    return happened


def _asked(told: str, code: str) -> UUID | None:
    if not told:
        return None
    try:
        return UUID(told)
    except ValueError:
        raise VersionMissing(procedure=code) from None


def _versions(happened: tuple[Happened, ...]) -> list[Happened]:
    """Return the newest publication of each version, the newest first."""
    found: dict[UUID, Happened] = {}
    for one in happened:
        if one.what == "published":
            found.setdefault(one.version_id, one)
    return list(found.values())


def _entries(code: str, happened: tuple[Happened, ...]) -> tuple[Entry, ...]:
    published = [one for one in happened if one.what == "published"]
    before = {later.at: earlier for later, earlier in pairwise(published)}
    return tuple(
        Entry(
            Happening(what=_what(one), at=one.at, who=_who(one), is_open=one.is_current),
            _compare_url(code, before[one.at], one) if one.what == "published" and one.at in before else "",
        )
        for one in happened
    )


def _what(one: Happened) -> str:
    if one.what == "withdrawn":
        return _("Ngừng nhận hồ sơ")
    if one.is_current:
        return _("Công khai phiên bản %(number)s, đang áp dụng") % {"number": one.number}
    return _("Công khai phiên bản %(number)s") % {"number": one.number}


def _who(one: Happened) -> str:
    return _("từ tệp của gói dữ liệu") if one.by == "files" else _("cán bộ quản trị thủ tục")


def _label(one: Happened) -> str:
    return _("Phiên bản %(number)s, %(day)s") % {"number": one.number, "day": f"{local(one.at):%d/%m/%Y}"}


def _choices(versions: list[Happened], chosen: UUID) -> tuple[VersionChoice, ...]:
    return tuple(
        VersionChoice(str(one.version_id), _label(one), one.version_id == chosen) for one in versions
    )


def _compare_url(code: str, old: Happened, new: Happened) -> str:
    address = reverse("portal:comparison", args=[code])
    return f"{address}?{SINCE}={old.version_id}&{UNTIL}={new.version_id}"


def _crumbs(code: str, history_label: str) -> tuple[Crumb, ...]:
    crumbs = (
        Crumb(_("Thủ tục"), reverse("portal:catalogue")),
        Crumb(code, reverse("portal:procedure", args=[code])),
    )
    if not history_label:
        return crumbs
    return (*crumbs, Crumb(history_label, reverse("portal:history", args=[code])))
