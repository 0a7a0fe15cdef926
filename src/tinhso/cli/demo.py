"""``tinhso demo``: everything at once on one machine, for whoever wants to see it."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import click
import httpx
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.cli import _django
from tinhso.cli._language import spoken
from tinhso.cli._processes import Service, Supervisor, answers, require_ports, supervised
from tinhso.cli._serving import web_command
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.settings.database import start_embedded
from tinhso.settings.env import ROOT, env


class DemoRuns(Refusal):
    code = "demo-runs"
    message = gettext_lazy(
        "Bản trình diễn ở thư mục %(folder)s đang chạy rồi. Hãy dùng nó hoặc tắt nó trước."
    )


class NotInProduction(Refusal):
    code = "not-in-production"
    message = gettext_lazy(
        "Bản trình diễn đưa vào dữ liệu và cán bộ thử, nên không chạy khi TINHSO_MODE=production. "
        "Xem docs/operations.md."
    )


@click.command()
@click.option("--until-ready", is_flag=True, help="Stop as soon as everything answers.")
@click.option("--no-play", is_flag=True, help="Do not play a dossier at the first start.")
def command(until_ready: bool, no_play: bool) -> None:
    """Start everything, play one dossier at the first start, and stay up until Ctrl-C."""
    if env.mode == "production":
        raise spoken(NotInProduction(), "vi")
    started = time.monotonic()
    with _timed("PostgreSQL"):
        start_embedded(env)
    with _timed("Django"):
        _django.start()
    with _alone(), supervised(logs=env.var.resolve() / "log", folder=ROOT) as supervisor:
        require_ports(_web())  # said now, not after a minute of preparing
        supervisor.start(_sandbox())  # first: it comes up while the data are prepared
        lines = _prepare()
        with _timed(_("Môi trường thử, trang và việc nền")):
            _start_services(supervisor)
        click.echo(_("Sẵn sàng sau %(seconds).1f giây.") % {"seconds": time.monotonic() - started})
        if until_ready:
            return
        if not no_play:
            _play_once()
        _say_where(lines)
        try:
            supervisor.wait_for_an_end()
        except KeyboardInterrupt:
            click.echo("\n" + _("Đang tắt. Dữ liệu còn nguyên cho lần sau."))


def _prepare() -> list[str]:
    at = clock.now()
    lines: list[str] = []
    for step in _django.load("tinhso.cli._preparing").steps(with_cast=True):
        with _timed(str(step.title)):
            lines += step.act(at) or ()
    return lines


def _start_services(supervisor: Supervisor) -> None:
    for service in (_web(), _worker(since=clock.now())):
        supervisor.start(service)
    supervisor.wait_until_ready()


def _sandbox() -> Service:
    ports = {
        "identity": _port(env.identity_url),
        "bank": _port(env.bank_url),
        "payment_platform": _port(env.platform_url),
        "national_portal": _port_if_wanted("national_portal_url"),
        "population": _port_if_wanted("population_url"),
        "trust": _port(env.trust_url),
        "mail": _port(env.sms_url),
    }
    here = [name for name, port in ports.items() if port and (ROOT / "sandbox" / name).is_dir()]
    arguments = ("--identity", ports["identity"], "--bank", ports["bank"], "--trust", ports["trust"])
    var = str(env.var.resolve())
    platform = ("--platform", ports["payment_platform"], "--portal", ports["national_portal"])
    population = ("--population", ports["population"])
    mail = ("--sms", ports["mail"], "--smtp", env.smtp_port)
    return Service(
        name="sandbox",
        command=(
            "-m",
            "sandbox",
            "--var",
            var,
            "--client",
            env.base_url,
            *map(str, arguments + platform + population + mail),
        ),
        ports=tuple(ports[name] for name in here),
    )


def _port_if_wanted(setting: str) -> int:
    """Return where a stand-in listens; 0 where it is not wanted, or a neighbour has the place."""
    url = str(getattr(env, setting))
    if not url:
        return 0
    is_default = url == type(env).model_fields[setting].default
    return 0 if is_default and answers(_port(url)) else _port(url)


def _web() -> Service:
    port = _port(env.base_url)
    return Service(
        name="web",
        command=web_command(port=port),
        ports=(port,),
        is_ready=_page_answers,
    )


def _worker(*, since: datetime) -> Service:
    return Service(name="worker", command=("-m", "tinhso.cli", "worker"), is_ready=_worker_beats(since))


def _page_answers() -> bool:
    try:
        return not httpx.get(env.base_url, timeout=5, trust_env=False).is_server_error
    except httpx.TransportError:
        return False


def _worker_beats(since: datetime) -> Callable[[], bool]:
    def beats() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat >= %s", [since])
            return bool(cursor.fetchone()[0])

    return beats


def _play_once() -> None:
    played = env.var / "played"
    if played.exists() or not (Path(__file__).parent / "play.py").exists():
        return
    if subprocess.run([sys.executable, "-m", "tinhso.cli", "play"], check=False).returncode == 0:
        played.touch()


def _say_where(lines: list[str]) -> None:
    click.echo("")
    for line in lines:
        click.echo(line)
    click.echo(_("Trang: %(url)s") % {"url": env.base_url})
    click.echo(_("Nhật ký: %(folder)s") % {"folder": env.var.resolve() / "log"})
    click.echo(_("Nhấn Ctrl-C để tắt."))


@contextmanager
def _alone() -> Iterator[None]:
    """
    Keep a second demonstration off the same data.

    :raises DemoRuns: there is one already
    """
    descriptor = os.open(env.var / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise DemoRuns(folder=str(env.var)) from None


@contextmanager
def _timed(title: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    click.echo(f"{time.monotonic() - start:6.1f} s  {title}")


def _port(url: str) -> int:
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)
