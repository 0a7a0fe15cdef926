"""Refusals at the edge of the web: their status, and their sentences for an error summary."""

from tinhso.dossiers.refusals import FormIncomplete
from tinhso.forms.types import FieldError
from tinhso.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound, Refusal
from tinhso.web.parts import LinkedError

STATUSES: tuple[tuple[type[Refusal], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
)
# What was sent is understood and cannot be done as it is: the person mends it and sends it again.
OTHERWISE = 422


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal: 404, 403, 409, else 422."""
    return next((status for kind, status in STATUSES if isinstance(refusal, kind)), OTHERWISE)


def errors_of(refusal: Refusal, *, field_name: str = "") -> tuple[FieldError | LinkedError, ...]:
    """
    Return the refusal as what ``<c-error-summary>`` takes, so that the page can be shown again.

    :param field_name: the box the sentence belongs to; of a form, each error knows its own
    :raises NotFound, NotAllowed: these are never shown in place: they go up to their own page
    """
    if isinstance(refusal, (NotFound, NotAllowed)):
        raise refusal
    if isinstance(refusal, FormIncomplete):
        return refusal.errors
    return (LinkedError(field_name, refusal.sentence()),)
