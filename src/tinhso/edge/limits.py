"""How often one address may try something; counted in the cache that all web processes share."""

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Limit:
    """
    :param what: what is tried; pages and API count together
    :param most: tries in ``seconds`` from one address
    """

    what: str
    most: int
    seconds: int


# Codes follow one another: whoever asks more often than this is not looking for their own.
TRACK = Limit("track", most=30, seconds=600)
# Checking costs seconds of computing; nobody holds more papers in their hand than this.
VERIFY = Limit("verify", most=30, seconds=600)
# A guess at another's number must not be cheap.
AGENT = Limit("agent", most=10, seconds=3600)
# A kiosk's answers come from one address, one after the other; nobody's fingers are faster than this.
SURVEY = Limit("survey", most=60, seconds=3600)
# Keys of some registers follow one another: nobody holds more papers with a QR in their hand than this.
RECORD = Limit("record", most=60, seconds=600)
# A file may be a million rows; a portal that harvests every file of every register stays below this.
DOWNLOAD = Limit("download", most=120, seconds=600)


def within(request: HttpRequest, limit: Limit) -> bool:
    """Count one try from this address; tell whether it is among the most of the period."""
    key = f"tries:{limit.what}:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, timeout=limit.seconds):
        return True
    try:
        return cache.incr(key) <= limit.most
    except ValueError:  # it ran out between the two questions
        return True
