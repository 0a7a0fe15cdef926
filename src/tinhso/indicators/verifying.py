"""Computing a published figure again, from the ledger as it was."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from tinhso.facts.actions.replay import replayed
from tinhso.facts.engines import engine
from tinhso.facts.types import Checkpoint
from tinhso.indicators import entered
from tinhso.indicators.actions.publish import texts
from tinhso.indicators.definitions import Indicator, indicator
from tinhso.indicators.figures import Asking
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import PublishedFigure
from tinhso.indicators.tables_read import tables_of
from tinhso.indicators.types import Figure, Series
from tinhso.kernel.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Verified:
    """
    :param agrees: the ledger gives the same sums and value
    :param same_definition: the indicator still says what it said then; where not, the figure cannot agree
    """

    figure: PublishedFigure
    computed: Figure | None
    agrees: bool
    same_definition: bool

    @property
    def value(self) -> Decimal | None:
        return self.computed.value if self.computed else None


def verify(figure_id: UUID) -> Verified:
    """
    Compute the figure again from exactly the entries it was made of.

    :raises NotFound: no such figure was published; :raises IndicatorMissing: no file says the indicator now
    """
    told = PublishedFigure.objects.filter(pk=figure_id).first()
    if told is None:
        raise NotFound
    one = indicator(told.indicator)
    series = _again(one, told)
    computed = next((one for one in series.figures if list(one.group) == told.group), None)
    agrees = computed is not None and computed.value == told.value and texts(computed) == told.sums
    return Verified(told, computed, agrees, one.digest == told.definition)


def _again(one: Indicator, told: PublishedFigure) -> Series:
    period, by = Period(told.since, told.until), tuple(told.grouped_by)
    if one.manual is not None:
        return entered.series(one, period=period, by=by)
    made_of = Checkpoint(told.position, 0, tuple((first, last) for first, last in told.without))
    with replayed(made_of, tables_of(one)) as facts, engine(facts) as counting:
        return Asking(counting, made_of, period, by, told.map_on).series(one)
