"""The whole product as ``make demo`` starts it, on ports of its own, once for all tests that need it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

PACKS = Path(__file__).resolve().parents[2] / "packs"
READY = "Trang: "
STARTS_WITHIN = 180.0  # seconds


@dataclass(frozen=True)
class Demonstration:
    """
    :param environment: what every command on this installation needs
    :param base_url: the public address
    :param first: how it went on the empty folder, before this second start on its data
    """

    environment: dict[str, str]
    base_url: str
    bank_url: str
    var: Path
    packs: Path
    first: "subprocess.CompletedProcess[str]"

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a ``tinhso`` command on this installation."""
        command = [sys.executable, "-m", "tinhso.cli", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=240, check=False
        )


def free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        probes = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [probe.getsockname()[1] for probe in probes]


def settings_for(folder: str) -> dict[str, str]:
    """Return the environment of an installation of its own in the folder."""
    web, identity, bank, platform, portal, population, trust, sms, smtp = free_ports(9)
    here = "http://127.0.0.1"
    return {
        **os.environ,
        "TINHSO_MODE": "demo",
        "TINHSO_VAR": str(Path(folder) / "var"),
        "TINHSO_BASE_URL": f"{here}:{web}",
        "TINHSO_IDENTITY_URL": f"{here}:{identity}",
        "TINHSO_BANK_URL": f"{here}:{bank}",
        "TINHSO_PLATFORM_URL": f"{here}:{platform}",
        "TINHSO_NATIONAL_PORTAL_URL": f"{here}:{portal}",
        "TINHSO_POPULATION_URL": f"{here}:{population}",
        "TINHSO_TRUST_URL": f"{here}:{trust}",
        "TINHSO_SMS_URL": f"{here}:{sms}",
        "TINHSO_SMTP_PORT": str(smtp),
        "DJANGO_SETTINGS_MODULE": "tinhso.settings.django",
    }


def start(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Start everything and stop."""
    command = [sys.executable, "-m", "tinhso.cli", "demo", "--until-ready"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)


@contextmanager
def running() -> Iterator[Demonstration]:
    """Start everything on an empty folder and stop it; start it again; stop it as Ctrl-C would."""
    # Not below pytest's own folder: that is closed to the user PostgreSQL runs as when the tests are root's.
    with TemporaryDirectory(prefix="tinhso-", ignore_cleanup_errors=True) as folder:
        # Packs of its own: a test may publish a new service while everything runs.
        packs = Path(shutil.copytree(PACKS, Path(folder) / "packs"))
        environment = {**settings_for(folder), "TINHSO_PACKS": str(packs)}
        first = start(environment)
        log = Path(folder) / "demo.log"
        with log.open("w") as out:
            command = [sys.executable, "-u", "-m", "tinhso.cli", "demo", "--no-play"]
            process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait_until_ready(process, log)
            yield Demonstration(
                environment,
                environment["TINHSO_BASE_URL"],
                environment["TINHSO_BANK_URL"],
                Path(environment["TINHSO_VAR"]),
                packs,
                first,
            )
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


def _wait_until_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while READY not in log.read_text(encoding="utf-8"):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < until, log.read_text(encoding="utf-8")
        time.sleep(0.2)
