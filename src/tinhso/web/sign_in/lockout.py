"""Whom a failed sign-in counts against."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest


def username_of(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str:
    """Return the name that was tried: django-axes asks with credentials while trying, without them before."""
    tried = (credentials or {}).get("username")
    if not tried and request is not None:
        tried = request.POST.get("login")
    return str(tried or "").casefold()[:80]
