"""Paper brought to the counter: scanned for a form or for the person's keeping, compared, signed."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.definitions.paper_kinds import asked_name
from tinhso.dossiers import queries, wallet
from tinhso.dossiers.actions.attach_paper import put_to_draft, require_part
from tinhso.dossiers.party import into
from tinhso.dossiers.standing import require_standing
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.papers.actions.scan_paper import sign_scan, take_scan
from tinhso.papers.actions.use_kept import use_kept
from tinhso.papers.types import CameFrom, KeptView, ScanView
from tinhso.papers.wallet import access_scan
from tinhso.people import queries as people
from tinhso.people.actions.note_access import note_access
from tinhso.people.types import AccessPurpose, Actor

Content = Sequence[tuple[str, BinaryIO]]


class ChooseKind(Invalid):
    code = "choose-paper-kind"
    message = _("Hãy chọn đây là giấy tờ gì.")


@transaction.atomic
def scan_for_draft(
    *, actor: Actor, at: datetime, agency_id: UUID, draft_id: UUID, requirement: str, content: Content
) -> ScanView:
    """
    Take the pages of a paper that a form being filled in at the counter asks for.

    :raises NotFound: no such draft of the officer's, or no such part
    :raises Refusal: see ``papers.actions.scan_paper.take_scan``
    """
    draft = queries.lock_draft(actor=actor, draft_id=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure

    require_standing(actor=actor, at=at, draft=draft, procedure=procedure)
    require_part(draft=draft, procedure=procedure, requirement=requirement)

    named = asked_name(procedure, requirement)
    if named is None:
        raise NotFound
    kind = wallet.kinds().main_kind(named[0], named[1].vi)
    return take_scan(
        actor=into(actor, draft),
        at=at,
        agency_id=agency_id,
        owner_person_id=draft.applicant_id,
        organisation_id=draft.organisation_id,
        kind=kind,
        title=_title(kind, named[1].vi),
        content=content,
        about_id=draft.id,
        part=requirement,
    )


@transaction.atomic
def scan_for_person(
    *, actor: Actor, at: datetime, agency_id: UUID, person_id: UUID, kind: str, content: Content
) -> ScanView:
    """
    Take the pages of a paper for the keeping of somebody who stands at the counter; the look is noted.

    :param kind: of ``packs/vietnam/paper-kinds.yaml``
    :raises NotFound: the agency does not know the person
    :raises ChooseKind: no such kind, or one that is only issued
    :raises Refusal: see ``papers.actions.scan_paper.take_scan``
    """
    person = people.access_person(actor=actor, person_id=person_id)

    chosen = next((one for one in wallet.kinds().kinds if one.id == kind and one.digitised), None)
    if chosen is None:
        raise ChooseKind

    taken = take_scan(
        actor=actor.let_in(person.id),
        at=at,
        agency_id=agency_id,
        owner_person_id=person.id,
        kind=kind,
        title=chosen.name.vi,
        content=content,
    )
    note_access(
        actor=actor,
        at=at,
        person_id=person.id,
        purpose=AccessPurpose.PAPER,
        agency_id=agency_id,
        subject_id=taken.id,
        reason=f"Số hóa giấy tờ: {chosen.name.vi}",
    )
    return taken


@transaction.atomic
def sign_copy(*, actor: Actor, at: datetime, scan_id: UUID, matches: bool | None) -> KeptView:
    """
    Sign the electronic copy; whose it is keeps it, and it goes into the form it was for. Twice is once.

    :param matches: the officer's word that the pictures show the original; None when not said
    :raises NotFound: no such scan at a counter of the officer's, or its form was filed meanwhile
    :raises Refusal: see ``papers.actions.scan_paper.sign_scan``
    """
    scan = access_scan(actor=actor, scan_id=scan_id)
    draft = queries.lock_draft(actor=actor, draft_id=scan.about_id) if scan.about_id else None

    kept = sign_scan(actor=actor, at=at, scan_id=scan_id, matches=matches)
    if draft is None:
        return kept

    procedure = catalogue.of_version(draft.version_id).procedure
    paper = use_kept(
        actor=into(actor, draft).let_in(kept.owner_person_id),
        at=at,
        kept_id=kept.id,
        owner_person_id=draft.applicant_id,
        came_from=CameFrom.DIGITISED,
    )
    put_to_draft(draft=draft, procedure=procedure, requirement=scan.part, paper_id=paper.id, at=at)
    return kept


def _title(kind: str, part_name: str) -> str:
    """Call it what the list calls it; what no list knows, as the form does."""
    named = wallet.kinds().name_of(kind)
    return named.vi if named else part_name
