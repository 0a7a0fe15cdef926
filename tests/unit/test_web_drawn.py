"""A part of a long list is drawn once for the same views and the same language."""

from dataclasses import replace
from datetime import date
from unittest.mock import patch

from django.template import Context, Template
from django.utils import translation

from tinhso.web.parts import DeadlineView
from tinhso.web.templatetags import look

DUE = DeadlineView("overdue", "Quá hạn <3> ngày", "alert-triangle", date(2026, 3, 10))


def draw(deadline: DeadlineView) -> str:
    template = Template('{% drawn "parts/deadline.html" deadline=deadline %}')
    return template.render(Context({"deadline": deadline, "secret": "của trang"}))


def test_the_same_views_are_drawn_once() -> None:
    first = draw(DUE)
    with patch.object(look, "render_to_string", side_effect=AssertionError):
        again = draw(replace(DUE))

    assert again == first
    assert "Quá hạn &lt;3&gt; ngày" in first


def test_other_views_and_other_languages_are_drawn_anew() -> None:
    draw(DUE)
    with patch.object(look, "render_to_string", return_value="mới") as drawing:
        assert draw(replace(DUE, words="Quá hạn 4 ngày")) == "mới"
        with translation.override("en"):
            assert draw(replace(DUE, words="Quá hạn 5 ngày")) == "mới"
            drawing.return_value = "again"
        assert draw(replace(DUE, words="Quá hạn 5 ngày")) == "again"
    look._drawn.cache_clear()
