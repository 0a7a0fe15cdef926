"""«Vì sao ngày này»: cases held by hand, with due moment, lines and reason; see dossiers_explained.tsv."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from tinhso.calendars.types import Pause
from tinhso.definitions.types import TimeLimit
from tinhso.dossiers.explaining import Explanation, Postponed, Story, tell
from tinhso.kernel.clock import VIETNAM, local

with (Path(__file__).parent / "dossiers_explained.tsv").open(encoding="utf-8") as lines:
    CASES = list(csv.DictReader(lines, delimiter="\t"))
REASON = "Cần kiểm tra thực địa."


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=VIETNAM)


def spans(written: str) -> list[tuple[datetime, datetime]]:
    return [(moment(start), moment(end)) for start, end in (pair.split("/") for pair in written.split())]


def told(case: dict[str, str]) -> Explanation:
    value, unit = case["limit"].split()
    limit = {"value": int(value), "unit": unit, "cut_off": case["cut_off"] or None}
    later = [Postponed(at, until, REASON) for at, until in spans(case["postponed"])]
    return tell(
        Story(
            limit=TimeLimit.model_validate({**limit, "same_day": bool(case["same_day"])}),
            started=moment(case["received"]),
            pauses=tuple(Pause(*span) for span in spans(case["pauses"])),
            restarts=tuple(spans(case["restarts"])),
            postponed=later[0] if later else None,
            stands_since=moment(case["stands"]) if case["stands"] else None,
        )
    )


@pytest.mark.parametrize("case", CASES, ids=[f"{c['received']} {c['limit']}: {c['reason']}" for c in CASES])
def test_the_explanation_agrees_with_the_hand(case: dict[str, str]) -> None:
    found = told(case)
    assert f"{local(found.due_at):%Y-%m-%dT%H:%M}" == case["due"], case["reason"]
    lines = [f"{line.on:%d/%m}: {line.text.vi}" for line in found.lines]
    for wanted in case["says"].split("; "):
        day, words = wanted.split(": ", 1)
        assert any(line.startswith(day) and words in line for line in lines), (wanted, lines)
    assert all(line.text.en for line in found.lines)


def test_the_limit_of_the_law_is_the_first_thing_said() -> None:
    assert told(CASES[0]).lines[0].text.vi == "thời hạn theo quy định: 3 ngày làm việc"
    assert told(CASES[0]).lines[0].text.en == "the time limit: 3 working days"


def test_there_are_at_least_forty_cases_each_with_a_reason() -> None:
    assert len(CASES) >= 40
    assert all(case["reason"] and case["says"] for case in CASES)
