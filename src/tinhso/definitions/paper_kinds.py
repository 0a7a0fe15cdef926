"""Kinds of papers people keep, ``paper-kinds.yaml``: what a result is called in the next form."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.roles import BrokenPack, whole
from tinhso.definitions.types import Procedure, StepId, Strict, Text
from tinhso.kernel.text import fold

FILE = Path(COUNTRY) / "paper-kinds.yaml"


class PaperKind(Strict):
    """
    :param codes: result codes ``KQ.…`` of procedures whose result is this paper
    :param ids: ids of papers and file questions that ask for exactly it
    :param words: what the name of a part says that asks for it
    :param digitised: whether a counter may digitise it
    """

    id: StepId
    name: Text
    codes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    digitised: bool = True


class PaperKindFile(Strict):
    never: tuple[str, ...] = ()
    kinds: tuple[PaperKind, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperKinds:
    """The list, folded once."""

    kinds: tuple[PaperKind, ...]
    never: tuple[str, ...]
    words: tuple[tuple[str, str], ...]

    def of_result(self, code: str) -> str:
        """Return the kind a result is kept as; the code itself where no kind names it."""
        return next((kind.id for kind in self.kinds if code in kind.codes), code)

    def asked_by(self, part_id: str, name: str) -> frozenset[str]:
        """
        Return the kinds that answer a part of a dossier; none where it asks for something to be written.

        :param part_id: id of a paper or of a file question, without the entry it belongs to
        :param name: what the part is called in Vietnamese
        """
        by_id = {kind.id for kind in self.kinds if part_id in kind.ids}
        words = f" {_plain(name)} "
        if any(words.startswith(f" {begin} ") for begin in self.never):
            return frozenset(by_id)
        by_words = {kind for kind, said in self.words if f" {said} " in words}
        return frozenset(by_id | by_words | {unnamed_kind(name)})

    def main_kind(self, part_id: str, name: str) -> str:
        """Return the kind under which a paper handed in for the part is kept; see :func:`unnamed_kind`."""
        asked = self.asked_by(part_id, name)
        return next((kind.id for kind in self.kinds if kind.id in asked), unnamed_kind(name))

    def name_of(self, kind: str) -> Text | None:
        """Return what the kind is called; None for a bare result code."""
        return next((one.name for one in self.kinds if one.id == kind), None)


def unnamed_kind(name: str) -> str:
    """Return the kind of a paper that the list does not know: what is called the same is the same paper."""
    return f"name:{sha256(_plain(name).encode()).hexdigest()[:24]}"


NO_KINDS = PaperKinds((), (), ())


def paper_kinds(packs: Path) -> PaperKinds:
    """Return the list as it is now; an absent or broken one offers nothing, and ``tinhso check`` says so."""
    path = packs / FILE
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else NO_KINDS


def asked_name(procedure: Procedure, part: str) -> tuple[str, Text] | None:
    """
    Return id and name of what asks for files under the part; None when nothing of the procedure does.

    :param part: id of a paper, of a file question, or ``children[2].birth_proof`` of an entry
    """
    for paper in procedure.papers:
        if paper.id == part:
            return paper.id, paper.name
    group, _bracket, rest = part.partition("[")
    inner = rest.partition("].")[2]
    for question in procedure.questions():
        asked = question.ask if inner and question.id == group else (question,)
        for one in asked:
            if one.type == "file" and one.id == (inner or part):
                return one.id, one.label
    return None


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> PaperKinds:
    try:
        found = whole(path, PaperKindFile)
    except BrokenPack:
        return NO_KINDS
    words = tuple((kind.id, _plain(said)) for kind in found.kinds for said in kind.words)
    return PaperKinds(found.kinds, tuple(map(_plain, found.never)), words)


def _plain(text: str) -> str:
    """Fold and keep letters and figures alone, so that commas and brackets part no phrase."""
    return " ".join("".join(mark if mark.isalnum() else " " for mark in fold(text)).split())
