"""One run of the job that writes an export."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from tinhso.dossiers.actions.make_export import (
    Begun,
    Stopped,
    begin_export,
    fail_export,
    keep_export,
    tell_progress,
)
from tinhso.dossiers.exporting.making import Made, make, room_for_it
from tinhso.kernel.refusals import Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor


def run(*, system: Actor, export_id: UUID, now: Callable[[], datetime]) -> None:
    """
    Write the export, keep it, or say why not. Run again, it begins anew; nothing is kept twice.

    :param system: who gives up, when the officer's account is closed
    :param now: tells the time; writing takes minutes, and the file's day begins when it is there
    """
    begun = begin_export(export_id=export_id)
    if begun is None:
        return
    try:
        with room_for_it() as made:
            _write(made, begun=begun, now=now)
    except Refusal as refusal:
        _give_up(system=system, at=now(), begun=begun, refusal=refusal)
    except Stopped:
        return


def _write(made: Made, *, begun: Begun, now: Callable[[], datetime]) -> None:
    at = now()
    make(
        made,
        actor=people.actor_of(begun.account_id, at=at),
        at=at,
        format_=begun.format,
        selection=begun.selection,
        language=begun.language,
        tell=lambda done: tell_progress(begun=begun, done=done),
    )
    # Rights may have ended while it was written.
    ends = now()
    keep_export(actor=people.actor_of(begun.account_id, at=ends), at=ends, begun=begun, made=made)


def _give_up(*, system: Actor, at: datetime, begun: Begun, refusal: Refusal) -> None:
    give_up = partial(fail_export, actor=system, at=at, begun=begun)
    try:
        give_up(refusal=refusal)
    except Stopped:
        return
