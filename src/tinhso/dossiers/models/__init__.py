"""Tables of the dossiers' room."""

from tinhso.dossiers.models.dossier import Dossier, DossierDocument, Draft, Filing
from tinhso.dossiers.models.involvement import Involvement
from tinhso.dossiers.models.outcome import Rating, Result, ResultChange
from tinhso.dossiers.models.process import (
    Alert,
    Consultation,
    Extension,
    Note,
    StepRun,
    Supplement,
    Suspension,
)

__all__ = [
    "Alert",
    "Consultation",
    "Dossier",
    "DossierDocument",
    "Draft",
    "Extension",
    "Filing",
    "Involvement",
    "Note",
    "Rating",
    "Result",
    "ResultChange",
    "StepRun",
    "Supplement",
    "Suspension",
]
