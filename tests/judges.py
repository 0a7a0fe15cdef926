"""Programs of other makers that judge what we sign: poppler's pdfsig, qpdf, openssl."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

needs_pdfsig = pytest.mark.skipif(
    not (shutil.which("pdfsig") and shutil.which("certutil")),
    reason="poppler-utils and libnss3-tools are not installed",
)
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")


def nss_trusting(root: Path, folder: Path) -> str:
    """Make a certificate database in the folder that trusts the root, and return its name for ``-nssdir``."""
    folder.mkdir()
    made = ["certutil", "-N", "-d", f"sql:{folder}", "--empty-password"]
    added = ["certutil", "-A", "-d", f"sql:{folder}", "-n", "root", "-t", "C,C,C", "-i", str(root)]
    for command in (made, added):
        subprocess.run(command, check=True)
    return f"sql:{folder}"


def pdfsig(file: Path, nss: str) -> list[str]:
    """Return what pdfsig says of each signature, the document time stamp last."""
    command = ["pdfsig", "-nssdir", nss, str(file)]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return re.split(r"^Signature #\d+:$", found, flags=re.MULTILINE)[1:]


def qpdf_complaints(file: Path) -> str:
    """Return what qpdf finds wrong; empty when nothing."""
    found = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    said = found.stdout + found.stderr
    clean = found.returncode == 0 and "No syntax or stream encoding errors found" in found.stdout
    return "" if clean else said


def openssl_on_time_stamp(content: bytes, *, root: Path, folder: Path) -> str:
    """Return what openssl says of the last time stamp, which must cover all the file but its own digits."""
    start, end, after, length = (int(n) for n in re.findall(rb"/ByteRange \[([\d ]+)\]", content)[-1].split())
    assert (start, after + length) == (0, len(content))
    (folder / "data").write_bytes(content[:end] + content[after:])
    padded = bytes.fromhex(content[end + 1 : after - 1].decode())
    (folder / "token").write_bytes(padded[: 4 + int.from_bytes(padded[2:4], "big")])
    command = ["openssl", "ts", "-verify", "-data", "data", "-in", "token", "-token_in", "-CAfile"]
    found = subprocess.run([*command, str(root)], cwd=folder, capture_output=True, text=True, check=False)
    return found.stdout + found.stderr


def flipped(content: bytes, *, share: float) -> bytes:
    """Return the file with one bit changed in what its first signature covers, that far into it."""
    first_end = int(re.search(rb"/ByteRange \[0 (\d+)", content)[1])  # type: ignore[index]
    spoilt = bytearray(content)
    spoilt[int(first_end * share)] ^= 0x01
    return bytes(spoilt)
