import socket
from tempfile import TemporaryDirectory

import httpx
import pytest

from tests.e2e.demonstration import Demonstration, settings_for, start

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_the_demonstration_starts_on_an_empty_folder_and_again_on_its_data(
    demonstration: Demonstration,
) -> None:
    first = demonstration.first
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Sẵn sàng" in first.stdout

    again = httpx.get(demonstration.base_url)
    assert again.status_code == httpx.codes.OK


def test_a_taken_port_is_said_in_one_sentence() -> None:
    # Not below pytest's own folder: that is closed to the user PostgreSQL runs as when the tests are root's.
    with TemporaryDirectory(prefix="tinhso-") as folder, socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = start({**settings_for(folder), "TINHSO_BASE_URL": f"http://127.0.0.1:{port}"})

    assert refused.returncode == 2
    assert str(port) in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
