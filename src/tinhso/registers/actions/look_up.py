"""Ask registers instead of the person: once only."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from tinhso.definitions.registers.reading import registers
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.definitions.types import Procedure, Question
from tinhso.kernel.clock import local
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.registers import consents, sight, words
from tinhso.registers.asking import Given, Purpose, note_given, record_asked
from tinhso.registers.columns import matches
from tinhso.registers.models import RecordVersion
from tinhso.registers.types import Known, LookPurpose, Moment


@transaction.atomic
def look_up(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    procedure: Procedure,
    subject_id: UUID,
    known_already: Collection[str] = (),
) -> tuple[Known, ...]:
    """
    Return what registers know of the person for questions that say ``from``; every value that is given is
    noted.

    Only what the person may see of themselves is given, and only where one record in force is about them: of
    several nobody can say which is meant. A register that needs consent is not asked without it.

    :param person_id: the applicant; the caller has checked that the actor may act for them
    :param subject_id: the draft it is for
    :param known_already: questions that were answered before and are not looked up again
    """
    number = people.person(person_id).personal_id
    wanted = [question for question in procedure.questions() if question.origin]
    closed = {one.register for one in consents.missing(procedure, person_id=person_id, language="vi")}
    wanted = [one for one in wanted if register_of(one) not in closed and one.id not in known_already]

    found = list(_found(number, wanted, at=at)) if number else []
    if not found:
        return ()

    sentence = gettext_noop("Điền sẵn tờ khai «%(procedure)s»")
    purpose = Purpose.of(LookPurpose.PREFILL, sentence, procedure=procedure.name)
    given = [Given(known.question, version, known.field) for known, version in found]
    note_given(actor=actor, at=at, person_id=person_id, subject_id=subject_id, purpose=purpose, given=given)

    record_asked(actor=actor, at=at, subject_id=subject_id, given=given)
    return tuple(known for known, _version in found)


def _found(number: str, wanted: list[Question], *, at: datetime) -> Iterator[tuple[Known, RecordVersion]]:
    held: dict[str, RecordVersion | None] = {}
    for question in wanted:
        definition, name = named(question.origin or "")
        if definition is None or name not in _shown(definition):
            continue
        if definition.id not in held:
            held[definition.id] = _of_subject(definition, number, at=at)
        version = held[definition.id]
        value = version.values.get(name) if version else None
        if version is not None and value is not None:
            yield _known(question, definition, name, version, value), version


def register_of(question: Question) -> str:
    """Return the register that the question asks; empty for none."""
    return ".".join((question.origin or "").split(".", 2)[:2])


def named(origin: str) -> tuple[RegisterDefinition | None, str]:
    """Return the register and the field of ``civil-status.births.child.full_name``."""
    *register_id, name = origin.split(".", 2)
    return registers().get(".".join(register_id)), name


def _shown(definition: RegisterDefinition) -> frozenset[str]:
    return frozenset(one.id for one in definition.fields if not one.seen_by or sight.SUBJECT in one.seen_by)


def _of_subject(definition: RegisterDefinition, number: str, *, at: datetime) -> RecordVersion | None:
    """Return the one record in force about the person; None where there is none, or several."""
    if not definition.subjects:
        return None
    asked = f"{words.quoted(words.of_register(definition.id))} & {words.quoted(words.about(number))}"
    rows = RecordVersion.objects.as_of(Moment(local(at).date())).in_force()
    found = rows.filter(matches(asked), register=definition.id)
    mine = [one for one in found[:50] if one.values.get(definition.subjects[0]) == number]
    return mine[0] if len(mine) == 1 else None


def _known(
    question: Question, definition: RegisterDefinition, name: str, version: RecordVersion, value: object
) -> Known:
    return Known(
        question=question.id,
        value=value,
        register=definition.id,
        register_name=definition.name.vi,
        record_id=version.record_id,
        field=name,
        known_from=version.known_from,
        key=version.key,
    )
