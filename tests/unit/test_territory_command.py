"""``tinhso unit``, as a script calls it."""

import json

import pytest
from click.testing import CliRunner, Result

from tinhso.cli.unit import command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def test_the_last_line_is_code_and_name() -> None:
    result = run("Phường Hà Khánh, Hạ Long", "--on", "2024-06-01", "--as-of", "2026-01-01")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "06658 Phường Cao Xanh"


def test_several_stand_on_one_line() -> None:
    result = run("Xã Vô Ngại, Bình Liêu", "--on", "2024-06-01", "--as-of", "2026-01-01", "--lang", "en")
    reason, units = result.stdout.splitlines()
    assert units == "06838 Xã Bình Liêu; 06862 Xã Tiên Yên"
    assert "was divided between" in reason


def test_json_tells_what_was_found_and_what_it_is() -> None:
    result = run("Phường Hà Khánh, Hạ Long", "--on", "2024-06-01", "--as-of", "2026-01-01", "--json")
    told = json.loads(result.stdout)
    assert [unit["code"] for unit in told["found"]] == ["06649"]
    assert told["units"] == [
        {
            "code": "06658",
            "name": "Phường Cao Xanh",
            "kind": "ward",
            "level": "commune",
            "province_code": "22",
            "within": "Tỉnh Quảng Ninh",
        }
    ]


@pytest.mark.parametrize(
    "arguments",
    [("Phường Hà Kháng, Hạ Long", "--on", "2024-06-01"), ("",), ("Xã Tân Bình", "--on", "2024-06-01")],
)
def test_what_cannot_be_found_is_refused_in_one_line_on_stderr(arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code != 0
    assert result.stdout == ""
    assert "Hãy" in result.stderr or "Có phải" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_wrong_day_is_refused() -> None:
    result = run("Phường Cao Xanh", "--on", "1/6/2024")
    assert result.exit_code == 2
    assert "1/6/2024" in result.stderr
