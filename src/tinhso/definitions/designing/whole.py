"""A file of facts only as a whole file, so that its form can be changed."""

import json
from typing import Any

from tinhso.definitions.designing.document import written
from tinhso.definitions.designing.files import Files
from tinhso.definitions.standard import is_standard
from tinhso.definitions.types import Procedure

_DROPPED: dict[str, Any] = {"en": ""}


def whole_file(source: str, procedure: Procedure, templates: dict[str, str]) -> Files:
    """Return the files of a version; one that was derived is written out whole."""
    if not is_standard(source.encode()):
        return Files(source, templates)
    value = json.loads(procedure.model_dump_json(by_alias=True, exclude_defaults=True))
    heading = "Written out of the facts and the standard form; the form is its own from here on."
    return Files(written(_tidy(value), heading=heading), templates)


def _tidy(value: Any) -> Any:
    """Leave out what says nothing: an empty English text, a condition that always holds."""
    if isinstance(value, dict):
        return {key: _tidy(inner) for key, inner in value.items() if _DROPPED.get(key) != inner}
    if isinstance(value, list):
        return [_tidy(inner) for inner in value]
    return value
