"""What a dossier would lose under the newest version of its procedure."""

from collections.abc import Mapping, Sequence

from tinhso.definitions import catalogue
from tinhso.definitions.catalogue import MovePlan
from tinhso.definitions.types import Procedure
from tinhso.dossiers.facts import all_answers
from tinhso.dossiers.models import Dossier


def plan_for(dossier: Dossier, *, old: Procedure, new: Procedure) -> MovePlan:
    """
    Return what moving the dossier from ``old`` to ``new`` would lose or turn into something else.

    What counts is all it has: the citizen's answers, what officers found, the papers, and every step it has
    been through, which the timeline still names.
    """
    held = {part: ids for part, ids in dossier.papers.items() if ids}
    parts = {paper.id for paper in old.papers}
    files = {part: ids for part, ids in held.items() if part not in parts}
    return catalogue.plan_move(
        old,
        new,
        _with_files(all_answers(dossier), files),
        papers=sorted(held.keys() & parts),
        steps=sorted({run.step for run in dossier.steps.all()}),
    )


def _with_files(answers: dict[str, object], files: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """Return the answers with the files that answer questions; ``children[2].birth_proof`` is in a group."""
    for part, ids in files.items():
        group, is_inside, rest = part.partition("[")
        entries = answers.get(group)
        if is_inside and isinstance(entries, list):
            answers[group] = [*entries, {rest.partition("].")[2]: list(ids)}]
        elif not is_inside:
            answers[part] = list(ids)
    return answers
