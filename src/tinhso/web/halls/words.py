"""Days, slots and waits in words."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.appointments.types import DayOffer, SlotOffer
from tinhso.calendars.types import Words
from tinhso.kernel.clock import local
from tinhso.web.portal.language import language

NOON = time(12)


@dataclass(frozen=True, slots=True)
class DayChoice:
    """One day to choose; ``note`` says how many places are left, or why nobody is received."""

    on: date
    weekday: str
    note: str
    url: str
    free: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class SlotChoice:
    """One slot to choose; ``value`` is its start for the form."""

    value: str
    label: str
    note: str
    free: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """What ``halls/_picker.html`` takes: days, and the slots of the chosen one by half of the day."""

    days: tuple[DayChoice, ...]
    on: date | None
    halves: tuple[tuple[str, tuple[SlotChoice, ...]], ...]


def said(words: Words) -> str:
    """Return the words in the reader's language."""
    return words.into(language())


def day_choice(offer: DayOffer, *, url: str, chosen: bool) -> DayChoice:
    """Put a day into words."""
    if offer.why is not None:
        note = said(offer.why)
    elif offer.free:
        note = ngettext("Còn %(count)s chỗ", "Còn %(count)s chỗ", offer.free) % {"count": offer.free}
    else:
        note = _("Hết chỗ")
    return DayChoice(offer.on, date_format(offer.on, "l").capitalize(), note, url, offer.free, chosen)


def slot_choice(offer: SlotOffer, *, chosen: str) -> SlotChoice:
    """Put a slot into words."""
    start, end = local(offer.starts_at), local(offer.ends_at)
    value = offer.starts_at.isoformat()
    free = ngettext("còn %(count)s chỗ", "còn %(count)s chỗ", offer.free) % {"count": offer.free}
    label = f"{start:%H:%M}–{end:%H:%M}"
    return SlotChoice(value, label, free if offer.free else _("hết chỗ"), offer.free, value == chosen)


def halves(slots: tuple[SlotOffer, ...], *, chosen: str) -> tuple[tuple[str, tuple[SlotChoice, ...]], ...]:
    """Return the slots before and after noon, under their headings."""
    parts = [
        (_("Buổi sáng"), [one for one in slots if local(one.starts_at).time() < NOON]),
        (_("Buổi chiều"), [one for one in slots if local(one.starts_at).time() >= NOON]),
    ]
    return tuple(
        (name, tuple(slot_choice(one, chosen=chosen) for one in found)) for name, found in parts if found
    )


def when(starts_at: datetime) -> str:
    """Say when a slot begins: «8:30, thứ Ba 24/11/2026»."""
    there = local(starts_at)
    return f"{there:%H:%M}, {weekday(date_format(there, 'l'))} {there:%d/%m/%Y}"


def weekday(name: str) -> str:
    """Return a day's name as it stands within a sentence; English keeps its capital."""
    return name.lower() if language() == "vi" else name


def minutes(count: int | None) -> str:
    """Say how long, or nothing when it is not known."""
    if count is None:
        return ""
    return ngettext("khoảng %(count)s phút", "khoảng %(count)s phút", count) % {"count": count}


def moment_of(typed: str) -> datetime | None:
    """Return the moment of a form's value; None when it is none."""
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def day_of(typed: str) -> date | None:
    """Return the day of an address' value; None when it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
