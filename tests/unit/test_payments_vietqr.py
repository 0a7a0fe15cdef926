"""VietQR payloads are those of the published vectors and survive a round trip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.payments.vietqr import (
    GUID,
    EmptyPurpose,
    Transfer,
    UnreadablePayload,
    WrongAccount,
    WrongAmount,
    WrongBin,
    WrongPurpose,
    ascii_purpose,
    build,
    checksum,
    parse,
)

STATIC = "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F"
DYNAMIC = (
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA"
    "53037045405100005802VN62150811Chuyen tien630453E6"
)


def sealed(body: str) -> str:
    """Close a hand-made body with a right checksum."""
    return body + "6304" + checksum(body + "6304")


def test_a_code_without_amount_is_the_published_static_vector() -> None:
    assert build(Transfer("970416", "257678859")) == STATIC


def test_a_code_with_amount_and_purpose_is_the_published_dynamic_vector() -> None:
    assert build(Transfer("970416", "257678859", 10_000, "Chuyen tien")) == DYNAMIC


def test_marks_are_dropped_from_the_purpose_before_it_is_written() -> None:
    assert build(Transfer("970416", "257678859", 10_000, "Chuyển  tiền")) == DYNAMIC


def test_the_published_vectors_read_back_to_their_fields() -> None:
    assert parse(STATIC) == Transfer("970416", "257678859")
    assert parse(DYNAMIC) == Transfer("970416", "257678859", 10_000, "Chuyen tien")


transfers = st.builds(
    Transfer,
    bin=st.from_regex(r"[0-9]{6}", fullmatch=True),
    account=st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
    amount=st.none() | st.integers(1, 9_999_999_999_999),
    purpose=st.just("") | st.from_regex(r"[0-9A-Za-z]{1,12}( [0-9A-Za-z./-]{1,12})?", fullmatch=True),
    service=st.sampled_from(["QRIBFTTA", "QRIBFTTC"]),
)


@given(transfers)
def test_whatever_is_written_reads_back_the_same(transfer: Transfer) -> None:
    assert parse(build(transfer)) == transfer


@given(transfers, st.data())
def test_one_changed_character_is_never_read_as_a_transfer(transfer: Transfer, data: st.DataObject) -> None:
    payload = build(transfer)
    place = data.draw(st.integers(0, len(payload) - 1))
    other = data.draw(st.sampled_from([c for c in "0123456789ABCXYZ" if c.upper() != payload[place].upper()]))
    with pytest.raises(UnreadablePayload):
        parse(payload[:place] + other + payload[place + 1 :])


@given(st.text(max_size=200))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(UnreadablePayload) as refusal:
        parse(text)
    assert "VietQR" in refusal.value.sentence()


@pytest.mark.parametrize(
    ("transfer", "refusal"),
    [
        (Transfer("97041", "1"), WrongBin),
        (Transfer("97041٣", "1"), WrongBin),
        (Transfer("970416", ""), WrongAccount),
        (Transfer("970416", "12 34"), WrongAccount),
        (Transfer("970416", "1" * 20), WrongAccount),
        (Transfer("970416", "1", 0), WrongAmount),
        (Transfer("970416", "1", -5), WrongAmount),
        (Transfer("970416", "1", 10**13), WrongAmount),
        (Transfer("970416", "1", 1, "a" * 26), WrongPurpose),
        (Transfer("970416", "1", 1, "😀😀"), EmptyPurpose),
    ],
)
def test_a_wrong_field_is_named(transfer: Transfer, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        build(transfer)


def test_a_longer_purpose_may_be_allowed_up_to_what_the_field_holds() -> None:
    assert parse(build(Transfer("970416", "1", 1, "a" * 95), purpose_limit=200)).purpose == "a" * 95
    with pytest.raises(WrongPurpose):
        build(Transfer("970416", "1", 1, "a" * 96), purpose_limit=200)


@pytest.mark.parametrize("length", [len("HỘ TỊCH"), len("HỘ TỊCH".encode())])
def test_a_foreign_code_may_count_marked_letters_as_characters_or_as_bytes(length: int) -> None:
    name = f"59{length:02d}HỘ TỊCH"
    payload = sealed(STATIC[:-8].replace("5802VN", "5802VN" + name))
    assert parse(payload) == Transfer("970416", "257678859")


@pytest.mark.parametrize(
    "body",
    [
        STATIC[:-8].replace("5303704", "5303840"),
        STATIC[:-8].replace(GUID, "A000000775"),
        STATIC[:-8].replace("5802VN", "5899VN"),
        STATIC[:-8] + "5802VN",
        STATIC[:-8].replace("5802VN", "540510.505802VN"),
    ],
    ids=["dollars", "another scheme", "a length that lies", "a field twice", "half a dong"],
)
def test_a_well_sealed_code_that_is_not_a_transfer_in_dong_is_refused(body: str) -> None:
    with pytest.raises(UnreadablePayload):
        parse(sealed(body))


def test_folding_keeps_case_and_knows_the_letter_d_with_stroke() -> None:
    assert ascii_purpose("Đặng Văn Đức – lệ phí hộ tịch") == "Dang Van Duc le phi ho tich"
