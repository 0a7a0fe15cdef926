"""The portal's book: dossiers filed here, deliveries to make, what provinces told; one SQLite file."""

from sandbox.bank.book import Book as Base

SCHEMA = """
CREATE TABLE IF NOT EXISTS dossier (
    code TEXT PRIMARY KEY, at REAL NOT NULL, body TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT '1', ours INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS file (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, media TEXT NOT NULL, content BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, due REAL NOT NULL, body TEXT NOT NULL,
    updating INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting',
    spoil TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS told (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, at REAL NOT NULL, service TEXT NOT NULL,
    updating TEXT NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, at REAL NOT NULL);
"""


class Book(Base):
    """One file, one writer at a time."""

    schema = SCHEMA
