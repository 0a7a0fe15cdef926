"""Alerts and facts for tests of the operations room."""

from datetime import datetime
from uuid import UUID

from tests.dossiers_kit import BINH_LIEU, Province
from tinhso.operations.models import ThresholdAlert
from tinhso.people.models import Agency


def alert(
    province: Province, *, unit: str = BINH_LIEU, rule: str = "overdue", raised_at: datetime | None = None
) -> UUID:
    """Return an alert about the committee of a commune that nobody took note of."""
    agency = Agency.objects.get(kind="commune_committee", unit_code=unit)
    row = ThresholdAlert.objects.create(
        rule=rule,
        agency=agency,
        crossed=5,
        count=6,
        highest=6,
        told=1,
        raised_at=raised_at or province.at,
    )
    return row.id
