import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tinhso.cli import _processes
from tinhso.cli._processes import PortTaken, Service, ServiceFailed, Supervisor, supervised

LISTEN = "import socket, time; s = socket.create_server(('127.0.0.1', {port})); {more}time.sleep(60)"


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    with supervised(logs=tmp_path / "log", folder=tmp_path) as watched:
        yield watched


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        number: int = probe.getsockname()[1]
    return number


def listening(port: int, more: str = "") -> Service:
    return Service(name="door", command=("-c", LISTEN.format(port=port, more=more)), ports=(port,))


def test_a_service_is_ready_when_its_port_answers_and_gone_after_stopping(
    supervisor: Supervisor, port: int
) -> None:
    supervisor.start(listening(port))
    supervisor.wait_until_ready()
    assert _processes.answers(port)

    supervisor.stop()

    assert not _processes.answers(port)


def test_a_taken_port_is_named_and_nothing_starts(supervisor: Supervisor, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(PortTaken) as refused:
            supervisor.start(listening(taken))

    assert str(taken) in refused.value.sentence()
    assert not (tmp_path / "log").exists()


def test_a_service_that_ends_is_reported_with_its_last_lines(supervisor: Supervisor) -> None:
    supervisor.start(Service(name="weak", command=("-c", "raise SystemExit('no oil left')")))

    with pytest.raises(ServiceFailed, match="no oil left"):
        supervisor.wait_for_an_end()


def test_a_service_that_never_answers_is_reported(
    supervisor: Supervisor, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_processes, "PATIENCE", 0.2)
    supervisor.start(Service(name="mute", command=("-c", "import time; time.sleep(60)"), ports=(port,)))

    with pytest.raises(ServiceFailed, match="mute"):
        supervisor.wait_until_ready()


def test_a_service_that_will_not_stop_is_killed(
    supervisor: Supervisor, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_processes, "GRACE", 0.2)
    supervisor.start(listening(port, more="import signal; signal.signal(15, signal.SIG_IGN); "))
    supervisor.wait_until_ready()
    time.sleep(0.2)

    supervisor.stop()

    assert not _processes.answers(port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_being_told_to_stop_stops_all(tmp_path: Path, port: int, number: signal.Signals) -> None:
    before = signal.getsignal(number)

    def told_to_stop() -> None:
        with supervised(logs=tmp_path, folder=tmp_path) as watched:
            watched.start(listening(port))
            watched.wait_until_ready()
            threading.Timer(0.1, os.kill, (os.getpid(), number)).start()
            watched.wait_for_an_end()

    with pytest.raises(KeyboardInterrupt):
        told_to_stop()

    assert not _processes.answers(port)
    assert signal.getsignal(number) == before


def test_the_module_runs_as_the_command_does() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "tinhso.cli", "--help"], capture_output=True, text=True, check=True
    )
    assert "worker" in shown.stdout
