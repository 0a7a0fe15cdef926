"""How often one address may try something; counted in the cache that all web processes share."""

from django.core.cache import cache
from django.http import HttpRequest


def within(request: HttpRequest, *, what: str, most: int, seconds: int) -> bool:
    """Count one try of ``what`` from this address; tell whether it is among the ``most`` of the period."""
    key = f"tries:{what}:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ran out between the two questions
        return True
