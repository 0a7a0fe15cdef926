"""One thing an officer does to a dossier, and one sending of its form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from tinhso.people.types import Actor
from tinhso.web.desk import boxes
from tinhso.web.desk.offers import Situation


@dataclass(frozen=True, slots=True)
class Deed:
    """
    One sending of a form.

    :param revision: of the dossier as the officer saw it
    """

    actor: Actor
    at: datetime
    case: Situation
    revision: int
    data: QueryDict

    @property
    def aim(self) -> dict[str, Any]:
        """Return what every action of the dossiers takes."""
        return {
            "actor": self.actor,
            "at": self.at,
            "dossier_id": self.case.dossier.pk,
            "revision": self.revision,
        }

    @property
    def found(self) -> dict[str, list[str]]:
        return {name: [str(value) for value in values] for name, values in self.data.lists()}

    @property
    def reason(self) -> str:
        return boxes.reason_of(self.data)


@dataclass(frozen=True, slots=True)
class Act:
    """
    :param form: what its form asks: nothing, ``found``, ``reason`` …; see ``act_forms``
    :param do: does it and returns what happened and what comes next
    :param is_hard: hard to undo; the button warns
    :param stays: the officer goes on with the same dossier; else the next one of the list is shown
    """

    title: Any
    button: Any
    form: str
    do: Callable[[Deed], str]
    explains: Any = ""
    is_hard: bool = False
    stays: bool = False
