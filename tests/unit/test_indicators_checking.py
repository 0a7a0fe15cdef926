"""A wrong indicator is named with its line and what to do, before anybody is told a figure."""

from pathlib import Path

import pytest

from tinhso.indicators.checking import mistakes
from tinhso.settings.env import ROOT

SOUND = """\
id: share
name: Tỷ lệ
unit: "%"
formula: |
  SELECT number, unit, filed_month,
         CASE WHEN ended_at <= due_at THEN 1 ELSE 0 END AS part,
         1 AS whole
  FROM dossiers
  WHERE ended_on >= :since AND ended_on < :until
value: 100 * part / nullif(whole, 0)
dimensions: [unit]
source: thử
"""


def found(tmp_path: Path, old: str = "", new: str = "") -> list[tuple[str, int, str]]:
    """Return code, line and name of each mistake of the sound file with something else in it."""
    assert not old or old in SOUND
    folder = tmp_path / "thu" / "indicators"
    folder.mkdir(parents=True)
    (folder / "share.yaml").write_text(SOUND.replace(old, new, 1) if old else SOUND, encoding="utf-8")
    said = list(mistakes(tmp_path))
    assert all(one.problem and one.remedy for one in said)
    return [(one.code, one.line, one.data.get("name", "")) for one in said]


def test_the_packs_indicators_and_sets_are_sound() -> None:
    assert list(mistakes(ROOT / "packs")) == []


def test_a_sound_indicator_has_no_mistake(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "name"),
    [
        ("ended_at <= due_at", "ended_att <= due_at", "indicator-unknown-column", 6, "ended_att"),
        ("FROM dossiers", "FROM people_person", "indicator-unknown-table", 8, "people_person"),
        (":since", ":from_day", "indicator-unknown-parameter", 9, "from_day"),
        ("nullif(whole, 0)", "whole", "indicator-divides-by-zero", 10, "whole"),
        ("THEN 1 ELSE", "THEN 10 / asks ELSE", "indicator-divides-by-zero", 6, "asks"),
        ("1 AS whole", "1.5 AS whole", "indicator-not-whole", 4, "whole"),
        ("unit, filed_month", "unit", "indicator-gives-not", 4, "filed_month"),
        ("100 * part", "100 * parts", "indicator-gives-not", 10, "parts"),
        (
            "ended_on >= :since",
            "read_text('/etc/passwd') = 'x'",
            "indicator-unknown-function",
            9,
            "read_text",
        ),
        ("ended_on >= :since", "ended_on >= current_date", "indicator-unknown-function", 9, "CURRENT_DATE"),
        ("FROM dossiers", "FROM read_csv('/etc/passwd')", "indicator-unknown-table", 8, ""),
    ],
)
def test_each_mistake_is_named_where_it_stands(
    tmp_path: Path, old: str, new: str, code: str, line: int, name: str
) -> None:
    assert (code, line, name) in [
        (one, at, named if name else "") for one, at, named in found(tmp_path, old, new)
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("SELECT number", "DELETE FROM dossiers; SELECT number", "indicator-no-select"),
        ("SELECT number, unit", "SELECT *, unit", "indicator-star"),
        ("100 * part", "sqrt(part)", "indicator-value"),
        ("1 AS whole", "sum(1) AS whole", "indicator-not-understood"),
        ("value: 100 * part / nullif(whole, 0)\n", "", "wrong-value"),
    ],
)
def test_what_is_no_formula_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert code in [one for one, _line, _name in found(tmp_path, old, new)]


def test_the_same_id_in_two_files_is_named(tmp_path: Path) -> None:
    assert found(tmp_path) == []
    (tmp_path / "thu" / "indicators" / "twin.yaml").write_text(SOUND, encoding="utf-8")
    assert [(one.code, Path(one.file).name) for one in mistakes(tmp_path)] == [
        ("indicator-twice", "twin.yaml")
    ]


def test_a_set_whose_points_do_not_add_up_or_that_names_nothing_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "thu" / "index-sets"
    folder.mkdir(parents=True)
    lines = "[{id: a, indicator: nowhere, points: 3}, {id: a, indicator: nowhere, points: 3}]"
    text = f"id: x\nname: X\nsource: thử\ngroups:\n  - {{id: g, name: G, points: 5, lines: {lines}}}\n"
    (folder / "x.yaml").write_text(text, encoding="utf-8")

    codes = {one.code for one in mistakes(tmp_path)}

    assert codes == {"index-points", "index-unknown-indicator", "index-line-twice"}


def test_a_comparison_of_nothing_known_and_a_setting_without_reason_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "vietnam" / "comparisons"
    folder.mkdir(parents=True)
    told = "indicator: khong-co\nperiod: '2022-13'\nplace: A\nvalue: 1\nsource: thử\n"
    (folder / "one.yaml").write_text(told, encoding="utf-8")
    (folder / "two.yaml").write_text(told.replace("2022-13", "2022"), encoding="utf-8")
    (tmp_path / "vietnam" / "small-numbers.yaml").write_text("least: 5\n", encoding="utf-8")
    said = [(Path(one.file).name, one.line) for one in mistakes(tmp_path)]
    assert said == [("one.yaml", 2), ("two.yaml", 1), ("small-numbers.yaml", 1)]
    assert "khong-co" in [one.data.get("name") for one in mistakes(tmp_path)]
