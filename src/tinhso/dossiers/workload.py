"""Who in an agency has how much in hand, for whoever heads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tinhso.dossiers.models import Dossier, StepRun
from tinhso.dossiers.models.dossier import oversees
from tinhso.dossiers.statuses import FINAL, WAITING
from tinhso.kernel.clock import VIETNAM, local
from tinhso.kernel.refusals import NotAllowed
from tinhso.people import policies as people
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Load:
    """
    What lies with one officer, or with nobody yet.

    :param done: steps finished since Monday
    """

    held: int = 0
    overdue: int = 0
    today: int = 0
    done: int = 0


def require_head(actor: Actor, *, agency_id: UUID) -> None:
    """The head of the agency, or who oversees the province. :raises NotAllowed: anybody else asks"""
    if not people.is_head(actor, agency_id=agency_id) and not oversees(actor):
        raise NotAllowed


def loads(*, actor: Actor, at: datetime, agency_id: UUID) -> Mapping[UUID | None, Load]:
    """
    Return the load of every officer that has, or had, steps of the agency in hand; None for nobody's yet.

    Two queries. :raises NotAllowed: see :func:`require_head`
    """
    require_head(actor, agency_id=agency_id)
    day = datetime.combine(local(at).date(), time(), tzinfo=VIETNAM)
    counts = Q(dossier__finished_at__isnull=True) & ~Q(dossier__status__in=WAITING)
    held = (
        _open(agency_id)
        .order_by()
        .values("holder_id")
        .annotate(
            held=Count("pk"),
            overdue=Count("pk", filter=counts & Q(dossier__due_at__lt=at)),
            today=Count(
                "pk",
                filter=counts & Q(dossier__due_at__gte=at, dossier__due_at__lt=day + timedelta(days=1)),
            ),
        )
    )
    done = _done(agency_id, at=at).order_by().values("closed_by_id").annotate(done=Count("pk"))
    finished = {row["closed_by_id"]: row["done"] for row in done}
    known = {row["holder_id"]: row for row in held}
    return {
        account_id: Load(
            held=known[account_id]["held"] if account_id in known else 0,
            overdue=known[account_id]["overdue"] if account_id in known else 0,
            today=known[account_id]["today"] if account_id in known else 0,
            done=finished.get(account_id, 0),
        )
        for account_id in {*known, *finished}
    }


def done_by(
    dossiers: QuerySet[Dossier], *, actor: Actor, at: datetime, agency_id: UUID, account_id: UUID
) -> QuerySet[Dossier]:
    """
    Keep the dossiers in which the officer finished a step of the agency since Monday.

    :raises NotAllowed: see :func:`require_head`
    """
    require_head(actor, agency_id=agency_id)
    runs = _done(agency_id, at=at).filter(closed_by_id=account_id)
    return dossiers.filter(pk__in=runs.order_by().values("dossier_id"))


def monday(at: datetime) -> datetime:
    """Return the beginning of the Vietnamese week of the moment."""
    today = local(at).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time(), tzinfo=VIETNAM)


def _open(agency_id: UUID) -> QuerySet[StepRun]:
    runs = StepRun.objects.filter(agency_id=agency_id, closed_at__isnull=True)
    return runs.exclude(dossier__status__in=FINAL)


def _done(agency_id: UUID, *, at: datetime) -> QuerySet[StepRun]:
    return StepRun.objects.filter(
        agency_id=agency_id, closed_by__isnull=False, closed_at__gte=monday(at), closed_at__lte=at
    )
