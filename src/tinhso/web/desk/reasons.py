"""Ready sentences an officer may choose from: ``packs/vietnam/reasons.yaml``."""

from functools import cache
from pathlib import Path

from django.conf import settings

from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict, Text


class ReasonFile(Strict):
    """
    Sentences by act, the commonest first. The citizen or the colleague reads them as they stand.

    :param supplement_paper: what may be wrong with a paper
    :param supplement_question: what may be wrong with an answer
    :param message: ready answers in the thread with the applicant
    """

    decline: tuple[Text, ...]
    refuse: tuple[Text, ...]
    stop: tuple[Text, ...]
    extend: tuple[Text, ...]
    step_back: tuple[Text, ...]
    supplement_paper: tuple[Text, ...]
    supplement_question: tuple[Text, ...]
    message: tuple[Text, ...]


def reasons() -> ReasonFile:
    """Return the sentences of this installation's packs. :raises BrokenPack: the file is wrong"""
    return read(settings.TINHSO.packs / "vietnam" / "reasons.yaml")


@cache
def read(path: Path) -> ReasonFile:
    """Read the file once for the life of the process. :raises BrokenPack: it is wrong"""
    return whole(path, ReasonFile)
