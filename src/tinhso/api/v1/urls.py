"""Addresses of API v1; include it under ``api/v1/``."""

import re

from django.urls import URLPattern, path, re_path

from tinhso.api.v1.api import api, nowhere, openapi, schema
from tinhso.api.v1.contract import MOUNTED_AT, kinds_of
from tinhso.api.v1.edge import Kinds, guarded

_CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


def _guarded() -> list[URLPattern]:
    """Return ninja's addresses, each behind the edge with the media types its contract names."""
    kinds = kinds_of(schema())
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in patterns:
        written = MOUNTED_AT + _CONVERTER.sub(r"{\1}", str(pattern.pattern))
        pattern.callback = guarded(pattern.callback, kinds.get(written, {}))
    return [pattern for pattern in patterns if pattern.name != "api-root"]


app_name = "api-v1"
urlpatterns = [
    path("openapi.json", guarded(openapi, {"GET": Kinds()}), name="openapi"),
    *_guarded(),
    # Not «.*»: an address may hold a line break.
    re_path(r"^", guarded(nowhere, {}), name="nowhere"),
]
