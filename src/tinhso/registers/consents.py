"""Consent to ask a register, where the law wants it: what is needed, what was given, and how it reads."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.definitions.registers.reading import registers
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.definitions.types import Procedure
from tinhso.people.types import Actor
from tinhso.registers.models import Consent


@dataclass(frozen=True, slots=True)
class Need:
    """
    One consent a procedure needs.

    :param wording: what the person agrees to, whole, in the language of the page
    :param questions: ids that the register would answer
    """

    register: str
    register_name: str
    wording: str
    law: str
    questions: tuple[str, ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.wording.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ConsentView:
    """A consent as the person is told of it."""

    id: UUID
    register: str
    register_name: str
    procedure: str
    wording: str
    law: str
    way: str
    given_at: datetime
    revoked_at: datetime | None


def needs(procedure: Procedure, language: str) -> tuple[Need, ...]:
    """Return every consent the procedure needs, one for each register: none is bundled with another."""
    found: dict[str, Need] = {}
    for definition, ids in _asked(procedure).items():
        if need := _need(procedure, registers()[definition], ids, language):
            found[definition] = need
    return tuple(found.values())


def missing(
    procedure: Procedure, *, person_id: UUID, language: str, only: Iterable[str] | None = None
) -> tuple[Need, ...]:
    """
    Return the consents the person has not given; one question.

    :param only: needs about one of these questions; None for all
    """
    wanted = needs(procedure, language)
    if only is not None:
        shown = frozenset(only)
        wanted = tuple(one for one in wanted if shown & set(one.questions))
    if not wanted:
        return ()
    given = standing(person_id, procedure.code)
    return tuple(one for one in wanted if one.register not in given)


def standing(person_id: UUID, procedure: str) -> frozenset[str]:
    """Return the registers for which the person's consent stands in this procedure."""
    rows = Consent.objects.filter(person_id=person_id, procedure=procedure, revoked_at=None)
    return frozenset(rows.values_list("register", flat=True))


def consents_of(*, actor: Actor, language: str = "vi") -> tuple[ConsentView, ...]:
    """Return the consents of the actor's own person, the newest first; none for who has no person."""
    if actor.person_id is None:
        return ()
    known = registers()
    return tuple(
        ConsentView(
            id=row.pk,
            register=row.register,
            register_name=known[row.register].name.into(language) if row.register in known else row.register,
            procedure=row.procedure,
            wording=row.wording,
            law=row.law,
            way=row.way,
            given_at=row.given_at,
            revoked_at=row.revoked_at,
        )
        for row in Consent.objects.filter(person_id=actor.person_id).order_by("-given_at")[:200]
    )


def needs_consent(procedure: Procedure, register_id: str) -> bool:
    """Tell whether the register may only be asked with consent, for any question or paper."""
    return any(one.register == register_id for one in needs(procedure, "vi"))


def _asked(procedure: Procedure) -> dict[str, list[str]]:
    """Return register → what it would answer: questions, and papers its data stand for."""
    found: dict[str, list[str]] = {}
    for question in procedure.questions():
        if question.origin:
            found.setdefault(".".join(question.origin.split(".", 2)[:2]), []).append(question.id)
    for paper in procedure.papers:
        for one in paper.replaced_by:
            found.setdefault(one.register_id, []).append(paper.id)
    return {one: ids for one, ids in found.items() if one in registers()}


def _need(procedure: Procedure, definition: RegisterDefinition, ids: list[str], language: str) -> Need | None:
    marked = next((one for one in procedure.questions() if one.id in ids and one.consent), None)
    if marked is not None:
        purpose, law = marked.consent.into(language), marked.consent_law
    elif definition.consent is not None:
        purpose, law = definition.consent.purpose.into(language), definition.consent.law
    else:
        return None
    wording = _(
        "Tôi đồng ý để hệ thống tra «%(register)s» về tôi khi làm thủ tục «%(procedure)s». "
        "Mục đích: %(purpose)s Tôi rút lại được bất cứ lúc nào ở trang «Dữ liệu về tôi»; "
        "không đồng ý thì tôi tự khai."
    ) % {
        "register": definition.name.into(language),
        "procedure": procedure.name.into(language),
        "purpose": purpose,
    }
    return Need(definition.id, definition.name.into(language), wording, law, tuple(ids))
