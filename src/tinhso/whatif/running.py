"""
A simulation of dossiers that queue for officers (SimPy): first come, first served.

Each round draws the dossiers anew from those that were, so the mixture of procedures, the work they make and
the hours at which they come stay as they are; only their number and the officers change. The same question
has the same answer: a round's luck is its number.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from random import Random
from statistics import fmean, quantiles
from typing import Any

import simpy

from tinhso.whatif.types import Case, Change, Load, Outcome, Past, Station

ROUNDS = 5
# The first dossiers of a round find empty desks, which nobody does in life: they are not counted.
WARM_UP = 0.1

Waits = dict[Station, list[float]]


def outcome(past: Past, change: Change, *, rounds: int = ROUNDS) -> Outcome:
    """
    Return what would become of the dossiers.

    :raises ValueError: there are no dossiers, or nobody is left at a station
    """
    officers = {station: many - change.away.get(station, 0) for station, many in past.officers.items()}
    if not past.cases or any(many < 1 for many in officers.values()):
        raise ValueError("a simulation needs dossiers, and an officer at each station")
    results = [_round(past, change.arrivals, officers, luck) for luck in map(Random, range(rounds))]
    shares = [share for share, _took, _waits in results if share is not None]
    took = sorted(minutes for _share, all_took, _waits in results for minutes in all_took)
    return Outcome(
        on_time=fmean(shares) if shares else None,
        least=min(shares, default=None),
        most=max(shares, default=None),
        median=_part(took, 5),
        slow=_part(took, 9),
        loads=_loads(past, change.arrivals, officers, [waits for _share, _took, waits in results]),
    )


def simulate(cases: Iterable[Case], officers: Mapping[Station, int]) -> tuple[list[float], Waits]:
    """Return how long each case took, in the order given, and how long visits queued at each station."""
    world = simpy.Environment()
    desks = {station: simpy.Resource(world, capacity=many) for station, many in officers.items()}
    given = list(cases)
    took = [0.0] * len(given)
    waits: Waits = {station: [] for station in officers}

    def live(number: int, case: Case) -> Generator[simpy.Event, Any, None]:
        yield world.timeout(case.arrived)
        for visit in case.visits:
            if visit.pause:
                yield world.timeout(visit.pause)
            came = world.now
            with desks[visit.station].request() as turn:
                yield turn
                waits[visit.station].append(world.now - came)
                yield world.timeout(visit.work)
        took[number] = world.now - case.arrived

    for number, case in enumerate(given):
        world.process(live(number, case))
    world.run()
    return took, waits


def _round(
    past: Past, arrivals: float, officers: Mapping[Station, int], luck: Random
) -> tuple[float | None, list[float], Waits]:
    drawn = _drawn(past.cases, arrivals, luck)
    took, waits = simulate(drawn, officers)
    counted = list(zip(drawn, took, strict=True))[int(len(drawn) * WARM_UP) :]
    in_time = [minutes <= case.allowed for case, minutes in counted if case.allowed is not None]
    return (fmean(in_time) if in_time else None), [minutes for _case, minutes in counted], waits


def _drawn(cases: Sequence[Case], arrivals: float, luck: Random) -> list[Case]:
    """Draw dossiers and, apart from them, moments at which dossiers came."""
    many = max(1, round(len(cases) * arrivals))
    moments = sorted(luck.choice(cases).arrived for _ in range(many))
    return [replace(luck.choice(cases), arrived=moment) for moment in moments]


def _loads(
    past: Past, arrivals: float, officers: Mapping[Station, int], waits: Sequence[Waits]
) -> dict[Station, Load]:
    period = max(case.arrived for case in past.cases) - min(case.arrived for case in past.cases)
    work = dict.fromkeys(officers, 0.0)
    for case in past.cases:
        for visit in case.visits:
            work[visit.station] += visit.work
    return {
        station: Load(
            officers=many,
            busy=work[station] * arrivals / (many * period) if period else 0.0,
            wait=fmean([one for found in waits for one in found[station]] or [0.0]),
        )
        for station, many in officers.items()
    }


def _part(ordered: list[float], tenths: int) -> float:
    if len(ordered) < 2:
        return ordered[0] if ordered else 0.0
    return quantiles(ordered, n=10, method="inclusive")[tenths - 1]
