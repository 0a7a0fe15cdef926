"""What other rooms see of dossiers: frozen values."""

from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class MissingItem:
    """
    One thing the citizen owes.

    :param kind: ``question`` or ``paper`` of the procedure, or ``other``
    :param id: its id in the procedure; empty for ``other``
    :param text: one sentence to the citizen
    """

    kind: Literal["question", "paper", "other"]
    id: str
    text: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)
