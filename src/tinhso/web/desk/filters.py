"""What the address of the inbox asks for, and the address of every other view of it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

MINE, TO_ACCEPT, RUNNING, TO_SIGN, WAITING, OVERDUE = (
    "cua-toi",
    "cho-tiep-nhan",
    "dang-xu-ly",
    "cho-ky",
    "cho-bo-sung",
    "qua-han",
)
TABS = (MINE, TO_ACCEPT, RUNNING, TO_SIGN, WAITING, OVERDUE)
DUE_OVERDUE, DUE_TODAY, DUE_TOMORROW, DUE_WEEK = "qua-han", "hom-nay", "ngay-mai", "7-ngay"
DUES = (DUE_OVERDUE, DUE_TODAY, DUE_TOMORROW, DUE_WEEK)
NOBODY = "chua-giao"
# In the address → the field; the order is that of the address.
NAMES = {
    "muc": "tab",
    "thu-tuc": "procedure",
    "buoc": "step",
    "han": "due",
    "nguoi": "holder",
    "truc-tuyen": "online",
    "sau": "after",
    "ho-so": "chosen",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """
    :param step: the Vietnamese name of a step: procedures share names, not ids
    :param holder: an account's id, or ``chua-giao``
    :param online: ``1`` or empty
    :param after: where the page begins, see ``cursors``
    :param chosen: the dossier beside the list
    """

    tab: str = MINE
    procedure: str = ""
    step: str = ""
    due: str = ""
    holder: str = ""
    online: str = ""
    after: str = ""
    chosen: str = ""

    @property
    def is_narrowed(self) -> bool:
        return any((self.procedure, self.step, self.due, self.holder, self.online))

    @property
    def chosen_id(self) -> UUID | None:
        return as_uuid(self.chosen)

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
    told["tab"] = told["tab"] if told["tab"] in TABS else home
    told["due"] = told["due"] if told["due"] in DUES else ""
    told["holder"] = told["holder"] if told["holder"] == NOBODY or as_uuid(told["holder"]) else ""
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
