"""What every page promises, looked for in its HTML."""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from xml.etree.ElementTree import Element

import html5lib

# Where a template failed to fill something in, or a label was never written.
UNFILLED = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|%\(\w+\)s|&lt;c-|<c-|\bTODO\b")
NEEDS_LABEL = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
# What differs from page to page without a difference to what is promised: sentences, and where links lead.
# A sign that is escaped as templates do it is a letter like others.
_ESCAPED = r"&(?:amp|lt|gt|quot|nbsp|#39|#x27);"
WORDS = re.compile(rf">(\s*(?![\s–:])(?:[^<>&]|{_ESCAPED})+)<")
VALUES = re.compile(rf'\b(href|action|value|src|content|title|datetime|d|class)="(?:[^"<>&]|{_ESCAPED})+"')
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_sound: set[tuple[str, str]] = set()


def faults(html: str, *, language: str) -> list[str]:
    """
    Return what is wrong with a whole page, as sentences; nothing when it keeps its promises.

    A page that differs from a sound one in words alone is sound too, unless words were left unfilled.
    """
    shape = (language, _shape(html))
    if shape in _sound and not UNFILLED.search(html):
        return []
    found = _faults(html, language)
    if not found:
        _sound.add(shape)
    return found


def _shape(html: str) -> str:
    """Return the tags with names for what was said: the same thing said twice has the same name."""
    names: dict[str, str] = {}
    bare = VALUES.sub(r'\1="x"', WORDS.sub(">x<", html))
    named = UUIDS.sub(lambda found: names.setdefault(found[0], f"u{len(names)}"), bare)
    return sha256(named.encode()).hexdigest()


def _faults(html: str, language: str) -> list[str]:
    try:
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    except html5lib.html5parser.ParseError as error:
        return [f"not strict HTML5: {error}"]
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    return [
        *_frame(tree, elements, language),
        *_ids(elements),
        *_labels(elements),
        *_forms(elements),
        *_inline(elements),
        *_unfilled(elements),
    ]


def _frame(tree: Element, elements: list[Element], language: str) -> Iterator[str]:
    if tree.get("lang") != language:
        yield f"html lang is {tree.get('lang')!r}, not {language!r}"
    headings = [element for element in elements if element.tag == "h1"]
    if len(headings) != 1:
        yield f"{len(headings)} h1, not one"
    if headings and not words(headings[0]):
        yield "the h1 is empty"
    title = next((element for element in elements if element.tag == "title"), None)
    if title is None or not words(title):
        yield "no title"
    elif words(title).startswith(("–", ":")):
        yield f"the title begins with nothing: {words(title)!r}"
    if not any(element.tag == "main" for element in elements):
        yield "no main"


def _ids(elements: list[Element]) -> Iterator[str]:
    counted = Counter(element.get("id") for element in elements if element.get("id") is not None)
    yield from (f"the id {name!r} stands {count} times" for name, count in counted.items() if count > 1)
    if "" in counted:
        yield "an empty id"
    for element in elements:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in counted:
                    yield f"{attribute}={name!r} of <{element.tag}> leads nowhere"


def _labels(elements: list[Element]) -> Iterator[str]:
    labelled = {e.get("for") for e in elements if e.tag == "label"}
    inside = {id(box) for e in elements if e.tag == "label" for box in e.iter()}
    for element in elements:
        if element.tag not in NEEDS_LABEL or element.get("type") in UNLABELLED_TYPES:
            continue
        if element.get("aria-label") or element.get("aria-labelledby") or id(element) in inside:
            continue
        if element.get("id") not in labelled:
            yield f"<{element.tag} name={element.get('name')!r}> has no label"
    for element in elements:
        if element.tag in ("button", "a") and not (words(element) or element.get("aria-label")):
            yield f"<{element.tag} {element.get('class') or ''}> says nothing"


def _forms(elements: list[Element]) -> Iterator[str]:
    for form in (element for element in elements if element.tag == "form"):
        tokens = [box for box in form.iter("input") if box.get("name") == "csrfmiddlewaretoken"]
        is_post = (form.get("method") or "get").lower() == "post"
        if is_post and len(tokens) != 1:
            yield f"the form to {form.get('action')!r} has {len(tokens)} CSRF tokens"
        if not is_post and tokens:
            yield f"the form to {form.get('action')!r} shows its CSRF token in the address"


def _inline(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.get("style") is not None:
            yield f"<{element.tag}> has a style of its own, which the policy blocks"
        handlers = [name for name in element.attrib if name.startswith("on")]
        yield from (f"<{element.tag}> has {name}, which the policy blocks" for name in handlers)
        if element.tag == "script" and not element.get("src") and not element.get("nonce"):
            yield "an inline script without the nonce"
        if element.tag == "style":
            yield "a <style>, which the policy blocks"


def _unfilled(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.tag in ("script", "code", "pre"):
            continue
        for text in (element.text, *(child.tail for child in element), *element.attrib.values()):
            if text and (found := UNFILLED.search(text)):
                yield f"<{element.tag}> shows {found[0]!r}: {text.strip()[:80]!r}"


def words(element: Element) -> str:
    """Return the text of an element and everything in it."""
    return " ".join("".join(element.itertext()).split())
