"""A kept connection is looked at before a request uses it; one that is fine costs no question."""

import select

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """
    Django's, but for one thing: whether the server is still there is first asked of the socket.

    A server that ends a connection says so: there is something to read where nothing was asked for, be it a
    last word or the end of the stream. Where there is nothing, ``SELECT 1`` would only say so once more.
    """

    def close_if_health_check_failed(self) -> None:
        if self.connection is not None and is_silent(self.connection):
            self.health_check_done = True
            return
        super().close_if_health_check_failed()


def is_silent(connection: "psycopg.Connection[tuple[object, ...]]") -> bool:
    """Say whether the connection is open, and nothing waits to be read from it."""
    if connection.closed:
        return False
    watch = select.poll()
    watch.register(connection.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
    return not watch.poll(0)
