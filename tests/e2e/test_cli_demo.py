import socket
import subprocess
import sys
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest

from tests.e2e.demonstration import settings_for

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    # Not below pytest's own folder: that is closed to the user PostgreSQL runs as when the tests are root's.
    with TemporaryDirectory(prefix="tinhso-") as folder:
        yield settings_for(folder)


def start(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tinhso.cli", "demo", "--until-ready"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)


def test_the_demonstration_starts_on_an_empty_folder_and_again_on_its_data(
    environment: dict[str, str],
) -> None:
    first = start(environment)
    assert first.returncode == 0, first.stdout + first.stderr

    second = start(environment)
    assert second.returncode == 0, second.stdout + second.stderr


def test_a_taken_port_is_said_in_one_sentence(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = start({**environment, "TINHSO_BASE_URL": f"http://127.0.0.1:{port}"})

    assert refused.returncode == 2
    assert str(port) in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
