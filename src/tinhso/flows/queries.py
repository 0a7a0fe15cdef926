"""How dossiers went, read from the ledger: only of dossiers that the reader may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import FINAL
from tinhso.flows.activities import COMPLETED, KINDS, RETURNED
from tinhso.flows.types import Activity, Flow, Passage, Path
from tinhso.kernel.models import LedgerEntry
from tinhso.people.types import Actor

MOST_PATHS = 20
MOST_DOSSIERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    Whose way is asked for.

    :param since: filed at this moment or later
    :param until: filed before it
    :param agency_id: which decides; None for every agency
    """

    procedure_code: str
    since: datetime | None = None
    until: datetime | None = None
    agency_id: UUID | None = None


# One row for an act: what it was, what came directly after it and when. The order is the ledger's own, since
# a clock may jump; a step backwards in time counts as no time.
_CHAINED = """
WITH act AS (
    SELECT subject_id, position, at,
           kind || CASE WHEN kind = ANY(%s) THEN '/' || (payload->>'step') ELSE '' END AS activity
    FROM ledger_entry WHERE kind = ANY(%s) AND subject_id IN ({mine})
), chained AS (
    SELECT subject_id, position, at, activity,
           lead(activity) OVER way AS next,
           greatest(lead(at) OVER way - at, interval '0') AS gap,
           row_number() OVER way - 1 AS nr, count(*) OVER (PARTITION BY subject_id) - 1 AS last
    FROM act WINDOW way AS (PARTITION BY subject_id ORDER BY position)
), path AS (
    SELECT subject_id, string_agg(activity, ' ' ORDER BY position) AS words, max(at) - min(at) AS whole
    FROM act GROUP BY subject_id
)
"""
_ACTIVITIES = """
SELECT activity, count(*), count(DISTINCT subject_id), avg(nr::float / greatest(last, 1)),
       count(*) FILTER (WHERE next IS NULL AND d.status <> ALL(%s))
FROM chained JOIN dossiers_dossier d ON d.id = subject_id GROUP BY activity ORDER BY 4, 1
"""
_PASSAGES = """
SELECT activity, next, count(*), count(DISTINCT subject_id),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY gap),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY gap), sum(gap)
FROM chained WHERE next IS NOT NULL GROUP BY activity, next ORDER BY 7 DESC, 1, 2
"""
_PATHS = """
SELECT md5(words), words, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY whole), count(*) OVER ()
FROM path GROUP BY words ORDER BY 3 DESC, 2 LIMIT %s
"""
_ON_PATH = (
    "SELECT subject_id FROM path WHERE md5(words) = %s AND subject_id > %s ORDER BY subject_id LIMIT %s"
)
_BETWEEN = """
SELECT subject_id, max(gap) FROM chained WHERE activity = %s AND next = %s
GROUP BY subject_id ORDER BY 2 DESC, 1 LIMIT %s
"""


def procedures(
    *, actor: Actor, since: datetime | None, until: datetime | None
) -> tuple[tuple[str, int], ...]:
    """Return the codes of which the actor may see dossiers filed then, the most first."""
    rows = _filed(Dossier.objects.visible_to(actor), since, until)
    counted = rows.order_by().values_list("procedure_code").annotate(count=Count("pk"))
    return tuple(counted.order_by("-count", "procedure_code"))


def flow(*, actor: Actor, question: Question, most_paths: int = MOST_PATHS) -> Flow:
    """Return how they went; three questions to the database, however many there are."""
    mine = _mine(actor, question)
    activities = tuple(Activity(*row) for row in _ask(_ACTIVITIES, mine, [list(FINAL)]))
    places = {one.key: one.place for one in activities}
    passages = (Passage(*row) for row in _ask(_PASSAGES, mine, []))
    paths = _ask(_PATHS, mine, [most_paths])
    return Flow(
        dossiers=mine.count(),
        activities=activities,
        passages=tuple(replace(one, is_back=places[one.target] <= places[one.source]) for one in passages),
        paths=tuple(
            Path(digest, tuple(words.split()), many, whole) for digest, words, many, whole, _all in paths
        ),
        paths_in_all=paths[0][4] if paths else 0,
    )


def on_path(*, actor: Actor, question: Question, digest: str, after: UUID | None = None) -> tuple[UUID, ...]:
    """Return the dossiers that went exactly this way, by id, :data:`MOST_DOSSIERS` of them and one more."""
    values = [digest, after or UUID(int=0), MOST_DOSSIERS + 1]
    return tuple(row[0] for row in _ask(_ON_PATH, _mine(actor, question), values))


def between(*, actor: Actor, question: Question, source: str, target: str) -> tuple[UUID, ...]:
    """Return up to 50 dossiers that went straight from one activity to the other, the slowest first."""
    values = [source, target, MOST_DOSSIERS]
    return tuple(row[0] for row in _ask(_BETWEEN, _mine(actor, question), values))


def acts(*, actor: Actor, question: Question) -> Iterator[LedgerEntry]:
    """Yield the acts, dossier after dossier, each in the order of the ledger; few are in memory at once."""
    rows = LedgerEntry.objects.filter(subject_id__in=_mine(actor, question).values("pk"), kind__in=KINDS)
    return rows.order_by("subject_id", "position").iterator(chunk_size=2000)


def _mine(actor: Actor, question: Question) -> QuerySet[Dossier]:
    rows = Dossier.objects.visible_to(actor).filter(procedure_code=question.procedure_code)
    if question.agency_id is not None:
        rows = rows.filter(agency_id=question.agency_id)
    return _filed(rows, question.since, question.until)


def _filed(rows: QuerySet[Dossier], since: datetime | None, until: datetime | None) -> QuerySet[Dossier]:
    if since is not None:
        rows = rows.filter(filed_at__gte=since)
    return rows if until is None else rows.filter(filed_at__lt=until)


def _ask(tail: str, mine: QuerySet[Dossier], values: Sequence[Any]) -> list[tuple[Any, ...]]:
    try:
        subquery, given = mine.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        # Who may see no dossier at all.
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _CHAINED.replace("{mine}", subquery) + tail,
            [[COMPLETED, RETURNED], list(KINDS), *given, *values],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
