"""Hear no more of a matter, and hear of it again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.outreach.events import RefusalTakenBack, SuggestionRefused
from tinhso.outreach.models import SuggestionRefusal
from tinhso.outreach.queries import is_told_of
from tinhso.people.types import Actor, ActorKind


@transaction.atomic
def refuse_suggestion(*, actor: Actor, at: datetime, rule: str, key: str) -> UUID:
    """
    Write down that the person wants to hear no more of this matter; twice is once.

    :param rule: id of a rule, or ``result_expires``
    :param key: the fact or the document, as the list names it
    :raises NotFound: nothing of the kind was proposed to the person
    :raises NotAllowed: not a citizen's own account
    """
    person_id = _own_person(actor)
    locks.hold(f"outreach/{person_id}")

    if not is_told_of(actor=actor, at=at, rule=rule, key=key):
        raise NotFound

    refusal, is_new = SuggestionRefusal.objects.get_or_create(
        person_id=person_id, rule=rule, key=key, taken_back_at=None, defaults={"refused_at": at}
    )

    if is_new:
        ledger.record(actor=actor, at=at, event=SuggestionRefused(refusal_id=refusal.id, rule=rule))
    return refusal.id


@transaction.atomic
def take_back_refusal(*, actor: Actor, at: datetime, refusal_id: UUID) -> None:
    """Hear of the matter again; twice is once. :raises NotFound: absent, or another's"""
    rows = SuggestionRefusal.objects.visible_to(actor).select_for_update()
    refusal = rows.filter(pk=refusal_id).first()
    if refusal is None:
        raise NotFound

    if refusal.taken_back_at is not None:
        return

    refusal.taken_back_at = at
    refusal.save(update_fields=["taken_back_at"])

    event = RefusalTakenBack(refusal_id=refusal.id, rule=refusal.rule)
    ledger.record(actor=actor, at=at, event=event)


def _own_person(actor: Actor) -> UUID:
    if actor.kind is not ActorKind.CITIZEN or actor.person_id is None:
        raise NotAllowed
    return actor.person_id
