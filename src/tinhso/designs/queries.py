"""What pages ask about designs."""

from dataclasses import dataclass
from uuid import UUID

from tinhso.definitions import catalogue
from tinhso.definitions.catalogue import ProcedureMissing, Published
from tinhso.definitions.designing.examining import Examined, examined
from tinhso.definitions.designing.files import Files
from tinhso.designs.models import Design, DesignEdit
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import FINAL
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Running:
    """
    Dossiers on their way when a new version is published.

    :param versions: under how many versions they were filed
    """

    dossiers: int
    versions: int


def designs(*, actor: Actor) -> tuple[Design, ...]:
    """Return what is being written in the actor's agencies, the last touched first; two queries at most."""
    rows = Design.objects.visible_to(actor).open().defer("source", "templates")
    return tuple(rows.select_related("changed_by", "agency").order_by("-changed_at")[:200])


def access_design(*, actor: Actor, design_id: UUID) -> Design:
    """Return the design. :raises NotFound: absent, or of another agency"""
    rows = Design.objects.visible_to(actor).select_related("changed_by", "proposed_by", "agency")
    found = rows.filter(pk=design_id).first()
    if found is None:
        raise NotFound
    return found


def lock_design(*, actor: Actor, design_id: UUID) -> Design:
    """Return the design under a lock. :raises NotFound: absent, or of another agency"""
    found = Design.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=design_id).first()
    if found is None:
        raise NotFound
    return found


def files_of(design: Design) -> Files:
    """Return the files as they stand."""
    return Files(design.source, dict(design.templates))


def check(design: Design) -> Examined:
    """Return every mistake of the files as they stand."""
    return examined(files_of(design))


def in_force(code: str) -> Published | None:
    """Return the version new dossiers are filed under now, None where there is none."""
    try:
        return catalogue.current(code)
    except ProcedureMissing:
        return None


def edits(design: Design, *, limit: int = 30) -> tuple[DesignEdit, ...]:
    """Return the last edits, the newest first; those undone come before what holds."""
    rows = design.edits.defer("before", "after").select_related("by")
    return tuple(rows.order_by("-number")[:limit])


def running(code: str) -> Running:
    """Return the dossiers of the procedure that are on their way."""
    found = Dossier.objects.filter(procedure_code=code).exclude(status__in=FINAL)
    return Running(found.count(), found.values("version_id").distinct().count())


def edits_around(design: Design) -> tuple[DesignEdit, ...]:
    """Return the edit that undo would take back and the one that redo would make again, where there are."""
    rows = design.edits.defer("before", "after")
    return tuple(rows.filter(number__in=(design.applied, design.applied + 1)))
