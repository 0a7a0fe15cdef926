"""What anybody who knows a dossier's code may be told of it (Circular 01/2018/TT-VPCP Article 16)."""

import re
from dataclasses import dataclass
from datetime import datetime

from tinhso.definitions import catalogue
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import FINAL, WAITING, Status
from tinhso.people.models import Agency

LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class Place:
    """How far the case is: step ``current`` of ``total``, and the agency it lies with."""

    current: int
    total: int
    agency: Agency


@dataclass(frozen=True, slots=True)
class PublicView:
    """
    Status and degree of completion; no name, no paper, not what for, not whether it was granted.

    :param agency: the one that answers for the case
    :param place: None when the case is over
    :param due_at: None while the clock stands still, and after the decision
    """

    code: str
    state: Status
    agency: Agency
    place: Place | None
    filed_at: datetime
    due_at: datetime | None
    finished_at: datetime | None


def normalised(typed: str) -> str:
    """
    Return the code as it is kept, however it was typed or read from paper.

    >>> normalised(" 000.00.44.h49 – 261121 -0003 ")
    '000.00.44.H49-261121-0003'
    """
    return re.sub(r"\s+", "", re.sub(r"[\u2010-\u2015\u2212]", "-", typed)).upper()[:LONGEST_CODE]


def public_view(dossier: Dossier) -> PublicView:
    """Return what is public of a dossier of ``queries.public_by_code`` or ``queries.dossier_of_rating``."""
    is_over = dossier.state in FINAL
    return PublicView(
        code=dossier.code,
        state=dossier.state,
        agency=dossier.agency,
        place=None if is_over else _place(dossier),
        filed_at=dossier.filed_at,
        due_at=None if dossier.state in FINAL | WAITING | {Status.DECIDED} else dossier.due_at,
        finished_at=dossier.finished_at,
    )


def _place(dossier: Dossier) -> Place | None:
    run = dossier.steps.select_related("agency").filter(closed_at__isnull=True).first()
    if run is None:
        return None
    ids = [step.id for step in catalogue.of_version(dossier.version_id).procedure.steps]
    return Place(ids.index(run.step) + 1, len(ids), run.agency)
