"""The agencies of the packs, loaded for real by the first test of a process that needs them."""

from datetime import datetime

from django.conf import settings

from tinhso.people import actions
from tinhso.people.models import Agency
from tinhso.people.types import system

_rows: list[Agency] = []


def load(at: datetime) -> None:
    """
    Have the agencies of the real packs.

    A hundred and eighty of them a test, through the action, were a tenth of all time; later tests get the
    same rows as they are. Where agencies exist already the action decides, as it would in life.
    """
    is_empty = not Agency.objects.exists()
    if is_empty and _rows:
        Agency.objects.bulk_create(_rows)
        return
    packs, province = settings.TINHSO.packs, settings.TINHSO.province
    actions.load_agencies(actor=system("test"), at=at, packs=packs, province=province)
    if is_empty:
        _rows.extend(Agency.objects.all())
