"""From a live counter to exactly the dossiers it counts, and of them those the reader may open."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode

from tinhso.dossiers.listing import rows_shown
from tinhso.dossiers.models import Dossier
from tinhso.operations.live import Counter, dossiers_behind, live
from tinhso.operations.types import Tab
from tinhso.people.types import Actor
from tinhso.web.desk.inbox import rows_of
from tinhso.web.desk.work_row import WorkRow
from tinhso.web.operations import words

PAGE = 50
COLUMNS = ("buoc", "nguoi-giu", "co-quan", "ngay-nop")


@dataclass(frozen=True, slots=True)
class BehindPage:
    """
    :param shown: the counter as it stands; ``meaning`` what it counts
    :param total: how many dossiers are behind it; ``closed`` how many of them are not the reader's to open
    """

    title: str
    tab_id: str
    shown: str
    meaning: str
    total: int
    closed: int
    rows: tuple[WorkRow, ...]
    next_url: str
    columns: tuple[str, ...] = COLUMNS


def behind_page(*, actor: Actor, at: datetime, counter: Counter, shown: Tab, after: str) -> BehindPage:
    """:param after: number of the fact the page before ended with"""
    facts = dossiers_behind(counter, at=at, field=shown.field)
    readable = facts.filter(dossier_id__in=Dossier.objects.visible_to(actor).order_by().values("pk"))
    total, mine = facts.count(), readable.count()
    start = int(after) if after.isdecimal() and len(after) < 19 else 0
    found = list(
        readable.filter(number__gt=start).order_by("number").values_list("number", "dossier_id")[: PAGE + 1]
    )
    rows = rows_of(rows_shown(one for _number, one in found[:PAGE]), actor=actor, at=at)
    return BehindPage(
        title=str(words.COUNTERS[counter]),
        tab_id=shown.id,
        shown=words.counted(live(at=at, field=shown.field), counter),
        meaning=str(words.MEANINGS[counter]),
        total=total,
        closed=total - mine,
        rows=rows,
        next_url=_next(counter, shown, found[PAGE - 1][0]) if len(found) > PAGE else "",
    )


def _next(counter: Counter, shown: Tab, after: int | None) -> str:
    asked = {"muc": shown.id, "sau": str(after or 0)}
    return f"{reverse('operations:behind', args=[counter.value])}?{urlencode(asked)}"
