"""What the national list says about money: lines of a bill where it is sure, a sentence where it is not."""

from collections.abc import Iterator

from tinhso.definitions.deriving.form import needs_of
from tinhso.definitions.deriving.words import filled, joined
from tinhso.definitions.standard import StandardFee, StandardForm, StandardProcedure, StandardTexts
from tinhso.definitions.types import Fee, Relief, Text
from tinhso.kernel.money import format_dong

CODE = "listed"


def fees_of(facts: StandardProcedure, form: StandardForm) -> tuple[Fee, ...]:
    """Return the lines that are sure: one where every way costs the same, else one for each way."""
    sure = [(way.by, way.fee) for way in facts.ways if isinstance(way.fee, StandardFee) and way.fee.sure]
    if not sure:
        return ()
    if len(sure) == len(facts.ways) and len({fee for _, fee in sure}) == 1:
        return (_fee(sure[0][1], "", facts, form),)
    return tuple(_fee(fee, f"channel == '{by}'", facts, form) for by, fee in sure)


def reliefs_of(facts: StandardProcedure, form: StandardForm) -> tuple[Relief, ...]:
    """Return the exemption the list speaks of, claimed by a «yes» and proved by a paper."""
    if "exempt" not in needs_of(facts):
        return ()
    sure = [(way.by, way.fee) for way in facts.ways if isinstance(way.fee, StandardFee) and way.fee.sure]
    ways = [f"channel == '{by}'" for by, fee in sure if fee.exempt]
    by_way = f"({' || '.join(ways)}) && " if len(ways) < len(sure) else ""
    return (
        Relief(
            id="listed",
            name=form.exemption_name,
            when=f"{by_way}{form.exemption_question}",
            proof=form.exemption_paper.id,
            law=facts.decision,
        ),
    )


def fee_note(facts: StandardProcedure, texts: StandardTexts) -> Text:
    """Return what people must know about money that is not billed here; nothing where all is said."""
    return joined(*_notes(facts, texts))


def _fee(fee: StandardFee, when: str, facts: StandardProcedure, form: StandardForm) -> Fee:
    return Fee(
        code=CODE,
        name=form.fee_name,
        when=when or "true",
        amount=f"{fee.amount} * {form.quantity_question}" if fee.counted else str(fee.amount),
        account=form.fee_account,
        law=facts.decision,
    )


def _notes(facts: StandardProcedure, texts: StandardTexts) -> Iterator[Text]:
    fees = [way.fee for way in facts.ways]
    if "council" in fees:
        yield texts.fee_by_council
    if listed := [fee for fee in fees if isinstance(fee, StandardFee) and not fee.sure]:
        amounts = tuple(dict.fromkeys(_amount(fee, texts) for fee in listed))
        yield filled(texts.fee_listed, amounts=joined(*amounts, between=", "))
    elif "unknown" in fees:
        yield texts.fee_unknown


def _amount(fee: StandardFee, texts: StandardTexts) -> Text:
    if not fee.per:
        return Text(vi=format_dong(fee.amount))
    return filled(texts.fee_amount, amount=format_dong(fee.amount), per=fee.per)
