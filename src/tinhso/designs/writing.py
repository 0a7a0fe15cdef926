"""How a design's files change: under its lock, counted, and so that it can be undone."""

from datetime import datetime, timedelta

from tinhso.definitions.designing.document import Document, SourceBroken
from tinhso.definitions.designing.edits import Change, Done, Move, Remove, Set, Write
from tinhso.definitions.designing.files import SOURCE, Files
from tinhso.definitions.designing.shapes import shape_at, written_place
from tinhso.designs import refusals
from tinhso.designs.models import Design, DesignEdit
from tinhso.people.types import Actor

MOST_EDITS = 300  # whole files each; older ones can no longer be undone
ONE_TYPING = timedelta(minutes=2)
WORDS = {
    Design.State.DRAFT: "đang soạn",
    Design.State.PROPOSED: "đã trình",
    Design.State.PUBLISHED: "đã công bố",
    Design.State.DISCARDED: "đã bỏ",
}


def require_revision(design: Design, revision: int) -> None:
    """:raises DesignChanged: somebody wrote since that revision was read"""
    if design.revision != revision:
        raise refusals.DesignChanged


def require_draft(design: Design) -> None:
    """:raises DesignNotOpen: it is proposed, published or discarded"""
    if design.state != Design.State.DRAFT:
        raise refusals.DesignNotOpen(state=WORDS[Design.State(design.state)])


def note_edit(
    design: Design, change: Change, done: Done, *, actor: Actor, at: datetime, goes_on: bool
) -> None:
    """
    Write the edit down in place of those that were undone.

    :param goes_on: saved by itself while somebody types: what they typed just before is one edit with it
    """
    before = Files(design.source, design.templates).read(done.file)
    design.edits.filter(number__gt=design.applied).delete()
    last = design.edits.filter(number=design.applied).first() if goes_on else None
    if last is not None and _continues(last, change, done, actor=actor, at=at):
        last.after, last.at = done.files.read(done.file), at
        last.save(update_fields=["after", "at"])
        return
    DesignEdit.objects.create(
        design=design,
        number=design.applied + 1,
        what=_what(change),
        place=written_place(done.at)[:200],
        subject=_subject(change, done, before)[:200],
        file=done.file,
        before=before,
        after=done.files.read(done.file),
        by_id=actor.signed_in_as,
        at=at,
    )
    design.applied += 1
    design.edits.filter(number__lte=design.applied - MOST_EDITS).delete()


def _continues(last: DesignEdit, change: Change, done: Done, *, actor: Actor, at: datetime) -> bool:
    same = (last.what, last.place, last.file) == (_what(change), written_place(done.at), done.file)
    return same and last.by_id == actor.account_id and at - last.at < ONE_TYPING


def keep(design: Design, files: Files, *, actor: Actor, at: datetime) -> None:
    """Put the files into the design and count the change."""
    design.source, design.templates = files.source, dict(files.templates)
    design.code, design.title = head_of(files.source)
    touch(design, actor=actor, at=at)


def touch(design: Design, *, actor: Actor, at: datetime) -> None:
    """Count a change and say who made it."""
    design.revision += 1
    design.changed_by_id, design.changed_at = actor.signed_in_as, at
    design.save()


def head_of(source: str) -> tuple[str, str]:
    """Return code and name as the file says them; empty where it cannot be read."""
    try:
        document = Document(source)
    except SourceBroken:
        return "", ""
    code, name = document.get(("code",)), document.get(("name",))
    words = name.get("vi", "") if isinstance(name, dict) else name
    return str(code or "")[:40], str(words or "")[:500]


def _what(change: Change) -> str:
    return type(change).__name__.lower()


def _subject(change: Change, done: Done, before: str | None) -> str:
    """Return how a reader knows the thing that changed."""
    if isinstance(change, Write):
        return "" if done.file == SOURCE else done.file
    source = before if isinstance(change, Remove) else done.files.source
    place = change.at if isinstance(change, Remove | Set) else done.at
    naming = shape_at(place).naming
    document = Document(source or "")
    if isinstance(change, Move):
        document = Document(done.files.source)
    thing = document.get((*place, naming) if naming else place)
    return str(thing.get("vi", "") if isinstance(thing, dict) else thing or "")
