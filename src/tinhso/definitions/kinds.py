"""What a kind of mistake is: how bad, and its sentences."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """An error keeps a file from being published; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Kind:
    problem: Any
    remedy: Any
    severity: Severity = Severity.ERROR
