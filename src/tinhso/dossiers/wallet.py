"""What people keep, seen from their cases: what is handed out, what a form may take, where it went."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from tinhso.definitions.paper_kinds import PaperKinds, asked_name, paper_kinds
from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Dossier, Draft, Result, ResultChange
from tinhso.kernel.refusals import NotFound
from tinhso.papers import wallet
from tinhso.papers.models.kept import KeptPaperQuerySet
from tinhso.papers.types import KeptView, Validity
from tinhso.papers.views import kept_view
from tinhso.people.types import Actor, ActorKind, system

READER = system("dossiers")
MOST_OFFERED = 100


@dataclass(frozen=True, slots=True)
class Use:
    """A case that a kept paper was handed in with."""

    dossier_id: UUID
    code: str
    procedure_code: str
    filed_at: datetime


def kinds() -> PaperKinds:
    """Return the kinds of papers of the packs as they are now."""
    return paper_kinds(settings.TINHSO.packs)


def kept_papers(
    actor: Actor, *, of_kinds: Collection[str] = (), words: str = "", hidden: bool | None = False
) -> KeptPaperQuerySet:
    """
    Return what the actor may see of people's keeping, newest first, without results not handed out yet.

    :param of_kinds: words: hidden: see ``papers.wallet.kept_papers``
    """
    return _handed_out(wallet.kept_papers(actor, kinds=of_kinds, words=words, hidden=hidden))


def access_kept(*, actor: Actor, kept_id: UUID) -> KeptView:
    """Return one. :raises NotFound: absent, not visible to the actor, or not handed out yet"""
    row = kept_papers(actor, hidden=None).filter(pk=kept_id).first()
    if row is None:
        raise NotFound
    return kept_view(row)


def fitting(
    *, actor: Actor, at: datetime, draft: Draft, procedure: Procedure, parts: Iterable[str]
) -> dict[str, tuple[KeptView, ...]]:
    """
    Return, for each part, what could be handed in for it of what applicant, organisation or actor keep.

    Only what holds at the moment; one query for all parts.

    :param draft: one the caller has got through ``visible_to``
    """
    asked = {part: _kinds_for(procedure, part) for part in parts}
    wanted = frozenset().union(*asked.values())
    if not wanted:
        return {}
    rows = _handed_out(wallet.kept_papers(READER, kinds=wanted)).filter(_owners(actor, draft))
    held = [one for one in map(kept_view, rows[:MOST_OFFERED]) if one.validity(at=at) is Validity.VALID]
    found = {part: tuple(one for one in held if one.kind in fit) for part, fit in asked.items()}
    return {part: several for part, several in found.items() if several}


def fits(*, procedure: Procedure, part: str, kind: str) -> bool:
    """Tell whether a paper of the kind answers the part."""
    return kind in _kinds_for(procedure, part)


def may_take(*, actor: Actor, draft: Draft, kept_id: UUID) -> bool:
    """Tell whether it belongs to one of those whose papers this form may take, and is handed out."""
    return _handed_out(wallet.kept_papers(READER)).filter(_owners(actor, draft), pk=kept_id).exists()


def uses_of(*, actor: Actor, kept: Collection[KeptView]) -> dict[UUID, tuple[Use, ...]]:
    """Return the cases the actor may see that took each of them, newest first; three queries at most."""
    papers = wallet.uses_of([one.id for one in kept])
    by_paper = {str(paper): kept_id for kept_id, several in papers.items() for paper in several}
    if not by_paper:
        return {}
    found: dict[UUID, tuple[Use, ...]] = {}
    owners = {one.owner_person_id for one in kept} | {actor.person_id}
    rows = Dossier.objects.visible_to(actor).filter(applicant_id__in=owners).order_by("-filed_at")
    for row in rows.only("id", "code", "procedure_code", "filed_at", "papers"):
        taken = {by_paper[paper] for ids in row.papers.values() for paper in ids if paper in by_paper}
        for kept_id in taken:
            use = Use(row.pk, row.code, row.procedure_code, row.filed_at)
            found[kept_id] = (*found.get(kept_id, ()), use)
    return found


def _kinds_for(procedure: Procedure, part: str) -> frozenset[str]:
    named = asked_name(procedure, part)
    return kinds().asked_by(named[0], named[1].vi) if named else frozenset()


def _owners(actor: Actor, draft: Draft) -> Q:
    """A parent's own paper may go into a child's form: who fills it in offers theirs too."""
    persons = {draft.applicant_id}
    if actor.kind is ActorKind.CITIZEN and actor.person_id is not None:
        persons.add(actor.person_id)
    found = Q(owner_id__in=persons, organisation__isnull=True)
    return found | Q(organisation_id=draft.organisation_id) if draft.organisation_id else found


def _handed_out(rows: KeptPaperQuerySet) -> KeptPaperQuerySet:
    """Leave out results that are not handed out, as when a fee is owed; see ``queries.is_held_back``."""
    waiting = Result.objects.filter(document_id=OuterRef("document_id"), dossier__returned_at__isnull=True)
    changed = ResultChange.objects.filter(
        old_document_id=OuterRef("document_id"), result__dossier__returned_at__isnull=True
    )
    return rows.exclude(Exists(waiting)).exclude(Exists(changed))
