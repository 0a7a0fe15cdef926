"""Themes of the map in the packs name registers that are there, and ask for what can be asked."""

from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict

from tinhso.people.types import ANONYMOUS
from tinhso.web.maps.asked import THEME, asked
from tinhso.web.maps.layers import MOST, layers_for
from tinhso.web.maps.themes import Theme, themes

LAYERS = layers_for(ANONYMOUS)
SEEN = frozenset(one.id for one in LAYERS)


def test_the_province_has_themes_of_their_own_names() -> None:
    names = [one.id for one in themes()]
    assert len(names) == len(set(names)) > 1


@pytest.mark.parametrize("theme", themes(), ids=lambda one: str(one.id))
def test_every_layer_of_a_theme_is_open_to_everybody(theme: Theme) -> None:
    assert set(theme.layers) <= SEEN
    assert len(theme.layers) <= MOST
    assert theme.name.en


@pytest.mark.parametrize("theme", themes(), ids=lambda one: str(one.id))
def test_all_that_a_theme_asks_is_understood(theme: Theme) -> None:
    found = asked(QueryDict(theme.query(SEEN)), LAYERS, themes())
    assert {one.layer.id for one in found.shown} == set(theme.layers)
    typed = {name: value for one in found.shown for name, value in one.typed.items()}
    assert typed == dict(theme.asked)


def test_a_theme_leaves_out_what_the_reader_does_not_see() -> None:
    first = themes()[0]
    said = parse_qsl(first.query(frozenset(first.layers[:1])))
    assert {value for name, value in said if name == "lop"} == {first.layers[0]}
    assert all(name in {"lop", THEME} or name.startswith(first.layers[0]) for name, _value in said)
