"""The language a request asked for."""

from django.http import HttpRequest
from django.utils.translation import get_language


def language_of(_request: HttpRequest) -> str:
    """Return ``vi`` or ``en``; the middleware read ``Accept-Language``."""
    return (get_language() or "vi")[:2]
