"""Tables of the dossiers' room."""

from tinhso.dossiers.models.dossier import Dossier, DossierDocument, Draft
from tinhso.dossiers.models.outcome import Rating, Result
from tinhso.dossiers.models.process import Consultation, Extension, StepRun, Supplement, Suspension

__all__ = [
    "Consultation",
    "Dossier",
    "DossierDocument",
    "Draft",
    "Extension",
    "Rating",
    "Result",
    "StepRun",
    "Supplement",
    "Suspension",
]
