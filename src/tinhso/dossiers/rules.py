"""Rules of deadlines, opinions, notes, messages, usual durations: ``packs/vietnam/deadlines.yaml``."""

from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from tinhso.calendars.types import Calendar, at_time
from tinhso.definitions.types import Unit
from tinhso.kernel.clock import local

Told = Literal["holder", "signer"]


class Strict(BaseModel):
    """A frozen part of the file; an unknown name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LatestBefore(Strict):
    """How «so many days before expiry» is read; see the file."""

    reading: Literal["hours", "day", "working_day"]
    value: int = Field(gt=0)

    def moment(self, due_at: datetime, calendar: Calendar) -> datetime:
        """Return the last moment at which there is still time."""
        if self.reading == "hours":
            return due_at - timedelta(hours=self.value)
        on = local(due_at).date()
        if self.reading == "day":
            return at_time(on - timedelta(days=self.value - 1), datetime.min.time())
        left = self.value
        while left:
            on -= timedelta(days=1)
            left -= calendar.is_working_day(on)
        return calendar.closing(on)


class ExtensionRules(Strict):
    latest_before: LatestBefore


class Within(Strict):
    value: int = Field(gt=0)
    unit: Unit
    source: str


class SupplementRules(Strict):
    within: Within


class WarningRule(Strict):
    """
    :param hours: working hours before the moment; 0 when it has passed
    """

    hours: int = Field(default=0, ge=0)
    tells: tuple[Told, ...]
    source: str


class WarningRules(Strict):
    near: WarningRule
    missed: WarningRule
    step_missed: WarningRule


class OpinionRules(Strict):
    """
    :param hours: working hours offered first for an answer
    :param asked_role: who in another agency is asked
    """

    hours: int = Field(gt=0)
    most_hours: int = Field(gt=0)
    asked_role: str
    source: str


class PostRules(Strict):
    """
    :param clock_from: from when the clock counts for what the post brought
    :param longest_days: how long ago an envelope that is written down now may have arrived
    """

    clock_from: Literal["arrival", "acceptance"]
    longest_days: int = Field(gt=0)
    source: str


class NoteRules(Strict):
    struck_within_hours: int = Field(gt=0)
    source: str

    @property
    def struck_within(self) -> timedelta:
        return timedelta(hours=self.struck_within_hours)


class MessageRules(Strict):
    """
    :param open_days_after_end: days after the end of a dossier in which its thread still takes messages
    :param longest: characters
    :param most_a_day: messages one account may write on one dossier within 24 hours
    """

    open_days_after_end: int = Field(ge=0)
    longest: int = Field(gt=0)
    most_files: int = Field(ge=0)
    most_a_day: int = Field(gt=0)
    source: str


class DurationRules(Strict):
    """
    :param days: how far back dossiers are counted
    :param least: with fewer dossiers nothing is said
    """

    days: int = Field(gt=0)
    least: int = Field(gt=1)
    source: str


class DeadlineRules(Strict):
    """The whole file."""

    extension: ExtensionRules
    supplement: SupplementRules
    warnings: WarningRules
    opinions: OpinionRules
    notes: NoteRules
    post: PostRules
    messages: MessageRules
    durations: DurationRules


def rules() -> DeadlineRules:
    """Return the rules; a changed file counts at once."""
    path: Path = settings.TINHSO.packs / "vietnam" / "deadlines.yaml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> DeadlineRules:
    return DeadlineRules.model_validate(YAML(typ="safe").load(path))
