import unicodedata

from tinhso.kernel.text import fold, name_sort_key


def test_every_spelling_of_a_name_folds_to_the_same_letters() -> None:
    spellings = ["Hoà Đặng", "Hòa Đặng", unicodedata.normalize("NFD", "hoà đặng"), "  HÒA  ĐẶNG "]
    assert {fold(spelling) for spelling in spellings} == {"hoa dang"}


def test_people_sort_by_given_name() -> None:
    names = ["Nguyễn Văn Bình", "Trần Thị Ánh", "Đỗ Anh"]
    assert sorted(names, key=name_sort_key) == ["Đỗ Anh", "Trần Thị Ánh", "Nguyễn Văn Bình"]
