"""What the address of the inbox asks for, and the address of every other view of it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from tinhso.dossiers.selecting import (
    ALL,
    AWAITED,
    DUE_OVERDUE,
    DUE_STEP,
    DUE_TODAY,
    DUE_TOMORROW,
    DUE_WEEK,
    DUES,
    MINE,
    NOBODY,
    OVERDUE,
    RUNNING,
    TABS,
    TO_ACCEPT,
    TO_SIGN,
    Selection,
)

__all__ = [
    "ALL",
    "DUES",
    "DUE_OVERDUE",
    "DUE_STEP",
    "DUE_TODAY",
    "DUE_TOMORROW",
    "DUE_WEEK",
    "MINE",
    "NOBODY",
    "OVERDUE",
    "RUNNING",
    "TABS",
    "TO_ACCEPT",
    "TO_SIGN",
    "WAITING",
    "Filters",
    "as_uuid",
    "legible",
    "read_filters",
]

WAITING = AWAITED

# In the address → the field; the order is that of the address.
NAMES = {
    "muc": "tab",
    "thu-tuc": "procedure",
    "buoc": "step",
    "han": "due",
    "nguoi": "holder",
    "co-quan": "office",
    "truc-tuyen": "online",
    "sau": "after",
    "ho-so": "chosen",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """
    :param step: the Vietnamese name of a step: procedures share names, not ids
    :param holder: an account's id, or ``chua-giao``
    :param office: the agency with which the open step lies
    :param online: ``1`` or empty
    :param after: where the page begins, see ``cursors``
    :param chosen: the dossier beside the list
    """

    tab: str = MINE
    procedure: str = ""
    step: str = ""
    due: str = ""
    holder: str = ""
    office: str = ""
    online: str = ""
    after: str = ""
    chosen: str = ""

    @property
    def is_narrowed(self) -> bool:
        return any((self.procedure, self.step, self.due, self.holder, self.office, self.online))

    @property
    def selection(self) -> Selection:
        """Return what the list holds, wherever its page begins."""
        return Selection(
            self.tab,
            self.procedure,
            self.step,
            self.due,
            self.holder,
            bool(self.online),
            office=self.office,
        )

    @property
    def chosen_id(self) -> UUID | None:
        return as_uuid(self.chosen)

    @property
    def list_query(self) -> str:
        """Return the query string of the list itself: no page of it, and no dossier chosen in it."""
        return self.query(after="", chosen="")

    def query(self, **changes: str) -> str:
        """Return the query string after some changes, without what is empty."""
        changed = replace(self, **changes)
        return urlencode({name: value for name, key in NAMES.items() if (value := getattr(changed, key))})

    def url(self, **changes: str) -> str:
        """Return the address of the inbox after some changes."""
        return f"{reverse('desk:inbox')}?{self.query(**changes)}"


def read_filters(data: QueryDict | dict[str, str], *, home: str) -> Filters:
    """Return what the address asks for; nonsense counts as not said. :param home: the first tab"""
    told: dict[str, Any] = {key: legible(data.get(name, "")) for name, key in NAMES.items()}
    told["tab"] = told["tab"] if told["tab"] in (*TABS, ALL) else home
    told["due"] = told["due"] if told["due"] in DUES else ""
    told["holder"] = told["holder"] if told["holder"] == NOBODY or as_uuid(told["holder"]) else ""
    told["office"] = told["office"] if as_uuid(told["office"]) else ""
    told["online"] = "1" if told["online"] else ""
    return Filters(**told)


def legible(text: str) -> str:
    """Return what was typed without what no keyboard types; the database refuses a NUL."""
    return "".join(mark for mark in text if mark.isprintable()).strip()[:200]


def as_uuid(text: str) -> UUID | None:
    """Return the id, or None when the text is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
