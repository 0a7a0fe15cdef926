"""Who may do what with papers, documents and keys."""

from uuid import UUID

from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.papers.models import IssuedDocument, Paper
from tinhso.papers.models.papers import owners_for
from tinhso.people.types import Actor, ActorKind

OPERATOR = "system_operator"


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
