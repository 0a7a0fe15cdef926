"""Reasons: kept with the history, so never empty."""

from tinhso.kernel.text import normalise
from tinhso.registers.refusals import ReasonNeeded

LONGEST = 1000


def require_reason(text: str) -> str:
    """Return the reason, trimmed. :raises ReasonNeeded: there is none"""
    reason = normalise(text)[:LONGEST]
    if not reason:
        raise ReasonNeeded
    return reason
