"""The bank's book: transactions, callbacks still to send, refunds; kept in one SQLite file."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    id TEXT PRIMARY KEY, at REAL NOT NULL, bin TEXT NOT NULL, account TEXT NOT NULL,
    amount INTEGER NOT NULL, purpose TEXT NOT NULL, other_party TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS callback (
    id INTEGER PRIMARY KEY, entry TEXT NOT NULL REFERENCES entry, due REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting',
    wrong_signature INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS refund (
    refund_id TEXT PRIMARY KEY, entry TEXT NOT NULL REFERENCES entry,
    bank_refund_id TEXT NOT NULL, amount INTEGER NOT NULL
);
"""


class Book:
    """One file, one writer at a time."""

    schema = SCHEMA

    def __init__(self, path: Path | str) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(self.schema)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection within a transaction that nobody else is in."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()
