"""How often one address may try: the same count that the pages keep."""

from typing import Any

from django.http import HttpRequest

from tinhso.edge.limits import Limit, within
from tinhso.edge.refusals import TooManyTries

LIMITED: dict[str, Any] = {"x-limited": True}


def require_within(request: HttpRequest, limit: Limit) -> None:
    """Count a try. :raises TooManyTries: this address tried too often"""
    if not within(request, limit):
        raise TooManyTries(seconds=limit.seconds)
