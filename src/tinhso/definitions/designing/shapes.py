"""
What each part of a procedure consists of, for forms: a table beside ``types.py``, in the same words.

A part is found by its place in the file, ``("form", 0, "ask", 2)``; a test holds the table against the types.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tinhso.definitions.places import Location

Widget = Literal[
    "line",  # one line
    "text",  # one line in both languages
    "long",  # several lines in both languages
    "number",
    "choice",
    "choices",
    "flag",
    "when",  # a condition
    "amount",  # whole đồng, or CEL
    "words",  # a list of words, one on each line
    "day",
]
Source = Literal[
    "", "level", "agency", "audience", "assurance", "life_events", "channels", "online", "mandates", "unit",
    "type", "known", "kind", "account", "pay", "by", "step_agency", "back_to", "consulted", "silence",
    "template", "step", "fees", "proof", "last_day",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """
    One field of a thing.

    :param source: where the choices come from
    :param default: what holds where the file says nothing, as the file would say it
    :param only: of a question: the types that have the field; empty: all
    """

    name: str
    widget: Widget
    source: Source = ""
    default: object = None
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """
    One kind of thing.

    :param lists: field → the kind of things it lists
    :param naming: the field a reader knows it by
    """

    kind: str
    parts: tuple[Part, ...]
    lists: Mapping[str, str]
    naming: str = "name"


_CHOICES, _LISTED = ("one_of", "many_of"), ("group", "file", "many_of")

SHAPES: Mapping[str, Shape] = {
    shape.kind: shape
    for shape in (
        Shape(
            "head",
            (
                Part("name", "text"),
                Part("summary", "long"),
                Part("field", "text"),
                Part("level", "choice", "level"),
                Part("agency", "choice", "agency"),
                Part("audience", "choices", "audience", ["citizen"]),
                Part("assurance", "choice", "assurance", 2),
                Part("channels", "choices", "channels", ["online", "counter", "post"]),
                Part("online", "choice", "online", "whole"),
                Part("mandates", "choices", "mandates", ["parent", "guardian"]),
                Part("life_events", "choices", "life_events", []),
                Part("keywords", "words", "", []),
                Part("fee_note", "long"),
                Part("source", "line", "", ""),
            ),
            {"conditions": "sentence", "notices": "sentence", "law": "law"},
        ),
        Shape(
            "time",
            (
                Part("value", "number"),
                Part("unit", "choice", "unit"),
                Part("cut_off", "line"),
                Part("same_day", "flag", "", False),
                Part("note", "long"),
            ),
            {"cases": "time_case"},
            naming="value",
        ),
        Shape(
            "time_case",
            (Part("when", "when"), Part("value", "number"), Part("unit", "choice", "unit")),
            {},
            naming="when",
        ),
        Shape(
            "result",
            (
                Part("name", "text"),
                Part("code", "line"),
                Part("template", "choice", "template"),
                Part("series", "line"),
                Part("notation", "line", "", ""),
                Part("register", "line", "", ""),
                Part("valid_months", "number"),
                Part("valid_until", "choice", "last_day", ""),
            ),
            {},
        ),
        Shape(
            "page",
            (Part("title", "text"), Part("id", "line"), Part("intro", "long"), Part("when", "when")),
            {"ask": "question"},
            naming="title",
        ),
        Shape(
            "question",
            (
                Part("label", "text"),
                Part("type", "choice", "type"),
                Part("id", "line"),
                Part("hint", "long"),
                Part("required", "flag", "", True),
                Part("when", "when"),
                Part("known", "choice", "known"),
                Part("from", "line"),
                Part("fixed", "flag", "", False),
                Part("consent", "long"),
                Part("consent_law", "line", "", ""),
                Part("at_least", "number", "", 1, _LISTED),
                Part("at_most", "number", "", 10, _LISTED),
                Part("minimum", "number", "", None, ("money", "number")),
                Part("maximum", "number", "", None, ("money", "number")),
                Part("decimals", "number", "", 0, ("number",)),
                Part("unit_label", "text", "", None, ("number", "text")),
                Part("max_length", "number", "", 200, ("text", "long_text", "person_name")),
            ),
            {"options": "option", "rules": "rule", "ask": "question"},
            naming="label",
        ),
        Shape("option", (Part("label", "text"), Part("value", "line"), Part("hint", "long")), {}, "label"),
        Shape("rule", (Part("must", "when"), Part("otherwise", "long")), {}, naming="otherwise"),
        Shape(
            "paper",
            (
                Part("name", "text"),
                Part("id", "line"),
                Part("hint", "long"),
                Part("required", "when", "", "true"),
                Part("optional", "flag", "", False),
                Part("originals", "number", "", 0),
                Part("copies", "number", "", 0),
                Part("form_code", "line", "", ""),
                Part("max_pages", "number", "", 50),
            ),
            {"replaced_by": "replacement"},
        ),
        Shape(
            "replacement",
            (
                Part("register", "line"),
                Part("by", "line"),
                Part("each", "line"),
                Part("match", "words", "", []),
                Part("having", "words", "", []),
                Part("when", "when", "", "true"),
                Part("law", "line"),
            ),
            {},
            naming="register",
        ),
        Shape(
            "fee",
            (
                Part("name", "text"),
                Part("amount", "amount"),
                Part("when", "when", "", "true"),
                Part("code", "line"),
                Part("kind", "choice", "kind", "charge"),
                Part("account", "choice", "account"),
                Part("pay", "choice", "pay", "on_filing"),
                Part("step", "choice", "step"),
                Part("law", "line", "", ""),
            ),
            {},
        ),
        Shape(
            "relief",
            (
                Part("name", "text"),
                Part("id", "line"),
                Part("when", "when"),
                Part("fees", "choices", "fees", []),
                Part("percent", "number", "", 0),
                Part("proof", "choice", "proof"),
                Part("begins_on", "day"),
                Part("ends_on", "day"),
                Part("law", "line"),
            ),
            {},
        ),
        Shape(
            "step",
            (
                Part("name", "text"),
                Part("id", "line"),
                Part("by", "choice", "by"),
                Part("agency", "choice", "step_agency", "competent"),
                Part("hours", "number", "", 0),
                Part("signs", "flag", "", False),
                Part("returns", "flag", "", False),
                Part("when", "when"),
                Part("back_to", "choices", "back_to", []),
            ),
            {"consult": "consultation", "ask": "question"},
        ),
        Shape(
            "consultation",
            (
                Part("name", "text"),
                Part("id", "line"),
                Part("agency", "choice", "consulted"),
                Part("role", "choice", "by"),
                Part("hours", "number"),
                Part("silence", "choice", "silence", "chase"),
                Part("law", "line", "", ""),
            ),
            {},
        ),
        Shape(
            "law",
            (Part("number", "line"), Part("title", "text"), Part("article", "line", "", "")),
            {},
            "number",
        ),
        Shape("sentence", (Part("", "long"),), {}, naming=""),
        Shape("example", (Part("name", "line"), Part("fee", "number"), Part("papers", "words", "", [])), {}),
    )
}

ROOTS: Mapping[str, str] = {
    "form": "page",
    "papers": "paper",
    "fees": "fee",
    "reliefs": "relief",
    "steps": "step",
    "law": "law",
    "conditions": "sentence",
    "notices": "sentence",
    "examples": "example",
}
SINGLE: Mapping[str, str] = {"time": "time", "result": "result"}


class NoSuchPart(LookupError):  # noqa: N818  (an answer, not a fault)
    """The place is of no thing that can be edited."""


def shape_at(at: Location) -> Shape:
    """
    Return what kind of thing stands at the place; the head for the procedure itself.

    :raises NoSuchPart: the place is of no thing, e.g. of a single field
    """
    if not at:
        return SHAPES["head"]
    first, *rest = at
    if first in SINGLE:
        return _within(SHAPES[SINGLE[str(first)]], rest)
    if first not in ROOTS or not rest or not isinstance(rest[0], int):
        raise NoSuchPart(at)
    return _within(SHAPES[ROOTS[str(first)]], rest[1:])


def list_at(at: Location) -> Shape:
    """Return what the list at the place lists. :raises NoSuchPart: it is no list of things"""
    if len(at) == 1 and at[0] in ROOTS:
        return SHAPES[ROOTS[str(at[0])]]
    if not at or not isinstance(at[-1], str):
        raise NoSuchPart(at)
    kind = shape_at(at[:-1]).lists.get(at[-1])
    if kind is None:
        raise NoSuchPart(at)
    return SHAPES[kind]


def thing_around(at: Location) -> Location:
    """Return the place of the innermost thing that holds this place; that of the head is empty."""
    for length in range(len(at), 0, -1):
        try:
            shape_at(at[:length])
        except NoSuchPart:
            continue
        return at[:length]
    return ()


def written_place(at: Location) -> str:
    """Return the place as addresses name it: ``form.0.ask.2``."""
    return ".".join(str(part) for part in at)


def read_place(text: str) -> Location:
    """Return the place an address names; digits are places in lists."""
    return tuple(int(part) if part.isdigit() else part for part in text.split(".") if part)


def _within(shape: Shape, rest: list[int | str]) -> Shape:
    if not rest:
        return shape
    name, *further = rest
    kind = shape.lists.get(str(name))
    if kind is None or not further or not isinstance(further[0], int):
        raise NoSuchPart(tuple(rest))
    return _within(SHAPES[kind], further[1:])
