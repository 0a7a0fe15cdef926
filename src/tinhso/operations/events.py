"""What happens in the operations room, in the past tense."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AlertEvent(Event):
    """Base of what happens to an alert."""

    subject_kind: ClassVar[str] = "threshold_alert"
    subject_field: ClassVar[str] = "alert_id"

    alert_id: UUID
    rule: str
    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class ThresholdCrossed(AlertEvent):
    """An agency has more dossiers in trouble than the line allows; officers were told."""

    kind: ClassVar[str] = "operations.threshold_crossed"

    count: int
    crossed: int


@dataclass(frozen=True, kw_only=True)
class AlertAcknowledged(AlertEvent):
    """Somebody took note of it, and wrote what is being done."""

    kind: ClassVar[str] = "operations.alert_acknowledged"


@dataclass(frozen=True, kw_only=True)
class ThresholdCleared(AlertEvent):
    """It fell far enough; the next crossing is another."""

    kind: ClassVar[str] = "operations.threshold_cleared"

    count: int
