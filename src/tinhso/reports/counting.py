"""
Dossiers of a period, counted from facts: taken over and new, settled and still open, each dossier once.

A dossier is received when it was accepted: what is declined before is in no cell. It belongs to the agency
that decides it. What an agency only took in for another stands in a line of its own, which the province does
not add up.
Carried over + new = settled + open, of whatever part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import TruncDate

from tinhso.dossiers.models import Dossier
from tinhso.facts.models import DossierFact
from tinhso.kernel.clock import VIETNAM
from tinhso.reports.periods import Span

ENDED_EARLY = ("withdrawn", "stopped")


@dataclass(frozen=True, slots=True)
class Counts:
    """
    How many dossiers.

    :param carried: accepted before the period and open when it began
    :param withdrawn: of ``settled``: the applicant took it back, or it was stopped
    """

    carried: int = 0
    online: int = 0
    other: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    withdrawn: int = 0

    @property
    def new(self) -> int:
        return self.online + self.other

    @property
    def received(self) -> int:
        return self.carried + self.new

    @property
    def settled(self) -> int:
        return self.early + self.on_time + self.late

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_late

    def cell(self, name: str) -> int:
        """Return one of ``types.CELLS``."""
        found: int = getattr(self, name)
        return found

    def __add__(self, more: "Counts") -> "Counts":
        return Counts(*(getattr(self, one.name) + getattr(more, one.name) for one in fields(self)))


PARTS: Mapping[str, tuple[str, ...]] = {
    "received": ("carried", "online", "other"),
    "new": ("online", "other"),
    "settled": ("early", "on_time", "late"),
    "open": ("open_in_time", "open_late"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Whose dossiers: of an agency (by code), of a field. Empty: all."""

    agency: str = ""
    field: str | None = None


def counted(span: Span, *, at: datetime, place: Place = Place()) -> dict[tuple[str, str], Counts]:
    """Return the counts by agency and field, with one question to the database."""
    rows = _in(span, place).values_list("agency", "field").order_by("agency", "field")
    asked = rows.annotate(
        **{one.name: Count("pk", filter=condition(one.name, span, at=at)) for one in fields(Counts)}
    )
    return {(agency, field): Counts(*numbers) for agency, field, *numbers in asked}


def taken_in(span: Span) -> dict[str, int]:
    """Return how many new dossiers each agency, by code, took in for another, with one question."""
    taken = Dossier.objects.exclude(receiving_agency_id=F("agency_id"))
    taker = Dossier.objects.filter(pk=OuterRef("dossier_id")).values("receiving_agency__code")[:1]
    rows = _in(span, Place()).filter(dossier_id__in=taken.values("pk"), accepted_at__gte=span.starts_at)
    found = rows.annotate(taker=Subquery(taker)).values_list("taker").order_by("taker")
    return {code: count for code, count in found.annotate(count=Count("pk")) if code}


def total(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def behind(span: Span, *, at: datetime, cell: str, place: Place) -> QuerySet[DossierFact]:
    """Return exactly the dossiers that a cell counts, oldest first."""
    return _in(span, place).filter(condition(cell, span, at=at)).order_by("number")


def ids_behind(span: Span, *, at: datetime, cell: str, place: Place) -> QuerySet[DossierFact, UUID]:
    return behind(span, at=at, cell=cell, place=place).values_list("dossier_id", flat=True)


def condition(cell: str, span: Span, *, at: datetime) -> Q:
    """Return what makes a dossier count in the cell; of a running period, as it stands at the moment."""
    if cell in PARTS:
        found = Q()
        for part in PARTS[cell]:
            found |= condition(part, span, at=at)
        return found
    since, until = span.starts_at, span.ends_at
    now = min(until, at)
    new, settled = Q(accepted_at__gte=since), Q(done__lt=until)
    is_open = Q(done__isnull=True) | Q(done__gte=until)
    waits = Q(waiting_since__lt=now)
    no_day = Q(due_at__isnull=True)
    told = {
        "carried": Q(accepted_at__lt=since),
        "online": new & Q(channel="online"),
        "other": new & ~Q(channel="online"),
        "early": settled & Q(done_on__lt=F("due_on")),
        "on_time": settled & (no_day | Q(done__lte=F("due_at"), done_on__gte=F("due_on"))),
        "late": settled & Q(done__gt=F("due_at")),
        "open_in_time": is_open & (no_day | Q(due_at__gte=now) | waits),
        "open_late": is_open
        & Q(due_at__lt=now)
        & (Q(waiting_since__isnull=True) | Q(waiting_since__gte=now)),
        "withdrawn": settled & Q(outcome__in=ENDED_EARLY),
    }
    return told[cell]


def _in(span: Span, place: Place) -> QuerySet[DossierFact]:
    rows = DossierFact.objects.filter(number__isnull=False, accepted_at__lt=span.ends_at)
    # A clock that jumped must not let a dossier end before it was accepted: it would be in no cell.
    ended = Case(When(ended_at__lt=F("accepted_at"), then=F("accepted_at")), default=F("ended_at"))
    rows = rows.annotate(
        done=ended, done_on=TruncDate("done", tzinfo=VIETNAM), due_on=TruncDate("due_at", tzinfo=VIETNAM)
    )
    # «Done after the period began», said in columns, which an index may serve.
    since = span.starts_at
    rows = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=since) | Q(accepted_at__gte=since))
    if place.field is not None:
        rows = rows.filter(field=place.field)
    return rows.filter(agency=place.agency) if place.agency else rows
