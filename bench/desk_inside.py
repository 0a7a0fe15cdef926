"""
Where the time of one request of the officers' desk goes: the pages of ``desk_load`` in one process.

    tinhso bench load                       # once, into an empty installation
    python -m bench.desk_inside [--rounds 3] [--of "inbox"] [--profile 40]

Calls the application without a web server, so that nothing but the request is counted, and prints for each
kind of request its processor time (mean and median), the queries it asked and the bytes it sent; with
``--profile``, the functions that took most of it. Processor time is counted; a busy machine makes even that
some tenths longer.
"""

import argparse
import cProfile
import io
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from tinhso.cli import _django

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--of", help="one kind of request only")
    parser.add_argument("--profile", type=int, default=0, help="how many functions to print")
    chosen = parser.parse_args()
    world = _django.load("bench._desk_world")
    handlers = _django.load("django.core.handlers.wsgi")
    application: Application = handlers.WSGIHandler()
    asked = world.askings(world.officers())
    sys.stdout.write("request             mean ms   median   queries     bytes\n")
    for some in asked.values():
        _ask(application, some[0])
    _django.load("tinhso.web.warming").settle()
    for kind, some in asked.items():
        if chosen.of in {None, kind}:
            _measure(application, kind, some, rounds=chosen.rounds, profile=chosen.profile)
    return 0


def _measure(application: Application, kind: str, some: list[Any], *, rounds: int, profile: int) -> None:
    connection = _django.load("django.db").connection
    for one in some:
        _ask(application, one)
    spent, size = [], 0
    profiler = cProfile.Profile() if profile else None
    for _turn in range(rounds):
        for one in some:
            before = time.process_time()
            if profiler:
                profiler.enable()
            size = _ask(application, one)
            if profiler:
                profiler.disable()
            spent.append((time.process_time() - before) * 1e3)
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    _ask(application, some[0])
    queries = len(connection.queries_log)
    connection.force_debug_cursor = False
    sys.stdout.write(
        f"{kind:18} {statistics.mean(spent):8.1f} {statistics.median(spent):8.1f} {queries:9} {size:9,}\n"
    )
    if profiler:
        pstats.Stats(profiler, stream=sys.stdout).sort_stats("cumulative").print_stats(profile)
        pstats.Stats(profiler, stream=sys.stdout).sort_stats("tottime").print_stats(profile)


def _ask(application: Application, one: Any) -> int:
    """Return the bytes of the page. :raises AssertionError: it was refused"""
    path, _mark, query = one.path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_COOKIE": one.cookie,
        "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    said: list[str] = []
    answer = application(environ, lambda status, _headers, *_rest: said.append(status))
    size = sum(len(part) for part in answer)
    answer.close()
    assert said == ["200 OK"], (one.path, said)
    return size


if __name__ == "__main__":
    sys.exit(main())
