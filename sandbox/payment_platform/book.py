"""The platform's book: payments and the callbacks still to send, in one SQLite file."""

from sandbox.bank.book import Book as Base

SCHEMA = """
CREATE TABLE IF NOT EXISTS payment (
    transaction_id TEXT PRIMARY KEY, at REAL NOT NULL, body TEXT NOT NULL, amount INTEGER NOT NULL,
    paid INTEGER, paid_at REAL, settled_on TEXT
);
CREATE TABLE IF NOT EXISTS callback (
    id INTEGER PRIMARY KEY, payment TEXT NOT NULL REFERENCES payment, due REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting',
    spoil TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT ''
);
"""


class Book(Base):
    """One file, one writer at a time."""

    schema = SCHEMA
