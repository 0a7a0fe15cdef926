"""The operations room without a database: classes, places of streams, small numbers, what files may say."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from tinhso.definitions.roles import whole
from tinhso.indicators.definitions import Indicator
from tinhso.indicators.judging import Verdict, judge
from tinhso.operations.checking import mistakes
from tinhso.operations.classes import UNKNOWN, scale
from tinhso.operations.types import AlertRule, Board
from tinhso.web.operations.drawing import spark
from tinhso.web.operations.streaming import LASTS, MOST_STREAMS, RETRY, Places, Stream

PACKS = Path(__file__).parents[2] / "packs"


def indicator(target: str, direction: str = "up") -> Indicator:
    said = {"id": "x", "name": "x", "unit": "%", "formula": "SELECT 1", "value": "a", "source": "x"}
    return Indicator.model_validate(said | {"target": target, "direction": direction})


@pytest.mark.parametrize(
    ("value", "class_", "verdict"),
    [
        ("85.4", 0, Verdict.MISSED),
        ("85.5", 1, Verdict.MISSED),
        ("90.24", 1, Verdict.MISSED),
        ("90.25", 2, Verdict.NEAR),
        ("94.99", 2, Verdict.NEAR),
        ("95", 3, Verdict.REACHED),
        ("97.85", 4, Verdict.REACHED),
    ],
)
def test_map_and_table_change_colour_where_tiles_change_their_word(
    value: str, class_: int, verdict: Verdict
) -> None:
    one = indicator("95")
    assert scale(one, far=Decimal(10), well=Decimal(3)).class_of(Decimal(value)) == class_
    assert judge(one, Decimal(value)) is verdict


def test_where_less_is_better_the_scale_runs_the_other_way() -> None:
    found = scale(indicator("20", "down"), far=Decimal(10), well=Decimal(5))
    told = [found.class_of(Decimal(value)) for value in ("23", "21.5", "21", "20", "19")]
    assert told == [0, 1, 2, 3, 4]
    assert found.class_of(None) == UNKNOWN
    assert scale(indicator("95"), far=Decimal(10), well=Decimal(3)).class_of(None) == UNKNOWN


class Times:
    """A clock that goes on by what is rested."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def rest(self, seconds: float) -> None:
        self.now += seconds


def stream(times: Times, positions: dict[float, int], places: Places | None = None) -> Stream:
    """Return a stream on which the ledger is at the last position whose time has come."""
    given = places or Places()
    place = given.take(now=times.now)
    assert place is not None

    def position() -> int:
        return [found for at, found in positions.items() if at <= times.now][-1]

    def message() -> dict[str, str]:
        return {"filed": str(position())}

    return Stream(given, place, position, message, times, times.rest)


def test_a_stream_speaks_when_the_ledger_moved_beats_when_it_did_not_and_ends() -> None:
    times = Times()
    sent = [part.decode() for part in stream(times, {0: 7, 20.1: 8})]
    assert sent[0].startswith(f"retry: {RETRY}\nid: 7\nevent: live\n")
    told = [part for part in sent[1:] if "event: live" in part]
    assert [json.loads(part.split("data: ")[1]) for part in told] == [{"filed": "8"}]
    assert set(sent) - {sent[0], *told} == {": \n\n"}
    assert LASTS <= times.now < LASTS + 1


def test_places_are_few_and_one_that_was_never_given_back_is_free_again_in_time() -> None:
    places = Places()
    taken = [places.take(now=0) for _turn in range(MOST_STREAMS)]
    assert None not in taken
    assert places.take(now=LASTS) is None
    places.give_back(taken[0] or 0)
    places.give_back(taken[0] or 0)
    assert places.take(now=LASTS) is not None
    assert places.take(now=LASTS) is None
    assert places.take(now=3 * LASTS) is not None


def test_a_stream_that_is_left_gives_its_place_back() -> None:
    places, times = Places(most=1), Times()
    left = stream(times, {0: 1}, places)
    next(iter(left))
    left.close()
    assert places.take(now=0) is not None


def test_the_room_of_the_province_is_sound_and_names_its_sources() -> None:
    laid = whole(PACKS / "quang-ninh" / "operations.yaml", Board)
    assert laid.source
    assert all(rule.source for rule in laid.alerts)
    assert {tab.group for tab in laid.tabs} == {"pillar", "field"}


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "quang-ninh"
    folder.mkdir()
    told = (PACKS / "quang-ninh" / "operations.yaml").read_text("utf-8")
    (folder / "operations.yaml").write_text(
        told.replace("least_quality: 80", "least_quality: 800"), encoding="utf-8"
    )
    (mistake,) = mistakes(tmp_path)
    assert told.splitlines()[mistake.line - 1] == "least_quality: 80"
    assert not list(mistakes(PACKS))


def test_every_figure_of_the_room_has_its_indicator() -> None:
    laid = whole(PACKS / "quang-ninh" / "operations.yaml", Board)
    known = {
        line.removeprefix("id: ").strip()
        for path in (PACKS / "vietnam" / "indicators").glob("*.yaml")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("id: ")
    }
    assert {one for tab in laid.tabs for one in (*tab.tiles, tab.map)} <= known


def test_what_contradicts_itself_is_refused() -> None:
    rule = {
        "id": "x",
        "name": "x",
        "counts": "overdue",
        "from": 5,
        "clear": 5,
        "tell": ["leader"],
        "source": "x",
    }
    with pytest.raises(ValidationError, match="lies below"):
        AlertRule.model_validate(rule)
    laid = whole(PACKS / "quang-ninh" / "operations.yaml", Board).model_dump(by_alias=True)
    with pytest.raises(ValidationError, match="each id stands once"):
        Board.model_validate(laid | {"tabs": [*laid["tabs"], laid["tabs"][0]]})
    tiles = {"tiles": ["766-2.1"] * 9}
    with pytest.raises(ValidationError, match="at most 8"):
        Board.model_validate(laid | {"tabs": [laid["tabs"][0] | tiles]})


def test_a_line_is_drawn_of_two_values_or_more() -> None:
    months = [(None, None), (None, Decimal(80)), (None, Decimal(90))]
    drawn = spark(months)  # type: ignore[arg-type]
    assert drawn is not None
    assert drawn.points == "3.0,20.0 59.0,4.0"
    assert spark(months[:2]) is None  # type: ignore[arg-type]
