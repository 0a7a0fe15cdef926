"""Whether a procedure is published as the law demands: with all its parts, and in time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from tinhso.calendars.loading import load_calendar
from tinhso.calendars.types import Calendar, OutsideCalendar
from tinhso.definitions.announcing import (
    NO_RULES,
    Announcement,
    PartName,
    PublishingRules,
    announcement_of,
    publishing_rules,
)
from tinhso.definitions.packs import packs_folder, province
from tinhso.definitions.side_lists import or_else
from tinhso.definitions.types import Procedure
from tinhso.kernel.clock import local

PARTS: tuple[PartName, ...] = get_args(PartName)


@dataclass(frozen=True, slots=True)
class PartStated:
    """
    :param is_required: without it the procedure does not count as published whole
    """

    name: PartName
    is_required: bool
    is_stated: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """
    How a procedure is published.

    :param decision: that announced it; None where no file names it
    :param published_on: first day on which it stood here
    :param due_on: last day on which it had to stand here; None where the decision's day is not known
    :param days_late: working days after ``due_on``; 0 in time, None where it cannot be measured
    :param announced_late: working days the decision itself came after its own limit; None as above
    """

    parts: tuple[PartStated, ...]
    decision: Announcement | None
    published_on: date | None
    due_on: date | None
    days_late: int | None
    announced_late: int | None

    @property
    def lacking(self) -> tuple[PartName, ...]:
        """Return the required parts that are not stated."""
        return tuple(part.name for part in self.parts if part.is_required and not part.is_stated)


def publication_of(law: Procedure, first_published_at: datetime | None) -> Publication:
    """Measure the publication of a procedure, as far as the packs say what is owed."""
    packs = packs_folder()
    rules = or_else(lambda: publishing_rules(packs), NO_RULES)
    decision = or_else(lambda: announcement_of(law.code, packs, province()), None)
    published_on = local(first_published_at).date() if first_published_at else None
    calendar = load_calendar(packs, province())
    due_on = _due_on(decision, rules, calendar)
    return Publication(
        parts=parts_of(law, rules),
        decision=decision,
        published_on=published_on,
        due_on=due_on,
        days_late=_late(published_on, due_on, calendar),
        announced_late=_announced_late(decision, rules, calendar),
    )


def parts_of(law: Procedure, rules: PublishingRules) -> tuple[PartStated, ...]:
    """Return the parts of a procedure the law asks for, and whether each is stated."""
    return tuple(PartStated(name, name in rules.required_parts, _is_stated(law, name)) for name in PARTS)


def _is_stated(law: Procedure, part: PartName) -> bool:
    stated = {
        "name": bool(law.name),
        "sequence": bool(law.steps),
        "ways": bool(law.channels),
        # How many originals and copies is a part of it too.
        "papers": all(paper.originals or paper.copies for paper in law.papers),
        "time": law.time.value > 0,
        "audience": bool(law.audience),
        "agency": bool(law.agency),
        "result": bool(law.result.name),
        # No fee is stated too: the page says that it costs nothing.
        "fees": True,
        "forms": bool(law.form),
        "conditions": bool(law.conditions),
        "law": bool(law.law),
    }
    return stated[part]


def _due_on(decision: Announcement | None, rules: PublishingRules, calendar: Calendar) -> date | None:
    duty = rules.publish_within.get(decision.by) if decision else None
    if decision is None or decision.on is None or duty is None:
        return None
    try:
        return calendar.add_working_days(decision.on, duty.days)
    except OutsideCalendar:
        return None


def _late(on: date | None, due_on: date | None, calendar: Calendar) -> int | None:
    if on is None or due_on is None:
        return None
    if on <= due_on:
        return 0
    try:
        return calendar.working_days_before(on) - calendar.working_days_before(due_on)
    except OutsideCalendar:
        return None


def _announced_late(decision: Announcement | None, rules: PublishingRules, calendar: Calendar) -> int | None:
    """Count the working days by which the decision missed its notice before the law took effect."""
    duty = rules.announce_before.get(decision.by) if decision else None
    if decision is None or decision.on is None or decision.law_effective_on is None or duty is None:
        return None
    try:
        earliest = calendar.add_working_days(decision.on, duty.days)
    except OutsideCalendar:
        return None
    return _late(earliest, decision.law_effective_on, calendar)
