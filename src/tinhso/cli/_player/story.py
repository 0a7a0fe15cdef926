"""Tells each act with its time as it happens."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import click

from tinhso.kernel import clock


@dataclass
class Story:
    """:param acts: ``(seconds since the start, who, what)`` so far"""

    echo: Callable[[str], object] = click.echo
    started: float = field(default_factory=time.monotonic)
    waited: float = 0.0
    acts: list[tuple[float, str, str]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Seconds of machine time: those spent waiting for a fresh one-time code do not count."""
        return time.monotonic() - self.started - self.waited

    def tell(self, who: str, what: str) -> None:
        """Print one act."""
        self.acts.append((round(self.seconds, 2), who, what))
        at = clock.local(clock.now())
        self.echo(f"{at:%H:%M:%S}  +{self.seconds:5.2f} s  {who}: {what}")

    def wait(self, seconds: float) -> None:
        """Sleep without counting it."""
        self.waited += seconds
        time.sleep(seconds)
