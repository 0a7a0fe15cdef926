"""What happens to the catalogue."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ProcedurePublished(Event):
    """A version became the current one; an older content that returned counts too."""

    kind: ClassVar[str] = "procedure.published"
    subject_kind: ClassVar[str] = "procedure_version"
    subject_field: ClassVar[str] = "version_id"

    version_id: UUID
    code: str
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class ProcedureWithdrawn(Event):
    """Its file is gone: no new dossiers; those running keep their version."""

    kind: ClassVar[str] = "procedure.withdrawn"
    subject_kind: ClassVar[str] = "procedure_version"
    subject_field: ClassVar[str] = "version_id"

    version_id: UUID
    code: str
