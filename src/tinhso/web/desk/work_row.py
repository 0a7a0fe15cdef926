"""One dossier of a list of work, and how its row is drawn."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tinhso.web.parts import DeadlineView
from tinhso.web.templatetags import look as tags

NO_ID = UUID(int=0)
# What differs between rows that look alike.
TEXTS = ("url", "procedure", "code", "applicant", "step", "holder", "agency", "channel", "state")


@dataclass(frozen=True, slots=True)
class WorkRow:
    """
    :param holder: who holds it; empty when nobody took it yet
    :param is_step_late: officers were warned that the hours of its step ran out
    :param has_message: the applicant wrote, and nobody of the office has read it
    """

    id: UUID
    url: str
    deadline: DeadlineView
    day: date | None
    procedure: str
    code: str
    applicant: str
    step: str
    holder: str
    is_mine: bool
    is_current: bool
    is_step_late: bool = False
    has_message: bool = False
    agency: str = ""
    channel: str = ""
    filed_at: datetime | None = None
    state: str = ""

    def look(self) -> "Look":
        """See :class:`tinhso.web.patterns.Patterned`."""
        return Look(
            deadline=self.deadline.level,
            is_held=bool(self.holder),
            is_mine=self.is_mine,
            is_current=self.is_current,
            is_step_late=self.is_step_late,
            has_message=self.has_message,
        )

    def texts(self) -> dict[str, str]:
        """See :class:`tinhso.web.patterns.Patterned`."""
        told: dict[str, str] = {name: getattr(self, name) for name in TEXTS}
        deadline = tags.drawn("parts/deadline.html", deadline=self.deadline)
        return told | {"id": str(self.id), "deadline": deadline, "filed_on": tags.day(self.filed_at)}


@dataclass(frozen=True, slots=True)
class Look:
    """A row without its texts."""

    deadline: str
    is_held: bool
    is_mine: bool
    is_current: bool
    is_step_late: bool
    has_message: bool
