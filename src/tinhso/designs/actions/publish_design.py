"""Put a design into force, put an older version into force again, or let the packs' file count again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions import officially
from tinhso.designs import policies, queries, refusals, soundness, writing
from tinhso.designs.events import DesignPublished, ProcedureGivenBack, VersionRestored
from tinhso.designs.models import Design
from tinhso.kernel import ledger
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor


@transaction.atomic
def publish_design(
    *, actor: Actor, at: datetime, design_id: UUID, revision: int, seen_version: UUID | None
) -> UUID:
    """
    Make a proposed design the version in force, in every process with its next question.

    Dossiers and drafts keep the version they were begun under.

    :param seen_version: the version in force the difference was read against
    :raises NotFound, NotPublishing, OwnProposal: see there
    :raises DesignNotOpen, DesignChanged: it is not proposed; somebody changed it meanwhile
    :raises CurrentMoved: another version is in force by now
    :raises HasMistakes, NoExample, ExamplesFail, CodeChanged: see :func:`soundness.require_sound`
    """
    design = queries.lock_design(actor=actor, design_id=design_id)

    post = policies.require_publishing(actor, agency_id=design.agency_id)
    policies.require_second(actor, design=design)

    writing.require_revision(design, revision)
    if design.state != Design.State.PROPOSED:
        raise refusals.DesignNotOpen(state=writing.WORDS[Design.State(design.state)])
    candidate = soundness.require_sound(design, at=at)
    current = queries.in_force(candidate.code)
    if (current.version_id if current else None) != seen_version:
        raise refusals.CurrentMoved

    signed = actor.acting_from(post)
    version_id = officially.publish_candidate(actor=signed, at=at, candidate=candidate)
    design.state, design.published_id = Design.State.PUBLISHED, version_id
    writing.touch(design, actor=actor, at=at)

    event = DesignPublished(
        design_id=design.pk,
        code=candidate.code,
        version_id=version_id,
        proposed_by=str(design.proposed_by_id),
        reason=design.reason,
        decision=design.decision,
    )
    ledger.record(actor=signed, at=at, event=event)
    return version_id


@transaction.atomic
def restore_version(
    *, actor: Actor, at: datetime, code: str, version_id: UUID, reason: str, decision: str
) -> UUID:
    """
    Put an older version into force again: the way back from a publication that was wrong.

    :raises NotPublishing: the actor does not publish the catalogue
    :raises ReasonAndDecision: one of them is not said
    :raises VersionUnknown, CurrentAlready: see :func:`officially.publish_version`
    """
    post = policies.require_publishing(actor)

    if not normalise(reason) or not normalise(decision):
        raise refusals.ReasonAndDecision

    signed = actor.acting_from(post)
    officially.publish_version(actor=signed, at=at, code=code, version_id=version_id)

    event = VersionRestored(
        version_id=version_id, code=code, reason=normalise(reason), decision=normalise(decision)[:120]
    )
    ledger.record(actor=signed, at=at, event=event)
    return version_id


@transaction.atomic
def give_back_procedure(*, actor: Actor, at: datetime, code: str, reason: str) -> UUID | None:
    """
    Let the file of the packs count again for a procedure that was published from the desk.

    :raises NotPublishing: the actor does not publish the catalogue
    :raises ReasonAndDecision: no reason is said
    :raises NotInPacks: there is no such file
    """
    post = policies.require_publishing(actor)

    if not normalise(reason):
        raise refusals.ReasonAndDecision

    version_id = officially.give_back(at=at, code=code)

    if version_id is not None:
        event = ProcedureGivenBack(version_id=version_id, code=code, reason=normalise(reason))
        ledger.record(actor=actor.acting_from(post), at=at, event=event)
    return version_id
