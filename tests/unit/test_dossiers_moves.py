"""The table of moves: whole, lawful, and the only one."""

import pytest

from tinhso.dossiers.moves import MOVES
from tinhso.dossiers.statuses import FINAL, NATIONAL_CODES, OPEN, WAITING, Status


def test_national_codes_run_from_1_to_10_in_the_portals_order() -> None:
    assert [NATIONAL_CODES[status] for status in Status] == list(range(1, 11))
    assert NATIONAL_CODES[Status.AWAITING_SUPPLEMENT] == 5
    assert NATIONAL_CODES[Status.RETURNED] == 10


def test_every_status_but_the_first_is_reached_by_some_move() -> None:
    reached = {target for move in MOVES.values() for target in move.targets}
    assert set(Status) - reached == set()


def test_no_move_leaves_a_closed_case() -> None:
    assert not any(move.sources & FINAL for move in MOVES.values() if move.targets)


def test_what_stays_after_the_end_is_done_to_the_result_alone() -> None:
    assert {name for name, move in MOVES.items() if move.sources & FINAL} == {"correct", "reissue", "revoke"}


def test_every_open_or_waiting_status_has_a_way_on_and_a_way_out() -> None:
    for status in OPEN | WAITING | {Status.DECIDED}:
        assert any(status in move.sources for move in MOVES.values()), status
    for status in OPEN | WAITING:
        assert status in MOVES["withdraw"].sources


@pytest.mark.parametrize("name", sorted(MOVES))
def test_every_move_cites_its_law(name: str) -> None:
    assert "Điều" in MOVES[name].law or "Mẫu" in MOVES[name].law


def test_open_waiting_final_and_decided_part_the_statuses_between_them() -> None:
    assert len(OPEN) + len(WAITING) + len(FINAL) + 1 == len(Status)
    assert OPEN | WAITING | FINAL | {Status.DECIDED} == set(Status)
