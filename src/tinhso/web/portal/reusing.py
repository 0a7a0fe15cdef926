"""Papers the applicant keeps already, offered beside the boxes that ask for them; the counter's scanner."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.dossiers import wallet
from tinhso.dossiers.actions.reuse_paper import reuse_paper
from tinhso.dossiers.actions.start_draft import AT_COUNTER
from tinhso.dossiers.models import Draft
from tinhso.dossiers.party import into
from tinhso.forms.types import FieldError
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.papers import queries as papers
from tinhso.papers.types import KeptView
from tinhso.people.types import Actor
from tinhso.web.desk.looking import note_kept
from tinhso.web.parts import FileView
from tinhso.web.portal.filling import Filling
from tinhso.web.portal.keeping import part_of

USE = "use-kept"
MOST_SHOWN = 5

Files = Mapping[str, Sequence[FileView]]


def with_offers(
    filling: Filling, actor: Actor, files: Files, boxes: Mapping[str, str], *, at: datetime
) -> Files:
    """
    Return the files of the boxes, each list followed by what could be taken instead of uploading.

    :param boxes: part of the dossier → name of its box
    """
    offered = _offered(filling, actor, boxes, at=at)
    scans = _may_scan(filling.draft, actor)
    return {
        box: (
            *files.get(box, ()),
            *(_offer(box, one) for one in offered.get(part, ())[:MOST_SHOWN]),
            *((_scanner(filling.draft, part),) if scans else ()),
        )
        for part, box in boxes.items()
    } | {box: several for box, several in files.items() if box not in boxes.values()}


def take(*, actor: Actor, at: datetime, draft_id: UUID, chosen: str) -> tuple[FieldError, ...]:
    """
    Take what the button names, box and id; return what stands against it.

    :raises NotFound: no such draft of the actor's, no such part, or nothing kept that may be taken
    """
    box, _space, kept = chosen.rpartition(" ")
    try:
        kept_id = UUID(kept)
    except ValueError:
        raise NotFound from None
    try:
        reuse_paper(actor=actor, at=at, draft_id=draft_id, requirement=part_of(box), kept_id=kept_id)
    except NotFound:
        raise
    except Refusal as refusal:
        return (FieldError(part_of(box), box, refusal.sentence()),)
    return ()


def _offered(
    filling: Filling, actor: Actor, boxes: Mapping[str, str], *, at: datetime
) -> dict[str, tuple[KeptView, ...]]:
    """Return what fits each part and is not in it yet; the look of an officer is noted."""
    found = wallet.fitting(
        actor=actor, at=at, draft=filling.draft, procedure=filling.procedure, parts=tuple(boxes)
    )
    if not found:
        return {}
    if actor.is_officer:
        note_kept(actor=actor, at=at, person_id=filling.draft.applicant_id)
    given = {part: {UUID(one) for one in filling.draft.papers.get(part, ())} for part in found}
    wanted = set().union(*given.values())
    rows = papers.papers(actor=into(actor, filling.draft), paper_ids=wanted) if wanted else ()
    taken = {row.id: row.kept.id for row in rows if row.kept}
    return {
        part: tuple(one for one in several if one.id not in {taken.get(paper) for paper in given[part]})
        for part, several in found.items()
    }


def _offer(box: str, kept: KeptView) -> FileView:
    day = f"{kept.issued_at:%d/%m/%Y}"
    note = _("số %(number)s, %(agency)s ký ngày %(day)s") % {
        "number": kept.number,
        "agency": kept.agency_name,
        "day": day,
    }
    return FileView(id="", name=kept.title, note=note, take=f"{box} {kept.id}")


def _scanner(draft: Draft, part: str) -> FileView:
    address = reverse("desk:scan-draft", args=[draft.pk])
    return FileView(id="", name="", scan_url=f"{address}?{urlencode({'muc': part})}")


def _may_scan(draft: Draft, actor: Actor) -> bool:
    return draft.channel in AT_COUNTER and any(post.role == "one_stop" for post in actor.posts)
