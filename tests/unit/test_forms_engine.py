"""The engine asks what the answers call for, loses nothing typed and lets nothing wrong be filed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.forms_procedure import COMPLETE, NAMELESS, PROCEDURE, PROVED
from tinhso.definitions.conditions import ExpressionProblem
from tinhso.definitions.types import Procedure
from tinhso.forms import boxes, engine
from tinhso.forms.types import CommuneMatch

WHO = {
    "requester.full_name": ["Nguyễn Văn An"],
    "requester.phone": [""],
    "married": ["yes"],
    "spouse.full_name": ["Lê Thị Bình"],
    "spouse.known_since-day": [""],
    "spouse.known_since-month": [""],
    "spouse.known_since-year": [""],
}


def without(answers: dict[str, object], *gone: str) -> dict[str, object]:
    return {question_id: value for question_id, value in answers.items() if question_id not in gone}


def test_a_hidden_answer_counts_as_absent_and_takes_along_what_hangs_on_it() -> None:
    answers = {"married": False, "spouse.full_name": "Lê Thị Bình", "spouse.known_since": "2020-01-01"}
    asked = engine.visible_questions(PROCEDURE, "who", answers, NAMELESS)
    assert [question.id for question in asked] == ["requester.full_name", "requester.phone", "married"]
    assert engine.counted_answers(PROCEDURE, answers, NAMELESS) == {"married": False}


def test_a_page_appears_when_its_condition_holds() -> None:
    unmarried = engine.visible_pages(PROCEDURE, {"married": False}, NAMELESS)
    married = engine.visible_pages(PROCEDURE, {"married": True}, NAMELESS)
    assert [page.id for page in unmarried] == ["who", "what"]
    assert [page.id for page in married] == ["who", "household", "what"]


def test_a_page_that_came_back_whole_may_be_left() -> None:
    result = engine.clean_page(PROCEDURE, "who", WHO, {}, NAMELESS)
    assert result.complete
    assert result.answers == {
        "requester.full_name": "Nguyễn Văn An",
        "married": True,
        "spouse.full_name": "Lê Thị Bình",
    }


def test_a_page_out_of_sight_changes_nothing() -> None:
    result = engine.clean_page(PROCEDURE, "household", MEMBERS, {"married": False}, NAMELESS)
    assert result.complete
    assert result.answers == {"married": False}


def test_answers_of_other_pages_stay_even_hidden_ones() -> None:
    before = {"copies": 3, "members": [{"full_name": "Cường"}]}
    result = engine.clean_page(PROCEDURE, "who", {**WHO, "married": ["no"]}, before, NAMELESS)
    assert result.answers["copies"] == 3
    assert result.answers["members"] == [{"full_name": "Cường"}]


def test_a_required_question_left_empty_names_its_box() -> None:
    data = {**WHO, "spouse.full_name": ["  "]}
    result = engine.clean_page(PROCEDURE, "who", data, {"spouse.full_name": "Lê Thị Bình"}, NAMELESS)
    assert [(error.question_id, error.field_name) for error in result.errors] == [
        ("spouse.full_name", "spouse.full_name")
    ]
    assert "spouse.full_name" not in result.answers
    assert not result.complete


def test_a_wrong_answer_is_shown_again_as_typed() -> None:
    data = {**WHO, "spouse.full_name": ["Lê  Thị 😀 "]}
    result = engine.clean_page(PROCEDURE, "who", data, {}, NAMELESS)
    fields = engine.page_fields(PROCEDURE, "who", result.answers, NAMELESS, result.typed, result.errors)
    spouse = next(field for field in fields if field.question_id == "spouse.full_name")
    assert spouse.value == "Lê  Thị 😀 "
    assert "😀" in spouse.error


def test_a_question_revealed_by_the_page_itself_is_asked_before_it_is_called_missing() -> None:
    data = {**WHO, "married": ["yes"], "asked": ["requester.full_name", "requester.phone", "married"]}
    del data["spouse.full_name"]
    result = engine.clean_page(PROCEDURE, "who", data, {}, NAMELESS)
    assert result.errors == ()
    assert result.revealed == ("spouse.full_name",)
    assert not result.complete


def test_what_the_account_proves_cannot_be_typed_over() -> None:
    data = {**WHO, "requester.full_name": ["Kẻ Mạo Danh"]}
    result = engine.clean_page(PROCEDURE, "who", data, {"requester.full_name": "Khác"}, PROVED)
    assert result.answers["requester.full_name"] == "NGUYỄN VĂN AN"
    filed = engine.counted_answers(PROCEDURE, {"requester.full_name": "Kẻ Mạo Danh"}, PROVED)
    assert filed["requester.full_name"] == "NGUYỄN VĂN AN"


def test_prefill_gives_only_what_the_account_proves() -> None:
    assert engine.prefill(PROCEDURE, PROVED.applicant) == {"requester.full_name": "NGUYỄN VĂN AN"}
    assert engine.prefill(PROCEDURE, {}) == {}
    assert engine.prefill(PROCEDURE, {"applicant.full_name": 12}) == {}


def test_a_rule_between_questions_speaks_at_the_question_that_declares_it() -> None:
    data = boxes_of("what", {**COMPLETE, "until": "2026-02-01"})
    result = engine.clean_page(PROCEDURE, "what", data, {}, NAMELESS)
    assert [(e.question_id, e.field_name, e.sentence) for e in result.errors] == [
        ("until", "until-day", "Ngày cuối phải sau ngày đầu.")
    ]


def test_a_rule_waits_for_the_answer_it_reads() -> None:
    data = boxes_of("what", without(COMPLETE, "from"))
    result = engine.clean_page(PROCEDURE, "what", data, {}, NAMELESS)
    assert [error.question_id for error in result.errors] == ["from"]


def boxes_of(page_id: str, answers: dict[str, object]) -> dict[str, list[str]]:
    data: dict[str, list[str]] = {}
    for question in engine.page_of(PROCEDURE, page_id).ask:
        if question.id in answers:
            data |= boxes.render(question, question.id, answers[question.id])
    return data


MEMBERS = {
    "members-count": ["2"],
    "members-0-full_name": ["Nguyễn Văn Cường"],
    "members-0-born_on-day": ["1"],
    "members-0-born_on-month": ["5"],
    "members-0-born_on-year": ["2015"],
    "members-1-full_name": ["Dung 1"],
    "members-1-born_on-year": ["2017"],
}


def test_adding_an_entry_keeps_what_was_typed_and_scolds_nobody() -> None:
    result = engine.clean_page(
        PROCEDURE, "household", {**MEMBERS, "add-members": [""]}, {"married": True}, NAMELESS
    )
    assert result.intent == "add"
    assert result.errors == ()
    assert {**result.typed, "members-count": ["2"]} == MEMBERS
    fields = engine.page_fields(PROCEDURE, "household", result.answers, NAMELESS, result.typed)
    assert [entry.number for entry in fields[0].entries] == [1, 2, 3]
    assert fields[0].entries[1].fields[0].value == "Dung 1"
    assert fields[0].add_name == ""


def test_a_refresh_keeps_answers_and_scolds_nobody() -> None:
    data = {**WHO, "spouse.full_name": [""], "refresh": [""]}
    result = engine.clean_page(PROCEDURE, "who", data, {}, NAMELESS)
    assert result.intent == "refresh"
    assert result.errors == ()
    assert not result.complete
    assert result.answers == {"requester.full_name": "Nguyễn Văn An", "married": True}


def test_an_address_field_names_the_commune_in_its_box() -> None:
    def communes(written: str, on: object) -> CommuneMatch:
        return CommuneMatch(code=written, name="Phường Hồng Gai, tỉnh Quảng Ninh")

    fields = engine.page_fields(PROCEDURE, "what", COMPLETE, NAMELESS, communes=communes)
    home = next(field for field in fields if field.question_id == "home")
    assert home.values == ("06673", "Số 5")
    assert home.shown == "Phường Hồng Gai, tỉnh Quảng Ninh"


def test_removing_an_entry_moves_the_later_ones_up() -> None:
    result = engine.clean_page(
        PROCEDURE, "household", {**MEMBERS, "remove-members-0": [""]}, {"married": True}, NAMELESS
    )
    assert result.typed == {
        "members-count": ["1"],
        "members-0-full_name": ["Dung 1"],
        "members-0-born_on-year": ["2017"],
    }


def test_a_wrong_entry_is_named_by_its_own_box() -> None:
    result = engine.clean_page(PROCEDURE, "household", MEMBERS, {"married": True}, NAMELESS)
    assert [error.field_name for error in result.errors] == ["members-1-full_name", "members-1-born_on-day"]
    fields = engine.page_fields(PROCEDURE, "household", result.answers, NAMELESS, result.typed, result.errors)
    assert fields[0].errors == ()
    assert fields[0].entries[1].fields[0].error


def test_a_rule_inside_a_group_reads_its_own_entry() -> None:
    data = {
        **MEMBERS,
        "members-0-born_on-year": ["2030"],
        "members-1-full_name": [""],
        "members-1-born_on-year": [""],
    }
    result = engine.clean_page(PROCEDURE, "household", data, {"married": True}, NAMELESS)
    assert [(error.field_name, error.sentence) for error in result.errors] == [
        ("members-0-born_on-day", "Thành viên 1: Ngày sinh ở trước hôm nay.")
    ]


def test_a_question_of_an_entry_appears_by_another_of_the_same_entry() -> None:
    data = {
        **{name: value for name, value in MEMBERS.items() if name.startswith("members-0")},
        "members-0-works": ["yes"],
        "members-0-income": ["8.000 đ"],
    }
    result = engine.clean_page(PROCEDURE, "household", data, {"married": True}, NAMELESS)
    assert result.answers["members"] == [
        {"full_name": "Nguyễn Văn Cường", "born_on": "2015-05-01", "works": True, "income": 8000}
    ]
    hidden = engine.clean_page(
        PROCEDURE, "household", {**data, "members-0-works": ["no"]}, {"married": True}, NAMELESS
    )
    assert "income" not in str(hidden.answers)


def test_a_flood_of_entries_is_cut_and_refused() -> None:
    data = {f"members-{index}-full_name": ["An"] for index in range(900)} | {
        "members-count": ["999999999999"]
    }
    result = engine.clean_page(PROCEDURE, "household", data, {"married": True}, NAMELESS)
    assert any("nhiều nhất 3" in error.sentence for error in result.errors)
    assert len(str(result.answers)) < 500


def test_a_complete_form_may_be_filed() -> None:
    assert engine.check_all(PROCEDURE, COMPLETE, {"marriage": 1}, NAMELESS) == ()


def test_everything_missing_is_named_in_the_order_of_the_form_and_papers_last() -> None:
    answers = {"married": True, "spouse.full_name": "Lê Thị Bình"}
    wrong = engine.check_all(PROCEDURE, answers, {}, NAMELESS)
    assert [error.question_id for error in wrong] == [
        "requester.full_name",
        "members",
        "from",
        "copies",
        "purpose",
        "home",
        "truthful",
        "marriage",
    ]


@pytest.mark.parametrize(
    ("question_id", "value"),
    [
        ("copies", "2"),
        ("copies", True),
        ("copies", 10**9),
        ("from", "2026-02-31"),
        ("from", 20260301),
        ("married", "yes"),
        ("members", [{"full_name": "An", "born_on": ["2015-05-01"]}]),
        ("members", ["An"]),
        ("members", {"full_name": "An"}),
        ("home", {"commune": ["06673"], "detail": ""}),
        ("purpose", "theft"),
        ("truthful", False),
        ("spouse.full_name", "Lê 😀"),
    ],
)
def test_an_answer_of_the_wrong_shape_is_refused_at_filing(question_id: str, value: object) -> None:
    wrong = engine.check_all(PROCEDURE, {**COMPLETE, question_id: value}, {"marriage": 1}, NAMELESS)
    assert question_id in {error.question_id for error in wrong}


def test_unknown_answers_are_dropped_at_filing() -> None:
    entry = {"full_name": "An", "born_on": "2015-05-01", "role": "admin"}
    filed = engine.counted_answers(PROCEDURE, {**COMPLETE, "members": [entry], "role": "admin"}, NAMELESS)
    assert "role" not in filed
    assert filed["members"] == [{"full_name": "An", "born_on": "2015-05-01"}]


def test_answers_sent_as_values_are_read_like_typed_ones() -> None:
    given = {
        "copies": 3,
        "spouse.full_name": "  Lê  Thị Bình",
        "from": "2026-02-31",
        "role": "admin",
        "until": None,
    }
    answers, wrong = engine.read_answers(PROCEDURE, given, COMPLETE, NAMELESS)
    assert answers == {**without(COMPLETE, "until", "from"), "copies": 3, "spouse.full_name": "Lê Thị Bình"}
    assert [error.question_id for error in wrong] == ["from", "role"]


def test_a_commune_gone_since_the_draft_is_refused_at_filing() -> None:
    def gone(written: str, on: object) -> CommuneMatch:
        return CommuneMatch(name="Phường Cũ", successors=("Phường Mới",))

    wrong = engine.check_all(PROCEDURE, COMPLETE, {"marriage": 1}, NAMELESS, gone)
    assert [(error.field_name, "Phường Mới" in error.sentence) for error in wrong] == [("home-commune", True)]


def test_papers_are_asked_for_when_the_answers_call_for_them() -> None:
    assert [p.id for p in engine.required_papers(PROCEDURE, {"married": True}, NAMELESS)] == ["marriage"]
    assert engine.required_papers(PROCEDURE, {"married": False}, NAMELESS) == ()
    assert [p.id for p in engine.offered_papers(PROCEDURE, {"married": False}, NAMELESS)] == ["extra"]


def test_the_first_fee_rule_that_holds_gives_the_line() -> None:
    post = replace(NAMELESS, channel="post")
    few = engine.fees(PROCEDURE, {**COMPLETE, "copies": 2}, NAMELESS)
    many = engine.fees(PROCEDURE, {**COMPLETE, "copies": 12}, post)
    assert [(line.code, line.amount) for line in few] == [("copies", 4000)]
    assert [(line.code, line.amount) for line in many] == [("copies", 12000), ("post", 30000)]


def test_a_fee_due_later_reads_what_the_officer_found() -> None:
    money = {"id": "tariff.amount", "label": "Mức thu", "type": "money"}
    later = Procedure.model_validate(
        PROCEDURE.model_dump(by_alias=True)
        | {
            "fees": [
                {
                    "code": "plate",
                    "name": "Lệ phí",
                    "when": "has(tariff.amount)",
                    "amount": "tariff.amount",
                    "account": "state_budget",
                    "pay": "on_accept",
                }
            ],
            "steps": [{"id": "receive", "name": "Nhận", "by": "one_stop", "ask": [money]}],
        }
    )

    before = engine.fees(later, COMPLETE, NAMELESS)
    after = engine.fees(later, {**COMPLETE, "tariff.amount": 150_000}, NAMELESS)

    assert before == ()
    assert [(line.code, line.amount, line.pay) for line in after] == [("plate", 150_000, "on_accept")]


def test_a_fee_that_needs_an_absent_answer_is_no_fee_of_zero() -> None:
    with pytest.raises(ExpressionProblem):
        engine.fees(PROCEDURE, {}, NAMELESS)


def test_the_summary_speaks_as_people_do() -> None:
    def communes(written: str, on: object) -> CommuneMatch:
        return CommuneMatch(code=written, name="Phường Hồng Gai, tỉnh Quảng Ninh")

    sections = engine.summary(PROCEDURE, COMPLETE, PROVED, "vi", communes)
    rows = {row.question_id: row for section in sections for row in section.rows}
    assert [section.page_id for section in sections] == ["who", "household", "what"]
    assert rows["requester.full_name"].source == "applicant.full_name"
    assert rows["requester.phone"].shown == "Không điền"
    assert rows["from"].shown == "01/03/2026"
    assert rows["home"].shown == "Số 5, Phường Hồng Gai, tỉnh Quảng Ninh"
    assert "Thu nhập: 8.000 ₫" in rows["members"].shown
    assert rows["members"].label == "Thành viên 1"


def test_the_summary_in_english_uses_the_english_labels() -> None:
    sections = engine.summary(PROCEDURE, COMPLETE, NAMELESS, "en")
    rows = {row.question_id: row for section in sections for row in section.rows}
    assert rows["married"].label == "Married?"
    assert rows["purpose"].shown == "Work"


def test_templates_get_every_answer_in_words_and_an_empty_text_for_none() -> None:
    shown = engine.shown_answers(PROCEDURE, {**without(COMPLETE, "until"), "pages_seen": 3}, NAMELESS)
    assert shown["from"] == "01/03/2026"
    assert shown["until"] == ""
    assert shown["pages_seen"] == "3"
    assert shown["members"] == [
        {"full_name": "Nguyễn Văn Cường", "born_on": "01/05/2015", "works": "Có", "income": "8.000 ₫"}
    ]


def test_an_officer_fills_in_the_questions_of_a_step() -> None:
    wrong = engine.clean_step(PROCEDURE, "receive", {"pages_seen": ["0"]}, COMPLETE, NAMELESS)
    right = engine.clean_step(PROCEDURE, "receive", {"pages_seen": ["3"]}, COMPLETE, NAMELESS)
    assert [error.question_id for error in wrong.errors] == ["pages_seen"]
    assert right.answers == {**COMPLETE, "pages_seen": 3}


def test_a_field_says_what_it_depends_on_and_how_to_type_it() -> None:
    fields = {f.question_id: f for f in engine.page_fields(PROCEDURE, "who", {"married": True}, PROVED)}
    assert fields["spouse.full_name"].depends_on == ("married",)
    assert fields["requester.full_name"].known == "applicant.full_name"
    assert fields["requester.full_name"].shown == "NGUYỄN VĂN AN"
    assert fields["requester.full_name"].autocomplete == "name"
    assert fields["requester.phone"].inputmode == "tel"


NAMES_OF_BOXES = [*WHO, *MEMBERS, "from-day", "from-month", "from-year", "copies", "purpose", "home-commune"]


@given(
    st.sampled_from(["who", "household", "what"]),
    st.dictionaries(st.sampled_from(NAMES_OF_BOXES), st.lists(st.text(max_size=30), min_size=1, max_size=1)),
)
def test_nothing_typed_is_ever_lost(page_id: str, data: dict[str, list[str]]) -> None:
    result = engine.clean_page(PROCEDURE, page_id, data, {"married": True}, NAMELESS)
    here = {q.id for q in engine.page_of(PROCEDURE, page_id).ask}
    expected = {
        name: values for name, values in data.items() if any(_of(name, question) for question in here)
    }
    assert result.typed == expected


def _of(name: str, question_id: str) -> bool:
    return name == question_id or name.startswith(f"{question_id}-")
