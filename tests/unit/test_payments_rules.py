"""The rules of counting, the references and the documentation agree with each other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.payments.banks import load_banks
from tinhso.payments.picture_of_states import as_markdown
from tinhso.payments.references import ALPHABET, check_character, find_references, is_reference, new_reference
from tinhso.payments.rules import decide, load_rules
from tinhso.payments.states import (
    BILL_MOVES,
    OPEN,
    REFUND_MOVES,
    STATE_NAMES,
    BillState,
    NoSuchMove,
    Outcome,
    RefundState,
    bill_move,
)
from tinhso.settings.env import ROOT, env

amounts = st.integers(1, 10**9)


@given(state=st.sampled_from(BillState), total=amounts, share=st.floats(0, 0.99), amount=amounts)
def test_every_dong_is_either_owed_or_goes_back(
    state: BillState, total: int, share: float, amount: int
) -> None:
    received = int(total * share)
    decision = decide(state=state, total=total, received=received, amount=amount)
    counted = amount - decision.excess
    if state not in OPEN:
        assert (counted, decision.move) == (0, "")
    else:
        assert counted == min(amount, total - received)
        assert decision.move == ("pay" if received + counted == total else "pay_part")
        assert (decision.outcome is Outcome.OVER) == (decision.excess > 0)


def test_a_move_that_is_not_in_the_table_is_refused_in_words() -> None:
    with pytest.raises(NoSuchMove, match="đã hoàn tiền"):
        bill_move("cancel", BillState.REFUNDED)


@pytest.mark.parametrize(("moves", "states"), [(BILL_MOVES, BillState), (REFUND_MOVES, RefundState)])
def test_every_state_has_a_name_and_can_be_reached_and_no_arrow_stands_twice(
    moves: object, states: object
) -> None:
    assert {move.to for move in moves} == set(states)  # type: ignore[attr-defined, call-overload]
    assert all(str(STATE_NAMES[state]) for state in states)  # type: ignore[attr-defined]
    keys = [(move.name, move.came_from) for move in moves]  # type: ignore[attr-defined]
    assert len(keys) == len(set(keys))


def test_the_page_about_states_is_what_the_table_says() -> None:
    page = (ROOT / "docs" / "payments-states.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "run: python -m tinhso.payments.picture_of_states > docs/payments-states.md"


def test_a_reference_is_found_however_a_bank_dresses_it_up() -> None:
    reference = "TS" + "2K7QW9ZB4MX" + check_character("2K7QW9ZB4MX")
    for purpose in (
        reference,
        reference.lower(),
        f"MBVCB.7741.{reference}.CT tu 0011 toi 2222",
        f"{reference[:6]} {reference[6:]}",
        f"TS TTS{reference}TS",
    ):
        assert find_references(purpose, prefix="TS") == (reference,)


@given(st.text("TS1 .", max_size=20), st.text("TS1 .", max_size=20))
def test_a_reference_is_found_whatever_stands_around_it(before: str, behind: str) -> None:
    reference = new_reference("TS")
    assert reference in find_references(before + reference + behind, prefix="TS")


@given(st.text(alphabet=ALPHABET, min_size=11, max_size=11), st.data())
def test_one_wrong_character_or_two_swapped_ones_make_no_reference(chance: str, data: st.DataObject) -> None:
    reference = "TS" + chance + check_character(chance)
    assert is_reference(reference, prefix="TS")
    place = data.draw(st.integers(2, 13))
    wrong = data.draw(st.sampled_from([c for c in ALPHABET if c != reference[place]]))
    assert not is_reference(reference[:place] + wrong + reference[place + 1 :], prefix="TS")
    at = data.draw(st.integers(0, 9))
    if chance[at] != chance[at + 1]:
        swapped = chance[:at] + chance[at + 1] + chance[at] + chance[at + 2 :]
        assert not is_reference("TS" + swapped + reference[-1], prefix="TS")


def test_any_text_may_stand_in_a_purpose() -> None:
    assert find_references("😀 ts\x00 TS123", prefix="TS") == ()


def test_the_packs_banks_and_rules_can_be_read() -> None:
    assert load_banks(env.packs)["970416"].short_name == "ACB"
    assert load_rules(env.packs).purpose_limit == 25


def test_a_bank_that_stands_twice_is_refused(tmp_path: Path) -> None:
    line = '  - {bin: "970416", short_name: A, name: A, scans: true, proven: false}\n'
    (tmp_path / "vietnam").mkdir()
    (tmp_path / "vietnam" / "banks.yaml").write_text("banks:\n" + line * 2, encoding="utf-8")
    with pytest.raises(ValueError, match="twice"):
        load_banks(tmp_path)
