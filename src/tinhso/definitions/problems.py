"""What can be wrong with an expression."""


class ExpressionProblem(Exception):  # noqa: N818  (a problem of the definition, named for its reader)
    """
    An expression cannot be compiled or evaluated: the file needs a correction.

    :param code: ``syntax``, ``types``, ``too-long``, ``too-deep``, ``undeclared``, ``failed``, ``absent``
    :param line: from 1, within the expression
    :param column: from 1, within that line
    :param detail: what the evaluator said, in English
    """

    def __init__(
        self, code: str, *, expression: str, line: int = 1, column: int = 1, detail: str = ""
    ) -> None:
        super().__init__(f"{code} at {line}:{column} in «{expression}»: {detail}")
        self.code = code
        self.expression = expression
        self.line = line
        self.column = column
        self.detail = detail


class AbsentAnswer(ExpressionProblem):
    """The value depends on an answer that is not there, and the expression has no guard."""

    def __init__(self, *, expression: str, detail: str = "") -> None:
        super().__init__("absent", expression=expression, detail=detail)
