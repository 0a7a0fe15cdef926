"""What becomes of an exemption or a reduction, in the past tense."""

from dataclasses import dataclass
from typing import ClassVar

from tinhso.dossiers.events import DossierEvent


@dataclass(frozen=True, kw_only=True)
class ReliefGranted(DossierEvent):
    """The officer agreed that less is paid. ``late``: after it was asked for in full."""

    kind: ClassVar[str] = "dossier.relief_granted"

    fee: str
    relief: str
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class ReliefRefused(DossierEvent):
    """The proof did not convince: what the relief spared is owed."""

    kind: ClassVar[str] = "dossier.relief_refused"

    fee: str
    relief: str
