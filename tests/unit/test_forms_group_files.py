"""A file inside a repeated group stays with its entry, whatever becomes of the entries around it."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.definitions_samples import PACKS
from tinhso.definitions.check import check_packs
from tinhso.definitions.conditions import Facts
from tinhso.definitions.moving import plan_move
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Procedure
from tinhso.forms import boxes, engine
from tinhso.forms.types import PageResult

PROCEDURE = whole(PACKS / "procedures" / "children.yaml", Procedure)
GROUP = PROCEDURE.questions()[0]
NOBODY = Facts(today=date(2026, 3, 2))
FIRST, SECOND, THIRD = (str(UUID(int=number)) for number in (1, 2, 3))
STRANGE = str(UUID(int=99))
Papers = dict[str, list[str]]


def proof(number: int) -> str:
    return f"children[{number}].birth_proof"


def page(*entries: tuple[int, str]) -> dict[str, list[str]]:
    """Return what a browser sends: the number and the name of each child."""
    data = {"asked": ["children", "note"], "children-count": [str(len(entries))], "note": [""]}
    for index, (number, name) in enumerate(entries):
        data |= {f"children-{index}-full_name": [name], f"children-{index}-adopted": ["no"]}
        data |= {f"children-{index}-entry": [str(number)]} if number else {}
    return data


def press(button: str) -> dict[str, list[str]]:
    return {button: ["1"]}


def clean(data: dict[str, list[str]], papers: Papers, answers: dict[str, object] | None = None) -> PageResult:
    """Clean the page as ``save_page`` does: with the files that were given, not those a browser names."""
    given = boxes.with_files(PROCEDURE.form[0].ask, data, papers)
    return engine.clean_page(PROCEDURE, "family", given, answers or {}, NOBODY)


def children(result: PageResult) -> list[dict[str, object]]:
    value = result.answers.get("children", [])
    assert isinstance(value, list)
    return value


def read(given: object, papers: Papers, before: object = None) -> tuple[list[dict[str, object]], list[str]]:
    """Return the children after answers came as values, and the fields that are wrong."""
    answers = {} if before is None else {"children": before}
    merged, wrong = engine.read_answers(PROCEDURE, {"children": given}, answers, NOBODY, papers=papers)
    value = merged.get("children", [])
    assert isinstance(value, list)
    return value, [error.field_name for error in wrong]


def test_a_pack_with_a_file_in_a_group_passes_the_check(tmp_path: Path) -> None:
    mistakes = [one for one in check_packs(PACKS).mistakes if "children" in str(one.file)]
    assert mistakes == []


def test_two_entries_each_keep_their_own_file() -> None:
    result = clean(page((1, "An"), (2, "Bình")), {proof(1): [FIRST], proof(2): [SECOND]})

    assert result.complete
    assert [(one["entry"], one["full_name"], one["birth_proof"]) for one in children(result)] == [
        (1, "An", [FIRST]),
        (2, "Bình", [SECOND]),
    ]


def test_an_entry_without_its_file_is_told_at_its_own_box() -> None:
    result = clean(page((4, "An"), (7, "Bình")), {proof(4): [FIRST]})

    assert [(error.question_id, error.field_name) for error in result.errors] == [("children", proof(7))]
    fields = engine.page_fields(PROCEDURE, "family", result.answers, NOBODY, result.typed, result.errors)
    wrong = [one.id for entry in fields[0].entries for one in entry.fields if one.error]
    assert wrong == [proof(7)]


def test_the_file_stays_with_its_entry_when_the_one_before_it_goes() -> None:
    papers = {proof(1): [FIRST], proof(2): [SECOND], "photo": [THIRD]}
    data = page((1, "An"), (2, "Bình")) | press("remove-children-0")
    result = clean(data, papers)

    assert [(one["entry"], one["birth_proof"]) for one in children(result)] == [(2, [SECOND])]
    assert result.typed["children-0-entry"] == ["2"]
    assert engine.papers_left(GROUP, data, result, papers) == {proof(2): [SECOND], "photo": [THIRD]}


def test_an_entry_that_is_merely_absent_keeps_its_files_for_the_next_page_sent() -> None:
    papers = {proof(1): [FIRST], proof(2): [SECOND]}
    late = page((1, "An"))
    result = clean(late, papers)

    assert engine.papers_left(GROUP, late, result, papers) == papers
    again = clean(page((1, "An"), (2, "Bình")), papers, result.answers)
    assert [one["birth_proof"] for one in children(again)] == [[FIRST], [SECOND]]


def test_a_number_is_not_given_again_after_its_entry_went() -> None:
    gone = clean(page((1, "An"), (2, "Bình")) | press("remove-children-1"), {})
    added = engine.clean_page(PROCEDURE, "family", {**gone.typed, "add-children": ["1"]}, {}, NOBODY)

    assert engine.entry_numbers(GROUP, added.answers, added.typed) == (1, 3)


def test_files_named_by_a_browser_count_for_nothing() -> None:
    forged = page((1, "An")) | {proof(1): [STRANGE], "children-0-birth_proof": [STRANGE]}
    result = clean(forged, {})

    assert STRANGE not in str(result.answers)
    assert [error.field_name for error in result.errors] == [proof(1)]


@pytest.mark.parametrize("told", ["", "0", "-1", "x", "٣", "1.5", "9999999"])
def test_a_number_that_is_none_gets_the_next(told: str) -> None:
    data = page((3, "An"), (0, "Bình")) | {"children-1-entry": [told]}
    assert [one["entry"] for one in children(clean(data, {}))] == [3, 4]


def test_two_entries_never_share_a_number() -> None:
    assert [one["entry"] for one in children(clean(page((2, "An"), (2, "Bình")), {}))] == [2, 3]


def test_a_condition_inside_the_entry_hides_its_file_and_brings_it_back() -> None:
    papers = {proof(1): [FIRST], "children[1].adoption_proof": [SECOND]}
    hidden = clean(page((1, "An")), papers)
    assert engine.files_in(PROCEDURE, engine.counted_answers(PROCEDURE, hidden.answers, NOBODY)) == {
        proof(1): [FIRST]
    }

    shown = clean(page((1, "An")) | {"children-0-adopted": ["yes"]}, papers, hidden.answers)
    assert shown.complete
    assert engine.files_in(PROCEDURE, shown.answers) == papers


def test_too_many_files_in_one_entry_are_told_there() -> None:
    result = clean(page((1, "An")), {proof(1): [FIRST, SECOND, THIRD]})
    assert [error.field_name for error in result.errors] == [proof(1)]


def test_a_file_makes_an_entry_of_which_nothing_else_is_said_yet() -> None:
    assert engine.entry_numbers(GROUP, {}, {}) == (1,)
    answers = engine.put_files(PROCEDURE, {"note": "x"}, proof(1), [FIRST])
    assert answers == {"note": "x", "children": [{"entry": 1, "birth_proof": [FIRST]}]}
    assert engine.put_files(PROCEDURE, answers, proof(1), []) == {"note": "x"}


def test_a_file_of_a_form_filed_before_entries_bore_numbers_goes_by_place() -> None:
    answers: dict[str, object] = {"children": [{"full_name": "An"}, {"full_name": "Bình"}]}
    kept = engine.put_files(PROCEDURE, answers, proof(2), [SECOND])["children"]
    assert kept == [
        {"full_name": "An", "entry": 1},
        {"full_name": "Bình", "entry": 2, "birth_proof": [SECOND]},
    ]


def test_the_summary_and_the_words_say_how_many_files_and_the_parts_are_named() -> None:
    answers = clean(page((2, "An"), (5, "Bình")), {proof(2): [FIRST], proof(5): [SECOND, THIRD]}).answers
    rows = engine.summary(PROCEDURE, answers, NOBODY)[0].rows
    assert [row.shown.splitlines()[-1] for row in rows[:2]] == [
        "Giấy khai sinh: 1 tệp",
        "Giấy khai sinh: 2 tệp",
    ]
    shown = engine.shown_answers(PROCEDURE, answers, NOBODY)["children"]
    assert shown[1]["birth_proof"] == "2 tệp"  # type: ignore[index]
    assert engine.part_names(PROCEDURE, answers, "en")[proof(5)] == "Child 2 · Birth certificate"


def test_answers_that_come_as_values_get_numbers_above_all_before() -> None:
    before = [{"entry": 1, "full_name": "An"}, {"entry": 6, "full_name": "Bình"}]
    given = [{"full_name": "Cúc", "adopted": False}, {"entry": 6, "full_name": "Bình", "adopted": False}]
    value, wrong = read(given, {proof(6): [SECOND]}, before)
    assert wrong == []
    assert [(one["entry"], one.get("birth_proof")) for one in value] == [(7, None), (6, [SECOND])]


@pytest.mark.parametrize("named", [[STRANGE], [FIRST, STRANGE], STRANGE, [7]])
def test_values_that_name_another_file_are_refused(named: object) -> None:
    given = [{"entry": 1, "full_name": "An", "adopted": False, "birth_proof": named}]
    value, wrong = read(given, {proof(1): [FIRST]}, [{"entry": 1, "full_name": "An"}])
    assert wrong == [proof(1)]
    assert value == []


def test_a_file_of_another_entry_is_another_file() -> None:
    given = [{"entry": 1, "full_name": "An", "birth_proof": [SECOND]}, {"entry": 2, "full_name": "Bình"}]
    assert read(given, {proof(1): [FIRST], proof(2): [SECOND]})[1] == [proof(1)]


def test_a_stranger_s_file_is_refused_outside_groups_too() -> None:
    _answers, wrong = engine.read_answers(PROCEDURE, {"photo": [STRANGE]}, {}, NOBODY, papers={})
    assert [error.field_name for error in wrong] == ["photo"]


@pytest.mark.parametrize("value", [3, "x", [3], [{"entry": 1, "born": 1}], [[]], {"entry": 1}])
def test_values_of_another_shape_are_refused_and_break_nothing(value: object) -> None:
    assert read(value, {})[1]


def test_a_dossier_moves_to_a_version_that_still_asks_for_the_file_and_to_no_other() -> None:
    answers = {"children": [{"entry": 2, "full_name": "An", "birth_proof": [FIRST]}]}
    without = PROCEDURE.model_dump(by_alias=True)
    without["form"][0]["ask"][0]["ask"] = without["form"][0]["ask"][0]["ask"][:2]

    assert plan_move(PROCEDURE, PROCEDURE, answers).ok
    assert plan_move(PROCEDURE, Procedure.model_validate(without), answers).lost == (
        "children[].birth_proof",
    )


ACTS = st.tuples(st.sampled_from(["add", "remove", "file", "file"]), st.integers(0, 2))


def drawn(answers: dict[str, object], typed: dict[str, list[str]], name: str) -> dict[str, list[str]]:
    """Return what a browser sends back of the page it is shown; who has no name yet gets this one."""
    group = engine.page_fields(PROCEDURE, "family", answers, NOBODY, typed)[0]
    data = {group.count_name: list(group.values)} | {box: [value] for box, value in group.hidden}
    for entry in group.entries:
        for field in entry.fields:
            if field.kind != "file":
                data[field.name] = [field.value or {"person_name": name, "yes_no": "no"}[field.kind]]
    return data


@given(st.lists(ACTS, min_size=4, max_size=25))
def test_whatever_is_pressed_each_file_is_found_in_the_entry_it_was_given_for(
    acts: list[tuple[str, int]],
) -> None:
    """Names stand for entries: the file of «An C» is found beside «An C», or is gone together with it."""
    answers: dict[str, object] = {}
    papers: Papers = {}
    owner: dict[str, object] = {}
    data = drawn(answers, {}, "An Đ")
    for turn, (act, place) in enumerate(acts):
        numbers = engine.entry_numbers(GROUP, answers, data)
        if act == "file" and place < len(numbers):
            file = str(UUID(int=turn + 1))
            papers = {**papers, proof(numbers[place]): [file]}
            owner[file] = data[f"children-{place}-full_name"][0]
            answers = engine.put_files(PROCEDURE, answers, proof(numbers[place]), [file])
            continue
        sent = data | press({"add": "add-children", "remove": f"remove-children-{place}"}.get(act, "do"))
        result = clean(sent, papers, answers)
        papers, answers = engine.papers_left(GROUP, sent, result, papers), result.answers
        data = drawn(answers, result.typed, f"An {'ABCDEGHIKLMNOPQRSTUVXYABC'[turn]}{turn * 'a'}")

    last = clean(data, papers, answers)
    found = engine.files_in(PROCEDURE, last.answers)
    assert found == papers
    names = {entry["entry"]: entry["full_name"] for entry in children(last)}
    assert {ids[0]: names[int(part[9 : part.index("]")])] for part, ids in found.items()} == {
        file: owner[file] for ids in papers.values() for file in ids
    }


def test_a_label_that_asks_needs_no_colon_and_one_file_is_one_file_in_english() -> None:
    answers = clean(page((2, "An")), {proof(2): [FIRST]}).answers
    with translation.override("en"):
        (row, _note) = engine.summary(PROCEDURE, answers, NOBODY, "en")[0].rows
    assert row.shown.splitlines()[1:] == ["Adopted? No", "Birth certificate: 1 file"]
