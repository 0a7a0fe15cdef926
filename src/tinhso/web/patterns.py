"""
Rows of a long list are drawn once for each look, and their texts put in.

A template takes half a thousandth of a second for a row, fifty times on a page. But rows look alike but for
a few yes and no; what else differs are texts, which stand in the template as names of their own.
"""

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Protocol

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Of the private use area: no template says them, and what is put in is not looked at any more.
BEGIN, END = "\ue000", "\ue001"
MARK = re.compile(f"{BEGIN}(\\w+){END}")


class Patterned(Hashable, Protocol):
    """What such a row is drawn of."""

    def look(self) -> Hashable:
        """Return the row without its texts: the template's ``row``."""

    def texts(self) -> Mapping[str, str]:
        """Return its texts, of the same names in every row; escaped unless they are drawn already."""


def draw(template: str, row: Patterned, **shared: Hashable) -> SafeString:
    """
    Draw the row; the template knows its look, names for its texts, and what all rows share.

    The row itself is kept too: officers come back to their list all day.
    """
    return _row(get_language(), template, row, tuple(shared.items()))


@lru_cache(maxsize=4096)
def _row(
    language: str | None, template: str, row: Patterned, shared: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    texts = row.texts()
    parts = _pattern(language, template, tuple(texts), row.look(), shared)
    filled = [
        conditional_escape(texts[part]) if place % 2 else part  # texts and what is between them in turn
        for place, part in enumerate(parts)
    ]
    return SafeString("".join(filled))


@lru_cache(maxsize=1024)
def _pattern(
    _language: str | None,
    template: str,
    names: tuple[str, ...],
    look: Hashable,
    shared: tuple[tuple[str, Hashable], ...],
) -> list[str]:
    marks = {name: f"{BEGIN}{name}{END}" for name in names}
    return MARK.split(render_to_string(template, {"row": look, **dict(shared), **marks}).strip())
