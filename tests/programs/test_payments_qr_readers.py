"""Readers that know nothing of us read our pictures and payloads to the same fields."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tinhso.payments.pictures import as_png, as_svg
from tinhso.payments.vietqr import Transfer, build
from tinhso.settings.env import env

TOOLS = Path(__file__).parents[1] / "tools"
TRANSFERS = [
    Transfer("970416", "257678859"),
    Transfer("970416", "257678859", 10_000, "Chuyen tien"),
    Transfer("970436", "0011004455667", 9_999_999_999_999, "TS7K3MX0PQRSTV"),
]


def run(*command: str, stdin: bytes = b"", cwd: Path | None = None, node_path: str = "") -> bytes:
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin", "NODE_PATH": node_path}
    done = subprocess.run(
        command, input=stdin, capture_output=True, check=False, cwd=cwd, env=environment, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="session")
def node_modules() -> str:
    """Install the locked reader once into the folder of this installation's data."""
    if not shutil.which("npm"):
        pytest.skip(
            "npm is not on this machine: apt-get install npm, and the VietQR reader of npm is compared too"
        )
    home = env.var / "test-tools"
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(TOOLS / name, home / name)
    subprocess.run(["npm", "ci", "--silent"], cwd=home, check=True, capture_output=True, timeout=300)
    return str((home / "node_modules").resolve())


@pytest.mark.parametrize("transfer", TRANSFERS)
def test_zbarimg_reads_the_payload_back_from_the_picture(transfer: Transfer, tmp_path: Path) -> None:
    if not shutil.which("zbarimg"):
        pytest.skip("zbarimg is not on this machine: apt-get install zbar-tools")
    picture = tmp_path / "qr.png"
    picture.write_bytes(as_png(build(transfer)))
    assert run("zbarimg", "-q", "--raw", "--nodbus", str(picture)).decode().strip() == build(transfer)


@pytest.mark.slow
@pytest.mark.parametrize("transfer", TRANSFERS)
def test_npm_vietnam_qr_pay_reads_the_same_fields(transfer: Transfer, node_modules: str) -> None:
    answer = run(
        "node", str(TOOLS / "read-vietqr.js"), stdin=build(transfer).encode(), node_path=node_modules
    )
    assert json.loads(answer) == {
        "valid": True,
        "bin": transfer.bin,
        "account": transfer.account,
        "amount": transfer.amount,
        "purpose": transfer.purpose,
        "service": transfer.service,
    }


def test_the_picture_for_pages_scales_has_a_white_border_and_a_name() -> None:
    svg = as_svg(build(TRANSFERS[1]), title="Mã VietQR")
    assert svg.startswith("<svg")
    assert "viewBox" in svg
    assert " width=" not in svg
    assert "<title>Mã VietQR</title>" in svg
    assert 'fill="#fff"' in svg
