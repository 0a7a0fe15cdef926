"""What a web process makes ready before anybody asks for it."""

import gc
import sys
from threading import Thread

from django.db import DatabaseError, connection

from tinhso.definitions import searching

OBJECTS_OF_A_PAGE = 20_000
TURN = 0.0005  # seconds


def start() -> None:
    """
    Lay out the index of the catalogue beside the first requests; it takes a second or two.

    Also let threads take turns ten times as often as Python would: a request that has its answer from the
    database waits for a turn, after each of its questions, while another one draws its page. Five thousandths
    of a second each time were more than all its own work.
    """
    sys.setswitchinterval(TURN)
    Thread(target=_lay_out, name="lay-out-catalogue", daemon=True).start()


def _lay_out() -> None:
    try:
        searching.search()
    except DatabaseError:
        # Whoever asks first lays it out, or hears that the database is away.
        return
    finally:
        connection.close()
    settle()


def settle() -> None:
    """
    Spare the collector of rubbish work that finds nothing.

    What is held by now stays for good: it need not walk through half a million objects again and again, which
    would stop every request for a tenth of a second. And a page makes some ten thousand objects that go by
    themselves; it need not look a dozen times while the page is made.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_OF_A_PAGE, *gc.get_threshold()[1:])
