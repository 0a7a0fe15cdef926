"""``tinhso due``, as a script calls it."""

import json

import pytest
from click.testing import CliRunner, Result

from tinhso.cli.due import command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_the_last_line_is_the_due_moment() -> None:
    result = run("--received", "2026-02-13T15:30+07:00", "--time", "3 working_days")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[-1] == "2026-02-25T17:00:00+07:00"
    assert len(lines) == 14
    assert lines[0].startswith("13/02/2026  Thứ Sáu")


@pytest.mark.parametrize(
    "written", ["3 working_days", "3 working days", "3 WORKING-DAYS", "3 working_day", "3working_days"]
)
def test_the_limit_may_be_written_freely(written: str) -> None:
    result = run("--received", "2026-02-13T08:30Z", "--time", written, "--cut-off", "15:00", "--lang", "en")
    assert result.stdout.splitlines()[-1] == "2026-02-26T17:00:00+07:00"


def test_a_pause_of_whole_days_moves_the_end() -> None:
    result = run(
        "--received", "2026-03-02T09:00+07:00", "--time", "3 working_days",
        "--pause", "2026-03-03/2026-03-04",
        "--pause", "2026-03-05T07:30+07:00/2026-03-05T11:30+07:00",
    )  # fmt: skip
    assert result.stdout.splitlines()[-1] == "2026-03-10T11:30:00+07:00"


def test_same_day_is_due_that_day() -> None:
    result = run("--received", "2026-03-03T10:00+07:00", "--time", "1 working_day", "--same-day")
    assert result.stdout.splitlines()[-1] == "2026-03-03T17:00:00+07:00"


def test_json_gives_days_and_moment() -> None:
    result = run("--received", "2026-03-02T09:00+07:00", "--time", "1 working_day", "--json", "--lang", "en")
    told = json.loads(result.stdout)
    assert told["due"] == "2026-03-03T17:00:00+07:00"
    assert [(day["on"], day["counted"]) for day in told["days"]] == [
        ("2026-03-02", False),
        ("2026-03-03", True),
    ]
    assert told["days"][1]["text"] == "Tuesday; working day 1 of 1; due at 17:00"


@pytest.mark.parametrize(
    ("arguments", "about"),
    [
        (["--received", "2026-02-13T15:30", "--time", "3 working_days"], "2026-02-13T15:30"),
        (["--received", "hôm qua", "--time", "3 working_days"], "hôm qua"),
        (["--received", "2026-02-13T15:30Z", "--time", "3 weeks"], "3 weeks"),
        (["--received", "2026-02-13T15:30Z", "--time", "0 days"], "0 days"),
        (["--received", "2026-02-13T15:30Z", "--time", "-1 days"], "-1 days"),
        (["--received", "2026-02-13T15:30Z", "--time", "1 day", "--cut-off", "25:00"], "25:00"),
        (["--received", "2026-02-13T15:30Z", "--time", "1 day", "--pause", "2026-02-14"], "2026-02-14"),
        (
            ["--received", "2026-02-13T15:30Z", "--time", "1 day", "--pause", "2026-02-14/2026-02-01"],
            "2026-02-01",
        ),
        (["--received", "2026-02-13T15:30Z", "--time", "1 day", "--same-day"], "working_day"),
        (["--received", "2099-02-13T15:30Z", "--time", "1 day"], "31/12/2045"),
        (["--received", "9999-12-31T23:30Z", "--time", "1 day"], "9999"),
    ],
)
def test_bad_input_is_refused_in_one_sentence_on_stderr(arguments: list[str], about: str) -> None:
    result = run(*arguments)
    assert result.exit_code != 0
    assert result.stdout == ""
    assert about in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
