"""Change the files of a design, take a change back, make it again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions.designing import edits
from tinhso.definitions.designing.edits import Change, Done
from tinhso.designs import policies, queries, refusals, writing
from tinhso.designs.models import DesignEdit
from tinhso.people.types import Actor


@transaction.atomic
def edit_design(
    *,
    actor: Actor,
    at: datetime,
    design_id: UUID,
    revision: int,
    change: Change,
    goes_on: bool = False,
) -> Done:
    """
    Make one change and return where the thing stands now; a change that changes nothing is no edit.

    :param goes_on: saved by itself while somebody types; undone together with what they typed just before
    :raises NotFound, NotWriting: see there
    :raises DesignNotOpen, DesignChanged: it is proposed or over; somebody wrote meanwhile
    :raises SourceBroken, PlaceGone, FilesUnreadable: what is to be changed is not there
    """
    design = queries.lock_design(actor=actor, design_id=design_id)

    policies.require_writing(actor, agency_id=design.agency_id)

    writing.require_draft(design)
    writing.require_revision(design, revision)

    files = queries.files_of(design)
    done = edits.apply(change, files)
    if done.files.read(done.file) == files.read(done.file):
        return done

    # The ledger hears of what is proposed and published; each edit keeps its own author and moment.
    writing.note_edit(design, change, done, actor=actor, at=at, goes_on=goes_on)
    writing.keep(design, done.files, actor=actor, at=at)
    return done


@transaction.atomic
def undo_edit(*, actor: Actor, at: datetime, design_id: UUID, revision: int) -> DesignEdit:
    """
    Take the last change back and return it.

    :raises NothingToUndo: there is none left; for the rest see :func:`edit_design`
    """
    return _step(actor=actor, at=at, design_id=design_id, revision=revision, back=True)


@transaction.atomic
def redo_edit(*, actor: Actor, at: datetime, design_id: UUID, revision: int) -> DesignEdit:
    """
    Make the change that was taken back again and return it.

    :raises NothingToUndo: none was taken back; for the rest see :func:`edit_design`
    """
    return _step(actor=actor, at=at, design_id=design_id, revision=revision, back=False)


def _step(*, actor: Actor, at: datetime, design_id: UUID, revision: int, back: bool) -> DesignEdit:
    design = queries.lock_design(actor=actor, design_id=design_id)

    policies.require_writing(actor, agency_id=design.agency_id)

    writing.require_draft(design)
    writing.require_revision(design, revision)
    edit = design.edits.filter(number=design.applied + (0 if back else 1)).first()
    if edit is None:
        raise refusals.NothingToUndo

    files = queries.files_of(design).write(edit.file, edit.before if back else edit.after)
    design.applied += -1 if back else 1
    writing.keep(design, files, actor=actor, at=at)
    return edit
