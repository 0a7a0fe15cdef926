"""Work as a simulation sees it. All times are minutes of working time; who is away works not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Station:
    """Where dossiers queue: the officers of one role in one agency."""

    agency_id: UUID
    role: str


@dataclass(frozen=True, slots=True)
class Visit:
    """
    One step of one dossier.

    :param work: how long an officer was busy with it
    :param pause: how long it lay still for the applicant before that; no officer is held
    """

    station: Station
    work: float
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """
    One dossier as it really went.

    :param arrived: since the beginning of the period
    :param allowed: from arrival to its deadline; None where there was none
    :param took: from arrival to its end, as it really was
    """

    arrived: float
    visits: tuple[Visit, ...]
    allowed: float | None
    took: float


@dataclass(frozen=True, slots=True)
class Past:
    """
    What a simulation is fitted on.

    :param officers: how many officers finished work at a station in the period
    :param left_out: how many older dossiers were not taken, because there are too many
    """

    cases: tuple[Case, ...] = ()
    officers: Mapping[Station, int] = field(default_factory=dict)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """
    What if.

    :param arrivals: of today's, 1.3 for thirty percent more
    :param away: officers who are away, by station
    """

    arrivals: float = 1.0
    away: Mapping[Station, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Load:
    """
    :param busy: share of the officers' time in the period that is work; above 1 the queue only grows
    :param wait: mean minutes a dossier queues
    """

    officers: int
    busy: float
    wait: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    :param on_time: share of the dossiers with a deadline; None where none has one
    :param least: the lowest share of all rounds; ``most`` the highest
    :param median: minutes from arrival to end, half took no longer; ``slow`` nine of ten
    """

    on_time: float | None
    least: float | None
    most: float | None
    median: float
    slow: float
    loads: Mapping[Station, Load]
