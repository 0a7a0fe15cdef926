"""The bill a form leads to."""

from tinhso.definitions import conditions
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Fee, Procedure
from tinhso.forms.case import Case, case_of
from tinhso.forms.types import Answers, FeeLine
from tinhso.forms.visibility import in_sight


def fees(procedure: Procedure, answers: Answers, facts: Facts, language: str = "vi") -> tuple[FeeLine, ...]:
    """
    Return the lines to pay, in whole đồng: for each code the first rule whose condition holds.

    Nothing due gives no line.

    :param answers: of the form, and what officers found where a fee that is due later reads it

    :raises conditions.ExpressionProblem: an amount is not a whole number of đồng, or needs an absent answer
    """
    case = case_of(procedure, facts)
    found = {question.id for step in procedure.steps for question in step.ask}
    counted = in_sight(case, answers)[1] | {name: value for name, value in answers.items() if name in found}
    chosen: dict[str, Fee] = {}
    for fee in procedure.fees:
        if fee.code not in chosen and case.holds(fee.when, counted):
            chosen[fee.code] = fee
    lines = (_line(case, fee, counted, language) for fee in chosen.values())
    return tuple(line for line in lines if line.amount)


def _line(case: Case, fee: Fee, counted: Answers, language: str) -> FeeLine:
    amount = conditions.evaluate(fee.amount, procedure=case.procedure, answers=counted, facts=case.facts)
    if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
        raise conditions.ExpressionProblem("failed", expression=fee.amount, detail=f"not an amount: {amount}")
    return FeeLine(fee.code, fee.name.into(language), amount, fee.account, fee.pay, fee.law)
