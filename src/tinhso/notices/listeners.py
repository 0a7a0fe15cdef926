"""What this room does when something happens elsewhere."""

from datetime import datetime

from tinhso.kernel.tree.watching import LedgerAlarmRaised
from tinhso.notices.actions import notify_officers
from tinhso.notices.policies import OPERATOR
from tinhso.people import queries as people


def on_ledger_alarm(*, event: LedgerAlarmRaised, at: datetime) -> None:
    """Tell everybody who operates the system."""
    operators = people.officers_in(roles=[OPERATOR], agency_kinds=(), at=at)
    notify_officers(
        at=at,
        account_ids={one.account_id for one in operators},
        template="ledger_alarm",
        data={
            "count": str(event.findings),
            "entries": ", ".join(map(str, event.positions)) or "—",
        },
        dedupe_key=f"ledger_alarm:{event.alarm_id}",
    )
