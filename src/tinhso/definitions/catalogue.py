"""
The catalogue: which version of each procedure holds now, and every version that ever did.

A changed file of the packs becomes a new version without a restart: each process looks at the folder at most
once a second, when it is asked for something. A file with an error changes nothing; ``problems()`` names the
errors.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from sys import intern
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import publication
from tinhso.definitions.index import load_index
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.models import CurrentProcedure, ProcedureVersion
from tinhso.definitions.moving import MovePlan, plan_move
from tinhso.definitions.packs import packs_folder
from tinhso.definitions.reading import Stamp, stamp
from tinhso.definitions.types import Level, Procedure
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound

__all__ = [
    "Entry",
    "MovePlan",
    "ProcedureMissing",
    "Published",
    "all_current",
    "current",
    "entries",
    "of_version",
    "plan_move",
    "problems",
    "publish_packs",
    "refresh",
]

LOOK_EVERY = 1.0  # seconds
MOST_HELD = 1024  # versions kept ready by a process; the oldest goes first


class ProcedureMissing(NotFound):
    """No such procedure is offered, or no such version was ever published."""

    code = "procedure-missing"
    message = _("Không có thủ tục này, hoặc thủ tục đã ngừng tiếp nhận. Hãy tìm lại trong danh mục dịch vụ.")


@dataclass(frozen=True, slots=True)
class Published:
    """
    One version of a procedure.

    :param templates: file name → Typst source; that of the result under ``procedure.result.template``
    :param by_officer: written at the desk, not by whoever installs the system
    """

    version_id: UUID
    procedure: Procedure
    templates: Mapping[str, str]
    by_officer: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One code of the national list.

    :param levels: who decides; empty where the list does not say
    :param issuer: the ministry that published it, or a province; may be empty
    :param filed_here: it is on offer, so ``current(code)`` has its definition
    """

    code: str
    levels: tuple[Level, ...]
    issuer: str
    field: str
    name: str
    filed_here: bool


@dataclass(slots=True)
class _Seen:
    """What this process published last, and when it last looked."""

    packs: Path | None = None
    stamped: Stamp = ()
    looked: float = float("-inf")


_seen = _Seen()
_held: dict[UUID, Published] = {}


def current(code: str) -> Published:
    """Return the version new dossiers are filed under. :raises ProcedureMissing: none"""
    refresh()
    version_id = CurrentProcedure.objects.filter(code=code).values_list("version_id", flat=True).first()
    if version_id is None:
        raise ProcedureMissing(procedure=code)
    return of_version(version_id)


def of_version(version_id: UUID) -> Published:
    """Return the version, whether it is current or not. :raises ProcedureMissing: there is none"""
    if version_id not in _held:
        _load([version_id])
    try:
        return _held[version_id]
    except KeyError:
        raise ProcedureMissing(procedure=str(version_id)) from None


def all_current() -> tuple[Published, ...]:
    """Return every procedure on offer, by code; two queries at most."""
    refresh()
    ids = tuple(CurrentProcedure.objects.order_by("code").values_list("version_id", flat=True))
    _load(ids)
    return tuple(of_version(version_id) for version_id in ids)


def entries() -> tuple[Entry, ...]:
    """
    Return the whole national list by code, in Vietnamese as published; one query.

    What is on offer and stands in no list comes too: this is everything a person may look for.
    """
    refresh()
    offered = dict(CurrentProcedure.objects.values_list("code", "version_id"))
    listed, _mistakes = load_index(packs_folder())
    known = tuple(
        Entry(one.code, one.levels, one.issuer, one.field, one.name, one.code in offered) for one in listed
    )
    codes = {one.code for one in listed}
    unlisted = (_unlisted(version_id) for code, version_id in offered.items() if code not in codes)
    return tuple(sorted([*known, *unlisted], key=lambda one: one.code))


def problems() -> tuple[Mistake, ...]:
    """Return the errors that keep files of the packs from being published now."""
    packs = packs_folder()
    return publication.problems(packs, stamp(packs))


def refresh() -> None:
    """Publish what changed in the packs, unless this process looked within the last second."""
    packs = packs_folder()
    if _seen.packs == packs and monotonic() - _seen.looked < LOOK_EVERY:
        return
    stamped = stamp(packs)
    if _seen.packs == packs and _seen.stamped == stamped:
        _seen.looked = monotonic()
        return
    # Nobody asked for a publication: the moment is the one at which it was noticed.
    publish_packs(at=clock.now())


@transaction.atomic
def publish_packs(*, at: datetime) -> tuple[UUID, ...]:
    """
    Make the sound files of the packs the current versions; return those that became current.

    A file that returns to an older content makes that older version current again. A file that is gone is
    withdrawn. A broken file leaves its procedure as it was.
    """
    packs = packs_folder()
    stamped = stamp(packs)
    changed = publication.publish(packs, stamped, at=at)

    # Only what is committed counts as seen: a caller's rollback takes the publication with it.
    transaction.on_commit(lambda: _remember(packs, stamped))
    return changed


def forget() -> None:
    """Look at the packs again at the next question; for tests and for a database that was replaced."""
    _seen.packs = None


def _unlisted(version_id: UUID) -> Entry:
    procedure = of_version(version_id).procedure
    return Entry(
        code=procedure.code,
        levels=(procedure.level,),
        issuer="",
        field=procedure.field.vi,
        name=procedure.name.vi,
        filed_here=True,
    )


def _remember(packs: Path, stamped: Stamp) -> None:
    _seen.packs, _seen.stamped, _seen.looked = packs, stamped, monotonic()


def _load(version_ids: Iterable[UUID]) -> None:
    """Hold these versions ready, with one query for those that are not yet."""
    missing = [version_id for version_id in version_ids if version_id not in _held]
    for row in ProcedureVersion.objects.filter(pk__in=missing).defer("source") if missing else ():
        procedure = Procedure.model_validate_json(row.definition)
        templates = {intern(name): intern(source) for name, source in row.templates.items()}
        _held[row.pk] = Published(row.pk, procedure, templates, row.by_officer)
    while len(_held) > MOST_HELD:
        _held.pop(next(iter(_held)), None)
