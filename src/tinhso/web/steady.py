"""
What a template says alike in every request is drawn once for each language.

Most of a page stands still: its words, its icons, the addresses of its files and of other pages. Django
works each of them out anew for every page. This loader looks through a template when it is read and puts each
run of such neighbours into one :class:`Steady` node, which keeps what it drew. See docs/adr/0018.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from tinhso.web.templatetags.look import icon

DRAWN_ALIKE = frozenset({icon})  # tags that look at nothing but what they are given


class Steady(Node):
    """Neighbours whose text depends on nothing but the language and where the site is mounted."""

    child_nodelists = ()

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._nodes = tuple(nodes)
        self._drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        where = (
            get_language(),
            context.autoescape,
            get_urlconf() or settings.ROOT_URLCONF,
            get_script_prefix(),
        )
        text = self._drawn.get(where)
        if text is None:
            parts = (str(node.render_annotated(context)) for node in self._nodes)
            text = self._drawn[where] = SafeString("".join(parts))
        return text


class _Settling(base.Loader):
    """Reads a template and settles it."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        settle(template.nodelist)
        return template


class Loader(cached.Loader, _Settling):
    """Django's loader that keeps what it read, settled."""


def settle(nodes: NodeList) -> None:
    """Put the steady runs of the nodes, and of all below them, into one node each."""
    for node in nodes:
        for below in _below(node):
            settle(below)
    nodes[:] = [one for is_steady, run in groupby(nodes, is_steady) for one in _joined(is_steady, [*run])]


def is_steady(node: Node) -> bool:
    """Say whether the node draws the same in every request of a language."""
    match node:
        case TextNode() | CommentNode() | LoadNode():
            return True
        case TranslateNode():
            return not node.asvar and not node.message_context and _is_constant(node.filter_expression)
        case BlockTranslateNode():
            words_only = not node.render_token_list(node.singular)[1]
            return words_only and not (
                node.countervar or node.asvar or node.extra_context or node.message_context
            )
        case StaticNode():
            return node.varname is None and _is_constant(node.path)
        case URLNode():
            return not (node.asvar or node.args or node.kwargs) and _is_constant(node.view_name)
        case SimpleNode():
            told = (*node.args, *node.kwargs.values())
            return node.func in DRAWN_ALIKE and node.target_var is None and all(map(_is_constant, told))
    return False


def _joined(are_steady: bool, run: list[Node]) -> list[Node]:
    """Return what stands in the place of neighbours; mere text is quick as it is."""
    if not are_steady or all(isinstance(node, TextNode) for node in run):
        return run
    return [Steady(run)]


def _below(node: Node) -> Iterator[NodeList]:
    """Yield the lists of nodes inside a node, those in the attributes of a component included."""
    if isinstance(node, IfNode):
        yield from (branch for _condition, branch in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        if isinstance(found := getattr(node, name, None), NodeList):
            yield found
    for attribute in getattr(node, "_prepared_attrs", ()):
        for held in (attribute.compiled, getattr(attribute.compiled, "_template", None)):
            if isinstance(found := getattr(held, "nodelist", None), NodeList):
                yield found


def _is_constant(told: FilterExpression) -> bool:
    return not told.filters and (not told.is_var or told.var.lookups is None)
