"""The search of the desk."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from tinhso.dossiers import queries
from tinhso.dossiers.desk import COLUMNS, desk_of
from tinhso.dossiers.models import Dossier
from tinhso.people.types import Actor
from tinhso.web.desk import cursors, work
from tinhso.web.desk.inbox import WorkRow, rows_of


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
    whole, begun = queries.searches(work.in_order(queries.work_list(actor=actor)), words, actor=actor)
    rows = (work.first_of(_after(whole, after)) if whole is not None else []) or work.first_of(
        _after(begun, after)
    )
    shown = rows[: work.PAGE]
    next_url = ""
    if len(rows) > work.PAGE:
        asked = {"q": words, "sau": cursors.write(cursors.place_of(shown[-1]))}
        next_url = f"{reverse('desk:search')}?{urlencode(asked)}"
    return SearchPage(words, rows_of(shown, actor=actor, at=at), next_url, desk_of(actor).columns)


def _after(found: QuerySet[Dossier], after: str) -> QuerySet[Dossier]:
    place = cursors.read(after)
    return found if place is None else found.filter(cursors.later_than(place))
