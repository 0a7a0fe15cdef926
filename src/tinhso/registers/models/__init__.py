"""Tables of the room."""

from tinhso.registers.models.corrections import Consent, Correction, CorrectionQuerySet
from tinhso.registers.models.holding import HeldValue, RegisterLook
from tinhso.registers.models.importing import (
    HeaderMemory,
    ImportLane,
    ImportProblem,
    KnownRow,
    RegisterImport,
)
from tinhso.registers.models.keeping import RetentionReview
from tinhso.registers.models.quality import LikelyTwin, QualityDay, RecordFault
from tinhso.registers.models.records import Record, RecordVersion, RecordVersionQuerySet

__all__ = [
    "Consent",
    "Correction",
    "CorrectionQuerySet",
    "HeaderMemory",
    "HeldValue",
    "ImportLane",
    "ImportProblem",
    "KnownRow",
    "LikelyTwin",
    "QualityDay",
    "Record",
    "RecordFault",
    "RecordVersion",
    "RecordVersionQuerySet",
    "RegisterImport",
    "RegisterLook",
    "RetentionReview",
]
