"""Errors of pydantic as mistakes of a file."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location, Places


def explain(detail: ErrorDetails, *, model: type[BaseModel], places: Places) -> Mistake:
    """Return the mistake behind one error of pydantic."""
    at: Location = tuple(detail["loc"])
    name = str(at[-1]) if at else ""
    match detail["type"]:
        case "extra_forbidden":
            known = _field_names(_model_at(model, at[:-1]))
            return places.mistake(at, "unknown-field", name=name, hint=nearest(name, known))
        case "missing" if name == "otherwise":
            return places.mistake(at, "rule-without-sentence")
        case "missing":
            return places.mistake(at, "missing-field", name=name)
        case "literal_error" | "enum":
            allowed = str((detail.get("ctx") or {}).get("expected", "")).replace(" or ", ", ")
            return places.mistake(at, "not-allowed-value", name=name, value=detail["input"], allowed=allowed)
        case "float_type" | "string_type" if isinstance(detail["input"], float):
            return places.mistake(at, "needs-quotes", name=name, value=detail["input"])
        case _:
            return places.mistake(at, "wrong-value", name=name, detail=detail["msg"])


def nearest(name: str, known: Iterator[str] | list[str] | tuple[str, ...] | Mapping[str, Any]) -> str:
    """Return the known name most like this one, empty where none is near."""
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def _field_names(model: type[BaseModel] | None) -> list[str]:
    if model is None:
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_at(model: type[BaseModel], at: Location) -> type[BaseModel] | None:
    current: type[BaseModel] | None = model
    for part in at:
        if isinstance(part, int) or current is None:
            continue
        fields = {field.alias or name: field for name, field in current.model_fields.items()}
        current = _model_in(fields[part].annotation) if part in fields else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is None and not isinstance(annotation, UnionType):
        return None
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)
