"""``tinhso verify``: lines, JSON, exit status."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.fixtures_trust import Trust, trust
from tests.papers_samples import pdf, signed_sample
from tinhso.cli.verify import command
from tinhso.papers.verifying import NotReadable

__all__ = ["trust"]


def verify(file: Path, *options: str) -> Result:
    return CliRunner().invoke(command, [str(file), *options])


@pytest.fixture
def signed(trust: Trust, tmp_path: Path) -> Path:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed_sample(trust, at=trust.now))
    return file


def test_a_good_file_has_one_line_a_signature_and_status_0(signed: Path) -> None:
    found = verify(signed)

    assert found.exit_code == 0, found.output
    assert [line.split("  ")[:2] for line in found.stdout.splitlines()] == [
        ["HỢP LỆ", "Signer"],
        ["HỢP LỆ", "Agency"],
        ["HỢP LỆ", "DocumentTimestamp"],
    ]


def test_json_is_a_list_of_reports(signed: Path) -> None:
    reports = json.loads(verify(signed, "--json").stdout)

    assert [report["valid"] for report in reports] == [True, True, True]
    assert reports[0]["signer_name"] == "Hoàng Văn Thắng"


def test_a_spoilt_file_has_status_2_and_says_which(signed: Path) -> None:
    content = bytearray(signed.read_bytes())
    content[2000] ^= 1
    signed.write_bytes(content)

    found = verify(signed)

    assert found.exit_code == 2
    assert found.stdout.count("KHÔNG HỢP LỆ") == 3


def test_a_file_without_signatures_has_status_2(tmp_path: Path) -> None:
    file = tmp_path / "plain.pdf"
    file.write_bytes(pdf())

    found = verify(file)

    assert found.exit_code == 2
    assert "không có chữ ký" in found.stderr


def test_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Xin chào")

    assert isinstance(verify(file).exception, NotReadable)
