"""Put a design before whoever publishes, or take it back to write on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.designs import policies, queries, refusals, soundness, writing
from tinhso.designs.events import DesignDiscarded, DesignProposed, DesignReturned
from tinhso.designs.models import Design
from tinhso.kernel import ledger
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor


@transaction.atomic
def propose_design(
    *, actor: Actor, at: datetime, design_id: UUID, revision: int, reason: str, decision: str
) -> None:
    """
    Propose the design for publication: sound, tried, with its reason and the decision behind it.

    :raises NotFound, NotWriting, DesignNotOpen, DesignChanged: see :func:`edit_design`
    :raises ReasonAndDecision: one of them is not said
    :raises HasMistakes, NoExample, ExamplesFail, CodeChanged: see :func:`soundness.require_sound`
    """
    design = queries.lock_design(actor=actor, design_id=design_id)

    post = policies.require_writing(actor, agency_id=design.agency_id)

    writing.require_draft(design)
    writing.require_revision(design, revision)
    if not normalise(reason) or not normalise(decision):
        raise refusals.ReasonAndDecision
    candidate = soundness.require_sound(design, at=at)

    design.state, design.returned = Design.State.PROPOSED, ""
    design.reason, design.decision = normalise(reason), normalise(decision)[:120]
    design.proposed_by_id, design.proposed_at = actor.signed_in_as, at
    writing.touch(design, actor=actor, at=at)

    event = DesignProposed(
        design_id=design.pk,
        code=design.code,
        content_hash=candidate.content_hash,
        decision=design.decision,
    )
    ledger.record(actor=actor.acting_from(post), at=at, event=event)


@transaction.atomic
def return_design(*, actor: Actor, at: datetime, design_id: UUID, revision: int, why: str = "") -> None:
    """
    Let a proposed design be written on.

    :param why: what whoever publishes wants changed; empty when it is taken back by those who write
    :raises NotFound, NotWriting, DesignChanged: see :func:`edit_design`
    :raises DesignNotOpen: it is not proposed
    """
    design = queries.lock_design(actor=actor, design_id=design_id)

    post = next((one for one in actor.posts if one.agency_id == design.agency_id), None)
    policies.require_entering(actor)

    writing.require_revision(design, revision)
    if design.state != Design.State.PROPOSED:
        raise refusals.DesignNotOpen(state=writing.WORDS[Design.State(design.state)])

    design.state, design.returned = Design.State.DRAFT, normalise(why)
    writing.touch(design, actor=actor, at=at)

    signed = actor.acting_from(post) if post else actor
    ledger.record(actor=signed, at=at, event=DesignReturned(design_id=design.pk, code=design.code))


@transaction.atomic
def discard_design(*, actor: Actor, at: datetime, design_id: UUID, revision: int) -> None:
    """
    Put a design aside for good; its files and edits stay in the database.

    :raises NotFound, NotWriting, DesignNotOpen, DesignChanged: see :func:`edit_design`
    """
    design = queries.lock_design(actor=actor, design_id=design_id)

    post = policies.require_writing(actor, agency_id=design.agency_id)

    writing.require_draft(design)
    writing.require_revision(design, revision)

    design.state = Design.State.DISCARDED
    writing.touch(design, actor=actor, at=at)

    event = DesignDiscarded(design_id=design.pk, code=design.code)
    ledger.record(actor=actor.acting_from(post), at=at, event=event)
