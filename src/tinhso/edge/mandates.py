"""How long somebody may act for another when a page or a program asks for days."""

from datetime import datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.clock import VIETNAM, local
from tinhso.kernel.refusals import Invalid

MOST_DAYS = 366


class DaysOutside(Invalid):
    code = "mandate-days"
    message = _("Thời hạn ủy quyền phải từ 1 đến %(most)s ngày. Hãy nhập lại.")


def end_after(days: int, *, at: datetime) -> datetime:
    """Return the midnight after so many days. :raises DaysOutside: fewer than one or too many"""
    if not 1 <= days <= MOST_DAYS:
        raise DaysOutside(most=MOST_DAYS)
    return datetime.combine(local(at).date() + timedelta(days=days), time.min, tzinfo=VIETNAM)
