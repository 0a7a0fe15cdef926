"""Make all facts anew from the ledger."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Model

from tinhso.facts.actions.project import LOCK, project
from tinhso.facts.models import DossierFact, FactCursor, FactFile, FactHole, ServiceFact
from tinhso.facts.rows import KINDS
from tinhso.facts.types import Passed
from tinhso.kernel import ledger, locks

MODELS: Sequence[type[Model]] = (DossierFact, ServiceFact, FactFile, FactHole, *KINDS)


def rebuild(*, at: datetime) -> Passed:
    """
    Forget every fact and read the ledger from its beginning; the same ledger gives the same facts.

    Until it is done nobody is given a figure (:class:`~tinhso.facts.refusals.FactsAreRebuilt`). Broken off,
    it goes on where it was with the next :func:`project`.
    """
    _forget()

    passed = project(at=at)
    while passed.behind:
        passed = project(at=at)

    _count_anew()
    FactCursor.objects.filter(pk=1).update(rebuild_to=0)
    return passed


def _count_anew() -> None:
    """Tell the planner what lies there now, or whoever asks first waits minutes for what takes a second."""
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"ANALYZE {model._meta.db_table}")


@transaction.atomic
def _forget() -> None:
    locks.hold(LOCK)
    FactCursor.objects.get_or_create(pk=1)
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    FactCursor.objects.filter(pk=1).update(read_to=0, written=0, read_at=None, rebuild_to=ledger.position())
