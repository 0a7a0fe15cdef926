"""A production that still has something of the demonstration does not start, by whatever command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.test_settings_production import REAL


@pytest.mark.parametrize(
    ("secret", "starts"), [(None, False), ("moi-truong-thu", False), ("agreed-upon", True)]
)
def test_production_needs_a_secret_of_its_own(secret: str | None, starts: bool, tmp_path: Path) -> None:
    chosen = REAL | {"TINHSO_VAR": str(tmp_path), "TINHSO_SECRET_KEY": "x" * 50}
    if secret:
        chosen["TINHSO_IDENTITY_CLIENT_SECRET"] = secret

    result = subprocess.run(
        [sys.executable, "-c", "import tinhso.settings.sign_in"],
        env=os.environ | chosen,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode == 0) is starts, result.stderr
    assert ("TINHSO_IDENTITY_CLIENT_SECRET" in result.stderr) is not starts


def test_the_demonstration_is_refused_in_production_before_anything_is_made(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tinhso.cli", "demo"],
        env={**os.environ, **REAL, "TINHSO_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert result.returncode == 2
    assert "TINHSO_MODE=production" in result.stderr
    assert list(tmp_path.iterdir()) == []
