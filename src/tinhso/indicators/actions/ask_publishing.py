"""Have the figures of a period told: a job computes and keeps them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.indicators import policies
from tinhso.indicators.definitions import indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.jobs import tell
from tinhso.kernel.clock import local
from tinhso.kernel.jobs import defer
from tinhso.kernel.refusals import Invalid
from tinhso.people.types import Actor


class PeriodIsRunning(Invalid):
    code = "indicator-period-is-running"
    message = _("Kỳ này chưa kết thúc nên chưa công bố được. Hãy chọn một kỳ đã qua.")


@transaction.atomic
def ask_publishing(*, actor: Actor, at: datetime, indicator_id: str, period: Period) -> None:
    """
    Ask for the figures of the whole province and by unit.

    :raises NotAllowed: the actor may not publish
    :raises IndicatorMissing, PeriodIsRunning: as they say
    """
    policies.require_publisher(actor)

    one = indicator(indicator_id)
    if period.until > local(at).date():
        raise PeriodIsRunning

    defer(
        tell,
        indicator_id=one.id,
        since=period.since.isoformat(),
        until=period.until.isoformat(),
        account_id=str(actor.account_id or ""),
    )
