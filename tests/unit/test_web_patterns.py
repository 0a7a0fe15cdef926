"""Rows that look alike are drawn once, and each has its own texts."""

from dataclasses import dataclass
from unittest.mock import patch

import pytest
from django.utils.safestring import mark_safe

from tinhso.web import patterns


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    is_late: bool = False

    def look(self) -> bool:
        return self.is_late

    def texts(self) -> dict[str, str]:
        return {"name": self.name, "drawn": mark_safe("<b>x</b>")}


@pytest.fixture
def drawn() -> list[object]:
    return []


def _render(drawn: list[object], context: dict[str, object]) -> str:
    drawn.append(context["row"])
    return f"<td>{context['name']}{'!' if context['row'] else ''} {context['drawn']} {context['name']}</td>"


def test_each_look_is_drawn_once_and_texts_are_escaped(drawn: list[object]) -> None:
    patterns._pattern.cache_clear()
    with patch.object(patterns, "render_to_string", lambda _name, context: _render(drawn, context)):
        rows = [patterns.draw("x.html", row) for row in (Row("<a>"), Row("\ue000name\ue001"), Row("c", True))]
    patterns._pattern.cache_clear()

    assert rows[0] == "<td>&lt;a&gt; <b>x</b> &lt;a&gt;</td>"
    assert rows[1] == "<td>\ue000name\ue001 <b>x</b> \ue000name\ue001</td>"
    assert rows[2] == "<td>c! <b>x</b> c</td>"
    assert drawn == [False, True]
