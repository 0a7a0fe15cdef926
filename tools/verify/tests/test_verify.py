"""The verifier against published vectors and against a small log that is made here, by other means."""

# ruff: noqa: PT027 (the standard library only)

import base64
import contextlib
import hashlib
import io
import json
import tempfile
import unittest
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tinhso_verify import trees
from tinhso_verify.__main__ import main
from tinhso_verify.der import read_all
from tinhso_verify.files import tile_name
from tinhso_verify.notes import open_checkpoint, read_key
from tinhso_verify.words import WORDS, Wrong

# The example of the first implementation of signed notes (golang.org/x/mod/sumdb/note).
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
# The roots over the first 1 … 8 leaves of the reference implementation of RFC 6962.
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
LAST_ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def root_of(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return trees.hash_children(root_of(leaves[:split]), root_of(leaves[split:]))


class SmallLog:
    """A log of some entries with a key of its own, written by hand."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.private = folder, Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        raw = b"\x01" + self.private.public_key().public_bytes_raw()
        self.key_id = hashlib.sha256(b"example.vn/so-cai\n" + raw).digest()[:4]
        self.key = f"example.vn/so-cai+{self.key_id.hex()}+{base64.b64encode(raw).decode()}"
        self.grow(count)

    def grow(self, count: int) -> None:
        entries = [hashlib.sha256(str(number).encode()).digest() for number in range(count)]
        self.leaves = [trees.hash_leaf(entry) for entry in entries]
        for index in range(-(-count // 256)):
            part = slice(index * 256, index * 256 + 256)
            width = len(self.leaves[part])
            self.put(tile_name(0, index, width), b"".join(self.leaves[part]))
            self.put(tile_name("entries", index, width), b"".join(b"\0\x20" + one for one in entries[part]))
        whole = count // 256
        if whole:
            roots = [root_of(self.leaves[at * 256 : at * 256 + 256]) for at in range(whole)]
            self.put(tile_name(1, 0, whole), b"".join(roots))
        self.put("checkpoint", self.note(count, root_of(self.leaves)))

    def note(self, size: int, root: bytes) -> bytes:
        text = f"example.vn/so-cai\n{size}\n{base64.b64encode(root).decode()}\n"
        line = base64.b64encode(self.key_id + self.private.sign(text.encode())).decode()
        return f"{text}\n— example.vn/so-cai {line}\n".encode()

    def put(self, name: str, content: bytes) -> None:
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(content)


def run(*words: str) -> tuple[int, str]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main([*words, "--lang", "en"])
    return status, said.getvalue()


class Vectors(unittest.TestCase):
    def test_the_root_of_rfc_6962(self) -> None:
        leaves = [trees.hash_leaf(bytes.fromhex(one)) for one in LEAVES]
        assert root_of(leaves).hex() == LAST_ROOT
        got = trees.root_of_size(
            8, lambda level, index: root_of(leaves[index << level : (index + 1) << level])
        )
        assert got.hex() == LAST_ROOT

    def test_the_signed_note_of_the_specification(self) -> None:
        key = read_key(KEY)
        text, _blank, line = NOTE.rpartition("\n\n")
        key.public.verify(base64.b64decode(line.split(" ")[2])[4:], (text + "\n").encode())

    def test_names_of_tiles(self) -> None:
        assert tile_name(0, 1234067) == "tile/0/x001/x234/067"
        assert tile_name("entries", 0, 17) == "tile/entries/000.p/17"

    def test_each_sentence_is_there_in_both_languages(self) -> None:
        for code, (vietnamese, english) in WORDS.items():
            assert vietnamese != english, code

    def test_der_that_is_cut_off_is_refused(self) -> None:
        for broken in (b"\x30", b"\x30\x05\x01", b"\x30\x80\x00\x00", b"\x30\x85\x01\x01\x01\x01\x01"):
            with self.assertRaises(ValueError):
                read_all(broken)


class Logs(unittest.TestCase):
    def setUp(self) -> None:
        self.home = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.log = SmallLog(self.home / "log", 700)

    def check(self) -> tuple[int, str]:
        return run("log", str(self.log.folder), "--key", self.log.key)

    def test_a_whole_log_holds_and_goes_on(self) -> None:
        assert self.check()[0] == 0
        old = self.home / "old"
        old.write_bytes((self.log.folder / "checkpoint").read_bytes())
        self.log.grow(1030)
        status, said = run("consistency", str(old), "--log", str(self.log.folder), "--key", self.log.key)
        assert (status, "begins with the 700" in said) == (0, True), said

    def test_a_root_that_was_signed_over_other_entries_is_seen(self) -> None:
        self.log.put("checkpoint", self.log.note(700, bytes(32)))
        status, said = self.check()
        assert (status, "do not make the root" in said) == (1, True), said

    def test_a_checkpoint_changed_after_signing_is_seen(self) -> None:
        note = (self.log.folder / "checkpoint").read_bytes().replace(b"\n700\n", b"\n600\n")
        with self.assertRaises(Wrong):
            open_checkpoint(note, [read_key(self.log.key)])

    def test_a_proof_is_checked_and_a_changed_one_refused(self) -> None:
        part = {"name": "act", "value": {"kind": "x", "at": "y", "position": 1}, "salt": "00" * 32}
        text = json.dumps(["act", part["value"]], sort_keys=True, separators=(",", ":")).encode()
        digest = hashlib.sha256(b"tinhso-ledger-part-v1\n" + bytes(32) + text).digest()
        entry = hashlib.sha256(b"tinhso-ledger-entry-v1\n" + digest).digest()
        root = trees.hash_children(trees.hash_leaf(entry), self.log.leaves[1])
        act = {"index": 0, "parts": [part], "path": [self.log.leaves[1].hex()]}
        proof = {
            "format": "tinhso-ledger-proof-v1",
            "checkpoint": self.log.note(2, root).decode(),
            "stamp": None,
            "acts": [act],
        }
        file = self.home / "proof.json"
        file.write_text(json.dumps(proof), "utf-8")
        assert run("proof", str(file), "--key", self.log.key)[0] == 0
        act["index"] = 1
        file.write_text(json.dumps(proof), "utf-8")
        status, said = run("proof", str(file), "--key", self.log.key)
        assert (status, "was altered" in said) == (1, True), said


if __name__ == "__main__":
    unittest.main()
