"""
Made-up people: names as often as Vietnamese bear them, numbers as the law builds them.

Shares of family names after Lê Trung Hoa, «Họ và tên người Việt Nam» (2005), rounded, with family names of
the Dao, Tày and Sán Chỉ of Quảng Ninh added; all from memory, good enough for data nobody takes for real. A
personal number is province of birth (3), century and sex (1), year of birth (2), then six digits (mem).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

MALE, FEMALE = "male", "female"
_FAMILIES = {
    "Nguyễn": 384, "Trần": 110, "Lê": 95, "Phạm": 70, "Hoàng": 51, "Phan": 45, "Vũ": 39, "Đặng": 21,
    "Bùi": 20, "Đỗ": 14, "Ngô": 13, "Hồ": 13, "Dương": 10, "Đinh": 10, "Lý": 6, "Tằng": 6, "Chíu": 6,
    "Phùn": 5, "La": 5, "Nông": 4, "Lương": 4, "Hà": 4, "Mai": 4, "Trịnh": 4, "Đoàn": 4, "Cao": 3, "Tô": 3,
    "Lưu": 3, "Phùng": 3, "Bế": 2, "Hoà": 1,
}  # fmt: skip
_MIDDLE = {
    MALE: {"Văn": 45, "Đức": 9, "Quang": 6, "Minh": 6, "Hữu": 5, "Xuân": 4, "Thanh": 4, "Ngọc": 4, "Gia": 3,
           "Tuấn": 3, "Hoàng": 3, "Bảo": 2, "Anh": 2, "Đình": 4},
    FEMALE: {"Thị": 60, "Thị Thu": 4, "Thị Thanh": 4, "Ngọc": 6, "Thu": 4, "Thanh": 4, "Phương": 3, "Kim": 3,
             "Hồng": 3, "Mai": 2, "Khánh": 2, "Thùy": 3, "Bảo": 2},
}  # fmt: skip
_GIVEN = {
    MALE: (
        "Hùng Dũng Cường Tuấn Anh Minh Hải Nam Long Sơn Thắng Hiếu Đạt Hoàng Huy Khánh Quân Trung Tùng Thành "
        "Việt Đức Bình Giang Hà Hòa Kiên Lâm Linh Mạnh Nghĩa Phong Phúc Quyết Tâm Tân Thái Thịnh Tiến Toàn "
        "Toản Trường Tú Vinh Xuân Bách Chiến Công Duy Đông Khoa Khải Lộc Lợi Nhật Quý Tài Thủy"
    ),
    FEMALE: (
        "Hương Lan Hoa Hằng Hạnh Hà Hồng Huyền Linh Mai Nga Ngọc Nhung Phương Thảo Thu Thúy Trang Yến Ánh "
        "Bích Chi Dung Duyên Giang Hiền Hòa Huệ Hường Liên Loan Ly My Oanh Quyên Quỳnh Tâm Thanh Thoa "
        "Thơm Thủy Thư Tuyết Uyên Vân Vy Xuân Diệp Hậu Khánh Lệ Nhàn Thoan"
    ),
}
# Where those who live here were born: mostly here; the codes are those of before the mergers of 2025.
_BORN_IN = {"022": 84, "031": 4, "030": 4, "034": 3, "001": 2, "036": 1, "033": 1, "024": 1}
# How many of each age there are in a country of this kind, by tens of years; from memory.
_AGES = (17, 14, 14, 16, 13, 11, 9, 4, 1.6, 0.4)


@dataclass(frozen=True, slots=True)
class Person:
    full_name: str
    sex: str
    born_on: date
    number: str


class _Share:
    """Words, each as often as its share says."""

    def __init__(self, shares: dict[str, int]) -> None:
        self._words, self._sums = list(shares), list(accumulate(shares.values()))

    def one(self, dice: Random) -> str:
        return dice.choices(self._words, cum_weights=self._sums)[0]


class People:
    """Makes people, each with a number of their own."""

    def __init__(self, dice: Random, *, on: date) -> None:
        self._dice, self._on = dice, on
        self._families, self._born_in = _Share(_FAMILIES), _Share(_BORN_IN)
        self._middle = {sex: _Share(names) for sex, names in _MIDDLE.items()}
        self._given = {sex: names.split() for sex, names in _GIVEN.items()}
        self._ages = list(accumulate(_AGES))
        self._count: dict[str, int] = {}
        self._shift = dice.randrange(1_000_000)

    def person(self, *, sex: str = "", child_born: date | None = None) -> Person:
        """
        Return somebody new.

        :param child_born: the birth of a child of theirs: they were 18 to 40 then
        """
        dice = self._dice
        sex = sex or (MALE if dice.random() < 0.5 else FEMALE)
        born_on = self._born(child_born)
        return Person(self.name(sex), sex, born_on, self._number(sex, born_on))

    def name(self, sex: str) -> str:
        dice = self._dice
        given = dice.choice(self._given[sex])
        return f"{self._families.one(dice)} {self._middle[sex].one(dice)} {given}"

    def _born(self, child: date | None) -> date:
        dice = self._dice
        if child is not None:
            return child - timedelta(days=dice.randrange(18 * 365, 40 * 365))
        ten = dice.choices(range(len(_AGES)), cum_weights=self._ages)[0]
        return self._on - timedelta(days=dice.randrange(1 + ten * 3652, (ten + 1) * 3652))

    def _number(self, sex: str, born_on: date) -> str:
        century = 2 * (born_on.year // 100 - 19) + (sex == FEMALE)
        head = f"{self._born_in.one(self._dice)}{century % 10}{born_on.year % 100:02}"
        count = self._count[head] = self._count.get(head, 0) + 1
        # 611,953 has no factor in common with a million: no six digits come twice.
        return f"{head}{(count * 611_953 + int(head) * 7_919 + self._shift) % 1_000_000:06}"
