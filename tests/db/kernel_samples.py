"""An event and its actor, for tests of the kernel."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.actors import ActorRef
from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    kind: ClassVar[str] = "lamp.lit"
    subject_kind: ClassVar[str] = "lamp"
    subject_field: ClassVar[str] = "lamp_id"

    lamp_id: UUID
    brightness: int


class Keeper:
    """Signs entries as a part of the system."""

    ref = ActorRef(kind="system", id="lighthouse")
