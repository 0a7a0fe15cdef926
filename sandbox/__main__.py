"""
``python -m sandbox``: run all stand-ins for national systems, each as its own process, until told to stop.

If one ends by itself, all end: a half-working sandbox would only puzzle people.
"""

import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import click

GRACE = 5.0  # seconds a stand-in may take to stop
DEFAULT_VAR = Path(__file__).resolve().parents[1] / "var"


@click.command()
@click.option("--identity", default=8101, show_default=True, help="Port of the identity provider.")
@click.option("--bank", default=8102, show_default=True, help="Port of the bank.")
@click.option("--platform", default=8105, show_default=True, help="Port of the portal's payment platform.")
@click.option("--portal", default=8106, show_default=True, help="Port of the national portal; 0: none.")
@click.option("--population", default=8107, show_default=True, help="Port of the population database.")
@click.option("--trust", default=8103, show_default=True, help="Port of time stamps, OCSP and CRL.")
@click.option(
    "--sms", default=8104, show_default=True, help="Port of the SMS gateway and the mailbox's pages."
)
@click.option("--smtp", default=8125, show_default=True, help="Port that takes e-mail.")
@click.option(
    "--var", type=click.Path(path_type=Path), default=DEFAULT_VAR, help="Where they keep their data."
)
@click.option(
    "--client", default="http://127.0.0.1:8000", show_default=True, help="Address of the pages they serve."
)
def main(
    identity: int,
    bank: int,
    platform: int,
    portal: int,
    population: int,
    trust: int,
    sms: int,
    smtp: int,
    var: Path,
    client: str,
) -> None:
    """Môi trường thử: run every stand-in there is."""
    commands = {
        "identity": ["--port", str(identity), "--client-origin", client],
        "bank": ["--port", str(bank), "--payee", client],
        "payment_platform": ["--port", str(platform), "--merchant", client],
        "national_portal": ["--port", str(portal), "--province", client],
        "population": ["--port", str(population)],
        "trust": ["--port", str(trust), "--folder", str(var / "trust")],
        "mail": ["--port", str(sms), "--smtp-port", str(smtp)],
    }
    if not portal:
        del commands["national_portal"]
    if not population:
        del commands["population"]
    signal.signal(signal.SIGTERM, _interrupt)
    running = {
        name: _start(name, arguments, var)
        for name, arguments in commands.items()
        if find_spec(f"sandbox.{name}")
    }
    try:
        ended = _wait_for_an_end(running)
        click.echo(f"{ended} ended with status {running[ended].returncode}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        pass
    finally:
        _stop(running)


def _start(name: str, arguments: list[str], var: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "TINHSO_VAR": str(var)}
    return subprocess.Popen([sys.executable, "-m", f"sandbox.{name}", *arguments], env=environment)  # noqa: S603


def _wait_for_an_end(running: dict[str, "subprocess.Popen[bytes]"]) -> str:
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                return name
        time.sleep(0.3)


def _stop(running: dict[str, "subprocess.Popen[bytes]"]) -> None:
    for process in running.values():
        process.terminate()
    deadline = time.monotonic() + GRACE
    for process in running.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
