"""Names that one file takes from other procedures: bundles here, other rooms by :func:`sources`."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tinhso.definitions.bundles import FOLDER, Bundle, Source
from tinhso.definitions.explaining import nearest
from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location, Places
from tinhso.definitions.types import Procedure

_BRACED = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
Procedures = Mapping[str, Procedure | None]


def bundle_mistakes(packs: Path, procedures: Procedures) -> Iterator[Mistake]:
    """
    Yield what is wrong with the bundles of a folder of packs.

    :param procedures: what there is, by code; None for one whose own file has an error
    """
    for path in sorted(packs.glob(f"*/{FOLDER}/*.yaml")):
        loaded = load(path, Bundle)
        yield from loaded.mistakes
        if loaded.value is not None:
            yield from _bundle(loaded.value, loaded.places, procedures)


def unknown_procedure(places: Places, at: Location, code: str, procedures: Procedures) -> Iterator[Mistake]:
    """Yield a mistake where no file of the packs has the code."""
    if code not in procedures:
        hint = nearest(code, sorted(procedures))
        yield places.mistake(at, "unknown-procedure", name=code, hint=hint)


def unknown_question(
    places: Places, at: Location, name: str, procedure: Procedure | None, *, findings: bool = True
) -> Iterator[Mistake]:
    """
    Yield a mistake where the procedure asks nothing of that name.

    :param procedure: None where it cannot be looked at
    :param findings: what officers are asked at their steps counts too
    """
    if procedure is None:
        return
    names = [question.id for question in procedure.questions()]
    if findings:
        names += [question.id for step in procedure.steps for question in step.ask]
    if name not in names:
        hint = nearest(name, names)
        yield places.mistake(at, "unknown-question-of", name=name, procedure=procedure.code, hint=hint)


def sources(
    places: Places,
    at: Location,
    answers: Mapping[str, Source],
    *,
    into: Procedure | None,
    known: Procedure | None,
) -> Iterator[Mistake]:
    """
    Yield the names of answers that lead nowhere.

    :param into: the procedure whose form is filled in
    :param known: the procedure whose answers and findings it is filled in from
    """
    for name, source in answers.items():
        yield from unknown_question(places, (*at, name), name, into, findings=False)
        for origin in _origins(source):
            yield from unknown_question(places, (*at, name), origin, known)


def _bundle(bundle: Bundle, places: Places, procedures: Procedures) -> Iterator[Mistake]:
    for index, member in enumerate(bundle.members):
        at = ("members", index)
        yield from unknown_procedure(places, (*at, "procedure"), member.procedure, procedures)
        into = procedures.get(member.procedure)
        known = procedures.get(member.after) if member.after else None
        yield from sources(places, (*at, "answers"), member.answers, into=into, known=known)


def _origins(source: Source) -> Iterator[str]:
    if source.origin is not None:
        yield source.origin
    if source.text is not None:
        yield from _BRACED.findall(source.text)
    for entry in source.entries or ():
        for inner in entry.values():
            yield from _origins(inner)
