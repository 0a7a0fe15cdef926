"""Processes of the demonstration: started together, watched, and stopped together."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Refusal

PATIENCE = 60.0  # seconds a service may take to answer
GRACE = 10.0  # seconds it may take to stop
LAST_LINES = 12


class PortTaken(Refusal):
    code = "port-taken"
    message = _("Cổng %(port)s mà «%(name)s» cần đang bị chương trình khác dùng. Hãy tắt chương trình đó.")


class ServiceFailed(Refusal):
    code = "service-failed"
    message = _("«%(name)s» không khởi động được. Nhật ký ở %(log)s, những dòng cuối:\n%(lines)s")


@dataclass(frozen=True)
class Service:
    """
    One process to run.

    :param name: names the log file
    :param command: after the Python interpreter: ``("-m", "sandbox.bank", "--port", "8102")``
    :param ports: those it will listen on, on this machine
    :param is_ready: asked until it says yes, once the ports answer
    """

    name: str
    command: tuple[str, ...]
    ports: tuple[int, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    is_ready: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class Running:
    service: Service
    process: "subprocess.Popen[bytes]"
    log: Path


def require_ports(service: Service) -> None:
    """Pass where nobody listens on the service's ports. :raises PortTaken: another program does"""
    for port in service.ports:
        if answers(port):
            raise PortTaken(port=port, name=service.name)


class Supervisor:
    """Runs services, each in a process group of its own, with its output in a log file."""

    def __init__(self, *, logs: Path, folder: Path) -> None:
        self._logs = logs
        self._folder = folder
        self._running: list[Running] = []

    def start(self, service: Service) -> None:
        """
        Start the service and return at once.

        :raises PortTaken: another program listens where it should
        """
        require_ports(service)
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self._logs / f"{service.name}.log"
        with log.open("ab") as output:
            # A group of its own: Ctrl-C reaches this process only, which then stops the others in order.
            process = subprocess.Popen(  # noqa: S603  (the commands are this program's own)
                [sys.executable, *service.command],
                cwd=self._folder,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **service.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._running.append(Running(service, process, log))

    def wait_until_ready(self) -> None:
        """
        Wait until every service answers.

        :raises ServiceFailed: one ended, or took too long; the others still run
        """
        deadline = time.monotonic() + PATIENCE
        for running in self._running:
            while not _is_up(running):
                if running.process.poll() is not None or time.monotonic() > deadline:
                    raise _failure(running)
                time.sleep(0.05)

    def wait_for_an_end(self) -> None:
        """
        Stay until a service ends by itself.

        :raises ServiceFailed: it did
        """
        while True:
            for running in self._running:
                if running.process.poll() is not None:
                    raise _failure(running)
            time.sleep(0.5)

    def pid_of(self, name: str) -> int:
        """Return the process of a service. :raises StopIteration: there is none of this name"""
        return next(one.process.pid for one in self._running if one.service.name == name)

    def stop(self) -> None:
        """Stop all, the last one first; what does not go within its time is killed."""
        for running in reversed(self._running):
            _signal(running, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for running in reversed(self._running):
            try:
                running.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal(running, signal.SIGKILL)
                running.process.wait()
        self._running.clear()


@contextmanager
def supervised(*, logs: Path, folder: Path) -> Iterator[Supervisor]:
    """
    Give a supervisor that stops everything on leaving.

    SIGTERM becomes ``KeyboardInterrupt``; so does SIGINT where a shell had it ignored for a background job.
    """
    supervisor = Supervisor(logs=logs, folder=folder)
    before = {number: signal.signal(number, _interrupt) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield supervisor
    finally:
        supervisor.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _is_up(running: Running) -> bool:
    if running.process.poll() is not None:
        return False
    return all(answers(port) for port in running.service.ports) and running.service.is_ready()


def answers(port: int) -> bool:
    """Tell whether something on this machine listens there."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _failure(running: Running) -> ServiceFailed:
    lines = running.log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
    return ServiceFailed(name=running.service.name, log=str(running.log), lines="\n".join(lines))


def _signal(running: Running, number: signal.Signals) -> None:
    if running.process.poll() is None:
        os.killpg(running.process.pid, number)
