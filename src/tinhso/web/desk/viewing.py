"""The paper that lies open beside the answers."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.http import urlencode

from tinhso.web.desk.case import CasePage
from tinhso.web.desk.case_parts import PaperLine

PAPER = "giay"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paper as the viewer names it."""

    url: str
    part: str
    current: bool


@dataclass(frozen=True, slots=True)
class Viewer:
    """
    :param number: of the open paper, from 1
    :param previous_url: empty on the first paper
    """

    open: PaperLine
    number: int
    leaves: tuple[Leaf, ...]
    previous_url: str
    next_url: str


def viewer_of(case: CasePage, *, wanted: str) -> Viewer | None:
    """
    Return the viewer with the paper asked for open, else with the first; None when nothing can be shown.

    :param wanted: the id of a paper of the dossier
    """
    shown = [paper for paper in case.papers if paper.id is not None and paper.shown_url]
    if not shown:
        return None
    place = next((place for place, paper in enumerate(shown) if str(paper.id) == wanted), 0)
    urls = [_url(case, paper.id) for paper in shown]
    named = zip(urls, shown, strict=True)
    return Viewer(
        open=shown[place],
        number=place + 1,
        leaves=tuple(Leaf(url, paper.part, paper is shown[place]) for url, paper in named),
        previous_url=urls[place - 1] if place else "",
        next_url=urls[place + 1] if place + 1 < len(urls) else "",
    )


def _url(case: CasePage, paper_id: UUID | None) -> str:
    back = {"ve": case.back} if case.back else {}
    return f"{case.url}?{urlencode({**back, PAPER: str(paper_id)})}#xem-giay"
