"""How each file of a case was got: what the national list and the figures of reuse ask of every paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from tinhso.dossiers.models import Dossier
from tinhso.papers import queries as papers
from tinhso.papers.types import CameFrom, PaperView
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Provenance:
    """
    One file of one part. The national names: DuocSoHoa, DuocTaiSuDung, DuocLayTuKhoDMQG, MaKetQuaThayThe.

    :param part: the part of the dossier (MaThanhPhanHoSo)
    :param digitised: made electronic at a counter for this case
    :param reused: taken again from what the person keeps
    :param from_national_store: fetched from the national store
    :param replacing_result: code ``KQ.…`` of the result that stands for the paper; empty for none
    """

    part: str
    paper: PaperView
    digitised: bool
    reused: bool
    from_national_store: bool
    replacing_result: str


def provenance_of(*, actor: Actor, dossier: Dossier) -> tuple[Provenance, ...]:
    """Return every file of the case that the actor may see, by part; one query."""
    wanted = {part: ids for part, ids in dossier.papers.items() if ids}
    ids = {one for several in wanted.values() for one in several}
    seen = {str(one.id): one for one in papers.papers(actor=actor, paper_ids=ids)} if ids else {}
    return tuple(_told(part, paper) for part, paper in _paired(wanted, seen))


def _paired(wanted: dict[str, list[str]], seen: dict[str, PaperView]) -> Iterable[tuple[str, PaperView]]:
    return ((part, seen[one]) for part, ids in wanted.items() for one in ids if one in seen)


def _told(part: str, paper: PaperView) -> Provenance:
    return Provenance(
        part=part,
        paper=paper,
        digitised=paper.came_from is CameFrom.DIGITISED,
        reused=paper.came_from is CameFrom.WALLET,
        from_national_store=paper.came_from is CameFrom.NATIONAL_STORE,
        replacing_result=paper.kept.result_code if paper.kept else "",
    )
