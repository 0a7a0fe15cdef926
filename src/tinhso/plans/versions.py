"""The versions of a plan file, and what changed from one to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinhso.kernel import ledger, locks
from tinhso.people.types import system
from tinhso.plans.events import PlanVersionTaken
from tinhso.plans.models import PlanVersion
from tinhso.plans.reading import PlanFile

READER = system("plans")
LISTS = ("pillars", "targets", "tasks", "figures")


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One thing two versions say differently.

    :param part: ``plan``, or one of :data:`LISTS`
    :param part_id: empty for the plan itself
    :param name: the field; empty where the whole part came or went
    :param before: in words, empty: it was not there
    """

    part: str
    part_id: str
    name: str
    before: str
    after: str


def current(file: PlanFile, *, at: datetime) -> PlanVersion:
    """Return the version the file is now, writing it down where it is new. Call it inside a transaction."""
    locks.hold(f"plan-version/{file.plan.id}")
    last = PlanVersion.objects.filter(plan_id=file.plan.id).order_by("-number").first()
    if last is not None and last.sha256 == file.sha256:
        return last
    version = PlanVersion.objects.create(
        plan_id=file.plan.id,
        number=last.number + 1 if last else 1,
        sha256=file.sha256,
        content=file.plan.model_dump(mode="json"),
        seen_at=at,
    )
    event = PlanVersionTaken(
        version_id=version.id, plan=version.plan_id, number=version.number, sha256=version.sha256
    )
    ledger.record(actor=READER, at=at, event=event)
    return version


def compare(old: dict[str, Any], new: dict[str, Any]) -> tuple[Difference, ...]:
    """Return what changed between two contents, in the order of the new one."""
    return (*_fields("plan", "", old, new, leave_out=LISTS), *_lists(old, new))


def _lists(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    for part in LISTS:
        before = {one["id"]: one for one in old.get(part) or ()}
        after = {one["id"]: one for one in new.get(part) or ()}
        for part_id, said in after.items():
            if part_id not in before:
                yield Difference(part, part_id, "", "", _name(said))
            else:
                yield from _fields(part, part_id, before[part_id], said)
        for part_id, said in before.items():
            if part_id not in after:
                yield Difference(part, part_id, "", _name(said), "")


def _fields(
    part: str, part_id: str, old: dict[str, Any], new: dict[str, Any], *, leave_out: tuple[str, ...] = ()
) -> Iterator[Difference]:
    for name in dict.fromkeys((*new, *old)):
        if name not in leave_out and old.get(name) != new.get(name):
            yield Difference(part, part_id, name, words(old.get(name)), words(new.get(name)))


def _name(said: dict[str, Any]) -> str:
    return words(said.get("text") or said.get("name"))


def words(value: object) -> str:
    """Return a value of a file as a reader sees it; texts in Vietnamese."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        if "vi" in value:
            return str(value["vi"])
        return "; ".join(f"{key}: {words(one)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(words(one) for one in value)
    return str(value)
