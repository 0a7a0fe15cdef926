"""Roles, agency kinds and life events: the small lists that procedures name."""

from pathlib import Path
from typing import Literal, TypeVar

from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.types import NO_TEXT, StepId, Strict, Text

Model = TypeVar("Model", bound=Strict)


class Role(Strict):
    """
    What an officer may do, held in an agency through a post.

    :param duty: what it is for, one sentence
    :param appointed_by: who gives it: ``agency``, its head, or ``operator``, who runs the system
    """

    id: StepId
    name: Text
    duty: Text = NO_TEXT
    appointed_by: Literal["agency", "operator"] = "operator"


class AgencyKind(Strict):
    """
    :param level: ``commune`` (one in each commune) or ``province`` (one in the province)
    """

    id: StepId
    name: Text
    level: str


class LifeEvent(Strict):
    """
    A group of services on the National Portal.

    :param number: the Portal's own number of the group
    :param icon: name of a Tabler icon
    """

    id: StepId
    number: int
    name: Text
    icon: str = ""


class RoleFile(Strict):
    roles: tuple[Role, ...]


class AgencyKindFile(Strict):
    kinds: tuple[AgencyKind, ...]


class LifeEventFile(Strict):
    events: tuple[LifeEvent, ...]


class BrokenPack(Exception):  # noqa: N818
    """A shared list of the packs cannot be read; ``mistakes`` say where."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        first = mistakes[0]
        super().__init__(f"{first.file}:{first.line}: {first.problem}")
        self.mistakes = mistakes


def load_roles(packs: Path) -> tuple[Role, ...]:
    """Return the roles of ``roles.yaml``. :raises BrokenPack: the file is wrong"""
    return whole(packs / COUNTRY / "roles.yaml", RoleFile).roles


def load_agency_kinds(packs: Path) -> tuple[AgencyKind, ...]:
    """Return the kinds of ``agency-kinds.yaml``. :raises BrokenPack: the file is wrong"""
    return whole(packs / COUNTRY / "agency-kinds.yaml", AgencyKindFile).kinds


def load_life_events(packs: Path) -> tuple[LifeEvent, ...]:
    """Return the groups of ``life-events.yaml`` in the Portal's order. :raises BrokenPack: it is wrong"""
    return whole(packs / COUNTRY / "life-events.yaml", LifeEventFile).events


def whole(path: Path, model: type[Model]) -> Model:
    """Return the file as a typed value. :raises BrokenPack: it is wrong"""
    loaded = load(path, model)
    if loaded.value is None:
        raise BrokenPack(loaded.mistakes)
    return loaded.value
