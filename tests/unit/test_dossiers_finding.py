"""The words a dossier is found by."""

from uuid import UUID

from tinhso.dossiers.finding import agency_word, matching, text_of

AGENCY = UUID("01a195b5-f869-764a-af11-adf2f6bf8c17")


def test_a_code_is_found_whole_and_by_its_parts() -> None:
    words = text_of(code="000.00.30.H49-261121-0007", full_name="Hoàng Thị Đào", personal_id=None).split()

    assert words == ["000.00.30.h49-261121-0007", "000.00.30.h49", "261121", "0007", "hoang", "thi", "dao"]


def test_a_word_that_comes_twice_stands_once() -> None:
    assert text_of(code="A-1", full_name="An An", personal_id="1").split() == ["a-1", "a", "1", "an"]


def test_nothing_typed_asks_for_nothing() -> None:
    assert matching("  ' \\ @ ") is None


def test_what_is_typed_cannot_name_an_agency() -> None:
    asked = matching(agency_word(AGENCY))

    assert asked is not None
    assert agency_word(AGENCY) not in str(asked)
