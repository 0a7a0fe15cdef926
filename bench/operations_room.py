"""
The operations room: what its pages cost, and how long an act takes to reach a tile.

    TINHSO_VAR=var/bench python -m bench.operations_room --username giamsat.tinh

In an installation with dossiers and facts (``scripts/operations_pictures.py fill``). Whole requests are timed
in one process, without a web server. For act to tile a stream is open, facts are followed as the worker does;
an entry is written, and timed from its commit until the stream hands out the figure it made.
"""

import argparse
import os
import statistics
import sys
import time
from threading import Event, Thread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")

import django
from django.test import Client

from tinhso.settings.database import start_embedded
from tinhso.settings.env import env

ROOM, PUBLIC = "/ban-lam-viec/dieu-hanh/", "/dieu-hanh/"
PAGES = (ROOM, f"{ROOM}?muc=economy", f"{ROOM}?muc=land", f"{ROOM}can-xu-ly/", PUBLIC)
ROUNDS, ACTS = 20, 20


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--username", default="giamsat.tinh")
    given = told.parse_args()
    start_embedded(env)
    django.setup()
    _say(f"{os.getloadavg()[0]:.1f} processes wait for {os.cpu_count()} cores")
    browser = _signed_in(given.username)
    for page in PAGES:
        _measure(browser, page)
    _act_to_tile()


def _signed_in(username: str) -> Client:
    from tests import people_kit  # noqa: PLC0415  (models need Django)

    from tinhso.people import queries as people  # noqa: PLC0415

    browser = Client(headers={"host": "localhost"})
    people_kit.sign_in(browser, people.officer_by_username(username))
    return browser


def _measure(browser: Client, page: str) -> None:
    walls, works = [], []
    for _turn in range(ROUNDS + 1):
        began, worked = time.perf_counter(), time.process_time()
        answer = browser.get(page)
        walls.append(1000 * (time.perf_counter() - began))
        works.append(1000 * (time.process_time() - worked))
        assert answer.status_code == 200, page
    wall, work = statistics.median(walls[1:]), statistics.median(works[1:])
    size = len(answer.content) // 1024
    most = max(walls[1:])
    _say(f"{page}: {wall:.0f} ms, of the processor {work:.0f} ms (medians), {most:.0f} ms at most, {size} kB")


def _act_to_tile() -> None:
    """Write entries one by one and wait for each to come out of an open stream."""
    from tests import facts_kit  # noqa: PLC0415

    from tinhso.dossiers.events import DossierFiled  # noqa: PLC0415  (models need Django)
    from tinhso.dossiers.models import Dossier  # noqa: PLC0415
    from tinhso.facts import following  # noqa: PLC0415
    from tinhso.kernel import clock  # noqa: PLC0415
    from tinhso.kernel.ids import new_id  # noqa: PLC0415
    from tinhso.operations.live import live, pulse  # noqa: PLC0415
    from tinhso.web.operations.streaming import Places, Stream  # noqa: PLC0415

    like = Dossier.objects.order_by("-filed_at").values("procedure_code", "version_id", "agency_id")[0]
    places, seen = Places(), list[tuple[float, int]]()
    place = places.take(now=time.monotonic())
    assert place is not None

    def message() -> dict[str, str]:
        filed = live(at=clock.now()).filed
        seen.append((time.monotonic(), filed))
        return {"filed": str(filed)}

    def listen() -> None:
        for _part in Stream(places, place, lambda: pulse().position, message, time.monotonic, time.sleep):
            if done.is_set():
                return

    stop, done = Event(), Event()
    follower, listener = following.beside(stop), Thread(target=listen, daemon=True)
    listener.start()
    took = []
    for turn in range(ACTS):
        before = live(at=clock.now()).filed
        event = DossierFiled(
            dossier_id=new_id(),
            procedure=like["procedure_code"],
            version_id=like["version_id"],
            agency_id=like["agency_id"],
            channel="online",
        )
        facts_kit.write(event, clock.now())
        began = time.monotonic()
        while not any(filed > before and at >= began for at, filed in seen):
            time.sleep(0.01)
            assert time.monotonic() < began + 30, "the tile never changed"
        took.append(next(at for at, filed in seen if filed > before and at >= began) - began)
        time.sleep(0.37 * (turn % 3))
    stop.set()
    done.set()
    follower.join(timeout=10)
    _say(f"act to tile: median {statistics.median(took):.2f} s, most {max(took):.2f} s of {ACTS}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
