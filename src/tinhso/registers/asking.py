"""A register was asked about a person: what was given is noted for them, whoever asked and for what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation

from tinhso.definitions.types import Text
from tinhso.kernel import ledger
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose, Actor
from tinhso.registers.events import RegisterAsked
from tinhso.registers.models import RecordVersion, RegisterLook
from tinhso.registers.types import LookPurpose

LANGUAGES = ("vi", "en")
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Given:
    """
    One thing a register gave.

    :param question: the question, or the paper, that it was given for
    :param field: empty for the whole record
    """

    question: str
    version: RecordVersion
    field: str = ""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What it was asked for. :param words: by language, as the person reads them"""

    code: LookPurpose
    words: Mapping[str, str]

    @classmethod
    def of(cls, code: LookPurpose, sentence: str, **names: Text) -> "Purpose":
        """
        Return the purpose in every language the site speaks.

        :param sentence: a source sentence, marked with ``gettext_noop``; ``names`` fill it
        """
        found = {}
        for language in LANGUAGES:
            with translation.override(language):
                said = {name: text.into(language) for name, text in names.items()}
                found[language] = (translation.gettext(sentence) % said)[:LONGEST]
        return cls(code, found)


def note_given(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    subject_id: UUID,
    purpose: Purpose,
    given: Sequence[Given],
) -> None:
    """Keep a look for each thing, and a line in the person's log for all of them."""
    RegisterLook.objects.bulk_create(
        RegisterLook(
            at=at,
            person_id=person_id,
            actor_id=actor.ref.id,
            version=one.version,
            field=one.field,
            subject_id=subject_id,
            question=one.question,
            purpose=purpose.code,
            purpose_words=dict(purpose.words),
        )
        for one in given
    )
    note_access(
        actor=actor,
        at=at,
        person_id=person_id,
        purpose=AccessPurpose.DOSSIER,
        subject_id=subject_id,
        reason=purpose.words["vi"],
    )


def record_asked(*, actor: Actor, at: datetime, subject_id: UUID, given: Sequence[Given]) -> None:
    """Write to the ledger what was asked, and which versions answered."""
    event = RegisterAsked(
        draft_id=subject_id,
        questions=tuple(dict.fromkeys(one.question for one in given)),
        version_ids=tuple(dict.fromkeys(one.version.pk for one in given)),
    )
    ledger.record(actor=actor, at=at, event=event)
