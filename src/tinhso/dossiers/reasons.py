"""A reason the citizen will read."""

from tinhso.dossiers.refusals import ReasonMissing
from tinhso.kernel.text import normalise


def require_reason(reason: str) -> str:
    """Return the reason, trimmed. :raises ReasonMissing: nothing, or too little to be understood"""
    reason = normalise(reason)
    if len(reason) < 10:
        raise ReasonMissing
    return reason
