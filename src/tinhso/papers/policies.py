"""Who may do what with papers, documents and keys."""

from uuid import UUID

from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.papers.models import IssuedDocument, KeptPaper, Paper, Scan
from tinhso.papers.models.papers import owners_for
from tinhso.papers.types import ScanStage
from tinhso.people.types import Actor, ActorKind

OPERATOR = "system_operator"
COUNTER = "one_stop"


def require_owner(*, actor: Actor, owner_person_id: UUID) -> None:
    """Only for oneself, for a principal, or by the system. :raises NotAllowed: for anybody else"""
    if actor.kind is not ActorKind.SYSTEM and owner_person_id not in owners_for(actor):
        raise NotAllowed


def lock_paper(*, actor: Actor, paper_id: UUID) -> Paper:
    """Lock a visible paper until the transaction ends. :raises NotFound: absent, or not the actor's"""
    paper = Paper.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=paper_id).first()
    if paper is None:
        raise NotFound
    return paper


def lock_kept(*, actor: Actor, kept_id: UUID) -> KeptPaper:
    """Lock a visible kept paper until the transaction ends. :raises NotFound: absent, or not the actor's"""
    rows = KeptPaper.objects.visible_to(actor).select_related("document__agency", "organisation", "owner")
    kept = rows.select_for_update(of=("self",)).filter(pk=kept_id).first()
    if kept is None:
        raise NotFound
    return kept


def require_keeper(*, actor: Actor) -> None:
    """What is in sight is for its keeper to say, not for an officer. :raises NotAllowed: anybody else"""
    if actor.kind is not ActorKind.CITIZEN:
        raise NotAllowed


def lock_scan(*, actor: Actor, scan_id: UUID) -> Scan:
    """Lock paper being digitised at a counter of the actor's. :raises NotFound: absent, or another's"""
    rows = Scan.objects.select_related("organisation").select_for_update(of=("self",))
    scan = rows.filter(pk=scan_id).first()
    if scan is None or actor.post_with(role=COUNTER, agency_id=scan.agency_id) is None:
        raise NotFound
    return scan


def require_open(scan: Scan) -> None:
    """What is signed is not thrown away. :raises NotFound: it is signed"""
    if scan.stage == ScanStage.SIGNED:
        raise NotFound


def require_counter(*, actor: Actor, agency_id: UUID) -> None:
    """An officer of the one-stop counter of the agency. :raises NotAllowed: anybody else"""
    if actor.post_with(role=COUNTER, agency_id=agency_id) is None:
        raise NotAllowed


def lock_document(*, actor: Actor, document_id: UUID) -> IssuedDocument:
    """Lock a visible document until the transaction ends. :raises NotFound: absent, or not the actor's"""
    documents = IssuedDocument.objects.visible_to(actor).select_related("file")
    document = documents.select_for_update(of=("self",)).filter(pk=document_id).first()
    if document is None:
        raise NotFound
    return document


def require_agency(*, actor: Actor, agency_id: UUID) -> None:
    """An officer acts for an agency of theirs; the system for any. :raises NotAllowed: for anybody else"""
    if actor.kind is not ActorKind.SYSTEM and agency_id not in actor.agency_ids:
        raise NotAllowed


def require_operator(*, actor: Actor) -> None:
    """Keys are registered by operators. :raises NotAllowed: for anybody else"""
    is_operator = any(post.role == OPERATOR for post in actor.posts)
    if actor.kind is not ActorKind.SYSTEM and not is_operator:
        raise NotAllowed
