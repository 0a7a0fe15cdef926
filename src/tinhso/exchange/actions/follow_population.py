"""Take in what the population database changed since we asked last."""

import logging
from datetime import datetime

from django.db import transaction
from pydantic import ValidationError

from tinhso.definitions.registers.reading import registers
from tinhso.exchange.models import FeedPosition
from tinhso.exchange.population.client import Population, PopulationUnreachable
from tinhso.exchange.population.contract import Answer, Feed, Told
from tinhso.kernel import locks
from tinhso.kernel.refusals import Refusal
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers.actions.receive_envelope import receive_envelope

_log = logging.getLogger(__name__)
MOST_REFUSED = 200


def follow_population(*, actor: Actor, at: datetime, population: Population, feed: Feed) -> int:
    """
    Take in changes page by page until none is left; return how many were new.

    Each page is a transaction that also moves the place on: nothing is lost and nothing done twice, and what
    was seen before changes nothing. A record that cannot be taken in is kept by its id with the reason, and
    holds the others up no longer than that. The truth stays theirs: nothing is ever sent back.

    :raises NotAllowed: not the system itself
    :raises PopulationUnreachable: what came until then is kept
    """
    require_system(actor)
    if feed.register_id not in registers():
        return 0
    taken = 0
    while True:
        place = FeedPosition.objects.filter(pk=feed.register_id).values_list("place", flat=True).first() or 0
        answer = population.changes(feed, after=place)
        taken += _take(actor, at, feed, answer, place=place)
        if answer.Sau <= place:
            return taken


@transaction.atomic
def _take(actor: Actor, at: datetime, feed: Feed, answer: Answer, *, place: int) -> int:
    locks.hold(f"exchange/population/{feed.register_id}")
    row, _made = FeedPosition.objects.get_or_create(pk=feed.register_id, defaults={"asked_at": at})
    if row.place != place:  # another worker was quicker
        return 0
    taken, refused = 0, dict(row.refused)
    for one in answer.BanGhi:
        record_id = str(one.get("IdBanGhi", ""))[:80]
        try:
            with transaction.atomic():
                envelope = Told.model_validate(one).envelope(feed)
                written = receive_envelope(
                    actor=actor, at=at, register_id=feed.register_id, envelope=envelope
                )
        except (Refusal, ValidationError) as problem:
            sentence = problem.sentence() if isinstance(problem, Refusal) else "Gói tin không đọc được."
            refused[record_id] = sentence[:300]
            _log.warning("%s: an envelope was not taken in", feed.register_id)
        else:
            refused.pop(record_id, None)
            taken += written.changed
    row.place, row.asked_at = max(place, answer.Sau), at
    row.refused = dict(list(refused.items())[-MOST_REFUSED:])
    row.save()
    return taken


__all__ = ["PopulationUnreachable", "follow_population"]
