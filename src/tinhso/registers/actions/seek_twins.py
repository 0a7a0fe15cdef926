"""Look for records that are there twice, and let a person decide."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db import transaction

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.ids import new_id
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers import hand, policies
from tinhso.registers.events import TwinsDecided, TwinsSought
from tinhso.registers.likeness import ENOUGH, Likeness, blocks, likeness
from tinhso.registers.models import LikelyTwin, RecordVersion
from tinhso.registers.refusals import RecordMissing
from tinhso.registers.types import Moment, Values

# A block larger than this says nothing: «Nguyễn Thị Hoa» alone is no likeness.
LARGEST_BLOCK = 60
CHUNK = 2000
Found = dict[tuple[UUID, UUID], Likeness]


@transaction.atomic
def seek_twins(*, actor: Actor, at: datetime, register_id: str) -> int:
    """
    Compare the records in force that have a number or a name in common; return how many new pairs were found.

    What a person has decided is not asked again. :raises NotAllowed: not the system itself
    """
    definition = register(register_id)
    locks.hold(f"registers/twins/{register_id}")

    require_system(actor)

    pairs = _alike(definition, _values(definition, at=at))

    rows = [
        LikelyTwin(
            register=register_id,
            first_id=first,
            second_id=second,
            likeness=found.score,
            why=list(found.agree),
            found_at=at,
        )
        for (first, second), found in pairs.items()
    ]
    before = LikelyTwin.objects.filter(register=register_id).count()
    LikelyTwin.objects.bulk_create(rows, ignore_conflicts=True, batch_size=CHUNK)
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


def _values(definition: RegisterDefinition, *, at: datetime) -> dict[UUID, Values]:
    rows = RecordVersion.objects.filter(register=definition.id).as_of(Moment(local(at).date())).in_force()
    return dict(rows.values_list("record_id", "values").iterator(chunk_size=CHUNK))


def _alike(definition: RegisterDefinition, known: dict[UUID, Values]) -> Found:
    found: Found = {}
    for pair in _together(definition, known):
        if pair not in found:
            alike = likeness(definition, known[pair[0]], known[pair[1]])
            if alike.score >= ENOUGH:
                found[pair] = alike
    return found


def _together(definition: RegisterDefinition, known: dict[UUID, Values]) -> Iterator[tuple[UUID, UUID]]:
    """Yield the pairs that share a block, the older record first."""
    by_block: dict[str, list[UUID]] = defaultdict(list)
    for record_id, values in known.items():
        for block in blocks(definition, values):
            by_block[block].append(record_id)
    for members in by_block.values():
        if 1 < len(members) <= LARGEST_BLOCK:
            yield from combinations(sorted(members), 2)
