"""Which process of tests does what, and when: the longest first, so that none waits long for another."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

HERE = Path(__file__).parent
BROWSERS = HERE / "e2e"
DEMONSTRATION = {f"tests/e2e/test_{name}.py" for name in ("cli_demo", "national_portal", "whole_life")}
# Seconds a group took when last written down: they say what comes first, and nothing of what is right.
DURATIONS = HERE / "durations.json"
WRITE = "TEST_DURATIONS" in os.environ
UNKNOWN = 3.0  # seconds, for a file that nobody has timed yet
_took = Counter[str]()


def group(nodeid: str) -> str:
    """Return what is done by one process: a file; all that need the demonstration, slow to start."""
    file = nodeid.split("::")[0]
    return "demonstration" if file in DEMONSTRATION else file


class Together(LoadFileScheduling):
    """A group is done by one process, and no process holds back more than it needs to go on."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)

    def _reschedule(self, node: WorkerController) -> None:
        # A process starts a test once it knows the next. What waits behind those two nobody else can take.
        if not self.workqueue or self._pending_of(self.assigned_work[node]) < 2:
            super()._reschedule(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling:
    return Together(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Browsers come last; in both halves what takes longest comes first.

    Playwright leaves its loop running in the thread; nothing that needs a loop of its own works there then.
    """
    seconds: dict[str, float] = json.loads(DURATIONS.read_text("utf-8"))

    def turn(item: pytest.Item) -> tuple[bool, float]:
        return BROWSERS in item.path.parents, -seconds.get(group(item.nodeid), UNKNOWN)

    items.sort(key=turn)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _took[group(report.nodeid)] += report.duration


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write down how long each group took, where ``TEST_DURATIONS`` is set."""
    if WRITE and not hasattr(session.config, "workerinput"):
        known = json.loads(DURATIONS.read_text("utf-8"))
        known |= {name: round(seconds, 1) for name, seconds in _took.items()}
        DURATIONS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")
