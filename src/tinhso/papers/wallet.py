"""The one way in to read what people keep."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.kernel.text import fold
from tinhso.papers.models import KeptPaper, Paper, Scan
from tinhso.papers.models.kept import KeptPaperQuerySet
from tinhso.papers.policies import COUNTER
from tinhso.papers.types import DocumentState, KeptView, ScanView
from tinhso.papers.views import KEPT_WITH, PAPER_WITH, kept_view, scan_view
from tinhso.people.types import Actor


def kept_papers(
    actor: Actor, *, kinds: Collection[str] = (), words: str = "", hidden: bool | None = False
) -> KeptPaperQuerySet:
    """
    Return what the actor may see of people's keeping, newest first.

    :param kinds: none for all
    :param words: each begins a word of title or number, however it is spelt
    :param hidden: what was put out of sight instead of what is in it; None for both
    """
    rows = KeptPaper.objects.visible_to(actor)
    if hidden is not None:
        rows = rows.filter(hidden_at__isnull=not hidden)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    for word in fold(words).split():
        rows = rows.filter(Q(words__startswith=word) | Q(words__contains=f" {word}"))
    return rows.select_related(*KEPT_WITH).order_by("-kept_at", "-pk")


def access_kept(*, actor: Actor, kept_id: UUID) -> KeptView:
    """Return one. :raises NotFound: absent, or not visible to the actor"""
    row = KeptPaper.objects.visible_to(actor).select_related(*KEPT_WITH).filter(pk=kept_id).first()
    if row is None:
        raise NotFound
    return kept_view(row)


def access_scan(*, actor: Actor, scan_id: UUID) -> ScanView:
    """Return paper being digitised at a counter of the actor's. :raises NotFound: absent, or another's"""
    counters = [post.agency_id for post in actor.posts if post.role == COUNTER]
    row = Scan.objects.filter(pk=scan_id, agency_id__in=counters).first()
    if row is None:
        raise NotFound
    papers = {str(one.pk): one for one in Paper.objects.filter(pk__in=row.pages).select_related(*PAPER_WITH)}
    return scan_view(row, [papers[one] for one in row.pages])


def uses_of(kept_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Return, for each kept paper, the papers of forms it was taken into; for who has read the kept ones."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    rows = Paper.objects.filter(kept_id__in=kept_ids).values_list("kept_id", "pk").order_by("received_at")
    for kept_id, paper_id in rows:
        if kept_id is not None:
            found[kept_id] = (*found.get(kept_id, ()), paper_id)
    return found


def not_in_force(paper_ids: Collection[UUID], *, at: datetime) -> tuple[KeptView, ...]:
    """Return those of the papers that were taken from somebody's keeping and do not hold any more."""
    over = Q(document__valid_until__lt=local(at).date())
    wrong = ~Q(document__state=DocumentState.VALID) | over
    taken = KeptPaper.objects.filter(wrong, uses__pk__in=paper_ids).select_related(*KEPT_WITH)
    return tuple(map(kept_view, taken.distinct()))
