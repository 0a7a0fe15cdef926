"""
The watch: every hour a stretch of the ledger is checked, all of it in turn; operators are told what is wrong.

Small ledgers are checked whole each time. What the tree as a whole must keep to (the published root, inserted
entries, the upper tiles) is looked at in every round.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.kernel.actors import ActorRef
from tinhso.kernel.events import Event
from tinhso.kernel.ids import new_id
from tinhso.kernel.models import LedgerEntry, LedgerTree
from tinhso.kernel.tree import checking
from tinhso.kernel.tree.findings import Finding
from tinhso.kernel.tree.tiles import WIDTH

STRETCH = 400 * WIDTH
# The same alarm is told again after this time, in case nobody heard it.
AGAIN = timedelta(days=1)
NAMED = 20
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class LedgerAlarmRaised(Event):
    """Something in the ledger is not as it was sealed."""

    kind: ClassVar[str] = "ledger.alarm_raised"
    subject_kind: ClassVar[str] = "ledger_alarm"
    subject_field: ClassVar[str] = "alarm_id"

    alarm_id: UUID
    findings: int
    codes: tuple[str, ...]
    positions: tuple[int, ...]


class _Watch:
    ref = ActorRef(kind="system", id="ledger watch")


def watch(*, at: datetime, stretch: int = STRETCH) -> tuple[Finding, ...]:
    """Check the next stretch; return what is wrong, after operators were told."""
    tree = LedgerTree.objects.filter(id=1).first()
    if tree is None or not tree.size:
        return ()
    if tree.size <= stretch:
        found, done = tuple(checking.check()), 0
    else:
        start = tree.checked if tree.checked < tree.size else 0
        done = min(start + stretch, tree.size)
        found = tuple(checking.check_stretch(start, done))
        done = done // WIDTH * WIDTH if done < tree.size else 0
    LedgerTree.objects.filter(id=1).update(checked=done)
    wrong = tuple(one for one in found if not one.is_remark)
    if wrong:
        _raise_alarm(wrong, at=at)
    return wrong


@transaction.atomic
def _raise_alarm(wrong: tuple[Finding, ...], *, at: datetime) -> None:
    for one in wrong[:NAMED]:
        _log.critical("the ledger is not as it was sealed: %s: %s", one.code, one.sentence)
    event = LedgerAlarmRaised(
        alarm_id=new_id(),
        findings=len(wrong),
        codes=tuple(sorted({one.code for one in wrong})),
        positions=tuple(one.position for one in wrong if one.position is not None)[:NAMED],
    )
    if not _was_told(event, at=at):
        ledger.record(actor=_Watch(), at=at, event=event)


def _was_told(event: LedgerAlarmRaised, *, at: datetime) -> bool:
    last = LedgerEntry.objects.filter(kind=event.kind, at__gt=at - AGAIN).order_by("-at").first()
    return last is not None and last.payload == event.payload()
