"""A booking as a file for calendars (RFC 5545)."""

from datetime import UTC, datetime

from tinhso.appointments.codes import grouped_code
from tinhso.appointments.states import BookingState
from tinhso.appointments.types import BookingView
from tinhso.web.halls.words import said

LONGEST = 75  # octets of a line


def calendar_of(one: BookingView, *, url: str, at: datetime) -> str:
    """Return the file's text; ``url``: the booking's page, ``at``: when it is asked for."""
    place = ", ".join(part for part in (said(one.agency_name), one.address) if part)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tinh So//Lich hen//VI",
        "BEGIN:VEVENT",
        f"UID:{one.id}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(one.starts_at)}",
        f"DTEND:{_utc(one.ends_at)}",
        f"SUMMARY:{_escaped(said(one.service_name))} – {grouped_code(one.code)}",
        f"LOCATION:{_escaped(place)}",
        f"URL:{url}",
        f"STATUS:{'CONFIRMED' if one.state is BookingState.BOOKED else 'CANCELLED'}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(said(one.service_name))}",
        "TRIGGER:-PT1H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _folded(line: str) -> list[str]:
    """Break a line into pieces of at most 75 octets; those after the first begin with a space."""
    pieces, rest = [], line
    while len(rest.encode()) > LONGEST:
        cut = LONGEST - 1
        while len(rest[:cut].encode()) > LONGEST - 1:
            cut -= 1
        pieces.append(rest[:cut])
        rest = " " + rest[cut:]
    return [*pieces, rest]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")
