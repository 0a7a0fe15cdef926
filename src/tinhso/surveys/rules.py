"""The questions and rules of the survey, read from ``packs/vietnam/survey.yaml``."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import Field, model_validator

from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.roles import whole
from tinhso.definitions.types import StepId, Strict, Text

FILE = "vietnam/survey.yaml"
LOWEST, HIGHEST = 1, 5


class SurveyQuestion(Strict):
    """:param source: the text that asks for it"""

    id: StepId
    text: Text
    source: str


class Mark(Strict):
    """One mark of the scale, in words."""

    value: int = Field(ge=LOWEST, le=HIGHEST)
    text: Text


class SurveyRules(Strict):
    """
    The whole file.

    :param marks: the scale, the best first
    :param least: with fewer answers no figure is shown, so that nobody is recognised
    :param days: over how many days figures are told
    :param visit_minutes: how long a page that was opened may be answered
    :param longest: characters of one's own words
    """

    source: str
    questions: tuple[SurveyQuestion, ...] = Field(min_length=1)
    marks: tuple[Mark, ...]
    least: int = Field(ge=2)
    days: int = Field(gt=0)
    visit_minutes: int = Field(gt=0)
    longest: int = Field(gt=0)

    @model_validator(mode="after")
    def _each_once(self) -> "SurveyRules":
        if {one.value for one in self.marks} != set(range(LOWEST, HIGHEST + 1)):
            raise ValueError("say each mark from 1 to 5 once")
        if len({one.id for one in self.questions}) < len(self.questions):
            raise ValueError("two questions have the same id")
        return self


def rules() -> SurveyRules:
    """Return the rules; a changed file counts at once. :raises BrokenPack: the file is wrong"""
    path: Path = settings.TINHSO.packs / FILE
    return _read(path, path.stat().st_mtime_ns)


def mistakes(packs: Path) -> tuple[Mistake, ...]:
    """Return what is wrong with the file of a folder of packs; without the file there is nothing wrong."""
    path = packs / FILE
    return load(path, SurveyRules).mistakes if path.is_file() else ()


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> SurveyRules:
    return whole(path, SurveyRules)
