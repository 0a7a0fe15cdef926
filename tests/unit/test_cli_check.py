"""``tinhso check`` looks at notices too."""

import shutil
from pathlib import Path

from click.testing import CliRunner

from tinhso.cli.check import command

PACKS = Path(__file__).resolve().parents[2] / "packs"


def test_the_packs_are_clean() -> None:
    found = CliRunner().invoke(command, [str(PACKS)])
    assert found.exit_code == 0, found.output


def test_a_broken_notice_is_named_with_its_file_and_a_remedy(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    shutil.copytree(PACKS, packs)
    notice = packs / "vietnam" / "notices" / "bill_paid.yaml"
    notice.write_text(notice.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")

    found = CliRunner().invoke(command, [str(packs)])

    assert found.exit_code == 2
    assert "bill_paid.yaml" in found.output
    assert "nonsense" in found.output
