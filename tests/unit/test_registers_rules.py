"""Rules of registers that need no database: days and corrections, dates as known, geometry, words, keys."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import FieldType, Key
from tinhso.registers import dates, words
from tinhso.registers.geometry import WrongGeometry, read_geometry
from tinhso.registers.timeline import Rewritten, Slice, rewrite

FIRST = date(2020, 1, 1)
SPAN = 30  # days the oracle looks at


@dataclass(frozen=True)
class Write:
    """One correction: from a day (None: the beginning) to a day (None: for good) the value is this."""

    since: int | None
    until: int | None
    value: int


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


writes = st.builds(
    Write,
    since=st.none() | st.integers(0, SPAN),
    until=st.none() | st.integers(1, SPAN),
    value=st.integers(0, 3),
).filter(lambda one: one.since is None or one.until is None or one.since < one.until)


class SlowRegister:
    """Every day of the world, for every moment of knowing: a table that nobody would keep."""

    def __init__(self, value: int) -> None:
        self.known: list[dict[int, int]] = [dict.fromkeys(range(SPAN + 5), value)]

    def write(self, one: Write) -> None:
        first, last = one.since or 0, SPAN + 5 if one.until is None else one.until
        self.known.append(
            {
                number: one.value if first <= number < last else value
                for number, value in self.known[-1].items()
            }
        )


@dataclass
class Row:
    """A version as the table keeps it; ``known_to`` None while it stands."""

    slice: Slice[int]
    known_from: int
    known_to: int | None = None


class FastRegister:
    """Versions as the actions write them: what no longer stands is closed, what takes its place is added."""

    def __init__(self, value: int) -> None:
        self.rows = [Row(Slice(FIRST, None, value), 0)]

    def write(self, one: Write, at: int) -> None:
        standing = [row for row in self.rows if row.known_to is None]
        since, until = (None if given is None else day(given) for given in (one.since, one.until))
        done: Rewritten[int] = rewrite(
            [row.slice for row in standing], lambda _before: one.value, since=since, until=until
        )
        for row in standing:
            if row.slice in done.closed:
                row.known_to = at
        self.rows += [Row(made, at) for made in done.made]

    def as_of(self, number: int, known: int) -> list[int]:
        on = day(number)
        return [
            row.slice.content
            for row in self.rows
            if row.slice.start <= on
            and (row.slice.end is None or on < row.slice.end)
            and row.known_from <= known
            and (row.known_to is None or known < row.known_to)
        ]


@given(st.lists(writes, max_size=7))
@settings(max_examples=150)
def test_every_day_as_known_at_every_moment_is_what_the_slow_table_says(history: list[Write]) -> None:
    slow, fast = SlowRegister(0), FastRegister(0)
    for at, one in enumerate(history, 1):
        slow.write(one)
        fast.write(one, at)

    for known, table in enumerate(slow.known):
        for number, value in table.items():
            assert fast.as_of(number, known) == [value]


def test_a_correction_to_what_is_true_already_rewrites_nothing() -> None:
    whole = Slice(FIRST, None, 1)
    assert rewrite([whole], lambda _: 1) == Rewritten((), ())


def test_a_correction_in_the_middle_makes_three() -> None:
    done = rewrite([Slice(FIRST, None, 1)], lambda _: 2, since=day(5), until=day(9))
    assert [(one.start, one.end, one.content) for one in done.made] == [
        (FIRST, day(5), 1),
        (day(5), day(9), 2),
        (day(9), None, 1),
    ]


@pytest.mark.parametrize(
    ("written", "known", "precision"),
    [
        ("1960", "1960", "year"),
        ("5/1960", "1960-05", "month"),
        ("1960-05", "1960-05", "month"),
        ("2/9/1945", "1945-09-02", "day"),
        ("1945-09-02", "1945-09-02", "day"),
        ("29/2/2024", "2024-02-29", "day"),
    ],
)
def test_a_date_is_kept_as_well_as_it_is_known(written: str, known: str, precision: str) -> None:
    assert dates.read_date(written) == known
    assert dates.precision(known) == precision
    assert dates.first_day(known).isoformat().startswith(known)


@pytest.mark.parametrize(
    "written", ["31/2/1960", "29/2/2023", "13/1960", "0/1960", "1500", "abc", "", "1/1/60", "1960-13"]
)
def test_a_day_that_never_was_is_refused(written: str) -> None:
    with pytest.raises(dates.NoSuchDay):
        dates.read_date(written)


SQUARE = [[107.0, 21.0], [107.1, 21.0], [107.1, 21.1], [107.0, 21.1], [107.0, 21.0]]
CROSSED = [[107.0, 21.0], [107.1, 21.1], [107.1, 21.0], [107.0, 21.1], [107.0, 21.0]]
HANOI = [[105.8, 21.0], [105.9, 21.0], [105.9, 21.1], [105.8, 21.0]]
VN2000 = [[428000.0, 2330000.0], [428100.0, 2330000.0], [428100.0, 2330100.0], [428000.0, 2330000.0]]


def test_a_sound_polygon_is_kept_with_the_box_around_it() -> None:
    kept, box = read_geometry({"type": "Polygon", "coordinates": [SQUARE]}, FieldType.POLYGON)
    assert kept["type"] == "Polygon"
    assert box == (107.0, 21.0, 107.1, 21.1)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"type": "Polygon", "coordinates": [CROSSED]}, "tự cắt"),
        ({"type": "Polygon", "coordinates": [HANOI]}, "ngoài tỉnh"),
        ({"type": "Polygon", "coordinates": [VN2000]}, "VN-2000"),
        ({"type": "Point", "coordinates": [107.0, 21.0]}, "Polygon"),
        ({"type": "Polygon", "coordinates": []}, "trống"),
        ({"type": "Polygon", "coordinates": [[[1, "x"]]]}, "tọa độ"),
        ({"type": "Blob"}, "GeoJSON"),
        ("POINT(1 2)", "GeoJSON"),
        (None, "GeoJSON"),
    ],
)
def test_a_shape_that_cannot_be_is_refused_with_what_to_do(value: object, said: str) -> None:
    with pytest.raises(WrongGeometry) as refused:
        read_geometry(value, FieldType.POLYGON)
    assert said in refused.value.sentence


def test_words_say_who_may_find_by_them() -> None:
    found = words.words_of(
        register("business.households"),
        {
            "business.name": "Miến dong Đình Trung",
            "owner.full_name": "Lý Văn Sáu",
            "owner.personal_id": "022078004455",
        },
    )
    assert {"mien", "dong", "dinh", "trung", "~r~ly", "~r~van", "#022078004455"} <= set(found)
    assert "ly" not in found


@given(st.text(max_size=30))
def test_no_word_breaks_out_of_its_quotes(text: str) -> None:
    quoted = words.quoted(text)
    inside = quoted[1:-1].replace("\\\\", "").replace("''", "")
    assert "'" not in inside
    assert not inside.endswith("\\")


def test_a_key_is_filled_and_padded() -> None:
    key = Key(pattern="OCOP-{unit}-{yyyy}-{serial:03}", source="mem")
    assert key.filled({"unit": "06838", "yyyy": "2026", "serial": "7"}) == "OCOP-06838-2026-007"
    assert (key.has_serial, key.names) == (True, ("unit", "yyyy", "serial"))
