"""Conditions: what an expression gives for which answers."""

from typing import Any

import pytest

from tests.unit.definitions_samples import FACTS, procedure
from tinhso.definitions import conditions
from tinhso.definitions.problems import AbsentAnswer, ExpressionProblem

SAMPLE = procedure()


def value(expression: str, answers: dict[str, Any], **place: Any) -> object:
    return conditions.evaluate(expression, procedure=SAMPLE, answers=answers, facts=FACTS, **place)


@pytest.mark.parametrize(
    ("expression", "answers", "expected"),
    [
        ("child.born_on <= today", {"child.born_on": "2026-03-02"}, True),
        ("child.born_on < today", {"child.born_on": "2026-03-02"}, False),
        ("age_years(child.born_on, today)", {"child.born_on": "2012-03-03"}, 13),
        ("age_years(child.born_on, today)", {"child.born_on": "2012-03-02"}, 14),
        ("days_between(child.born_on, today) > 60", {"child.born_on": "2026-01-01"}, False),
        ("days_between(child.born_on, today) > 60", {"child.born_on": "2025-12-31"}, True),
        ("months_between(child.born_on, today)", {"child.born_on": "2026-01-03"}, 1),
        ("months_between(today, child.born_on)", {"child.born_on": "2026-01-03"}, -1),
        ("add_months(date('2026-01-31'), 1) == date('2026-02-28')", {}, True),
        ("home.commune == '06838'", {"home": {"commune": "06838", "detail": ""}}, True),
        ("has(home.detail)", {"home": {"commune": "06838", "detail": ""}}, False),
        ("applicant.full_name.matches('^Nguyễn ')", {}, True),
        ("channel == 'counter'", {}, True),
        ("area > 2.5", {"area": "2.75"}, True),
        ("2000 * min(pages, 2) + 1000 * max(pages - 2, 0)", {"pages": 5}, 7000),
        ("round_up(pages, 1000)", {"pages": 1001}, 2000),
        ("size(child.full_name)", {"child.full_name": "Đường"}, 5),
        ("sum(witnesses.map(w, w.age))", {"witnesses": [{"age": 30}, {"age": 12}]}, 42),
        ("witnesses.all(w, has(w.name))", {"witnesses": [{"name": "An"}, {"age": 3}]}, False),
        ("1000 * size(witnesses)", {"witnesses": [{"name": "An", "born_on": "1990-01-31"}]}, 1000),
        (
            "witnesses.exists(w, age_years(date(w.born_on), today) < 18)",
            {"witnesses": [{"born_on": "1990-01-31"}, {"born_on": "2010-01-31"}]},
            True,
        ),
    ],
)
def test_an_expression_has_the_value_the_law_gives_it(
    expression: str, answers: dict[str, Any], expected: object
) -> None:
    assert value(expression, answers) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("married", False),
        ("!married", False),
        ("has(married)", False),
        ("!has( married )", True),
        ("!has(child.born_on) || child.born_on <= today", True),
        ("has(child.born_on) && child.born_on <= today", False),
        ("child.born_on <= today || true", True),
        ("size(witnesses) == 0", True),
        ("witnesses[0].age > 3", False),
        ("child.full_name != 'has(child.full_name)'", False),
    ],
)
def test_an_absent_answer_never_explodes(expression: str, expected: bool) -> None:
    assert value(expression, {}) is expected


@pytest.mark.parametrize("wrong", [None, "", "  ", [], "hôm qua", 12, True, {"day": 1}, "2026-02-30"])
def test_an_answer_that_does_not_fit_its_type_counts_as_absent(wrong: object) -> None:
    assert value("has(child.born_on)", {"child.born_on": wrong}) is False
    assert value("child.born_on <= today", {"child.born_on": wrong}) is False


@pytest.mark.parametrize("wrong", [2**70, -(2**70), True, "5", 1.5, float("nan")])
def test_a_number_that_is_not_a_whole_one_counts_as_absent(wrong: object) -> None:
    assert value("has(pages) || pages > 0", {"pages": wrong}) is False


def test_an_amount_that_needs_an_absent_answer_is_refused_by_name() -> None:
    with pytest.raises(AbsentAnswer, match="pages"):
        value("2000 * pages", {})


def test_a_division_by_zero_is_a_problem_of_the_file_and_not_a_quiet_no() -> None:
    with pytest.raises(ExpressionProblem, match="divide by zero"):
        value("10 / pages > 1", {"pages": 0})


@pytest.mark.parametrize(
    ("expression", "code", "column"),
    [
        ("child.born_in <= today", "undeclared", 6),
        ("pages > 'x'", "types", 7),
        ("area > 2", "types", 6),
        ("has(pages) && pages > 'x'", "types", 21),
        ("pages ++ 2", "syntax", 8),
        ("witnesses.all(a, witnesses.all(b, witnesses.all(c, true)))", "too-deep", 1),
        ("1" + " + 1" * 600, "too-long", 1),
    ],
)
def test_a_wrong_expression_names_its_column(expression: str, code: str, column: int) -> None:
    with pytest.raises(ExpressionProblem) as caught:
        value(expression, {})
    assert (caught.value.code, caught.value.column) == (code, column)


def test_references_follow_dots_and_loops_and_leave_out_loop_variables() -> None:
    found = conditions.references("has(a.b) && c[0].d == e.f && people.exists(p, p.name.first == today)")
    assert found == {"a.b", "c", "e.f", "people", "people[].name.first", "today"}


def test_inside_a_group_an_expression_reads_its_own_entry() -> None:
    assert value("entry.adult", {}, group="witnesses", entry={"adult": True}) is True
    assert value("entry.adult", {}, group="witnesses", entry={}) is False


def test_a_hidden_answer_hides_what_depends_on_it() -> None:
    answers = {"married": False, "spouse.full_name": "Bình", "spouse.phone": "0912345678", "unknown": 1}
    kept = conditions.asked(SAMPLE, answers=answers, facts=FACTS)
    assert kept == {"married": False}
    assert len(conditions.asked(SAMPLE, answers=answers | {"married": True}, facts=FACTS)) == 3


def test_a_hidden_field_of_an_entry_is_left_out() -> None:
    answers = {"witnesses": [{"name": "An", "adult": False, "age": 9}, {"adult": True, "age": 40}]}
    kept = conditions.asked(SAMPLE, answers=answers, facts=FACTS)
    assert kept["witnesses"] == [{"name": "An", "adult": False}, {"adult": True, "age": 40}]
