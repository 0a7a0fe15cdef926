"""Every component, in every state of its examples, in both languages."""

import re
from pathlib import Path

import html5lib
import pytest
from django.test import RequestFactory
from django.utils import translation

from tests.web.html import faults
from tinhso.web.gallery.examples import COMPONENTS, Component, components, draw

NAMES = sorted(components())
EXAMPLES = [(name, n) for name in NAMES for n in range(len(components()[name].examples))]
C_VARS = re.compile(r"<c-vars (.*?)/>", re.DOTALL)
C_VAR = re.compile(r"(:?[a-z_]+)=")


def drawn(name: str, number: int, language: str) -> str:
    with translation.override(language):
        request = RequestFactory().get("/thu-vien-giao-dien/")
        return str(draw(components()[name].examples[number], request=request, language=language).html)


@pytest.mark.parametrize(("name", "number"), EXAMPLES)
def test_an_example_is_strict_html_and_shows_what_it_says(name: str, number: int) -> None:
    html = drawn(name, number, "vi")
    html5lib.HTMLParser(strict=True).parseFragment(html, container="div")
    absent = [words for words in components()[name].examples[number].shows if words not in html]
    assert absent == []
    assert components()[name].examples[number].shows


@pytest.mark.parametrize(("name", "number"), EXAMPLES)
def test_an_example_keeps_a_page_whole_in_english(name: str, number: int) -> None:
    heading = "" if "<h1" in drawn(name, number, "en") else "<h1>x</h1>"
    page = f"<!doctype html><html lang=en><head><title>x</title></head><body><main>{heading}"
    found = faults(f"{page}{drawn(name, number, 'en')}</main></body></html>", language="en")
    # The summary of errors leads to boxes of other examples.
    assert found == []


def arguments(folder: Path) -> set[str]:
    match = C_VARS.search((folder / "index.html").read_text(encoding="utf-8"))
    return {name.lstrip(":") for name in C_VAR.findall(match[1])} if match else set()


@pytest.mark.parametrize("folder", sorted(path for path in COMPONENTS.iterdir() if path.is_dir()), ids=str)
def test_a_component_documents_every_argument_it_takes(folder: Path) -> None:
    component: Component = components()[folder.name]
    documented = {argument.name.lstrip(":") for argument in component.arguments} - {"slot"}
    assert documented == arguments(folder)
    assert len(documented) <= 6, "more than six switches: make a second component"


def test_a_value_is_escaped() -> None:
    example = components()["button"].examples[0].model_copy(update={"data": {"label": "<b>Đậm</b>"}})
    html = str(draw(example, request=RequestFactory().get("/"), language="vi").html)
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
