"""Put to a draft what the applicant keeps already."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.dossiers import queries, wallet
from tinhso.dossiers.actions.attach_paper import put_to_draft, require_part
from tinhso.dossiers.party import into
from tinhso.dossiers.standing import require_standing
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.papers.actions.use_kept import use_kept
from tinhso.papers.types import PaperView
from tinhso.papers.wallet import access_kept
from tinhso.people.actions.note_access import note_access
from tinhso.people.types import AccessPurpose, Actor


class KindDoesNotFit(Invalid):
    code = "kind-does-not-fit"
    message = _("«%(title)s» không phải giấy tờ mà mục này cần. Hãy chọn giấy tờ khác hoặc tải tệp lên.")


@transaction.atomic
def reuse_paper(*, actor: Actor, at: datetime, draft_id: UUID, requirement: str, kept_id: UUID) -> PaperView:
    """
    Take a paper of the applicant's keeping, of the organisation's or of the actor's own; twice is once.

    An officer's or assistant's look is noted for whose paper it is.

    :param requirement: as in :func:`attach_paper`
    :raises NotFound: no such draft of the actor's, no such part, or nothing kept that this form may take
    :raises MandateMissing: the mandate by which the form was begun is over
    :raises KindDoesNotFit: the part asks for something else
    :raises KeptPaperRevoked, KeptPaperReplaced, KeptPaperExpired: it does not hold any more; nothing is put
    :raises EntryGone: the form does not show the entry any more
    """
    draft = queries.lock_draft(actor=actor, draft_id=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure

    require_standing(actor=actor, at=at, draft=draft, procedure=procedure)
    require_part(draft=draft, procedure=procedure, requirement=requirement)
    if not wallet.may_take(actor=actor, draft=draft, kept_id=kept_id):
        raise NotFound

    kept = access_kept(actor=wallet.READER, kept_id=kept_id)
    if not wallet.fits(procedure=procedure, part=requirement, kind=kept.kind):
        raise KindDoesNotFit(title=kept.title)

    paper = use_kept(
        actor=into(actor, draft).let_in(kept.owner_person_id),
        at=at,
        kept_id=kept_id,
        owner_person_id=draft.applicant_id,
    )
    put_to_draft(draft=draft, procedure=procedure, requirement=requirement, paper_id=paper.id, at=at)

    note_access(
        actor=actor,
        at=at,
        person_id=kept.owner_person_id,
        purpose=AccessPurpose.PAPER,
        subject_id=kept.document_id,
        reason=f"Dùng lại trong hồ sơ: {kept.title}",
    )
    return paper
