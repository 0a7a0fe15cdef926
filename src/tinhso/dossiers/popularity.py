"""Which procedures people file most: counted over all, so that it tells nothing of anybody."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.db.models import Count

from tinhso.dossiers.models import Dossier

LOOKS_BACK = timedelta(days=90)
# A process counts again after so many seconds; what people file most does not change by the minute.
KEPT = 600
MOST = 50


def most_filed(*, at: datetime) -> tuple[str, ...]:
    """Return the codes filed most in the last 90 days, at most 50, the most filed first."""
    return _counted(int(at.timestamp()) // KEPT)


def forget() -> None:
    """Count again at the next question; for tests and for a database that was replaced."""
    _counted.cache_clear()


@lru_cache(maxsize=1)
def _counted(slot: int) -> tuple[str, ...]:
    since = datetime.fromtimestamp(slot * KEPT, tz=UTC) - LOOKS_BACK
    filed = Dossier.objects.filter(filed_at__gte=since).values("procedure_code")
    counted = filed.annotate(count=Count("id")).order_by("-count", "procedure_code")
    return tuple(counted.values_list("procedure_code", flat=True)[:MOST])
