"""How long something took, as people say it."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def lasting(length: timedelta) -> str:
    """Say a length of the wall clock: «45 phút», «3,5 giờ», «12 ngày»; one decimal below ten."""
    if length < MINUTE:
        return _("dưới 1 phút")
    if length < HOUR:
        minutes = length // MINUTE
        return ngettext("%(count)s phút", "%(count)s phút", minutes) % {"count": minutes}
    if length < 2 * DAY:
        return _("%(count)s giờ") % {"count": _figure(length / HOUR)}
    return _("%(count)s ngày") % {"count": _figure(length / DAY)}


def share(part: int, whole: int) -> str:
    """Return percent with one decimal; empty of nothing."""
    return f"{_comma(100 * part / whole)} %" if whole else ""


def _figure(number: float) -> str:
    return _comma(number) if number < 10 else str(round(number))


def _comma(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")
