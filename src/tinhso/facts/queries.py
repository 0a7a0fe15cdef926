"""How facts stand to the ledger."""

from dataclasses import asdict, dataclass
from datetime import datetime

from tinhso.facts.models import FactCursor, FactHole
from tinhso.kernel.models import LedgerEntry


@dataclass(frozen=True, slots=True)
class Standing:
    """
    :param position: read up to here; ``ledger`` the last position there is
    :param waiting: entries that were not read yet
    :param behind: seconds since the oldest of them was recorded; 0 with none
    :param holes: spans that may still be filled
    """

    position: int
    ledger: int
    waiting: int
    behind: float
    holes: int

    def as_json(self) -> dict[str, float]:
        return asdict(self)


def standing(*, at: datetime) -> Standing:
    """Return how far facts are behind the ledger at this moment."""
    cursor = FactCursor.objects.filter(pk=1).first() or FactCursor()
    unread = LedgerEntry.objects.filter(position__gt=cursor.read_to).order_by("position")
    oldest = unread.values_list("recorded_at", flat=True).first()
    last = LedgerEntry.objects.order_by("-position").values_list("position", flat=True).first() or 0
    behind = max(0.0, (at - oldest).total_seconds()) if oldest else 0.0
    return Standing(cursor.read_to, last, unread.count(), behind, FactHole.objects.count())
