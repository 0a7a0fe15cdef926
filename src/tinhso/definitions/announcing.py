"""Decisions that announced procedures, ``announcements.yaml``, and the duties of ``publishing.yaml``."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.roles import whole
from tinhso.definitions.types import Strict

FILE = "announcements.yaml"
RULES_FILE = Path(COUNTRY) / "publishing.yaml"
Announcer = Literal["ministry", "province"]
PartName = Literal[
    "name",
    "sequence",
    "ways",
    "papers",
    "time",
    "audience",
    "agency",
    "result",
    "fees",
    "forms",
    "conditions",
    "law",
]


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


Day = Annotated[date, BeforeValidator(_day)]


class Announcement(Strict):
    """
    A decision that announced procedures.

    :param on: the day of the decision; None where the collected facts do not name it
    :param law_effective_on: when the newest of its legal bases takes effect
    """

    number: str
    by: Announcer
    on: Day | None = None
    law_effective_on: Day | None = None
    codes: tuple[str, ...]


class AnnouncementFile(Strict):
    decisions: tuple[Announcement, ...] = ()


class Within(Strict):
    """A limit in working days, and who says so."""

    days: int = Field(gt=0)
    source: str


class PublishingRules(Strict):
    """What ``publishing.yaml`` says."""

    publish_within: dict[Announcer, Within]
    announce_before: dict[Announcer, Within]
    required_parts: tuple[PartName, ...]
    required_source: str


NO_RULES = PublishingRules(publish_within={}, announce_before={}, required_parts=(), required_source="")


def announcement_of(code: str, packs: Path, province: str) -> Announcement | None:
    """
    Return the decision that announced the procedure; the province's own has the last word.

    :raises BrokenPack: a file is wrong
    """
    return _by_code(_stamped(packs, province)).get(code)


def publishing_rules(packs: Path) -> PublishingRules:
    """Return the duties; none where there is no such file. :raises BrokenPack: the file is wrong"""
    path = packs / RULES_FILE
    return _rules(path, path.stat().st_mtime_ns) if path.exists() else NO_RULES


def _stamped(packs: Path, province: str) -> tuple[tuple[Path, int], ...]:
    paths = (packs / COUNTRY / FILE, packs / province / FILE)
    return tuple((path, path.stat().st_mtime_ns) for path in paths if path.exists())


@lru_cache(maxsize=4)
def _by_code(stamped: tuple[tuple[Path, int], ...]) -> dict[str, Announcement]:
    files = (whole(path, AnnouncementFile) for path, _changed in stamped)
    return {code: one for file in files for one in file.decisions for code in one.codes}


@lru_cache(maxsize=2)
def _rules(path: Path, _changed: int) -> PublishingRules:
    return whole(path, PublishingRules)
