"""What registers know of a person, and what they were asked for: for the person's own eyes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.definitions.registers.reading import register, registers
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.people import queries as people
from tinhso.people.types import Actor, ActorKind
from tinhso.registers import viewing, words
from tinhso.registers.columns import matches
from tinhso.registers.models import RecordVersion, RegisterLook
from tinhso.registers.types import Moment, RecordView

MOST = 200
MOST_LOOKS = 100


@dataclass(frozen=True, slots=True)
class Held:
    """One record that is about the person, as far as they see it."""

    definition: RegisterDefinition
    record: RecordView


@dataclass(frozen=True, slots=True)
class Looked:
    """
    A register was asked instead of the person.

    :param field: its label; empty where the whole record was looked at
    :param purpose: in words; ``code`` of ``types.LookPurpose``
    """

    at: datetime
    register: str
    field: str
    purpose: str
    subject_id: UUID
    code: str = ""


def records_about(*, actor: Actor, at: datetime) -> tuple[Held, ...]:
    """Return the records in force about the actor's own person, by register; one question."""
    if actor.kind is not ActorKind.CITIZEN or actor.person_id is None:
        return ()
    number = people.person(actor.person_id).personal_id
    with_subjects = [one.id for one in registers().values() if one.subjects]
    if not number or not with_subjects:
        return ()
    rows = RecordVersion.objects.as_of(Moment(local(at).date())).in_force()
    mine = rows.filter(matches(words.quoted(words.about(number))), register__in=with_subjects)
    found = list(mine.select_related("record").order_by("register", "-known_from")[:MOST])
    held = (
        Held(register(row.register), view)
        for row in found
        for view in viewing.views(actor, register(row.register), [row])
    )
    return tuple(sorted(held, key=lambda one: one.definition.name.vi))


def looks_of(*, actor: Actor, language: str = "vi") -> tuple[Looked, ...]:
    """Return what registers were asked about the actor's own person, the newest first; one question."""
    if actor.kind is not ActorKind.CITIZEN or actor.person_id is None:
        return ()
    rows = RegisterLook.objects.filter(person_id=actor.person_id).select_related("version")
    return tuple(_looked(row, language) for row in rows.order_by("-at", "-pk")[:MOST_LOOKS])


def purposes_of(
    *, actor: Actor, at: Iterable[datetime], language: str
) -> dict[tuple[datetime, UUID | None], str]:
    """
    Return what registers were asked for at these moments about the actor's own person, in words, by moment
    and draft: for their log, which keeps the words of one language; one question.
    """
    if actor.person_id is None:
        return {}
    rows = RegisterLook.objects.filter(person_id=actor.person_id, at__in=list(at)).order_by("at", "pk")
    found = rows.values_list("at", "subject_id", "purpose_words")
    return {(moment, subject): said.get(language) or said["vi"] for moment, subject, said in found}


def _looked(row: RegisterLook, language: str) -> Looked:
    definition = registers().get(row.version.register)
    field = definition.by_id.get(row.field) if definition else None
    return Looked(
        at=row.at,
        register=definition.name.into(language) if definition else row.version.register,
        field=field.label.into(language) if field else "",
        purpose=row.purpose_words.get(language) or row.purpose_words["vi"],
        code=row.purpose,
        subject_id=row.subject_id,
    )
