"""A key that never leaves its token: SoftHSM2 in a folder of the test's own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from sandbox.trust.pki import Issued

from tests.fixtures_trust import PASSPHRASE, Trust, trust
from tests.papers_samples import typeset_sample
from tinhso.papers import signing
from tinhso.papers.keys import KeyUnavailable, Pkcs11Key
from tinhso.papers.verifying import verify_pdf

__all__ = ["trust"]

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so")
MODULE = next((module for module in MODULES if Path(module).exists()), "")
TOKEN, LABEL, PIN = "tinhso", "khoa-ky", "1234"

pytestmark = pytest.mark.skipif(
    not MODULE or not shutil.which("softhsm2-util"), reason="SoftHSM2 is not installed (apt: softhsm2)"
)


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh token. The library reads its settings once a process, so it lasts for the whole module."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    initialise = ["--init-token", "--free", "--label", TOKEN, "--pin", PIN, "--so-pin", "5678"]
    subprocess.run(["softhsm2-util", *initialise], check=True, capture_output=True)
    return folder


def put_on_token(issued: Issued, folder: Path) -> None:
    key, _certificate, _others = pkcs12.load_key_and_certificates(issued.pkcs12, PASSPHRASE.encode())
    assert key is not None
    file = folder / "key.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    put = ["--import", str(file), "--token", TOKEN, "--label", LABEL, "--id", "01", "--pin", PIN]
    subprocess.run(["softhsm2-util", *put], check=True, capture_output=True)
    file.unlink()


def test_a_token_signs_and_a_wrong_pin_or_token_does_not(trust: Trust, token: Path) -> None:
    issued = trust.signer("token", "Trần Thị Token")
    put_on_token(issued, token)
    letter = typeset_sample()

    def sign(**changed: str) -> bytes:
        place = {"module": MODULE, "token": TOKEN, "key": LABEL, "pin": PIN} | changed
        key = Pkcs11Key(**place, chain_pem=issued.chain_pem)
        signature = signing.Signature("Signer", key, "Ký ban hành")
        return signing.sign(letter.pdf, signatures=[signature], at=trust.now)

    person, time_stamp = verify_pdf(sign())

    assert (person.signer_name, person.valid) == ("Trần Thị Token", True)
    assert time_stamp.covers_whole_file
    for wrong in ({"pin": "9999"}, {"token": "khac"}, {"module": "/khong/co.so"}, {"key": "khac"}):
        with pytest.raises(KeyUnavailable):
            sign(**wrong)
