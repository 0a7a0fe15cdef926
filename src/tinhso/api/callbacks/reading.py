"""How much of an outside system's message is read."""

from django.http import HttpRequest

LARGEST_BODY = 16 * 1024


def declared_length(request: HttpRequest) -> int:
    """Return how long the body says it is: WSGI servers read no further, so the declaration bounds it."""
    length = request.headers.get("Content-Length", "")
    return int(length) if length.isascii() and length.isdigit() else 0
