"""Look for records that are there twice, and let a person decide."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions.registers.reading import register
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.ids import new_id
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers import hand, policies
from tinhso.registers.events import TwinsDecided, TwinsSought
from tinhso.registers.models import LikelyTwin, RecordVersion
from tinhso.registers.refusals import RecordMissing
from tinhso.registers.twins.blocking import pairs
from tinhso.registers.twins.columns import read_records
from tinhso.registers.twins.scoring import agreeing, likely
from tinhso.registers.types import Moment

CHUNK = 2000


@transaction.atomic
def seek_twins(*, actor: Actor, at: datetime, register_id: str) -> int:
    """
    Compare the records in force that share a block (``twins.blocking``); return how many pairs are new.

    What a person has decided is not asked again. :raises NotAllowed: not the system itself
    """
    definition = register(register_id)
    locks.hold(f"registers/twins/{register_id}")

    require_system(actor)

    rows = RecordVersion.objects.filter(register=register_id).as_of(Moment(local(at).date())).in_force()
    records = read_records(definition, rows)
    found = likely(records, pairs(records))

    twins = [
        LikelyTwin(
            register=register_id,
            first_id=records.id_of(first),
            second_id=records.id_of(second),
            likeness=score,
            why=list(agreeing(records, first, second)),
            found_at=at,
        )
        for (first, second), score in sorted(found.items())
    ]
    before = LikelyTwin.objects.filter(register=register_id).count()
    LikelyTwin.objects.bulk_create(twins, ignore_conflicts=True, batch_size=CHUNK)
    new = LikelyTwin.objects.filter(register=register_id).count() - before

    event = TwinsSought(search_id=new_id(), register=register_id, found=new)
    ledger.record(actor=actor, at=at, event=event)
    return new


@transaction.atomic
def decide_twins(*, actor: Actor, at: datetime, twin_id: UUID, are_one: bool) -> None:
    """
    Say whether the two are about one thing. Who says yes merges them next, with ``merge_records``.

    :raises RecordMissing: there is no such pair, or the actor sees not both
    :raises NotYourRegister, TruthIsOutside: the actor may not settle records of the register
    """
    twin = LikelyTwin.objects.select_for_update(no_key=True).filter(pk=twin_id).first()
    if twin is None:
        raise RecordMissing
    first, second = (hand.lock(actor=actor, at=at, record_id=one) for one in (twin.first_id, twin.second_id))

    actor = policies.require_writer(
        actor=actor,
        definition=first.definition,
        unit_keys=first.unit_keys | second.unit_keys,
        deed="settle",
    )

    twin.decision = LikelyTwin.Decision.TWINS if are_one else LikelyTwin.Decision.TWO
    twin.decided_by, twin.decided_at = actor.ref.id, at
    twin.save()

    event = TwinsDecided(twin_id=twin_id, register=twin.register, decision=twin.decision)
    ledger.record(actor=actor, at=at, event=event)
