"""Move a running dossier to the procedure's current version, when nothing it has is lost."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.dossiers import case, policies
from tinhso.dossiers.events import DossierMovedToVersion
from tinhso.dossiers.models import Draft
from tinhso.dossiers.versions import plan_for
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, NotAllowed
from tinhso.people.types import Actor


class WouldLose(Conflict):
    code = "would-lose-answers"
    message = _("Chuyển sang bản mới sẽ mất: %(lost)s. Hồ sơ giữ nguyên bản quy trình đang dùng.")


@transaction.atomic
def move_to_version(*, actor: Actor, at: datetime, dossier_id: UUID, revision: int | None = None) -> UUID:
    """
    Pin the dossier to the newest version of its procedure and return that version's id.

    :raises NotAllowed: only whoever edits the catalogue, or holds the open step
    :raises WouldLose: an answer, finding, paper or step has no place in the new version
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier = in_hand.dossier

    if not policies.is_open(dossier):
        raise NotAllowed
    policies.require_post(actor=actor, run=in_hand.open_run, step=in_hand.step)

    new = catalogue.current(dossier.procedure_code)
    plan = plan_for(dossier, old=in_hand.procedure, new=new.procedure)
    if not plan.ok:
        raise WouldLose(lost=", ".join((*plan.lost, *plan.retyped)))

    old_version_id = dossier.version_id
    dossier.version_id = new.version_id
    in_hand.save()
    # A supplement is written into the draft: it must ask what the dossier is now checked by.
    Draft.objects.filter(pk=dossier.draft_id).update(version_id=new.version_id)

    event = DossierMovedToVersion(
        dossier_id=dossier.id, old_version_id=old_version_id, new_version_id=new.version_id
    )
    ledger.record(actor=actor, at=at, event=event)
    return new.version_id
