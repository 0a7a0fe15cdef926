"""Numbers without gaps, as registers and documents need them: one series, one row, one lock."""

from django.db import connection

from tinhso.kernel.locks import require_transaction

_NEXT = """
INSERT INTO number_sequence (series, last) VALUES (%(series)s, %(count)s)
ON CONFLICT (series) DO UPDATE SET last = number_sequence.last + %(count)s
RETURNING last
"""


def next_number(series: str) -> int:
    """
    Return the next number of the series, from 1. Others who want one wait until this transaction ends.

    A rolled-back transaction gives its number back: there is never a gap. Ask late in the transaction,
    so that others wait shortly. Name a series by all it depends on, e.g. ``decision/H42.12/2026``.

    :raises RuntimeError: called outside a transaction, where a crash could lose the number
    """
    return next_numbers(series, 1)[0]


def next_numbers(series: str, count: int) -> range:
    """Return so many numbers of the series at once, at least one; else as :func:`next_number`."""
    require_transaction("sequences.next_number()")
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"series": series, "count": count})
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)
