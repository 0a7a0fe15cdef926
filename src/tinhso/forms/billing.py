"""The bill a form leads to."""

from collections.abc import Mapping

from tinhso.definitions import conditions
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Fee, Procedure, Relief
from tinhso.forms.case import Case, case_of
from tinhso.forms.types import Answers, FeeLine
from tinhso.forms.visibility import in_sight

# What an officer said of a claim: (code of the fee, id of the relief) → granted.
Verdicts = Mapping[tuple[str, str], bool]
WHOLE = 100


def fees(
    procedure: Procedure,
    answers: Answers,
    facts: Facts,
    language: str = "vi",
    verdicts: Verdicts | None = None,
) -> tuple[FeeLine, ...]:
    """
    Return the lines to pay, in whole đồng: for each code the first rule whose condition holds.

    Nothing due gives no line; what a relief spares whole gives a line of 0.

    :param answers: of the form, and what officers found where a fee that is due later reads it
    :param verdicts: what officers said of reliefs; where they said nothing, what was claimed counts

    :raises conditions.ExpressionProblem: an amount is not a whole number of đồng, or needs an absent answer
    """
    case = case_of(procedure, facts)
    found = {question.id for step in procedure.steps for question in step.ask}
    counted = in_sight(case, answers)[1] | {name: value for name, value in answers.items() if name in found}
    chosen: dict[str, Fee] = {}
    for fee in procedure.fees:
        if fee.code not in chosen and case.holds(fee.when, counted):
            chosen[fee.code] = fee
    lines = (_line(case, fee, counted, language, verdicts or {}) for fee in chosen.values())
    return tuple(line for line in lines if line.full)


def _line(case: Case, fee: Fee, counted: Answers, language: str, verdicts: Verdicts) -> FeeLine:
    full = _full(case, fee, counted)
    relief = _relief(case, fee, counted, verdicts)
    return FeeLine(
        code=fee.code,
        name=fee.name.into(language),
        amount=full * relief.percent // WHOLE if relief else full,
        account=fee.account,
        pay=fee.moment,
        law=fee.law,
        kind=fee.kind,
        full=full,
        relief=relief.id if relief else "",
        relief_name=relief.name.into(language) if relief else "",
        relief_law=relief.law if relief else "",
        proof=(relief.proof or "") if relief else "",
    )


def _full(case: Case, fee: Fee, counted: Answers) -> int:
    amount = conditions.evaluate(fee.amount, procedure=case.procedure, answers=counted, facts=case.facts)
    if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
        raise conditions.ExpressionProblem("failed", expression=fee.amount, detail=f"not an amount: {amount}")
    return amount


def _relief(case: Case, fee: Fee, counted: Answers, verdicts: Verdicts) -> Relief | None:
    """Return the first relief that holds; one that was granted always does, one refused never."""
    of_fee = [one for one in case.procedure.reliefs if one.concerns(fee.code, on=case.facts.today)]
    granted = [one for one in case.procedure.reliefs if verdicts.get((fee.code, one.id))]
    open_ones = (
        one for one in of_fee if (fee.code, one.id) not in verdicts and case.holds(one.when, counted)
    )
    return next(iter(granted), None) or next(open_ones, None)
