"""Tables of the dossiers' room."""

from tinhso.dossiers.models.batch import Batch, BatchItem
from tinhso.dossiers.models.conversation import CaseMessage
from tinhso.dossiers.models.desk import DeskSetting, ReasonTemplate
from tinhso.dossiers.models.dossier import Dossier, DossierDocument, Draft, Filing
from tinhso.dossiers.models.durations import UsualDuration
from tinhso.dossiers.models.effort import FilingEffort
from tinhso.dossiers.models.exports import Export
from tinhso.dossiers.models.importing import ColumnMemory, Import, ImportedRow, ImportFault
from tinhso.dossiers.models.involvement import Involvement
from tinhso.dossiers.models.outcome import Rating, Result, ResultChange
from tinhso.dossiers.models.post import PostalArrival, PostalReturn
from tinhso.dossiers.models.process import (
    Alert,
    Consultation,
    Extension,
    Note,
    StepRun,
    Supplement,
    Suspension,
)
from tinhso.dossiers.models.reliefs import ReliefClaim

__all__ = [
    "Alert",
    "Batch",
    "BatchItem",
    "CaseMessage",
    "ColumnMemory",
    "Consultation",
    "DeskSetting",
    "Dossier",
    "DossierDocument",
    "Draft",
    "Export",
    "Extension",
    "Filing",
    "FilingEffort",
    "Import",
    "ImportFault",
    "ImportedRow",
    "Involvement",
    "Note",
    "PostalArrival",
    "PostalReturn",
    "Rating",
    "ReasonTemplate",
    "ReliefClaim",
    "Result",
    "ResultChange",
    "StepRun",
    "Supplement",
    "Suspension",
    "UsualDuration",
]
