"""Every procedure on offer played one after the other: which of them reach a verified result."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from tinhso.cli._player import life
from tinhso.cli._player.story import Story
from tinhso.definitions import catalogue
from tinhso.kernel.refusals import Refusal

ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    One procedure.

    :param stopped: what kept it from its result; empty when nothing did
    """

    code: str
    seconds: float
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """
    :param at_counter: codes that are not offered online, so that no citizen's browser can file them
    """

    outcomes: tuple[Outcome, ...]
    at_counter: tuple[str, ...]
    seconds: float

    @property
    def stopped(self) -> tuple[Outcome, ...]:
        return tuple(one for one in self.outcomes if one.stopped)


def play_all(*, personal_id: str, tell: Callable[[Outcome], None]) -> Round:
    """Play the first example of each procedure that is offered online, by code."""
    started = time.monotonic()
    offered = [one.procedure for one in catalogue.all_current()]
    outcomes = []
    for procedure in offered:
        if ONLINE in procedure.channels:
            outcomes.append(_play(procedure.code, personal_id))
            tell(outcomes[-1])
    at_counter = tuple(one.code for one in offered if ONLINE not in one.channels)
    return Round(tuple(outcomes), at_counter, time.monotonic() - started)


def _play(code: str, personal_id: str) -> Outcome:
    started = time.monotonic()
    try:
        story = Story(echo=lambda _line: None)
        life.play(code, example=1, personal_id=personal_id, story=story, publicly=False)
    except Refusal as refusal:
        return Outcome(code, time.monotonic() - started, stopped=str(refusal))
    except (LookupError, StopIteration) as lost:  # a page without the form the player looked for
        return Outcome(code, time.monotonic() - started, stopped=f"{type(lost).__name__}: {lost}")
    return Outcome(code, time.monotonic() - started)
