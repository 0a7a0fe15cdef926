"""Frozen values of the room."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Why(StrEnum):
    """Why an envelope waits; what a human can do about it is in ``ANSWERS``."""

    PROCEDURE_UNKNOWN = "procedure_unknown"
    UNIT_UNKNOWN = "unit_unknown"
    PERSON_UNKNOWN = "person_unknown"
    PERSON_CONTRADICTS = "person_contradicts"
    ORGANISATION = "organisation"
    ORGANISATION_NAME = "organisation_name"
    REPRESENTATIVE = "representative"
    REPRESENTATIVES = "representatives"
    DATE_WRONG = "date_wrong"
    FILE_MISSING = "file_missing"
    FILE_REFUSED = "file_refused"
    PAPER_UNKNOWN = "paper_unknown"
    NOT_TAKEN = "not_taken"
    ORIGINAL_MISSING = "original_missing"
    CHANGED_AFTERWARDS = "changed_afterwards"


# Files that did not come are fetched again by themselves before a human is asked.
PASSING = frozenset({Why.FILE_MISSING})
# The rest of the dossier can go on once an officer has chosen.
CHOSEN = frozenset(
    {
        Why.PROCEDURE_UNKNOWN,
        Why.UNIT_UNKNOWN,
        Why.DATE_WRONG,
        Why.FILE_MISSING,
        Why.FILE_REFUSED,
        Why.PAPER_UNKNOWN,
        Why.ORIGINAL_MISSING,
    }
)
# Over by itself once a counter has written down who the organisation is and who represents it.
OF_ORGANISATIONS = frozenset(
    {Why.ORGANISATION, Why.ORGANISATION_NAME, Why.REPRESENTATIVE, Why.REPRESENTATIVES}
)
# Nothing more can be done with it than to know it.
SEEN = frozenset({Why.CHANGED_AFTERWARDS})


@dataclass(frozen=True, slots=True)
class Trouble:
    """
    One reason why an envelope waits.

    :param about: the code, name or file it is about, as the portal has it
    :param detail: a sentence of ours, where there is one, as why a file was refused
    """

    why: Why
    about: str = ""
    detail: str = ""

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Trouble":
        return cls(Why(kept["why"]), kept.get("about", ""), kept.get("detail", ""))


@dataclass(frozen=True, slots=True)
class Choices:
    """
    What an officer decided about an envelope.

    :param procedure: code of ours for the portal's
    :param agency_id: the agency it belongs to
    :param date_as_received: the day of filing is the moment it arrived
    :param without_files: go on without the files that did not come, or were refused
    :param as_original: what it updates never came; it is whole by itself
    :param papers: ids of the portal's files → ids of our papers; empty for «belongs to none»
    """

    procedure: str = ""
    agency_id: UUID | None = None
    date_as_received: bool = False
    without_files: bool = False
    as_original: bool = False
    papers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "procedure": self.procedure,
            "agency_id": str(self.agency_id) if self.agency_id else "",
            "date_as_received": self.date_as_received,
            "without_files": self.without_files,
            "as_original": self.as_original,
            "papers": dict(self.papers),
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Choices":
        agency = kept.get("agency_id") or ""
        return cls(
            kept.get("procedure", ""),
            UUID(agency) if agency else None,
            bool(kept.get("date_as_received")),
            bool(kept.get("without_files")),
            bool(kept.get("as_original")),
            dict(kept.get("papers", {})),
        )

    def and_then(self, later: "Choices") -> "Choices":
        """Return both; what was chosen later counts."""
        return Choices(
            later.procedure or self.procedure,
            later.agency_id or self.agency_id,
            later.date_as_received or self.date_as_received,
            later.without_files or self.without_files,
            later.as_original or self.as_original,
            {**self.papers, **later.papers},
        )


@dataclass(frozen=True, slots=True)
class SyncFigure:
    """
    How an agency's dossiers stand with the portal (Decision 766, index 1.4).

    :param synced: all that happened to them is there
    :param waiting: something is still to be sent
    :param failed: something could not be sent and waits for a human
    """

    agency_id: UUID
    agency_name: str
    synced: int
    waiting: int
    failed: int

    @property
    def total(self) -> int:
        return self.synced + self.waiting + self.failed
