"""What happens to designs of procedures."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DesignEvent(Event):
    subject_kind: ClassVar[str] = "design"
    subject_field: ClassVar[str] = "design_id"

    design_id: UUID
    code: str


@dataclass(frozen=True, kw_only=True)
class DesignOpened(DesignEvent):
    """Somebody began to write: from a version, a copy of another procedure, or files sent in."""

    kind: ClassVar[str] = "design.opened"
    origin: str


@dataclass(frozen=True, kw_only=True)
class DesignProposed(DesignEvent):
    kind: ClassVar[str] = "design.proposed"
    content_hash: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class DesignReturned(DesignEvent):
    """It is being written again: whoever proposed it took it back, or whoever publishes gave it back."""

    kind: ClassVar[str] = "design.returned"


@dataclass(frozen=True, kw_only=True)
class DesignPublished(DesignEvent):
    """Its content became the version in force; ``procedure.published`` stands beside it."""

    kind: ClassVar[str] = "design.published"
    version_id: UUID
    proposed_by: str
    reason: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class DesignDiscarded(DesignEvent):
    kind: ClassVar[str] = "design.discarded"


@dataclass(frozen=True, kw_only=True)
class VersionRestored(Event):
    """An older version was put into force again."""

    kind: ClassVar[str] = "procedure.restored"
    subject_kind: ClassVar[str] = "procedure_version"
    subject_field: ClassVar[str] = "version_id"

    version_id: UUID
    code: str
    reason: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class ProcedureGivenBack(Event):
    """The file of the packs counts again for the procedure."""

    kind: ClassVar[str] = "procedure.given-back"
    subject_kind: ClassVar[str] = "procedure_version"
    subject_field: ClassVar[str] = "version_id"

    version_id: UUID
    code: str
    reason: str
