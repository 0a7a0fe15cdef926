"""Arithmetic of report files over lines: exact, ``+ - * /`` and brackets; divided by nought is no value."""

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tinhso.indicators.formulas import rounded

Known = Mapping[str, Decimal | None]
OPERATIONS: Mapping[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Fraction, Fraction], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.LtE: operator.le,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
}
LONGEST = 400


class NotArithmetic(ValueError):  # noqa: N818
    """The text is none; ``args[0]`` is the part that is not understood."""


def formula(text: str) -> ast.expr:
    """Return the tree of a sum. :raises NotArithmetic: it is none"""
    found = _tree(text)
    _require_sum(found, text)
    return found


def rule(text: str) -> ast.Compare:
    """Return the tree of two sums compared. :raises NotArithmetic: it is none"""
    found = _tree(text)
    if not isinstance(found, ast.Compare) or len(found.ops) != 1 or type(found.ops[0]) not in COMPARISONS:
        raise NotArithmetic(text)
    _require_sum(found.left, text)
    _require_sum(found.comparators[0], text)
    return found


def names(tree: ast.expr) -> frozenset[str]:
    """Return the lines it speaks of."""
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def value(text: str, known: Known, *, decimals: int) -> Decimal | None:
    """Return what the sum comes to, rounded half up; None where a part is not known, or is nought below."""
    exact = _exact(formula(text), known)
    return None if exact is None else rounded(exact, decimals)


def holds(text: str, known: Known) -> bool:
    """Tell whether the rule holds; where a part is not known it is not broken."""
    tree = rule(text)
    left, right = _exact(tree.left, known), _exact(tree.comparators[0], known)
    return left is None or right is None or COMPARISONS[type(tree.ops[0])](left, right)


@lru_cache(maxsize=512)
def _tree(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise NotArithmetic(text[:40])
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise NotArithmetic(text) from problem


def _require_sum(node: ast.expr, text: str) -> None:
    match node:
        case ast.BinOp(op=op) if type(op) in OPERATIONS:
            _require_sum(node.left, text)
            _require_sum(node.right, text)
        case ast.UnaryOp(op=ast.USub()):
            _require_sum(node.operand, text)
        case ast.Name():
            pass
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            pass
        case _:
            raise NotArithmetic(ast.get_source_segment(text.strip(), node) or text)


def _exact(node: ast.expr, known: Known) -> Fraction | None:
    match node:
        case ast.Name():
            found = known.get(node.id)
            return None if found is None else Fraction(found)
        case ast.Constant():
            return Fraction(str(node.value))
        case ast.UnaryOp():
            inner = _exact(node.operand, known)
            return None if inner is None else -inner
        case ast.BinOp():
            left, right = _exact(node.left, known), _exact(node.right, known)
            if left is None or right is None or (isinstance(node.op, ast.Div) and right == 0):
                return None
            return OPERATIONS[type(node.op)](left, right)
    raise NotArithmetic(ast.dump(node))
