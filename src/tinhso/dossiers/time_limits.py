"""A time limit as people read it."""

from django.utils import translation
from django.utils.translation import gettext as _

from tinhso.definitions.types import TimeLimit, Unit


def in_words(limit: TimeLimit, language: str) -> str:
    """Return the limit as a phrase: «3 ngày làm việc», «trong ngày»."""
    with translation.override(language):
        if limit.same_day:
            return _("trong ngày, nhận sau %(cut_off)s thì ngày làm việc tiếp theo") % {
                "cut_off": limit.cut_off
            }
        units = {
            Unit.HOUR: _("giờ"),
            Unit.WORKING_HOUR: _("giờ làm việc"),
            Unit.DAY: _("ngày"),
            Unit.WORKING_DAY: _("ngày làm việc"),
            Unit.MONTH: _("tháng"),
        }
        return f"{limit.value} {units[limit.unit]}"
