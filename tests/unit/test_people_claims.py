"""Claims of identity providers, read by map and never trusted in shape."""

from datetime import date

import pytest

from tinhso.people.claims import IdentityIncomplete, load_claim_map, read_claims
from tinhso.people.names import in_name_case, same_name
from tinhso.settings.env import ROOT

MAP = load_claim_map(ROOT / "packs", "dinh-danh")
SAID: dict[str, object] = {
    "SoDinhDanh": "000191000101",
    "HoVaTen": "HOÀNG VĂN CHÍU",
    "NgayThangNamSinh": "14/03/1991",
    "GioiTinh": "Nam",
    "DanToc": "Dao",
    "NoiOHienNay": {"MaXa": "06838", "DiaChi": "Thôn  Ngàn Pạt"},
    "loAs": "2",
    "acr": "2",
}


def test_the_packs_map_reads_every_fact() -> None:
    found = read_claims(MAP, SAID, subject="s")

    assert (found.personal_id, found.full_name, found.assurance) == ("000191000101", "Hoàng Văn Chíu", 2)
    assert (found.born_on, found.born_precision, found.sex) == (date(1991, 3, 14), "day", "male")
    assert (found.residence_commune, found.residence_detail) == ("06838", "Thôn Ngàn Pạt")


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ({"loAs": "2", "acr": "2"}, 2),
        ({"loAs": 2, "acr": "loa2"}, 2),
        ({"loAs": "1", "acr": "2"}, 1),
        ({"loAs": "2", "acr": "1"}, 1),
        ({"loAs": "3"}, 1),
        ({"loAs": True}, 1),
        ({"loAs": None, "acr": "2"}, 1),
        ({}, 1),
    ],
)
def test_the_level_is_2_only_when_every_claim_says_so(said: dict[str, object], level: int) -> None:
    plain = {name: value for name, value in SAID.items() if name not in {"loAs", "acr"}}

    assert read_claims(MAP, plain | said, subject="s").assurance == level


@pytest.mark.parametrize(
    ("said", "born_on", "precision"),
    [
        ("02/09/1995", date(1995, 9, 2), "day"),
        ("19950902", date(1995, 9, 2), "day"),
        ("1995-09-02", date(1995, 9, 2), "day"),
        ("09/1995", date(1995, 9, 1), "month"),
        ("1950", date(1950, 1, 1), "year"),
        ("31/02/1995", None, "day"),
        ("hôm qua", None, "day"),
        (["1995"], None, "day"),
    ],
)
def test_a_birth_date_is_read_as_far_as_it_goes(said: object, born_on: date | None, precision: str) -> None:
    found = read_claims(MAP, SAID | {"NgayThangNamSinh": said}, subject="s")

    assert (found.born_on, found.born_precision) == (born_on, precision)


@pytest.mark.parametrize(
    "change",
    [
        {"SoDinhDanh": "12345"},
        {"SoDinhDanh": "00019100010x"},
        {"SoDinhDanh": None},
        {"SoDinhDanh": ["000191000101"]},
        {"SoDinhDanh": "٠٠٠١٩١٠٠٠١٠١"},
        {"HoVaTen": "  "},
        {"HoVaTen": {"x": 1}},
    ],
)
def test_without_a_number_and_a_name_there_is_no_identity(change: dict[str, object]) -> None:
    with pytest.raises(IdentityIncomplete):
        read_claims(MAP, SAID | change, subject="s")


@pytest.mark.parametrize("residence", ["Thôn Ngàn Pạt", {"MaXa": "6838", "DiaChi": "Thôn Ngàn Pạt"}])
def test_a_residence_without_a_commune_code_is_only_words(residence: object) -> None:
    found = read_claims(MAP, SAID | {"NoiOHienNay": residence}, subject="s")

    assert (found.residence_commune, found.residence_detail) == ("", "Thôn Ngàn Pạt")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("PHẠM THỊ HOÀ", "Phạm  Thị Hòa", True),
        ("Nguyễn Thuỷ", "Nguye\u0302\u0303n Thủy", True),
        ("Lan", "Lân", False),
        ("Hoàng Văn Chíu", "Hoàng Văn Chiu", False),
        ("Đặng Dung", "Dang Dung", False),
        ("Vũ Hoa", "Hoa Vũ", False),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_capitals_become_a_name_and_the_rest_stays() -> None:
    assert in_name_case("LA THỊ NGA") == "La Thị Nga"
    assert in_name_case("Y Moan Êban") == "Y Moan Êban"
