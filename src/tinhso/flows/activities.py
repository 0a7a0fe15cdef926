"""Which acts move a dossier on, and what they are called."""

from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.definitions.catalogue import ProcedureMissing
from tinhso.definitions.types import Procedure
from tinhso.dossiers.timeline import SENTENCES

COMPLETED, RETURNED = "dossier.step_completed", "dossier.step_returned"
# Notes, messages, claims and warnings happen beside the way and are left out.
KINDS = (
    "dossier.filed",
    "dossier.accepted",
    "dossier.not_accepted",
    COMPLETED,
    RETURNED,
    "dossier.supplement_requested",
    "dossier.supplement_answered",
    "dossier.payment_awaited",
    "dossier.payment_asked",
    "dossier.payment_asked_back",
    "dossier.payment_settled",
    "dossier.opinion_asked",
    "dossier.opinion_given",
    "dossier.silence_taken_for_consent",
    "dossier.deadline_extended",
    "dossier.refused",
    "dossier.result_signed",
    "dossier.result_posted",
    "dossier.result_delivered",
    "dossier.result_corrected",
    "dossier.result_reissued",
    "dossier.result_revoked",
    "dossier.withdrawn",
    "dossier.stopped",
)


def key_of(kind: str, step: str) -> str:
    """Return the name of an activity: acts on steps are told apart by the step."""
    return f"{kind}/{step}" if kind in (COMPLETED, RETURNED) and step else kind


def name_of(key: str, procedure: Procedure | None, *, language: str) -> str:
    """Say what the activity is; a step that the procedure has no more is called by its id."""
    kind, _slash, step = key.partition("/")
    if not step:
        return str(SENTENCES[kind])
    words = {COMPLETED: _("Xong bước «%(step)s»"), RETURNED: _("Trả lại từ bước «%(step)s»")}[kind]
    return words % {"step": _step_name(step, procedure, language)}


def _step_name(step: str, procedure: Procedure | None, language: str) -> str:
    known = {one.id: one.name for one in procedure.steps} if procedure else {}
    return known[step].into(language) if step in known else step


def procedure_of(code: str) -> Procedure | None:
    """Return the procedure as it is today; None when it is on offer no more."""
    try:
        return catalogue.current(code).procedure
    except ProcedureMissing:
        return None


def is_known(key: str) -> bool:
    """Tell whether it is the name of an activity."""
    kind, slash, step = key.partition("/")
    return kind in KINDS and bool(slash and step) == (kind in (COMPLETED, RETURNED))
