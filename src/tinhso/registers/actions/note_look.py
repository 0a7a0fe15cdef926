"""Whoever a record is about reads in their own log which officer looked at it."""

from datetime import datetime

from tinhso.definitions.registers.reading import register
from tinhso.people.actions import note_access
from tinhso.people.queries.persons import persons_numbered
from tinhso.people.types import AccessPurpose, Actor
from tinhso.registers.types import RecordView


def note_look(*, actor: Actor, at: datetime, view: RecordView) -> None:
    """
    Note that an officer saw the record, for each person it is about whose number they saw.

    :param view: as the officer saw it
    """
    definition = register(view.register)
    if not actor.is_officer or not definition.subjects:
        return
    numbers = {str(view.values[name]) for name in definition.subjects if name in view.values}
    for person_id in persons_numbered(numbers).values() if numbers else ():
        note_access(
            actor=actor,
            at=at,
            person_id=person_id,
            purpose=AccessPurpose.REGISTER,
            subject_id=view.id,
            reason=definition.name.vi,
        )
