"""Who gets to know the applicant and read the papers, as a case comes to them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from tinhso.dossiers.models import Dossier
from tinhso.papers.actions.grant_paper import grant_paper
from tinhso.people.actions import introduce
from tinhso.people.types import system

# That an agency of the case may read its papers follows from the law, whoever's act brought the case there.
ACTOR = system("dossiers")


def share(*, at: datetime, dossier: Dossier, agency_ids: Iterable[UUID]) -> None:
    """Let the agencies know the applicant and read what was handed in; twice changes nothing."""
    papers = dict.fromkeys(paper for ids in dossier.papers.values() for paper in ids)
    for agency_id in set(agency_ids):
        introduce(actor=ACTOR, at=at, person_id=dossier.applicant_id, agency_id=agency_id)
        for paper_id in papers:
            grant_paper(actor=ACTOR, at=at, paper_id=UUID(paper_id), agency_id=agency_id)


def agencies_of(dossier: Dossier) -> set[UUID]:
    """Return every agency that has a part in the case so far."""
    steps = dossier.steps.values_list("agency_id", flat=True)
    asked = dossier.consultations.values_list("agency_id", flat=True)
    return {dossier.agency_id, dossier.receiving_agency_id, *steps, *asked}
