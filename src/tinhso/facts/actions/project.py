"""Carry on from the ledger: read what is new, let it count."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.facts import reading
from tinhso.facts.folding import dossier_of, fold
from tinhso.facts.models import DossierFact, EventFact, FactCursor
from tinhso.facts.places import Places
from tinhso.facts.reading import Entry
from tinhso.facts.rows import KINDS, rows_of
from tinhso.facts.services import count_services
from tinhso.facts.types import Checkpoint, Passed
from tinhso.kernel import locks

LOCK = "facts"
MOST = 2000
CHANGED = [field.name for field in DossierFact._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def project(*, at: datetime, most: int = MOST) -> Passed:
    """
    Read at most so many new entries and bring facts in line; with nothing new nothing is written.

    One at a time: who comes second waits. What was read and what it made are one transaction, so a crash
    repeats nothing and loses nothing.
    """
    locks.hold(LOCK)
    cursor = _cursor()

    entries = reading.read(cursor, most=most)
    if not entries:
        return Passed(0, _checkpoint(cursor), behind=False)

    cursor.passes, cursor.read_at = cursor.passes + 1, at
    count(entries, pass_no=cursor.passes)
    cursor.save()
    return Passed(len(entries), _checkpoint(cursor), behind=len(entries) >= most)


def project_all(*, at: datetime) -> Passed:
    """Go on until nothing is left."""
    passed = project(at=at)
    while passed.behind:
        passed = project(at=at)
    return passed


def _cursor() -> FactCursor:
    return FactCursor.objects.get_or_create(pk=1)[0]


def _checkpoint(cursor: FactCursor) -> Checkpoint:
    return Checkpoint(cursor.read_to, cursor.passes, reading.holes())


def count(entries: Sequence[Entry], *, pass_no: int) -> None:
    """Let entries count, in their order."""
    places = Places()
    facts = _facts_of(entries)
    made: list[EventFact] = []
    for entry in entries:
        about = dossier_of(entry)
        if about is not None:
            fold(facts[about], entry, places)
            facts[about].pass_no = pass_no
        made += rows_of(entry, facts, about, places, pass_no)
    DossierFact.objects.bulk_create(
        facts.values(), update_conflicts=True, unique_fields=["dossier_id"], update_fields=CHANGED
    )
    count_services(entries, places, pass_no=pass_no)
    for kind in KINDS:
        kind._default_manager.bulk_create(one for one in made if type(one) is kind)


def _facts_of(entries: Sequence[Entry]) -> dict[UUID, DossierFact]:
    wanted = {about for entry in entries if (about := dossier_of(entry)) is not None}
    known = DossierFact.objects.in_bulk(wanted)
    return {one: known.get(one) or DossierFact(dossier_id=one) for one in sorted(wanted)}
