"""What Django has no words for: PostgreSQL's ``box``, and search in words that carry who may find by them."""

import re
from typing import Any

from django.db import models
from django.db.models import BooleanField, F, Func, Value

Box = tuple[float, float, float, float]
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


class BoxField(models.Field):  # type: ignore[type-arg]  # the class takes no parameters at run time
    """West, south, east, north in degrees; GiST answers what meets a screenful."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002  (Django's signature)
        return "box"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Box | None:  # noqa: ARG002
        """Return the corners as PostgreSQL tells them, upper right first."""
        if value is None:
            return None
        east, north, west, south = (float(one) for one in _NUMBERS.findall(value))
        return west, south, east, north

    def get_prep_value(self, value: Box | None) -> str | None:
        return None if value is None else box_text(value)


def box_text(box: Box) -> str:
    """Return the box as PostgreSQL reads it."""
    west, south, east, north = box
    return f"({west},{south}),({east},{north})"


def meets(box: Box) -> Func:
    """Return the condition that a version's box and this one have a point in common."""
    return Func(
        F("box"),
        Value(box_text(box)),
        template="%(expressions)s",
        arg_joiner=" && ",
        output_field=BooleanField(),
        function="",
    )


def matches(query: str) -> Func:
    """
    Return the condition that a version's words meet the query.

    :param query: in the language of ``tsquery``, its words quoted by ``words.quoted``
    """
    vector = Func(F("words"), F("register"), F("record"), function="register_words")
    return _says(vector, query, "(%(expressions)s::tsquery)")


def matches_as_read(query: str) -> Func:
    """
    Return the same condition for rows that are read one after the other.

    No index answers it, and PostgreSQL takes half of all rows to meet it: it walks to the first ones.
    """
    vector = Func(F("words"), function="array_to_tsvector")
    return _says(vector, query, "(CASE WHEN %(expressions)s::tsquery THEN true ELSE false END)")


def _says(vector: Func, query: str, template: str) -> Func:
    return Func(
        vector,
        Value(query),
        template=template,
        arg_joiner=" @@ ",
        output_field=BooleanField(),
        function="",
    )
