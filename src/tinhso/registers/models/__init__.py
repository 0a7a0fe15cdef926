"""Tables of the room."""

from tinhso.registers.models.holding import HeldValue, RegisterLook
from tinhso.registers.models.quality import LikelyTwin, QualityDay, RecordFault
from tinhso.registers.models.records import Record, RecordVersion, RecordVersionQuerySet

__all__ = [
    "HeldValue",
    "LikelyTwin",
    "QualityDay",
    "Record",
    "RecordFault",
    "RecordVersion",
    "RecordVersionQuerySet",
    "RegisterLook",
]
