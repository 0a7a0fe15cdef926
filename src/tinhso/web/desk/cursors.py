"""Pages of a list by cursor: the next page begins after the last row, whatever came in meanwhile."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tinhso.dossiers.listing import Place, later_than
from tinhso.dossiers.models import Dossier

__all__ = ["Place", "earlier_than", "later_than", "place_of", "read", "write"]


def write(place: Place) -> str:
    """Return the place as one word of an address."""
    return urlsafe_b64encode(f"{place[0].isoformat()} {place[1]}".encode()).decode().rstrip("=")


def read(text: str) -> Place | None:
    """Return the place; None when the text was not written by us."""
    try:
        moment, row = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split(" ")
        at, pk = datetime.fromisoformat(moment), UUID(row)
    except (ValueError, Error):
        return None
    return (at, pk) if at.tzinfo else None


def earlier_than(place: Place) -> Q:
    """Keep the rows before the place."""
    return Q(sort_at__lt=place[0]) | Q(sort_at=place[0], pk__lt=place[1])


def place_of(row: Dossier) -> Place:
    """Return the place of a row of ``work.listed``."""
    return row.sort_at, row.pk  # type: ignore[attr-defined]
