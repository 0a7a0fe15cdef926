"""The simulation against queueing theory, and against cases that are reckoned by hand."""

from math import factorial
from random import Random
from uuid import UUID

import pytest

from tinhso.whatif.running import outcome, simulate
from tinhso.whatif.types import Case, Change, Past, Station, Visit

DESK, LEADER = Station(UUID(int=1), "one_stop"), Station(UUID(int=1), "chairperson")


def case(arrived: float, *work: float, allowed: float | None = None) -> Case:
    return Case(arrived, tuple(Visit(DESK, minutes) for minutes in work), allowed, sum(work))


def erlang_wait(servers: int, arrivals: float, service: float) -> float:
    """Return the mean wait of M/M/c (Erlang C): arrivals a minute, mean minutes of service."""
    load = arrivals * service
    full = load**servers / factorial(servers) * servers / (servers - load)
    queued = full / (sum(load**n / factorial(n) for n in range(servers)) + full)
    return queued * service / (servers - load)


def test_random_arrivals_and_work_wait_as_long_as_erlang_says() -> None:
    luck, moment, cases = Random(7), 0.0, []
    for _ in range(30_000):
        moment += luck.expovariate(0.15)
        cases.append(case(moment, luck.expovariate(0.1)))
    _took, waits = simulate(cases, {DESK: 3})
    known = waits[DESK][3000:]
    assert sum(known) / len(known) == pytest.approx(erlang_wait(3, 0.15, 10), rel=0.1)


def test_who_comes_to_a_busy_desk_waits_until_it_is_free() -> None:
    took, waits = simulate([case(0, 10), case(2, 5), case(30, 5)], {DESK: 1})
    assert took == [10, 13, 5]
    assert waits[DESK] == [0, 8, 0]
    assert simulate([case(0, 10), case(2, 5)], {DESK: 2})[0] == [10, 5]


def test_a_pause_holds_no_officer() -> None:
    waiting = Case(0, (Visit(DESK, 5, pause=100),), None, 105)
    took, waits = simulate([waiting, case(1, 10)], {DESK: 1})
    assert took == [105, 10]
    assert waits[DESK] == [0, 0]


def test_steps_follow_one_another_at_their_stations() -> None:
    both = Case(0, (Visit(DESK, 5), Visit(LEADER, 7)), None, 12)
    took, waits = simulate([both, both], {DESK: 1, LEADER: 1})
    assert took == [12, 19]
    assert (waits[DESK], waits[LEADER]) == ([0, 5], [0, 2])


@pytest.fixture
def steady() -> Past:
    """Two officers, a dossier every ten minutes with fifteen minutes of work: three quarters busy."""
    return Past(tuple(case(10.0 * n, 15, allowed=60) for n in range(400)), {DESK: 2})


def test_more_dossiers_or_fewer_officers_make_more_of_them_late(steady: Past) -> None:
    now = outcome(steady, Change())
    more, fewer = outcome(steady, Change(arrivals=1.3)), outcome(steady, Change(away={DESK: 1}))
    assert now.on_time is not None
    assert more.on_time is not None
    assert fewer.on_time is not None
    assert 1 >= now.on_time > more.on_time > fewer.on_time
    assert now.loads[DESK].busy == pytest.approx(0.75, abs=0.01)
    assert fewer.loads[DESK].busy == pytest.approx(1.5, abs=0.01)
    assert now.median < more.median < fewer.median
    assert now.least is not None
    assert now.most is not None
    assert now.least <= now.on_time <= now.most


def test_the_same_question_has_the_same_answer(steady: Past) -> None:
    assert outcome(steady, Change(arrivals=1.2)) == outcome(steady, Change(arrivals=1.2))


def test_without_deadlines_nothing_is_said_of_them() -> None:
    found = outcome(Past((case(0, 5), case(9, 5)), {DESK: 1}), Change())
    assert (found.on_time, found.least, found.most) == (None, None, None)


@pytest.mark.parametrize("away", [2, 3])
def test_somebody_must_be_there(steady: Past, away: int) -> None:
    with pytest.raises(ValueError, match="officer"):
        outcome(steady, Change(away={DESK: away}))
