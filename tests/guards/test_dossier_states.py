"""docs/dossier-states.md is what the table of moves says now."""

from dataclasses import replace

import pytest
from scripts import dossier_states

from tests.guards.source import ROOT
from tinhso.dossiers.moves import MOVES
from tinhso.dossiers.statuses import Status

PAGE = ROOT / "docs" / "dossier-states.md"
REMEDY = "run: python -m scripts.dossier_states > docs/dossier-states.md"


def test_the_page_shows_the_moves_the_program_runs_on() -> None:
    assert PAGE.read_text("utf-8") == dossier_states.as_markdown(), REMEDY


def test_a_changed_move_changes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    looser = replace(MOVES["deliver"], sources=frozenset({Status.FILED}))
    monkeypatch.setattr(dossier_states, "MOVES", MOVES | {"deliver": looser})

    assert PAGE.read_text("utf-8") != dossier_states.as_markdown()


def test_every_move_stands_beside_a_law() -> None:
    assert [move.name for move in MOVES.values() if not any(sign.isdigit() for sign in move.law)] == []
