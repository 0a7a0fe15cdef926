"""What a template says alike in every request is drawn once for each language; the rest each time."""

from unittest.mock import patch

import pytest
from django.template import Context, Engine, Template
from django.template.base import VariableNode
from django.utils import translation

from tinhso.web.steady import Steady, settle

WORDS = '{% translate "Đăng xuất" %} {% icon "search" 18 %}<a href="{% url \'desk:inbox\' %}">'


def settled(source: str) -> Template:
    template = Engine.get_default().from_string(source)
    settle(template.nodelist)
    return template


@pytest.mark.parametrize(
    "source",
    [
        WORDS,
        '{% if on %}{% translate "Lưu" %} 1{% else %}{% translate "Đóng" %} 0{% endif %}{{ on }}',
        '{% for x in many %}{% translate "Lưu" %}{{ x }}{% empty %}{% comment %}{% endcomment %}{% endfor %}',
        '{% translate "Lưu" as word %}{{ word }}{% url "desk:inbox" as there %}{{ there }}',
        "{% blocktranslate %}Đăng xuất{% endblocktranslate %}",
        "{% blocktranslate %}{{ on }} việc{% endblocktranslate %} {% icon 'x' %}",
        '<c-notice title="{% translate \'Lưu\' %}"><p>{% translate "Đóng" %} {{ on }}</p></c-notice>',
    ],
)
def test_a_settled_template_draws_what_it_drew_before(source: str) -> None:
    told = {"on": 0, "many": ["<b>", "c"]}
    for language in ("vi", "en", "vi"):
        with translation.override(language):
            for more in ({}, {"on": 1, "many": []}):
                plain, template = Engine.get_default().from_string(source), settled(source)
                first, again = (template.render(Context(told | more)) for _turn in range(2))
                assert first == again == plain.render(Context(told | more))


def test_neighbours_become_one_node_and_what_varies_stays_its_own() -> None:
    kinds = [type(node) for node in settled(WORDS + "{{ name }}" + WORDS).nodelist]
    assert kinds == [Steady, VariableNode, Steady]


def test_steady_words_are_looked_up_once_for_each_language() -> None:
    template = settled(WORDS)
    with translation.override("en"):
        in_english = template.render(Context())
    in_vietnamese = template.render(Context())
    with patch("django.templatetags.i18n.render_value_in_context", side_effect=AssertionError):
        assert template.render(Context()) == in_vietnamese
        with translation.override("en"):
            assert template.render(Context()) == in_english
    assert in_english != in_vietnamese


def test_a_value_is_never_kept_for_the_next_reader() -> None:
    template = settled("{% translate 'Lưu' %} {{ name }} {% icon shown %}{% url 'desk:dossier' id %}")
    ids = ("018f0000-0000-7000-8000-000000000001", "018f0000-0000-7000-8000-000000000002")
    first = template.render(Context({"name": "An", "shown": "search", "id": ids[0]}))
    second = template.render(Context({"name": "Bình", "shown": "bell", "id": ids[1]}))
    assert first.replace("An", "Bình").replace(ids[0], ids[1]) != first
    assert [one in second for one in ("Bình", ids[1], "An", ids[0])] == [True, True, False, False]
