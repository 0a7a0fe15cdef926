"""
Bring the current versions in step with the packs: in bulk, in one transaction, only what changed.

What an officer published from the desk is held: the file of its code waits until it says the same, or until
the procedure is given back (docs/adr/0014-designer.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from tinhso.definitions.events import ProcedurePublished, ProcedureWithdrawn
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.models import CurrentProcedure, ProcedureVersion
from tinhso.definitions.reading import Candidate, Reading, Sighting, Sights, Stamp, read, says, sight
from tinhso.kernel import ledger, locks
from tinhso.kernel.actors import ActorRef

Rows = dict[str, CurrentProcedure]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    ref: ActorRef = field(default_factory=lambda: ActorRef(kind="system", id="catalogue"))


def publish(packs: Path, stamped: Stamp, *, at: datetime) -> tuple[UUID, ...]:
    """Make the sound files of the packs the current versions; return those that became current."""
    seen = sight(packs, stamped)
    held = _held()
    if not _differs(_without(seen, held), _rows()) and not _caught_up(seen, held):
        return ()
    locks.hold("definitions.publish")
    _let_go(_caught_up(seen, _held()))
    sights, rows = _without(seen, _held()), _rows()  # another process may have published meanwhile
    reading = read(packs, _outdated(sights, rows))
    published = _make_current(reading.candidates, rows, at=at)
    withdrawn = _withdraw([row for row in rows.values() if not _stays(row, sights, reading)])
    ledger.record_all(actor=_Catalogue(), at=at, events=[*published, *withdrawn])
    return tuple(event.version_id for event in published)


def problems(packs: Path, stamped: Stamp) -> tuple[Mistake, ...]:
    """Return the errors that keep files of the packs from being published now."""
    sights = _without(sight(packs, stamped), _held())
    return read(packs, _outdated(sights, _rows())).problems + sights.mistakes


def _rows() -> Rows:
    return {row.code: row for row in CurrentProcedure.objects.filter(by_officer=False)}


def _held() -> Rows:
    return {row.code: row for row in CurrentProcedure.objects.filter(by_officer=True)}


def _without(sights: Sights, held: Rows) -> Sights:
    return replace(sights, files=tuple(seen for seen in sights.files if seen.code not in held))


def _caught_up(sights: Sights, held: Rows) -> tuple[tuple[CurrentProcedure, Sighting], ...]:
    """Return what is held and lies in the packs word for word: it was exported and committed."""
    files = {seen.code: seen for seen in sights.files if seen.code in held}
    versions = ProcedureVersion.objects.in_bulk([held[code].version_id for code in files]) if files else {}
    return tuple(
        (held[code], seen)
        for code, seen in files.items()
        if says(seen.path, versions[held[code].version_id].source, versions[held[code].version_id].templates)
    )


def _let_go(caught_up: Iterable[tuple[CurrentProcedure, Sighting]]) -> None:
    for row, seen in caught_up:
        row.file, row.mark, row.by_officer = seen.file, seen.mark, False
        row.save(update_fields=["file", "mark", "by_officer"])


def _outdated(sights: Sights, rows: Rows) -> tuple[Sighting, ...]:
    """Return the files that are not current as they are."""
    held = {(row.file, row.mark) for row in rows.values()}
    return tuple(seen for seen in sights.files if (seen.file, seen.mark) not in held)


def _differs(sights: Sights, rows: Rows) -> bool:
    return {(row.file, row.mark) for row in rows.values()} != {
        (seen.file, seen.mark) for seen in sights.files
    }


def _stays(row: CurrentProcedure, sights: Sights, reading: Reading) -> bool:
    """Tell whether the row's procedure is still on offer; a broken file leaves it as it was."""
    if row.code in {one.code for one in reading.candidates} or row.file in reading.broken:
        return True
    return (row.file, row.mark) in {(seen.file, seen.mark) for seen in sights.files}


def _make_current(
    candidates: Iterable[Candidate], rows: Rows, *, at: datetime
) -> tuple[ProcedurePublished, ...]:
    wanted = {one.code: one for one in candidates}
    versions = _versions(wanted, at=at)
    fresh, published = [], []
    for code, one in wanted.items():
        version_id, row = versions[code, one.content_hash], rows.get(code)
        known = row is not None and row.version_id == version_id
        since = row.since if row is not None and known else at
        fresh.append(
            CurrentProcedure(
                code=code, version_id=version_id, file=one.sighting.file, mark=one.sighting.mark, since=since
            )
        )
        if not known:
            published.append(
                ProcedurePublished(version_id=version_id, code=code, content_hash=one.content_hash)
            )
    CurrentProcedure.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["version", "file", "mark", "since"],
    )
    return tuple(published)


def _versions(wanted: dict[str, Candidate], *, at: datetime) -> dict[tuple[str, str], UUID]:
    """Return the version of each content, made where that content is new."""
    ProcedureVersion.objects.bulk_create(
        (
            ProcedureVersion(
                code=code,
                content_hash=one.content_hash,
                source=one.source,
                definition=one.definition,
                templates=dict(one.templates),
                published_at=at,
            )
            for code, one in wanted.items()
        ),
        ignore_conflicts=True,
    )
    hashes = [one.content_hash for one in wanted.values()]
    found = ProcedureVersion.objects.filter(content_hash__in=hashes)
    return {(code, content): pk for code, content, pk in found.values_list("code", "content_hash", "pk")}


def _withdraw(rows: list[CurrentProcedure]) -> tuple[ProcedureWithdrawn, ...]:
    CurrentProcedure.objects.filter(code__in=[row.code for row in rows]).delete()
    return tuple(ProcedureWithdrawn(version_id=row.version_id, code=row.code) for row in rows)
