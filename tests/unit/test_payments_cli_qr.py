"""``tinhso qr`` answers on the last line and refuses in one sentence."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tinhso.cli.main import main
from tinhso.cli.qr import command
from tinhso.payments.vietqr import WrongBin

DYNAMIC = (
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA"
    "53037045405100005802VN62150811Chuyen tien630453E6"
)
ARGUMENTS = ["--bin", "970416", "--account", "257678859", "--amount", "10000", "--purpose", "Chuyển tiền"]


def test_the_last_line_is_the_payload() -> None:
    result = CliRunner().invoke(command, ARGUMENTS)
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == DYNAMIC


def test_json_gives_the_fields_as_the_payload_holds_them() -> None:
    answer = json.loads(CliRunner().invoke(command, [*ARGUMENTS, "--json"]).output)
    assert answer["payload"] == DYNAMIC
    assert (answer["bin"], answer["amount"], answer["purpose"]) == ("970416", 10_000, "Chuyen tien")


def test_the_picture_is_written_where_asked(tmp_path: Path) -> None:
    CliRunner().invoke(command, [*ARGUMENTS, "--png", str(tmp_path / "a.png")])
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_wrong_bank_number_is_refused_and_no_picture_is_written(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        command, ["--bin", "9704", "--account", "1", "--png", str(tmp_path / "a.png")], catch_exceptions=True
    )
    assert isinstance(result.exception, WrongBin)
    assert not (tmp_path / "a.png").exists()


def test_an_amount_that_is_no_number_exits_with_two() -> None:
    assert CliRunner().invoke(command, ["--bin", "970416", "--account", "1", "--amount", "x"]).exit_code == 2


def test_a_refusal_reaches_the_shell_as_status_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["tinhso", "qr", "--bin", "9704", "--account", "1"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    assert "6 chữ số" in capsys.readouterr().err
