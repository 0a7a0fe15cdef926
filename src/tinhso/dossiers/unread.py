"""Whose messages wait to be read: expressions for the rows of a list and for one dossier."""

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tinhso.dossiers.models import CaseMessage


def any_for_office() -> Exists:
    """Return «the applicant wrote something that nobody of the office has read»."""
    return Exists(_unread(CaseMessage.Side.APPLICANT))


def count_for_office() -> Coalesce:
    """Return how many messages of the applicant nobody of the office has read."""
    return _counted(_unread(CaseMessage.Side.APPLICANT))


def count_for_applicant() -> Coalesce:
    """Return how many messages of the office the applicant's side has not read."""
    return _counted(_unread(CaseMessage.Side.OFFICE))


def count_of_all() -> Coalesce:
    """Return how many messages the thread has."""
    return _counted(CaseMessage.objects.filter(dossier=OuterRef("pk")))


def _unread(side: CaseMessage.Side) -> QuerySet[CaseMessage]:
    return CaseMessage.objects.filter(dossier=OuterRef("pk"), side=side, read_at__isnull=True)


def _counted(rows: QuerySet[CaseMessage]) -> Coalesce:
    counted = rows.order_by().values("dossier").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
