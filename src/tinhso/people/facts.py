"""Facts about a person, each with where it comes from and when that was checked."""

from collections.abc import Mapping
from datetime import datetime

from tinhso.people.models import Person

# What the citizen tells us about themselves, and no provider may overwrite.
SELF = "self"

RESIDENCE = ("residence_commune", "residence_detail")


def write(row: Person, values: Mapping[str, object], *, source: str, at: datetime) -> tuple[str, ...]:
    """
    Set the named facts on the row (unsaved) with their source; return the names of those that changed.

    :param values: columns of :class:`Person`; ``residence_commune`` and ``residence_detail`` are one fact
    """
    changed = []
    stamp = {"source": source, "checked_at": at.isoformat()}
    for column, value in values.items():
        fact = "residence" if column in RESIDENCE else column
        if getattr(row, column) != value and fact not in changed:
            changed.append(fact)
        setattr(row, column, value)
        if fact != "born_precision":
            row.sources[fact] = stamp
    return tuple(changed)


def source_of(row: Person, fact: str) -> str:
    """Return the source of a fact, or nothing when it is not known."""
    entry = row.sources.get(fact)
    return entry["source"] if entry else ""
