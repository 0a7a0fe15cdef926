"""A move to another version is refused as soon as something would be lost."""

import copy
from typing import Any

import pytest

from tests.unit.definitions_samples import ASK, procedure
from tinhso.definitions.catalogue import plan_move

OLD = procedure()
ANSWERS = {
    "child.full_name": "An",
    "pages": 3,
    "spouse.full_name": "",
    "witnesses": [{"name": "Bình", "adult": True}],
}


def changed(index: int, **change: Any) -> Any:
    ask = copy.deepcopy(ASK)
    ask[index] |= change
    return procedure(form=[{"id": "one", "title": "Một", "ask": ask}])


def without(*ids: str) -> Any:
    ask = [question for question in ASK if question["id"] not in ids]
    return procedure(form=[{"id": "one", "title": "Một", "ask": ask}])


def test_a_version_with_other_words_and_more_questions_loses_nothing() -> None:
    assert plan_move(without("area"), changed(0, label="Tên khác"), ANSWERS).ok


def test_an_unanswered_question_may_go() -> None:
    assert plan_move(OLD, without("spouse.full_name", "area"), ANSWERS).ok


def test_an_answer_without_a_question_is_lost() -> None:
    plan = plan_move(OLD, without("pages"), ANSWERS)
    assert (plan.ok, plan.lost) == (False, ("pages",))


def test_an_answer_of_another_type_is_named() -> None:
    plan = plan_move(OLD, changed(6, type="text"), ANSWERS)
    assert (plan.ok, plan.retyped) == (False, ("pages",))


@pytest.mark.parametrize(("offered", "ok"), [("school", True), ("other", False)])
def test_a_choice_must_still_be_offered(offered: str, ok: bool) -> None:
    option = [{"value": offered, "label": "Một"}]
    new = changed(6, type="one_of", options=option)
    old = changed(6, type="one_of", options=[{"value": "school", "label": "Một"}])
    assert plan_move(old, new, {"pages": "school"}).ok is ok


def test_fields_of_entries_are_compared_too() -> None:
    fewer = changed(8, ask=[ASK[8]["ask"][0] | {"type": "date"}])
    plan = plan_move(OLD, fewer, ANSWERS)
    assert (plan.lost, plan.retyped) == (("witnesses[].adult",), ("witnesses[].name",))


def test_papers_and_steps_it_has_must_exist() -> None:
    plan = plan_move(OLD, OLD, {}, papers=["photo"], steps=["sign", "examine"])
    assert plan.lost == ("papers.photo", "steps.examine")
