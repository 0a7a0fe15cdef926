"""The verifier that knows nothing of the product (tools/verify) catches each tampering, in its own words."""

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures_trust import Trust, trust
from tests.ledger_kit import AT, note, notes, public_folder, seal_and_publish, tamper
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.tree import keys, proofs, publishing, stamps
from tinhso.kernel.tree.keys import LogKeys

pytestmark = pytest.mark.django_db
__all__ = ["public_folder", "trust"]
# A certificate of no authority.
OTHER_ROOT = """-----BEGIN CERTIFICATE-----
MIIBJTCBzKADAgECAgEBMAoGCCqGSM49BAMCMBExDzANBgNVBAMMBk5vYm9keTAg
Fw0yMDAxMDEwMDAwMDBaGA8yMDYwMDEwMTAwMDAwMFowETEPMA0GA1UEAwwGTm9i
b2R5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAErZ9kf9vx8DS94iQjqAbrXOT3
3ofLu0ha5DfLWtSabQOO166tl+WIUnAnqfRNCuifovhK3qjkq2KaB57DJRqfcKMT
MBEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA0ESk/Jr8JPI5
orcDmTIXmsvKOw0hQiA5GFF1jNw4LrYCIHHD4aWsgFn7+lj4ydSO3VjVogaSXqon
62Eqcu5XNpO2
-----END CERTIFICATE-----
"""
VERIFIER = Path(__file__).resolve().parents[2] / "tools" / "verify"


@dataclass
class Log:
    """A log that was published, and what people took home from it before anything was tampered with."""

    folder: Path
    home: Path
    key: str
    root: Path
    mine: LedgerEntry

    def verify(self, *words: str | Path, key: str = "") -> tuple[int, str]:
        """Run the verifier as a stranger does; return its exit status and all it says."""
        command = [sys.executable, "-m", "tinhso_verify", *map(str, words), "--lang", "en"]
        command += ["--key", key or self.key, "--tsa-root", str(self.root)]
        done = subprocess.run(command, cwd=VERIFIER, env={}, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def acts(self) -> tuple[int, str]:
        """Have the list an auditor is given now checked against the public files."""
        file = self.home / "acts.jsonl"
        rows = proofs.told_whole(0, 10**9)
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
        return self.verify("acts", file, "--log", self.folder)

    def public(self) -> tuple[int, str]:
        return self.verify("log", self.folder)

    def proof(self) -> dict[str, Any]:
        return proofs.prove([self.mine], may_show=lambda _entry, name: name != "actor", about={})

    def write(self, name: str, content: dict[str, Any]) -> Path:
        file = self.home / name
        file.write_text(json.dumps(content), "utf-8")
        return file


@pytest.fixture
def log(public_folder: Path, trust: Trust, tmp_path: Path) -> Log:
    notes(300)
    mine = note(7)
    seal_and_publish()
    stamps.stamp()
    publishing.publish()
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(public_folder / "checkpoint", home / "old")
    (key,) = keys.load().public
    return Log(public_folder, home, str(key), trust.root, mine)


def _proof_of(log: Log, change: Callable[[dict[str, Any]], None]) -> tuple[int, str]:
    proof = log.proof()
    change(proof)
    return log.verify("proof", log.write("proof.json", proof))


def _part(proof: dict[str, Any], name: str) -> dict[str, Any]:
    found: Iterable[dict[str, Any]] = proof["acts"][0]["parts"]
    return next(part for part in found if part.get("name") == name)


def test_what_nobody_touched_holds(log: Log) -> None:
    for status, said in (
        log.verify("proof", log.write("proof.json", log.proof())),
        log.acts(),
        log.public(),
        log.verify("consistency", log.home / "old", "--log", log.folder),
    ):
        assert (status, "Checkpoint of «127.0.0.1:8000/so-cai»" in said) == (0, True), said
    note()
    seal_and_publish(AT + timedelta(minutes=1))
    status, said = log.verify("consistency", log.home / "old", "--log", log.folder)
    assert (status, "begins with the" in said) == (0, True), said
    status, said = log.public()
    assert status == 0, said
    assert "Dịch vụ cấp dấu thời gian thử nghiệm» stamped it" in said


# Each spoils one thing and returns what the verifier then says.


def changed_payload(log: Log) -> tuple[int, str]:
    tamper("""UPDATE ledger_entry SET payload = '{"number": 8}' WHERE position = %s""", log.mine.position)
    return log.acts()


def changed_time(log: Log) -> tuple[int, str]:
    return _proof_of(log, lambda proof: _part(proof, "act")["value"].update(at="2026-07-01T02:29:00.000000Z"))


def deleted_row(log: Log) -> tuple[int, str]:
    tamper("DELETE FROM ledger_entry WHERE position = %s", log.mine.position)
    return log.acts()


def inserted_row(log: Log) -> tuple[int, str]:
    forged = LedgerEntry.objects.get(position=log.mine.position)
    forged.position, forged.id = -1, forged.subject_id
    forged.save(force_insert=True)
    return log.acts()


def swapped_rows(log: Log) -> tuple[int, str]:
    one, two = log.mine.position, log.mine.position - 1
    for old, new in ((one, 0), (two, one), (0, two)):
        tamper("UPDATE ledger_entry SET position = %s WHERE position = %s", new, old)
    return log.acts()


def forged_signature(log: Log) -> tuple[int, str]:
    file = log.folder / "checkpoint"
    origin, size, *rest = file.read_text("utf-8").split("\n")
    file.write_text("\n".join([origin, str(int(size) - 1), *rest]), "utf-8")
    return log.public()


def wrong_key(log: Log) -> tuple[int, str]:
    other = LogKeys(keys.load().origin, (bytes(32),))
    return log.verify("log", log.folder, key=str(other.public[0]))


def forked_tree(log: Log) -> tuple[int, str]:
    """The operator rewrites an act, seals all anew under the same key, and publishes that."""
    tamper("""UPDATE ledger_entry SET payload = '{"number": 8}' WHERE position = %s""", log.mine.position)
    tamper("DELETE FROM ledger_leaf", table="ledger_leaf")
    tamper("DELETE FROM ledger_stamp", table="ledger_stamp")
    tamper("DELETE FROM ledger_checkpoint", table="ledger_checkpoint")
    tamper("DELETE FROM ledger_tree", table="ledger_leaf")
    shutil.rmtree(log.folder)
    note()
    seal_and_publish()
    assert log.public()[0] == 0
    return log.verify("consistency", log.home / "old", "--log", log.folder)


def rolled_back(log: Log) -> tuple[int, str]:
    before = log.home / "before"
    shutil.copytree(log.folder, before)
    note()
    seal_and_publish()
    shutil.copy(log.folder / "checkpoint", log.home / "old")
    return log.verify("consistency", log.home / "old", "--log", before)


def truncated_tile(log: Log) -> tuple[int, str]:
    tile = log.folder / "tile/0/000"
    tile.write_bytes(tile.read_bytes()[:-10])
    return log.public()


def changed_tile(log: Log) -> tuple[int, str]:
    tile = log.folder / "tile/0/001"
    tile = tile if tile.is_file() else max((log.folder / "tile/0/001.p").iterdir())
    content = bytearray(tile.read_bytes())
    content[3 * 32] ^= 1
    tile.write_bytes(content)
    return log.public()


def changed_bundle(log: Log) -> tuple[int, str]:
    bundle = log.folder / "tile/entries/000"
    content = bytearray(bundle.read_bytes())
    content[34 * 5 + 9] ^= 1
    bundle.write_bytes(content)
    return log.public()


def missing_tile(log: Log) -> tuple[int, str]:
    (log.folder / "tile/entries/000").unlink()
    return log.public()


def forged_stamp(log: Log) -> tuple[int, str]:
    file = log.folder / "stamped.tsr"
    token = bytearray(file.read_bytes())
    token[-1] ^= 1
    file.write_bytes(token)
    return log.public()


def stamp_of_another(log: Log) -> tuple[int, str]:
    token = stamps.authority().stamp(b"another checkpoint")
    return _proof_of(log, lambda proof: proof.update(stamp=base64.b64encode(token).decode()))


def stamp_of_nobody(log: Log) -> tuple[int, str]:
    log.root = log.home / "other.pem"
    log.root.write_text(OTHER_ROOT, "ascii")
    return log.public()


TAMPERINGS: dict[Callable[[Log], tuple[int, str]], str] = {
    changed_payload: "kit.noted, 2026-07-01T02:30:00.000000Z) was altered: it is not what was sealed",
    changed_time: "kit.noted, 2026-07-01T02:29:00.000000Z) was altered: it is not what was sealed",
    deleted_row: "was taken out",
    inserted_row: "The act «kit.noted» (2026-07-01T02:30:00.000000Z) was put in later",
    swapped_rows: "have changed places",
    forged_signature: "on the checkpoint is forged",
    wrong_key: "No key you trust has signed the checkpoint",
    forked_tree: "History was replaced",
    rolled_back: "The log was rolled back",
    truncated_tile: "tile/0/000 is cut off: 8182 of 8192 bytes",
    changed_tile: "was altered: its hash 3 does not fit the entries",
    changed_bundle: "tile/0/000 was altered: its hash 5 does not fit the entries",
    missing_tile: "The public file tile/entries/000 is missing",
    forged_stamp: "The time stamp is forged",
    stamp_of_another: "The time stamp is over something else",
    stamp_of_nobody: "does not lead to a root you trust",
}


@pytest.mark.parametrize("spoil", TAMPERINGS, ids=lambda spoil: spoil.__name__)
def test_each_tampering_is_caught_with_its_own_sentence(
    spoil: Callable[[Log], tuple[int, str]], log: Log
) -> None:
    status, said = spoil(log)
    assert (status, TAMPERINGS[spoil] in said) == (1, True), said


def test_the_product_makes_no_proof_of_what_was_tampered_with(log: Log) -> None:
    tamper("UPDATE ledger_entry SET at = now() WHERE position = %s", log.mine.position)
    log.mine.refresh_from_db()
    with pytest.raises(proofs.ProofBroken, match=str(log.mine.position)):
        log.proof()
    with pytest.raises(proofs.NotSealedYet):
        proofs.prove([note()], may_show=lambda _entry, _name: True, about={})


def test_what_cannot_be_read_is_told_apart_from_what_was_changed(log: Log) -> None:
    (log.home / "broken.json").write_text("{", "utf-8")
    assert log.verify("proof", log.home / "broken.json")[0] == 2
    assert log.verify("log", log.home / "nowhere")[0] == 2
    assert log.verify("log", log.folder, key="no key")[0] == 2


def test_a_part_is_shown_or_kept_and_both_are_checked(log: Log) -> None:
    proof = log.proof()
    assert "actor" not in json.dumps(proof)
    status, said = log.verify("proof", log.write("proof.json", proof))
    assert (status, "1 parts are not shown" in said) == (0, True)


def test_the_verifier_imports_nothing_of_the_product() -> None:
    for file in VERIFIER.rglob("*.py"):
        assert "tinhso." not in file.read_text("utf-8").replace("tinhso_verify.", ""), file


def test_its_own_tests_pass_without_the_product() -> None:
    command = [sys.executable, "-m", "unittest", "discover", "-s", "tests", "-t", "."]
    done = subprocess.run(command, cwd=VERIFIER, env={}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
