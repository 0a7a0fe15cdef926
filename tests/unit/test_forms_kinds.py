"""Each type of question reads what people type, and refuses the rest with a sentence."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.definitions.types import Option, Question, QuestionType, Text
from tinhso.forms.boxes import render
from tinhso.forms.kinds import KINDS
from tinhso.forms.kinds.base import missing
from tinhso.forms.types import Cleaned, CommuneMatch, Scene

TODAY = date(2026, 3, 2)


def communes(written: str, on: date) -> CommuneMatch | None:
    if written in ("06673", "Phường Hồng Gai"):
        return CommuneMatch(code="06673", name="Phường Hồng Gai, tỉnh Quảng Ninh")
    if written == "Phường Hà Khánh":
        return CommuneMatch(name="Phường Hà Khánh", successors=("Phường Cao Xanh, tỉnh Quảng Ninh",))
    if written == "Xã Chia Đôi":
        return CommuneMatch(name="Xã Chia Đôi", successors=("Xã Một", "Xã Hai"))
    return None


SCENE = Scene(today=TODAY, communes=communes)


def question(kind: str, **more: object) -> Question:
    return Question.model_validate({"id": "q", "label": "Mục thử", "type": kind, **more})


def clean(asked: Question, *typed: str, **boxes: str) -> Cleaned:
    data: dict[str, list[str]] = {"q": list(typed)} if typed else {}
    data |= {f"q-{part}": [value] for part, value in boxes.items()}
    return KINDS[asked.type].clean(asked, "q", data, SCENE)


def sentence(cleaned: Cleaned) -> str:
    assert cleaned.value is None
    assert len(cleaned.problems) == 1
    return cleaned.problems[0].sentence


def test_a_question_for_several_files_wants_all_of_them() -> None:
    one, two = "01980000-0000-7000-8000-000000000001", "01980000-0000-7000-8000-000000000002"
    asked = question("file", at_least=2)
    assert "ít nhất 2 tệp, mới có 1" in sentence(clean(asked, one))
    assert sentence(clean(asked, one, one)), "the same file twice is one"
    assert clean(asked, one, two).value == [one, two]
    assert clean(question("file", at_least=2, required=False)).problems == ()


def test_a_decomposed_name_is_stored_composed() -> None:
    typed = unicodedata.normalize("NFD", "  Nguyễn   Thị Hồng\u200b ")
    assert clean(question("person_name"), typed).value == "Nguyễn Thị Hồng"


@pytest.mark.parametrize("name", ["Nguyễn Văn A1", "Lê Thị 😀", "Trần_Bình", "Иван", "张伟", "Phạm <b>"])
def test_a_name_with_other_than_latin_letters_is_refused(name: str) -> None:
    assert "Mục thử" in sentence(clean(question("person_name"), name))


def test_the_refusal_of_a_name_shows_the_wrong_marks() -> None:
    assert "😀" in sentence(clean(question("person_name"), "Lê Thị 😀"))


@pytest.mark.parametrize("name", ["Y Phôn Niê K'Đăm", "Anne-Marie O’Neill", "H’Hen Niê", "Đặng Ỷ"])
def test_names_of_every_people_are_taken(name: str) -> None:
    assert clean(question("person_name"), name).value == name


def test_a_name_without_a_letter_is_refused() -> None:
    assert sentence(clean(question("person_name"), "- . -"))


def test_control_characters_are_removed_from_text() -> None:
    assert clean(question("text"), "Số 5\x00\u202e,\tđường\u00a0Lê Lợi").value == "Số 5, đường Lê Lợi"


def test_long_text_keeps_its_lines() -> None:
    assert (
        clean(question("long_text", max_length=400), "một \r\nhai\r\n\r\n\r\n\r\nba").value
        == "một\nhai\n\nba"
    )


def test_text_over_its_length_says_both_lengths() -> None:
    said = sentence(clean(question("text", max_length=5), "sáu ký"))
    assert "6" in said
    assert "5" in said


@pytest.mark.parametrize("typed", ["022 191 004 512", "022191004512", "022.191.004.512", " 022-191-004-512 "])
def test_a_personal_id_may_be_typed_with_spaces(typed: str) -> None:
    assert clean(question("personal_id"), typed).value == "022191004512"


def test_a_personal_id_is_shown_in_threes() -> None:
    asked = question("personal_id")
    assert KINDS[asked.type].show(asked, "022191004512", SCENE) == "022 191 004 512"


@pytest.mark.parametrize("typed", ["02219100451", "0221910045123", "02219100451O", "٠٢٢١٩١٠٠٤٥١٢"])
def test_a_personal_id_of_other_shape_is_refused(typed: str) -> None:
    assert sentence(clean(question("personal_id"), typed))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912345678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0203 3838 123", "02033838123"),
        ("(0203) 3838.123", "02033838123"),
    ],
)
def test_vietnamese_telephone_numbers_are_stored_in_one_form(typed: str, stored: str) -> None:
    assert clean(question("phone"), typed).value == stored


@pytest.mark.parametrize("typed", ["12345", "0112345678", "+1 650 555 0100", "không có"])
def test_other_telephone_numbers_are_refused(typed: str) -> None:
    assert sentence(clean(question("phone"), typed))


@pytest.mark.parametrize("typed", ["ten@", "ten example.vn", "@example.vn"])
def test_a_malformed_email_is_refused(typed: str) -> None:
    assert sentence(clean(question("email"), typed))


@pytest.mark.parametrize("typed", ["8.000", "8000", "8,000 đ", "8 000 ₫", "8.000đ", "8.000 đồng", "8000 VND"])
def test_money_is_read_as_people_write_it(typed: str) -> None:
    assert clean(question("money"), typed).value == 8000


@pytest.mark.parametrize("typed", ["8,5", "8.00", "tám nghìn", "1e5", "8.000,50", "-5", "9" * 20])
def test_other_amounts_of_money_are_refused(typed: str) -> None:
    assert sentence(clean(question("money"), typed))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("85,5", "85.5"), ("85.5", "85.5"), ("1.250,75", "1250.75"), ("85,50", "85.5"), ("85", "85")],
)
def test_a_comma_starts_the_decimals(typed: str, stored: str) -> None:
    assert clean(question("number", decimals=2), typed).value == stored


def test_too_many_decimals_are_refused_not_rounded() -> None:
    assert "2" in sentence(clean(question("number", decimals=2), "85,555"))


def test_a_number_out_of_bounds_names_the_bound() -> None:
    asked = question("number", minimum=1, maximum=20)
    assert "20" in sentence(clean(asked, "21"))
    assert "1" in sentence(clean(asked, "0"))
    assert clean(asked, "20").value == 20


def test_a_date_becomes_iso() -> None:
    assert clean(question("date"), day="1", month="02", year="2026").value == "2026-02-01"


def test_a_whole_date_pasted_in_the_first_box_is_understood() -> None:
    assert clean(question("date"), day="15/03/1991", month="", year="").value == "1991-03-15"


def test_the_31st_of_february_is_refused_at_the_day() -> None:
    cleaned = clean(question("date"), day="31", month="2", year="2026")
    assert "31" in sentence(cleaned)
    assert cleaned.problems[0].field_name == "q-day"


def test_a_year_alone_is_told_apart_from_a_missing_part() -> None:
    only_year = sentence(clean(question("date"), day="", month="", year="1950"))
    no_month = sentence(clean(question("date"), day="3", month="", year="1950"))
    assert "mới có năm" in only_year
    assert "tháng" in no_month
    assert only_year != no_month


def test_each_wrong_part_of_a_date_is_named() -> None:
    cleaned = clean(question("date"), day="45", month="13", year="26")
    assert [problem.field_name for problem in cleaned.problems] == ["q-day", "q-month", "q-year"]


def test_a_commune_may_be_given_by_code_or_name() -> None:
    asked = question("address")
    expected = {"commune": "06673", "detail": "Số 5 Lê Lợi"}
    assert clean(asked, commune="06673", detail="Số 5  Lê Lợi").value == expected
    assert clean(asked, commune="Phường Hồng Gai", detail="Số 5 Lê Lợi").value == expected


def test_a_commune_that_is_gone_names_its_successor() -> None:
    assert "Phường Cao Xanh" in sentence(clean(question("address"), commune="Phường Hà Khánh", detail=""))


def test_a_commune_that_was_divided_names_every_successor() -> None:
    said = sentence(clean(question("address"), commune="Xã Chia Đôi", detail="Thôn 2"))
    assert "Xã Một" in said
    assert "Xã Hai" in said


def test_an_unknown_commune_is_refused_at_its_box() -> None:
    cleaned = clean(question("address"), commune="Xã Không Có", detail="Thôn 2")
    assert cleaned.problems[0].field_name == "q-commune"


def test_a_choice_outside_the_list_is_refused() -> None:
    options = (Option(value="nam", label=Text(vi="Nam")),)
    assert sentence(clean(question("one_of", options=options), "khac"))
    assert sentence(clean(question("many_of", options=options), "nam", "khac"))
    assert sentence(clean(question("yes_no"), "maybe"))


def test_a_declaration_is_only_ever_yes() -> None:
    assert clean(question("declaration"), "yes").value is True
    assert clean(question("declaration"), "no").value is None


def test_a_declaration_not_made_is_told_without_repeating_it() -> None:
    promise = question("declaration")
    assert "đánh dấu vào ô" in missing(promise, SCENE)
    assert promise.label.vi not in missing(promise, SCENE)


def test_a_file_that_is_no_paper_id_is_refused() -> None:
    assert sentence(clean(question("file"), "../etc/passwd"))


NAMES = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyẠÁỲỬ 'ễ", min_size=1, max_size=40).filter(
    lambda text: any(mark.isalpha() for mark in text)
)
VALUES = st.one_of(
    st.tuples(st.just(question("person_name")), NAMES.map(lambda text: " ".join(text.split()))),
    st.tuples(st.just(question("personal_id")), st.from_regex(r"\A[0-9]{12}\Z")),
    st.tuples(st.just(question("phone")), st.from_regex(r"\A0[35789][0-9]{8}\Z")),
    st.tuples(st.just(question("date")), st.dates(date(1850, 1, 1), date(2199, 12, 31)).map(date.isoformat)),
    st.tuples(st.just(question("money")), st.integers(0, 10**15 - 1)),
    st.tuples(st.just(question("number")), st.integers(-(10**15) + 1, 10**15 - 1)),
    st.tuples(
        st.just(question("number", decimals=3)),
        st.decimals(-(10**9), 10**9, places=3)
        .map(lambda d: f"{d.normalize():f}")
        .filter(lambda d: d != "-0"),
    ),
    st.tuples(st.just(question("yes_no")), st.booleans()),
    st.tuples(st.just(question("file")), st.lists(st.uuids().map(str), min_size=1, max_size=5, unique=True)),
)


@given(VALUES)
def test_what_a_box_shows_is_read_back_as_the_same_value(pair: tuple[Question, object]) -> None:
    asked, value = pair
    boxes = render(asked, "q", value)
    assert KINDS[asked.type].clean(asked, "q", boxes, SCENE) == Cleaned(value)
    assert KINDS[asked.type].fits(asked, value)


@given(
    st.sampled_from([kind for kind in QuestionType if kind is not QuestionType.GROUP]), st.text(max_size=60)
)
def test_whatever_is_typed_gives_a_stable_value_or_a_sentence(kind: QuestionType, typed: str) -> None:
    asked = question(kind.value, options=({"value": "a", "label": "A"},), max_length=4000)
    boxes = {name: [typed] for name in ("q", "q-day", "q-month", "q-year", "q-commune", "q-detail")}
    cleaned = KINDS[kind].clean(asked, "q", boxes, SCENE)
    assert not (cleaned.value is not None and cleaned.problems)
    if cleaned.value is not None:
        again = KINDS[kind].clean(asked, "q", render(asked, "q", cleaned.value), SCENE)
        assert again == cleaned
        assert "\x00" not in str(cleaned.value)
    assert all("%(" not in problem.sentence for problem in cleaned.problems)
