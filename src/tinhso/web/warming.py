"""What a web process makes ready before anybody asks for it."""

import gc
from threading import Thread

from django.db import DatabaseError, connection

from tinhso.definitions import searching


def start() -> None:
    """Lay out the index of the catalogue beside the first requests; it takes a second or two."""
    Thread(target=_lay_out, name="lay-out-catalogue", daemon=True).start()


def _lay_out() -> None:
    try:
        searching.search()
    except DatabaseError:
        # Whoever asks first lays it out, or hears that the database is away.
        return
    finally:
        connection.close()
    # What is held by now stays for good: the collector need not walk through half a million objects again
    # and again, which would stop every request for a tenth of a second.
    gc.collect()
    gc.freeze()
