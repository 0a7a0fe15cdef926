"""Reports take figures by agency from where they are kept; what is not there yet is asked for."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.formulas import Period
from tinhso.indicators.standing import Cut, stood
from tinhso.reports.ports import Found, Told

AGENCY = "agency"


class ByAgency:
    """Figures of a period, cut by agency."""

    def by_agency(self, ids: Collection[str], period: Period, *, at: datetime) -> Found:
        """Return what is kept; ask for the rest, which a job computes."""
        cuts = {name: Cut(name, period, by=(AGENCY,)) for name in sorted(ids)}
        known = stood(cuts.values())
        # A figure that was counted while the period ran is not the period's.
        whole = {
            name: found
            for name, cut in cuts.items()
            if (found := known.get(cut)) and (found.counted_until >= period.until or found.computed_at > at)
        }
        pending = frozenset(cuts) - frozenset(whole)
        if pending:
            ask_cuts(at=at, cuts=[cuts[name] for name in pending])
        told = {
            (name, figure.group[0]): Told(
                figure.value,
                {part: Decimal(one) for part, one in figure.sums.items()},
                found.series.checkpoint.position if found.series.checkpoint else 0,
                found.computed_at,
            )
            for name, found in whole.items()
            for figure in found.series.figures
        }
        return Found(told, pending)
