"""What the room hands out: rounds, returns and reports as they stand at a moment."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tinhso.people.types import AgencyView
from tinhso.reports.models import State
from tinhso.reports.periods import Span
from tinhso.reports.types import ReportTemplate
from tinhso.reports.values import Values


@dataclass(frozen=True, slots=True)
class ActView:
    what: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """A signed version. :param changed: lines that are not as in the version before"""

    number: int
    values: Values
    changed: tuple[str, ...]
    reason: str
    document_id: UUID
    signed_by: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """
    One agency's return in a list.

    :param is_late: signed after the deadline, or not yet and it is over
    :param received: the version that counts; None: none
    """

    id: UUID
    agency: AgencyView
    state: State
    is_late: bool
    received: int | None
    signed_at: datetime | None
    may_fill: bool
    may_approve: bool


@dataclass(frozen=True, slots=True)
class ReturnView:
    """
    One return.

    :param values: as they stand; of a signed return those of its last version
    :param before: of the period before, ``last_year`` of the same a year ago; empty where nothing was signed
    :param may: what this actor may do now: ``fill``, ``approve``, ``send_back``, ``receive``, ``correct``
    """

    row: ReturnRow
    round: "RoundRow"
    revision: int
    note: str
    values: Values
    before: Values
    last_year: Values
    versions: tuple[VersionView, ...]
    acts: tuple[ActView, ...]
    filled_at: datetime | None
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One period of a report. :param asked: how many returns; of them ``signed``, ``received``, ``late``"""

    id: UUID
    template: ReportTemplate
    span: Span
    due_at: datetime
    asked: int
    signed: int
    received: int
    late: int


@dataclass(frozen=True, slots=True)
class ReportView:
    """A signed report of the province."""

    number: int
    document_id: UUID
    signed_by: str
    signed_at: datetime
    counted: int
    missing: int
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundView:
    """
    A round with its returns.

    :param returns: those the actor sees
    :param values: what received returns come to; empty for who does not see all
    :param missing: agencies that are not in it
    """

    row: RoundRow
    returns: tuple[ReturnRow, ...]
    sees_all: bool
    may_run: bool
    may_sign: bool
    values: Values = field(default_factory=dict)
    before: Values = field(default_factory=dict)
    last_year: Values = field(default_factory=dict)
    counted: int = 0
    missing: tuple[AgencyView, ...] = ()
    reports: tuple[ReportView, ...] = ()
