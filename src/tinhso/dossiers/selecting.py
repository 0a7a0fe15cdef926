"""Which dossiers a view of the desk holds: the same for its list and for what is exported of it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from tinhso.definitions import catalogue
from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.statuses import CLOSED, FINAL, GOING, WAITING, Status
from tinhso.kernel.clock import VIETNAM, local
from tinhso.people.types import Actor

MINE, TO_ACCEPT, RUNNING, TO_SIGN, AWAITED, OVERDUE = (
    "cua-toi",
    "cho-tiep-nhan",
    "dang-xu-ly",
    "cho-ky",
    "cho-bo-sung",
    "qua-han",
)
TABS = (MINE, TO_ACCEPT, RUNNING, TO_SIGN, AWAITED, OVERDUE)
# Everything open; figures lead here, and the strip of tabs shows it only then.
ALL = "tat-ca"
DUE_OVERDUE, DUE_TODAY, DUE_TOMORROW, DUE_WEEK = "qua-han", "hom-nay", "ngay-mai", "7-ngay"
# The hours of its step ran out, and its own deadline is neither today nor over.
DUE_STEP = "buoc-qua-gio"
DUES = (DUE_OVERDUE, DUE_TODAY, DUE_TOMORROW, DUE_WEEK, DUE_STEP)
NOBODY = "chua-giao"
UNDER_WORK = frozenset({Status.ACCEPTED, Status.IN_PROGRESS})
# What a tab holds that goes by the state of its dossiers.
STATUSES = {TO_ACCEPT: frozenset({Status.FILED}), RUNNING: UNDER_WORK, AWAITED: WAITING}
FAR = datetime(9999, 1, 1, tzinfo=UTC)

Pairs = tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """
    :param tab: one of :data:`TABS`; empty for all the officer may see, closed ones too
    :param step: the Vietnamese name of a step: procedures share names, not ids
    :param holder: an account's id, or ``chua-giao``
    :param office: the agency with which the open step lies
    :param words: as typed into the search
    :param first: days of filing, both included, as ``YYYY-MM-DD``; empty for no bound
    """

    tab: str = ""
    procedure: str = ""
    step: str = ""
    due: str = ""
    holder: str = ""
    online: bool = False
    words: str = ""
    first: str = ""
    last: str = ""
    office: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return what is said, without what is not."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Self:
        return cls(**said)


def selected(
    *, actor: Actor, at: datetime, selection: Selection, pairs: Iterable[tuple[UUID, str]] | None = None
) -> QuerySet[Dossier]:
    """
    Return the dossiers as ``queries.work_list`` does, what is due next first.

    :param pairs: version and step of everything that may be open, when the caller knows them
    """
    rows = in_order(queries.work_list(actor=actor, open_only=bool(selection.tab)))
    if selection.words:
        rows = queries.search(rows, selection.words, actor=actor)
    known = tuple(pairs) if pairs is not None else _open_pairs(actor, selection)
    if selection.tab:
        rows = _of_tab(rows, actor=actor, at=at, tab=selection.tab, pairs=known)
    return _filed_between(_narrowed(rows, at=at, selection=selection, pairs=known), selection)


def in_order(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Put what is due next first; what was not accepted yet counts by the step's own hours."""
    far = Value(FAR)
    due = Case(When(status__in=WAITING | FINAL, then=far), default=Coalesce("due_at", F("step_due"), far))
    return rows.annotate(sort_at=due).order_by("sort_at", "pk")


def step_name(version_id: UUID, step: str, language: str) -> str:
    """Return the name of a step under the version of a dossier."""
    return catalogue.of_version(version_id).procedure.step(step).name.into(language)


def step_signs(version_id: UUID, step: str) -> bool:
    return catalogue.of_version(version_id).procedure.step(step).signs


def looks_for(selection: Selection, version_id: UUID, step: str) -> bool:
    """Say whether the selection goes by which step is open, and holds dossiers in this one."""
    if selection.tab == TO_SIGN and step_signs(version_id, step):
        return True
    return bool(selection.step) and step_name(version_id, step, "vi") == selection.step


def days_from(at: datetime, days: int) -> datetime:
    """Return the midnight so many days after today's beginning, in Vietnam."""
    return midnight(local(at).date() + timedelta(days=days))


def midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, tzinfo=VIETNAM)


def due_within(which: str, at: datetime) -> Q:
    """Return the condition that a deadline is of the kind; see :data:`DUES`. ``step_due`` is annotated."""
    spans = {
        DUE_OVERDUE: Q(due_at__lt=at),
        DUE_TODAY: Q(due_at__gte=at, due_at__lt=days_from(at, 1)),
        DUE_TOMORROW: Q(due_at__gte=days_from(at, 1), due_at__lt=days_from(at, 2)),
        DUE_WEEK: Q(due_at__gte=at, due_at__lt=days_from(at, 7)),
        DUE_STEP: Q(step_due__lt=at) & (Q(due_at__isnull=True) | Q(due_at__gte=days_from(at, 1))),
    }
    return spans[which]


def _narrowed(
    rows: QuerySet[Dossier], *, at: datetime, selection: Selection, pairs: Pairs
) -> QuerySet[Dossier]:
    if selection.procedure:
        rows = rows.filter(procedure_code=selection.procedure)
        if selection.tab:
            # What is open is known already; said in the words of the index of open cases, so that it is used.
            rows = rows.exclude(status__in=CLOSED)
    if selection.step:
        named = (pair for pair in pairs if step_name(*pair, "vi") == selection.step)
        rows = rows.filter(_one_of(named))
    if selection.due:
        rows = rows.filter(due_within(selection.due, at), finished_at__isnull=True, status__in=GOING)
    if selection.holder:
        nobody = selection.holder == NOBODY
        holder = {"holder_account": None if nobody else selection.holder}
        rows = rows.filter(**holder)
    if selection.office:
        place = {"open_agency": selection.office}
        rows = rows.filter(**place)
    if selection.online:
        rows = rows.filter(channel=Channel.ONLINE)
    return rows


def _filed_between(rows: QuerySet[Dossier], selection: Selection) -> QuerySet[Dossier]:
    if selection.first:
        rows = rows.filter(filed_at__gte=midnight(date.fromisoformat(selection.first)))
    if selection.last:
        rows = rows.filter(filed_at__lt=midnight(date.fromisoformat(selection.last) + timedelta(days=1)))
    return rows


def _open_pairs(actor: Actor, selection: Selection) -> Pairs:
    if not selection.step and selection.tab != TO_SIGN:
        return ()
    open_ones = Dossier.objects.open_to(actor).filter(steps__isnull=False, steps__closed_at__isnull=True)
    return tuple(open_ones.order_by().values_list("version_id", "steps__step").distinct())


def _of_tab(
    rows: QuerySet[Dossier], *, actor: Actor, at: datetime, tab: str, pairs: Pairs
) -> QuerySet[Dossier]:
    if tab == ALL:
        return rows
    if tab == MINE:
        return queries.mine(rows, actor)
    if tab == OVERDUE:
        return rows.filter(due_at__lt=at, finished_at__isnull=True, status__in=GOING)
    if tab == TO_SIGN:
        return rows.filter(_one_of(pair for pair in pairs if step_signs(*pair)), status__in=UNDER_WORK)
    return rows.filter(status__in=STATUSES[tab])


def _one_of(pairs: Iterable[tuple[UUID, str]]) -> Q:
    steps: dict[str, set[UUID]] = {}
    for version_id, step in pairs:
        steps.setdefault(step, set()).add(version_id)
    found = Q(pk__in=[])
    for step, versions in steps.items():
        found |= Q(open_step=step, version_id__in=versions)
    return found
