"""How the dossiers of a procedure really went, counted: a directly-follows graph and the paths through it."""

from dataclasses import dataclass
from datetime import timedelta

NO_TIME = timedelta()


@dataclass(frozen=True, slots=True)
class Activity:
    """
    One act that moves a dossier on.

    :param key: kind of the event, with the step where there is one: ``dossier.step_completed/examine``
    :param times: how often it happened; more than ``dossiers`` where some went through it again
    :param place: how far along its dossiers' paths it comes, 0 the beginning and 1 the end, in the mean
    :param standing: dossiers not yet closed of which it is the last act
    """

    key: str
    times: int
    dossiers: int
    place: float
    standing: int = 0

    @property
    def repeats(self) -> int:
        """How often a dossier came through it once more."""
        return self.times - self.dossiers


@dataclass(frozen=True, slots=True)
class Passage:
    """
    One activity directly after another. Times are those of the wall clock, nights and holidays included.

    :param median: half of the times took no longer
    :param slow: nine of ten took no longer
    :param total: all of them together
    :param is_back: to an activity that comes earlier in the mean, or to itself
    """

    source: str
    target: str
    times: int
    dossiers: int
    median: timedelta
    slow: timedelta
    total: timedelta
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """
    All activities of a dossier in their order, and how many dossiers share it.

    :param digest: names the path in an address
    :param median: from its first to its last activity, half of the dossiers took no longer
    """

    digest: str
    activities: tuple[str, ...]
    dossiers: int
    median: timedelta


@dataclass(frozen=True, slots=True)
class Flow:
    """
    :param activities: by their place
    :param passages: the one with the most time in all first
    :param paths: the commonest first, as many as were asked for
    :param paths_in_all: how many different ones there are
    """

    dossiers: int = 0
    activities: tuple[Activity, ...] = ()
    passages: tuple[Passage, ...] = ()
    paths: tuple[Path, ...] = ()
    paths_in_all: int = 0
