"""What components take: small frozen views, made by page objects, without a trace of the database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.kernel.clock import local

DeadlineLevel = Literal["overdue", "today", "tomorrow", "later", "paused", "done"]
Tone = Literal["grey", "blue", "green", "amber", "red"]


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """Takes ``<c-deadline>``: words + icon + day; colour only for exceptions."""

    level: DeadlineLevel
    words: str
    icon: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class FileView:
    """
    Takes ``<c-file-item>``.

    :param note: size and kind in words, e.g. ``PDF, 1,2 MB``
    :param preview_url: a small picture of it
    :param problem: why the file was not taken; then it has no id and is not sent again
    :param take: what a button sends to take it from somebody's keeping; then it is offered, not given
    :param scan_url: where an officer makes paper electronic instead; then nothing else is said
    """

    id: str
    name: str
    note: str = ""
    url: str = ""
    problem: str = ""
    preview_url: str = ""
    take: str = ""
    scan_url: str = ""


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """
    Takes ``<c-summary-list>``, beside ``forms.types.Row``; ``change_url`` shows «Sửa».

    :param correct_url: where the register that is the source is asked to be put right; shows «Không đúng?»
    """

    label: str
    shown: str
    change_url: str = ""
    source: str = ""
    correct_url: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """Takes ``<c-timeline>``; ``is_open`` marks the step that is waiting."""

    what: str
    at: datetime
    who: str = ""
    note: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """
    Takes ``<c-thread>``.

    :param is_own: the reader's side wrote it
    :param is_read: the other side has read it
    """

    id: str
    who: str
    at: datetime
    text: str
    is_own: bool
    is_read: bool
    files: tuple[FileView, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a menu."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """Takes ``<c-tabs>``; ``alarm`` colours the count when it is not zero."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Takes ``<c-card-grid>``."""

    title: str
    url: str
    text: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class LinkedError:
    """
    Takes ``<c-error-summary>``, beside ``forms.types.FieldError``: an error whose box is on another page.

    :param field_name: the box; empty when the error belongs to none
    :param url: the page of the box; empty for this one
    """

    field_name: str
    sentence: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    url: str


def deadline_view(
    *, due_at: datetime | None, at: datetime, state: Literal["running", "paused", "done"] = "running"
) -> DeadlineView:
    """
    Say how a deadline stands at a moment, by Vietnam's calendar days.

    :param due_at: None while nothing runs
    :param state: ``paused`` while the citizen owes something, ``done`` once there is a result
    """
    if state == "done":
        return DeadlineView("done", _("Đã xong"), "circle-check", _day(due_at))
    if state == "paused" or due_at is None:
        return DeadlineView("paused", _("Tạm dừng"), "player-pause", _day(due_at))
    left = due_at - at
    if left < timedelta(0):
        return DeadlineView("overdue", _late(due_at, at), "alert-triangle", _day(due_at))
    days = (local(due_at).date() - local(at).date()).days
    if days == 0:
        return DeadlineView("today", _hours(left), "clock", _day(due_at))
    words = ngettext("Còn %(count)s ngày", "Còn %(count)s ngày", days) % {"count": days}
    level: DeadlineLevel = "tomorrow" if days == 1 else "later"
    return DeadlineView(level, words, "clock" if days == 1 else "calendar", _day(due_at))


def _late(due_at: datetime, at: datetime) -> str:
    days = (local(at).date() - local(due_at).date()).days
    if days:
        return ngettext("Quá hạn %(count)s ngày", "Quá hạn %(count)s ngày", days) % {"count": days}
    hours = int((at - due_at) / timedelta(hours=1))
    if hours:
        return ngettext("Quá hạn %(count)s giờ", "Quá hạn %(count)s giờ", hours) % {"count": hours}
    return _("Vừa quá hạn")


def _hours(left: timedelta) -> str:
    hours, minutes = divmod(int(left / timedelta(minutes=1)), 60)
    if hours >= 2 or (hours and not minutes):
        return ngettext("Còn %(count)s giờ", "Còn %(count)s giờ", hours) % {"count": hours}
    if hours:
        return _("Còn 1 giờ %(minutes)s phút") % {"minutes": minutes}
    return ngettext("Còn %(count)s phút", "Còn %(count)s phút", minutes) % {"count": minutes}


def _day(due_at: datetime | None) -> date | None:
    return local(due_at).date() if due_at else None
