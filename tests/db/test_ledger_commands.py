"""The operator's commands of the ledger."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.fixtures_trust import Trust, trust
from tests.ledger_kit import note, notes, public_folder, seal_and_publish, tamper
from tinhso.cli.main import commands
from tinhso.kernel.models import LedgerStamp
from tinhso.kernel.tree import keys, queries
from tinhso.kernel.tree.notes import open_checkpoint

pytestmark = pytest.mark.django_db
__all__ = ["public_folder", "trust"]


@pytest.fixture(autouse=True)
def _already_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinhso.cli._django.start", lambda: None)


def run(*words: str) -> Result:
    return CliRunner().invoke(commands, words)


def test_sealing_stamping_and_verifying_by_hand(public_folder: Path, trust: Trust) -> None:
    notes(3)
    told = json.loads(run("ledger", "seal", "--json").stdout)
    assert told["sealed"] == told["size"] >= 3
    assert "dấu thời gian" in run("ledger", "stamp").stdout
    assert LedgerStamp.objects.get().checkpoint_id == told["size"]
    assert (public_folder / f"checkpoints/{told['size']}.tsr").is_file()
    assert "gần nhất đã có dấu" in run("ledger", "stamp").stdout

    done = run("verify", "ledger", "--quiet")
    assert (done.exit_code, "còn nguyên" in done.stdout) == (0, True)
    position = note().position
    run("ledger", "seal")
    tamper("UPDATE ledger_entry SET kind = 'kit.other' WHERE position = %s", position)
    done = run("verify", "ledger", "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["intact"]) == (2, False)
    assert [one["code"] for one in found["findings"] if not one["is_remark"]] == ["row-altered"]
    done = run("verify", "ledger", "--quiet")
    assert f"entry {position} (kit.other) is not what was sealed" in done.stdout


def test_an_authority_that_is_down_leaves_the_checkpoint_without_a_stamp(
    public_folder: Path, trust: Trust
) -> None:
    note()
    seal_and_publish()
    trust.fail(tsa="down")
    assert "gave no stamp" in run("ledger", "stamp").output
    assert not LedgerStamp.objects.exists()
    trust.mend()
    assert run("ledger", "stamp").exit_code == 0


def test_a_key_takes_over_from_another_while_both_sign(public_folder: Path) -> None:
    note()
    seal_and_publish()
    (old,) = keys.load().public
    assert str(old) in run("keys", "ledger").stdout
    told = json.loads(run("keys", "rotate-ledger", "--json").stdout)
    new = keys.load().public[0]
    assert [one["key"] for one in told["keys"]] == [str(new), str(old)]
    note()
    seal_and_publish()
    latest = queries.latest_checkpoint()
    assert latest is not None
    assert open_checkpoint(latest.note, [old]) == open_checkpoint(latest.note, [new])

    assert run("keys", "retire-ledger", old.id.hex()).exit_code == 0
    assert "the only key" in run("keys", "retire-ledger", new.id.hex()).output
    note()
    seal_and_publish()
    latest = queries.latest_checkpoint()
    assert latest is not None
    assert len(re.findall("^— ", latest.note, re.MULTILINE)) == 1
    assert run("verify", "ledger", "--quiet").exit_code == 0
    assert keys.path().stat().st_mode & 0o777 == 0o600


def test_files_are_published_anew_and_entries_exported(public_folder: Path, tmp_path: Path) -> None:
    notes(300)
    size = seal_and_publish()
    (public_folder / "tile/0/000").unlink()
    assert run("verify", "ledger", "--quiet").exit_code == 2
    assert run("ledger", "publish", "--anew").exit_code == 0
    assert run("verify", "ledger", "--quiet").exit_code == 0
    file = tmp_path / "acts.jsonl"
    assert (
        json.loads(run("ledger", "export", str(file), "--start", "5", "--json").stdout)["entries"] == size - 5
    )
    header, *rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert (header["start"], header["end"], rows[0]["index"], len(rows)) == (5, size, 5, size - 5)
