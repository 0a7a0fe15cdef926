"""Steps: somebody signs, somebody returns, every step can be reached, and roles exist."""

from collections.abc import Iterator

from tinhso.definitions.checks.case import Case
from tinhso.definitions.explaining import nearest
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location
from tinhso.definitions.types import Step

_PLACES = frozenset({"receiving", "competent"})


def find(case: Case) -> Iterator[Mistake]:
    """Yield the mistakes of the steps."""
    yield from _ids(case)
    yield from _signing(case)
    yield from _returning(case)
    for index, step in enumerate(case.procedure.steps):
        at: Location = ("steps", index)
        yield from _back(case, step, index)
        yield from _names(case, (*at, "by"), step.by, (*at, "agency"), step.agency, _PLACES)
        for place, consulted in enumerate(step.consult):
            inside = (*at, "consult", place)
            yield from _names(
                case, (*inside, "role"), consulted.role, (*inside, "agency"), consulted.agency, frozenset()
            )


def _ids(case: Case) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for at, name in _all_ids(case):
        if name in first:
            yield case.places.mistake(at, "duplicate-id", name=name, other=first[name])
        first.setdefault(name, case.line(at))


def _all_ids(case: Case) -> Iterator[tuple[Location, str]]:
    for index, step in enumerate(case.procedure.steps):
        yield ("steps", index, "id"), step.id
        for place, consulted in enumerate(step.consult):
            yield ("steps", index, "consult", place, "id"), consulted.id


def _signing(case: Case) -> Iterator[Mistake]:
    signing = [step for step in case.procedure.steps if step.signs]
    if not signing:
        yield case.places.mistake(("steps",), "no-signing-step")
    elif all(step.when for step in signing):
        yield case.places.mistake(("steps",), "maybe-no-signing-step")


def _returning(case: Case) -> Iterator[Mistake]:
    steps = case.procedure.steps
    if not any(step.returns for step in steps):
        yield case.places.mistake(("steps",), "no-returning-step")
    last_signing = max((index for index, step in enumerate(steps) if step.signs), default=-1)
    ended_by: Step | None = None
    for index, step in enumerate(steps):
        if ended_by is not None:
            yield case.places.mistake(("steps", index), "unreachable-step", name=step.id, other=ended_by.id)
        elif step.returns and index < last_signing:
            yield case.places.mistake(("steps", index), "return-before-sign", name=step.id)
        if step.returns and not step.when and ended_by is None:
            ended_by = step


def _back(case: Case, step: Step, index: int) -> Iterator[Mistake]:
    order = [other.id for other in case.procedure.steps]
    for place, name in enumerate(step.back_to):
        at = ("steps", index, "back_to", place)
        if name not in order:
            yield case.places.mistake(at, "back-to-unknown", name=name, hint=nearest(name, order[:index]))
        elif order.index(name) >= index:
            yield case.places.mistake(at, "back-to-later", name=name)


def _names(
    case: Case, role_at: Location, role: str, agency_at: Location, agency: str, places: frozenset[str]
) -> Iterator[Mistake]:
    roles, kinds = case.lists.roles, case.lists.agency_kinds
    if roles is not None and role not in roles:
        yield case.places.mistake(role_at, "unknown-role", name=role, hint=nearest(role, sorted(roles)))
    if kinds is not None and agency not in kinds | places:
        hint = nearest(agency, sorted(kinds | places))
        yield case.places.mistake(agency_at, "unknown-agency-kind", name=agency, hint=hint)
