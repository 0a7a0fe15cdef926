"""Locks by name, held by the transaction and let go with it."""

from collections.abc import Iterable

from django.db import connection

# A prepared transaction holds its locks without a process.
_WRITERS = """
SELECT DISTINCT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pid IS DISTINCT FROM pg_backend_pid()
"""


def hold(name: str) -> None:
    """
    Wait for the lock of this name and keep it until the transaction ends.

    Use it where there is no row to lock yet. Two names never share a lock but by a 64-bit hash collision,
    which costs a moment's waiting and nothing else.

    :raises RuntimeError: called outside a transaction, where the lock would be let go at once
    """
    require_transaction("locks.hold()")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def share(name: str) -> None:
    """
    Hold the lock of this name together with others who share it; who holds it alone waits for all of them.

    :raises RuntimeError: called outside a transaction
    """
    require_transaction("locks.share()")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [name])


def hold_all(names: Iterable[str]) -> None:
    """
    Hold the locks of all these names, in one order whoever asks: two who want the same never wait in a ring.

    :raises RuntimeError: called outside a transaction
    """
    require_transaction("locks.hold_all()")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name",
            [sorted(set(names))],
        )


def try_hold(name: str) -> bool:
    """
    Take the lock of this name until the transaction ends, unless somebody else holds it.

    :raises RuntimeError: called outside a transaction
    """
    require_transaction("locks.try_hold()")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        return bool(cursor.fetchone()[0])


def writers_of(table: str) -> frozenset[str]:
    """
    Return the transactions of others that have written rows of the table, or are about to, and are not over.

    Each holds a lock on the table from before it takes a number of a sequence until its rows are visible.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS, [table])
        return frozenset(name for (name,) in cursor.fetchall())


def require_transaction(caller: str) -> None:
    """
    Make sure that what follows is undone when the act around it is.

    :raises RuntimeError: there is no transaction
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{caller} needs the transaction of the act it belongs to")
