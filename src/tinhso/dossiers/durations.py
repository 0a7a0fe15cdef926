"""How long a procedure usually takes, as pages and API tell it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.calendars.worktime import day_length
from tinhso.dossiers.deadline import calendar
from tinhso.dossiers.models import UsualDuration
from tinhso.dossiers.rules import rules

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Usual:
    """
    How long it took of late, in working minutes; the three are None when there were too few dossiers.

    :param agency_name: the agency it was measured at; empty for the whole province
    :param cases: how many dossiers it rests on
    :param days: over how many days
    """

    cases: int
    days: int
    fast: int | None = None
    typical: int | None = None
    slow: int | None = None
    agency_name: str = ""

    @property
    def is_known(self) -> bool:
        """Tell whether there were enough dossiers to say anything."""
        return self.typical is not None


def usual_duration(procedure_code: str, *, agency_id: UUID | None = None) -> Usual:
    """
    Return how long the procedure took of late: at the agency, else in the whole province.

    :param agency_id: the agency that receives; used only where it had enough dossiers itself
    """
    days = rules().durations.days
    rows = UsualDuration.objects.filter(
        Q(agency__isnull=True) | Q(agency_id=agency_id), procedure_code=procedure_code
    ).select_related("agency")
    by_agency = {row.agency_id: row for row in rows}
    own = by_agency.get(agency_id)
    row = own if own is not None and own.typical is not None else by_agency.get(None)
    if row is None:
        return Usual(cases=0, days=days)
    return Usual(
        cases=row.cases,
        days=days,
        fast=row.fast,
        typical=row.typical,
        slow=row.slow,
        agency_name=row.agency.name if row.agency else "",
    )


def in_working_time(minutes: int) -> str:
    """
    Say a length of working time: in hours up to one working day, else in whole days, rounded up.

    A dossier of 9 working hours was done on the second day: «2 ngày làm việc».
    """
    length, day = timedelta(minutes=minutes), day_length(calendar())
    if length <= day:
        hours = max(1, -(-length // HOUR))
        return ngettext("%(count)s giờ làm việc", "%(count)s giờ làm việc", hours) % {"count": hours}
    days = -(-length // day)
    return ngettext("%(count)s ngày làm việc", "%(count)s ngày làm việc", days) % {"count": days}


def in_words(usual: Usual) -> str:
    """Return one sentence, with what it rests on."""
    if not usual.is_known or usual.fast is None or usual.typical is None or usual.slow is None:
        return _("Chưa đủ hồ sơ để tính: %(days)s ngày qua có %(count)s hồ sơ giải quyết xong.") % {
            "days": usual.days,
            "count": usual.cases,
        }
    return _("Thường %(typical)s; nhanh %(fast)s, chậm %(slow)s.") % {
        "typical": in_working_time(usual.typical),
        "fast": in_working_time(usual.fast),
        "slow": in_working_time(usual.slow),
    }


def basis_words(usual: Usual) -> str:
    """Say what the figures rest on; nothing when there are none."""
    if not usual.is_known:
        return ""
    words = {"count": usual.cases, "days": usual.days, "agency": usual.agency_name}
    if usual.agency_name:
        return _("Tính từ %(count)s hồ sơ giải quyết xong trong %(days)s ngày qua tại %(agency)s.") % words
    return _("Tính từ %(count)s hồ sơ giải quyết xong trong %(days)s ngày qua.") % words
