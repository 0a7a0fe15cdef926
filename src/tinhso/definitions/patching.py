"""Patch over small mistakes of shape, so that one look at a file finds the deeper ones too."""

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

ROUNDS = 4
_STANDS_FOR_A_TEXT = "?"


def patch(value: Any, errors: Sequence[ErrorDetails], model: type[Model]) -> Model | None:
    """
    Return the value with unknown fields dropped and missing texts filled; None if that is not enough.

    Positions stay true: no item of a list is ever dropped.
    """
    for _ in range(ROUNDS):
        for error in errors:
            _apply(value, error)
        try:
            return model.model_validate(value)
        except ValidationError as again:
            errors = again.errors()
    return None


def _apply(value: Any, error: ErrorDetails) -> None:
    *path, last = error["loc"] or ("",)
    owner = value
    for part in path:
        inside = isinstance(owner, dict) and part in owner
        if not inside and not (isinstance(owner, list) and isinstance(part, int) and part < len(owner)):
            return
        owner = owner[part]
    if not isinstance(owner, dict):
        return
    if error["type"] == "missing":
        owner[last] = _STANDS_FOR_A_TEXT
    elif error["type"] == "extra_forbidden" or last not in {"id", "type"}:
        owner.pop(last, None)
