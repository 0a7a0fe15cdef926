"""Acting for another."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.people import policies
from tinhso.people.events import MandateGiven, MandateRevoked
from tinhso.people.models import Mandate, MandateKind, Organisation, Person
from tinhso.people.types import Actor, ActorKind

# What a person may give by themselves; the rest is a fact of law that an officer must have seen on paper.
GIVEN_BY_ONESELF = frozenset({MandateKind.REPRESENTATIVE})
ENDED_BY_ONESELF = GIVEN_BY_ONESELF | {MandateKind.ASSISTED}


class MandateMalformed(Invalid):
    code = "mandate-malformed"
    message = _("Ủy quyền phải cho một người khác, có căn cứ và thời hạn hợp lệ. Hãy xem lại.")


class ScopeUnknown(Invalid):
    code = "scope-unknown"
    message = _("Không có thủ tục mang mã «%(code)s» trong danh mục. Hãy chọn lại thủ tục.")


@transaction.atomic
def give_mandate(
    *,
    actor: Actor,
    at: datetime,
    agent_person_id: UUID,
    until_at: datetime,
    evidence: str,
    scope: tuple[str, ...] = (),
) -> UUID:
    """
    Let another person act for oneself until a moment; return the mandate's id.

    :param scope: procedure codes; empty for all
    :raises NotAllowed: the actor is not a citizen acting in their own name
    :raises NotFound: there is no such agent
    :raises MandateMalformed: to oneself, already over, or without a reason
    :raises ScopeUnknown: the scope names what is no procedure on offer
    """
    if actor.person_id is None:
        raise NotFound
    principal = _lock_person(actor.person_id)

    policies.require_self(actor, person_id=principal.pk)

    return _give(
        actor=actor,
        at=at,
        kind=MandateKind.REPRESENTATIVE,
        principal_id=principal.pk,
        organisation_id=None,
        agent_id=_existing(agent_person_id),
        scope=scope,
        until_at=until_at,
        evidence=evidence,
    )


@transaction.atomic
def record_mandate(
    *,
    actor: Actor,
    at: datetime,
    agency_id: UUID,
    kind: str,
    agent_person_id: UUID,
    principal_person_id: UUID | None = None,
    principal_organisation_id: UUID | None = None,
    evidence: str,
    scope: tuple[str, ...] = (),
    until_at: datetime | None = None,
) -> UUID:
    """
    Record at the counter a mandate that papers prove: a parent, a guardian, a representative.

    :param evidence: which paper was seen, e.g. «Giấy khai sinh số 12/2019, UBND xã Bình Liêu»
    :raises NotAllowed: the actor is no one-stop officer of the agency, nor the system, or is the agent
    :raises NotFound: a person or organisation is absent, or the agency has never met the one who is to act
    :raises ScopeUnknown: the scope names what is no procedure on offer
    """
    if principal_person_id is not None:
        _lock_person(principal_person_id)

    if actor.kind is not ActorKind.SYSTEM:
        policies.require_counter(actor, agency_id=agency_id)
        policies.require_another(actor, person_id=agent_person_id)

    if kind not in MandateKind.values or kind == MandateKind.ASSISTED:
        raise MandateMalformed
    if (principal_person_id is None) == (principal_organisation_id is None):
        raise MandateMalformed
    if actor.kind is not ActorKind.SYSTEM and not _sees(actor, agent_person_id):
        raise NotFound
    if principal_organisation_id and not Organisation.objects.filter(pk=principal_organisation_id).exists():
        raise NotFound

    return _give(
        actor=actor,
        at=at,
        kind=MandateKind(kind),
        principal_id=principal_person_id,
        organisation_id=principal_organisation_id,
        agent_id=_existing(agent_person_id),
        scope=scope,
        until_at=until_at,
        evidence=evidence,
    )


@transaction.atomic
def revoke_mandate(*, actor: Actor, at: datetime, mandate_id: UUID) -> None:
    """
    End a mandate now: by the one who gave it, the one who holds it, a counter officer or the system.

    :raises NotFound: there is none in force that the actor has to do with
    """
    row = Mandate.objects.select_for_update().in_force(at).filter(pk=mandate_id).first()
    if row is None or not _may_revoke(actor, row):
        raise NotFound

    row.revoked_at = at
    row.save(update_fields=["revoked_at"])

    ledger.record(actor=actor, at=at, event=MandateRevoked(mandate_id=row.pk))


def _may_revoke(actor: Actor, row: Mandate) -> bool:
    if actor.kind is ActorKind.SYSTEM:
        return True
    if actor.kind is ActorKind.CITIZEN:
        # A parent's or guardian's right comes from law: the one it protects cannot end it with a click.
        head = row.organisation.representative_id if row.organisation else row.principal_id
        ends_own = row.kind in ENDED_BY_ONESELF and head == actor.person_id
        return row.agent_id == actor.person_id or ends_own
    if row.agent_account_id is not None and row.agent_account_id == actor.account_id:
        return True
    return _sees_principal(actor, row) and any(post.role == "one_stop" for post in actor.posts)


def _sees_principal(actor: Actor, row: Mandate) -> bool:
    if row.principal_id is not None:
        return _sees(actor, row.principal_id)
    seen = Organisation.objects.visible_to(actor)
    return row.organisation_id is not None and seen.filter(pk=row.organisation_id).exists()


def _give(
    *,
    actor: Actor,
    at: datetime,
    kind: MandateKind,
    principal_id: UUID | None,
    organisation_id: UUID | None,
    agent_id: UUID,
    scope: tuple[str, ...],
    until_at: datetime | None,
    evidence: str,
) -> UUID:
    if agent_id == principal_id or not evidence.strip() or (until_at is not None and until_at <= at):
        raise MandateMalformed
    require_known(scope)
    row = Mandate.objects.create(
        principal_id=principal_id,
        organisation_id=organisation_id,
        agent_id=agent_id,
        kind=kind,
        scope=sorted(set(scope)),
        from_at=at,
        until_at=until_at,
        evidence=normalise(evidence)[:400],
        given_at=at,
    )
    event = MandateGiven(
        mandate_id=row.pk,
        mandate_kind=kind.value,
        principal_person_id=principal_id,
        principal_organisation_id=organisation_id,
    )
    ledger.record(actor=actor, at=at, event=event)
    return row.pk


def require_known(scope: tuple[str, ...]) -> None:
    """:raises ScopeUnknown: a code is of no procedure on offer"""
    offered = {one.procedure.code for one in catalogue.all_current()} if scope else set()
    if unknown := sorted(set(scope) - offered):
        raise ScopeUnknown(code=unknown[0])


def _sees(actor: Actor, person_id: UUID) -> bool:
    return Person.objects.visible_to(actor).filter(pk=person_id).exists()


def _existing(person_id: UUID) -> UUID:
    if not Person.objects.filter(pk=person_id).exists():
        raise NotFound
    return person_id


def _lock_person(person_id: UUID) -> Person:
    row = Person.objects.select_for_update().filter(pk=person_id).first()
    if row is None:
        raise NotFound
    return row
