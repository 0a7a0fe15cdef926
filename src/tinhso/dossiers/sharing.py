"""Who gets to know the applicant and read the papers, as a case comes to them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from tinhso.dossiers.finding import agency_word
from tinhso.dossiers.models import Dossier, Involvement
from tinhso.papers.actions.grant_paper import grant_paper
from tinhso.people import queries as people
from tinhso.people.actions import introduce, introduce_many
from tinhso.people.types import system

# That an agency of the case may read its papers follows from the law, whoever's act brought the case there.
ACTOR = system("dossiers")


def share(
    *, at: datetime, dossier: Dossier, agency_ids: Iterable[UUID], only: Collection[str] | None = None
) -> None:
    """
    Let the agencies see the case, know the applicant and read what was handed in; twice changes nothing.

    :param only: these papers and no others; None for all
    """
    agency_ids = set(agency_ids)
    _involve(dossier, {dossier.receiving_agency_id, *agency_ids})
    papers = dict.fromkeys(paper for ids in (*dossier.papers.values(), *_enclosed(dossier)) for paper in ids)
    if dossier.mandate_id and (proof_id := people.access_mandate(dossier.mandate_id).proof_id):
        # What the applicant signed so that somebody could file for them.
        papers[str(proof_id)] = None
    if only is not None:
        papers = {paper: None for paper in papers if paper in only}
    for agency_id in agency_ids:
        introduce(actor=ACTOR, at=at, person_id=dossier.applicant_id, agency_id=agency_id)
        for paper_id in papers:
            grant_paper(actor=ACTOR, at=at, paper_id=UUID(paper_id), agency_id=agency_id)


def share_fresh(*, at: datetime, dossiers: Collection[tuple[Dossier, UUID]]) -> None:
    """
    Do for dossiers that were made this moment, and hold no papers, what :func:`share` does.

    :param dossiers: each with the agency of its first step
    """
    met: dict[UUID, set[UUID]] = {}
    rows = []
    for dossier, step_agency_id in dossiers:
        for agency_id in agencies_at_first(dossier, step_agency_id):
            rows.append(Involvement(dossier=dossier, agency_id=agency_id))
        for agency_id in (dossier.agency_id, step_agency_id):
            met.setdefault(agency_id, set()).add(dossier.applicant_id)
    Involvement.objects.bulk_create(rows, ignore_conflicts=True)
    for agency_id, persons in met.items():
        introduce_many(actor=ACTOR, at=at, person_ids=persons, agency_id=agency_id)


def agencies_at_first(dossier: Dossier, step_agency_id: UUID) -> list[UUID]:
    """Return the agencies that have a part in a dossier from its beginning."""
    return sorted({dossier.receiving_agency_id, dossier.agency_id, step_agency_id})


def _enclosed(dossier: Dossier) -> Iterable[list[str]]:
    """Return the files that came with messages."""
    return dossier.messages.exclude(papers=[]).values_list("papers", flat=True)


def _involve(dossier: Dossier, agency_ids: set[UUID]) -> None:
    """Write down who has a part in the case. The words of the dossier tell who had one before."""
    words = dossier.search.split()
    new = sorted(one for one in agency_ids if agency_word(one) not in words)
    if new:
        rows = [Involvement(dossier=dossier, agency_id=agency_id) for agency_id in new]
        Involvement.objects.bulk_create(rows, ignore_conflicts=True)
        dossier.search = " ".join([*words, *map(agency_word, new)])
        Dossier.objects.filter(pk=dossier.pk).update(search=dossier.search)


def agencies_of(dossier: Dossier) -> set[UUID]:
    """Return every agency that has a part in the case so far; not one that an officer asked a question."""
    steps = dossier.steps.values_list("agency_id", flat=True)
    asked = dossier.consultations.exclude(consultation="").values_list("agency_id", flat=True)
    return {dossier.agency_id, dossier.receiving_agency_id, *steps, *asked}
