"""The clock is an argument: only the edges (a request, a job, a command) ask what time it is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return the present moment, aware, in UTC. Call it at an edge and pass it down as ``at``."""
    return datetime.now(tz=UTC)


def local(at: datetime) -> datetime:
    """Return the same moment as the wall clock in Vietnam shows it."""
    return at.astimezone(VIETNAM)
