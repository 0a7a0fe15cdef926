"""Agree that a register is asked, and take that back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions.types import Procedure
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, NotFound
from tinhso.people.types import Actor, ActorKind
from tinhso.registers import consents
from tinhso.registers.correction_events import ConsentGiven, ConsentRevoked
from tinhso.registers.models import Consent


class ConsentNotNeeded(NotFound):
    code = "consent-not-needed"
    message = _("Thủ tục này không cần bạn đồng ý thêm để tra sổ ấy.")


class WordingChanged(Conflict):
    code = "consent-wording-changed"
    message = _("Lời đồng ý vừa được sửa. Hãy đọc lại rồi chọn.")


class ConsentMissing(NotFound):
    code = "consent-missing"
    message = _("Không tìm thấy lời đồng ý này, hoặc bạn đã rút lại rồi.")


@transaction.atomic
def give_consent(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    procedure: Procedure,
    register_id: str,
    language: str,
    digest: str,
    way: str,
    subject_id: UUID | None = None,
) -> UUID:
    """
    Keep that the person agrees; twice is once. The caller has checked that the actor may act for them.

    :param digest: of the wording that stood on the page
    :param way: the channel: at the counter the officer keeps what the person said
    :raises ConsentNotNeeded: the procedure needs none for this register
    :raises WordingChanged: what stood on the page is not what it says now
    """
    need = next((one for one in consents.needs(procedure, language) if one.register == register_id), None)
    if need is None:
        raise ConsentNotNeeded
    if need.digest != digest:
        raise WordingChanged
    standing = Consent.objects.filter(
        person_id=person_id, register=register_id, procedure=procedure.code, revoked_at=None
    )
    if (earlier := standing.first()) is not None:
        return earlier.pk

    row = Consent.objects.create(
        person_id=person_id,
        register=register_id,
        procedure=procedure.code,
        wording=need.wording,
        language=language,
        digest=need.digest,
        law=need.law,
        way=way,
        subject_id=subject_id,
        given_by=actor.ref.id,
        given_at=at,
    )

    event = ConsentGiven(
        consent_id=row.pk,
        person_id=person_id,
        register=register_id,
        procedure=procedure.code,
        digest=row.digest,
        way=way,
    )
    ledger.record(actor=actor, at=at, event=event)
    return row.pk


@transaction.atomic
def revoke_consent(*, actor: Actor, at: datetime, consent_id: UUID) -> None:
    """
    Take one's consent back; what was looked up before stays in its dossier, nothing more is looked up.

    :raises ConsentMissing: absent, another's, or taken back already
    """
    rows = Consent.objects.select_for_update().filter(pk=consent_id, revoked_at=None)
    row = rows.first()

    mine = {actor.person_id, *actor.whole_principals} if actor.kind is ActorKind.CITIZEN else set()
    if row is None or row.person_id not in mine:
        raise ConsentMissing

    row.revoked_at, row.revoked_by = at, actor.ref.id
    row.save(update_fields=["revoked_at", "revoked_by"])

    event = ConsentRevoked(
        consent_id=row.pk,
        person_id=row.person_id,
        register=row.register,
        procedure=row.procedure,
        digest=row.digest,
    )
    ledger.record(actor=actor, at=at, event=event)
