"""What happens to figures, in the past tense."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from tinhso.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class FiguresPublished(Event):
    """
    Figures of one indicator and period were told.

    :param digest: SHA-256 over the figures, so that the ledger proves them
    :param position: of the ledger they were computed at
    """

    kind: ClassVar[str] = "indicator.published"
    subject_kind: ClassVar[str] = "indicator"
    subject_field: ClassVar[str] = "publication_id"

    publication_id: UUID
    indicator: str
    definition: str
    since: date
    until: date
    position: int
    figures: int
    restated: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class ValueEntered(Event):
    """A value that is computed elsewhere was entered. :param replaces: the value it corrects"""

    kind: ClassVar[str] = "indicator.value_entered"
    subject_kind: ClassVar[str] = "indicator_value"
    subject_field: ClassVar[str] = "value_id"

    value_id: UUID
    indicator: str
    since: date
    until: date
    value: str
    document_on: date
    replaces: UUID | None
