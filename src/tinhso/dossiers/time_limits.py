"""The time limit of a case, and a limit as people read it."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from tinhso.definitions import conditions
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure, TimeLimit, Unit
from tinhso.dossiers.facts import all_answers
from tinhso.dossiers.models import Dossier
from tinhso.kernel.clock import local


def limit_for(procedure: Procedure, answers: Mapping[str, object], facts: Facts) -> TimeLimit:
    """Return the limit of the first case of the law that holds, else the ordinary one."""
    for case in procedure.time.cases:
        if conditions.holds(case.when, procedure=procedure, answers=answers, facts=facts):
            return TimeLimit(value=case.value, unit=case.unit, note=procedure.time.note)
    return procedure.time


def limit_of(dossier: Dossier, procedure: Procedure) -> TimeLimit:
    """Return the limit of this dossier by its answers and findings, as on the day it was filed."""
    if not procedure.time.cases:
        return procedure.time
    facts = Facts(today=local(dossier.filed_at).date(), channel=dossier.channel)
    return limit_for(procedure, all_answers(dossier), facts)


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
