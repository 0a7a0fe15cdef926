"""The search of the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode

from tinhso.dossiers.desk import COLUMNS, desk_of
from tinhso.dossiers.listing import page_found
from tinhso.people.types import Actor
from tinhso.web.desk import cursors, work
from tinhso.web.desk.inbox import rows_of
from tinhso.web.desk.work_row import WorkRow


@dataclass(frozen=True, slots=True)
class SearchPage:
    words: str
    rows: tuple[WorkRow, ...]
    next_url: str
    columns: tuple[str, ...] = COLUMNS


def search_page(*, actor: Actor, at: datetime, words: str, after: str) -> SearchPage:
    """Return what was found, open dossiers first; nothing while nothing is asked."""
    if not words:
        return SearchPage("", (), "")
    rows = page_found(actor=actor, words=words, after=cursors.read(after), most=work.PAGE + 1)
    shown = rows[: work.PAGE]
    next_url = ""
    if len(rows) > work.PAGE:
        asked = {"q": words, "sau": cursors.write(cursors.place_of(shown[-1]))}
        next_url = f"{reverse('desk:search')}?{urlencode(asked)}"
    return SearchPage(words, rows_of(shown, actor=actor, at=at), next_url, desk_of(actor).columns)
