"""Figures for machines: what officers read, what everybody reads, and the shapes others know."""

import csv
from io import StringIO
from uuid import UUID

import pytest

from tests import agencies_kit, plans_kit
from tests.api_kit import Caller, code_of
from tests.facts_kit import BINH_LIEU, HONG_GAI, Life, at, decided
from tinhso.facts.actions.project import project_all
from tinhso.indicators.actions.publish import publish
from tinhso.indicators.actions.refresh import count_waiting
from tinhso.indicators.formulas import Period
from tinhso.people.types import system

pytestmark = pytest.mark.django_db
ON_TIME, OFFICERS = "766-2.1", "tt01-officer"
NOW = at("2026-09-01")
AUGUST = Period.month(2026, 8)
FIGURES = f"/indicators/{ON_TIME}/figures?period=2026-08"


@pytest.fixture
def august() -> None:
    """Six of Bình Liêu, one of them late; seven of Hồng Gai; two of an agency of the province."""
    agencies_kit.load(NOW)
    for place in range(6):
        decided(f"b{place}", "2026-08-03", "2026-08-09" if not place else "2026-08-04", due="2026-08-05")
    for place in range(7):
        life = Life(f"h{place}", unit=HONG_GAI).filed(at("2026-08-03"))
        life.accepted(at("2026-08-03", 10), at("2026-08-05", 17)).signed(at("2026-08-04"))
    project_all(at=NOW)


@pytest.fixture
def officer() -> Caller:
    return Caller(plans_kit.officer("specialist"))


def test_officers_read_what_stands_once_it_is_counted(august: None, officer: Caller) -> None:
    early = officer.ask("GET", f"{FIGURES}&by=unit")
    assert (early.status_code, code_of(early)) == (409, "figures-are-being-counted")
    assert count_waiting(at=NOW) == 1

    answer = officer.ask("GET", f"{FIGURES}&by=unit")

    told = answer.json()
    assert [(row["group"], row["value"], row["whole"]) for row in told["rows"]] == [
        ([HONG_GAI], "100.00", "7"),
        ([BINH_LIEU], "83.33", "6"),
    ]
    assert (told["edition"], told["until"], told["by"]) == ("standing", "2026-09-01", ["unit"])
    assert told["rows"][1]["names"] == ["Xã Bình Liêu"]
    again = officer.ask("GET", f"{FIGURES}&by=unit", If_None_Match=answer["ETag"])
    assert again.status_code == 304
    for wrong, status in (("&by=officer", 422), ("&by=gi", 422)):
        assert officer.ask("GET", f"{FIGURES}{wrong}").status_code == status
    assert officer.ask("GET", f"/indicators/{ON_TIME}/figures?period=x").status_code == 422
    assert officer.ask("GET", "/indicators/khong-co/figures?period=2026").status_code == 404


def test_the_same_figures_are_a_dataset_and_a_table_with_its_description(
    august: None, officer: Caller
) -> None:
    officer.ask("GET", f"{FIGURES}&by=unit")
    count_waiting(at=NOW)

    cube = officer.read(f"{FIGURES}&by=unit&format=json-stat")
    table = officer.ask("GET", f"/indicators/{ON_TIME}/figures.csv?period=2026-08&by=unit")
    meta = officer.ask("GET", f"/indicators/{ON_TIME}/figures.csv-metadata.json?period=2026-08&by=unit")

    assert (cube["version"], cube["class"]) == ("2.0", "dataset")
    assert (cube["id"], cube["size"]) == (["unit", "period", "measure"], [2, 1, 2])
    assert cube["value"] == [100, 7, 83.33, 6]
    assert cube["role"] == {"time": ["period"], "metric": ["measure"], "geo": ["unit"]}
    assert cube["dimension"]["unit"]["category"]["label"][BINH_LIEU] == "Xã Bình Liêu"
    rows = list(csv.DictReader(StringIO(table.content.decode())))
    assert [(row["unit"], row["value"]) for row in rows] == [(HONG_GAI, "100.00"), (BINH_LIEU, "83.33")]
    assert table["Content-Type"].startswith("text/csv")
    assert "csv-metadata.json" in table["Link"]
    described = meta.json()
    assert meta["Content-Type"] == "application/csvm+json"
    assert [one["name"] for one in described["tableSchema"]["columns"]] == list(rows[0])
    assert described["url"].endswith("figures.csv?period=2026-08&by=unit")


def test_everybody_reads_what_was_published_without_small_numbers(august: None, officer: Caller) -> None:
    anybody = Caller()
    assert anybody.read("/indicators")["items"] == []
    small = Life("small", unit="06676").filed(at("2026-08-03"))
    small.accepted(at("2026-08-03", 10), at("2026-08-05", 17)).signed(at("2026-08-04"))
    project_all(at=NOW)
    whole = publish(actor=system("test"), at=NOW, indicator_id=ON_TIME, period=AUGUST).ids[0]
    units = publish(actor=system("test"), at=NOW, indicator_id=ON_TIME, period=AUGUST, by=["unit"])

    told = anybody.read(f"{FIGURES}&by=unit")

    assert [one["id"] for one in anybody.read("/indicators")["items"]] == [ON_TIME]
    assert told["edition"] == "published"
    hidden = {row["group"][0]: row["is_hidden"] for row in told["rows"]}
    assert hidden == {"06676": True, BINH_LIEU: True, HONG_GAI: False}, "one is few, the other would tell it"
    assert all(row["value"] is None for row in told["rows"] if row["is_hidden"])
    cube = anybody.read(f"{FIGURES}&by=unit&format=json-stat")
    assert sorted(cube["status"].values()) == ["hidden"] * 4
    assert anybody.read(f"/figures/{whole}")["value"] == "92.86"
    by_group = {figure.group: id_ for figure, id_ in zip(units.series.figures, units.ids, strict=True)}
    assert anybody.read(f"/figures/{by_group[('06676',)]}")["value"] is None
    assert anybody.read(f"/figures/{by_group[('06676',)]}")["sums"] == {}
    for closed in (f"/indicators/{OFFICERS}", f"{FIGURES}&by=agency".replace(ON_TIME, OFFICERS)):
        assert anybody.ask("GET", closed).status_code == 404
    assert anybody.ask("GET", f"{FIGURES}&by=agency").status_code == 422
    assert anybody.ask("GET", f"/figures/{whole}/evidence").status_code == 401
    assert anybody.ask("GET", f"/figures/{UUID(int=1)}").status_code == 404
    assert officer.read(f"/figures/{by_group[('06676',)]}")["value"] == "100.00"


def test_the_evidence_of_a_figure_comes_in_pages_and_hides_what_is_not_the_readers(
    august: None, officer: Caller
) -> None:
    whole = publish(actor=system("test"), at=NOW, indicator_id=ON_TIME, period=AUGUST).ids[0]

    elsewhere = officer.read(f"/figures/{whole}/evidence")
    supervisor = Caller(plans_kit.officer("supervisor"))
    first = supervisor.read(f"/figures/{whole}/evidence?limit=8")
    rest = supervisor.read(f"/figures/{whole}/evidence?limit=8&cursor={first['next_cursor']}")

    assert (elsewhere["total"], elsewhere["hidden"], elsewhere["items"]) == (13, 13, [])
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (8, 5, None)
    assert sum(one["counts"]["on_time"] for one in first["items"] + rest["items"]) == 12


def test_a_set_says_its_points_and_how_many_are_known(august: None, officer: Caller) -> None:
    early = officer.read("/index-sets/766/scores?period=2026-08")
    assert early["is_counting"] is True
    assert early["scores"][0]["points"] is None
    count_waiting(at=NOW)

    whole = officer.read("/index-sets/766/scores?period=2026-08")["scores"][0]
    units = officer.read("/index-sets/766/scores?period=2026-08&by=unit")["scores"]

    lines = {line["id"]: line for group in whole["groups"] for line in group["lines"]}
    assert (lines["2.1"]["value"], lines["2.1"]["points"], lines["2.1"]["most"]) == (
        "92.31",
        "18.46",
        "20.00",
    )
    assert lines["1.1"]["points"] is None
    assert {one["unit"] for one in units} == {BINH_LIEU, HONG_GAI}
    assert [one["id"] for one in officer.read("/index-sets")["items"]][:1] == ["766"]
    assert officer.read(f"/indicators/{ON_TIME}")["definition"]
    assert Caller().ask("GET", "/index-sets/766/scores?period=2026-08").status_code == 401
