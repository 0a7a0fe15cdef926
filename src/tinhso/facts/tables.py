"""The tables that formulas may read: every column, its type and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Type = Literal["BIGINT", "INTEGER", "VARCHAR", "DATE", "TIMESTAMP", "BOOLEAN"]
_DAY = "(({0} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)"
_UTC = "({0} AT TIME ZONE 'UTC')"


@dataclass(frozen=True, slots=True)
class Column:
    """
    :param source: where PostgreSQL finds it, as SQL; empty: the column of the same name
    :param says: what it means; days are those of Vietnam, moments UTC
    """

    name: str
    type: Type
    says: str
    source: str = ""

    @property
    def select(self) -> str:
        return f"{self.source or self._plain()} AS {self.name}"

    def _plain(self) -> str:
        return _UTC.format(self.name) if self.type == "TIMESTAMP" else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """
    :param stored: the table in PostgreSQL
    :param month: the column by which files are divided
    :param key: what names a row
    :param order: how rows lie in a file: a question about a year need not open what ended before it
    """

    name: str
    stored: str
    month: str
    columns: tuple[Column, ...]
    key: str = "number"
    order: str = "number"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _day(name: str, of: str, says: str) -> Column:
    return Column(name, "DATE", says, _DAY.format(of))


_ABOUT = (
    Column("procedure", "VARCHAR", "code of the procedure"),
    Column("field", "VARCHAR", "its field"),
    Column("level", "VARCHAR", "commune or province: who decides"),
    Column("agency", "VARCHAR", "national code of the agency that decides"),
    Column("unit", "VARCHAR", "code of the unit the agency serves, on the map of the day of filing"),
    Column("channel", "VARCHAR", "online, counter or post"),
)
_TAKEN = (
    "CASE WHEN ended_at IS NOT NULL AND accepted_at IS NOT NULL THEN"
    " (floor(extract(epoch FROM ended_at - accepted_at) / 60))::int - waiting_minutes END"
)

DOSSIERS = Table(
    "dossiers",
    "fact_dossier",
    "filed_month",
    (
        Column("number", "BIGINT", "names the fact: position of its filing in the ledger"),
        *_ABOUT,
        Column("filed_month", "DATE", "first day of the month of filing: the map on which the unit is"),
        Column("filed_at", "TIMESTAMP", "when it was filed"),
        _day("filed_on", "filed_at", "day of filing"),
        Column("accepted_at", "TIMESTAMP", "when it was accepted"),
        _day("accepted_on", "accepted_at", "day of acceptance"),
        Column("due_at", "TIMESTAMP", "until when the result is owed, after all pauses"),
        _day("due_on", "due_at", "day on which the result is owed"),
        Column("ended_at", "TIMESTAMP", "when it was decided, declined, withdrawn or stopped"),
        _day("ended_on", "ended_at", "day of that"),
        _day("returned_on", "returned_at", "day on which the result was handed out"),
        Column("outcome", "VARCHAR", "granted, refused, declined, withdrawn, stopped; empty while it runs"),
        Column("waiting_since", "TIMESTAMP", "since when it waits for the applicant; none when it does not"),
        Column("waiting_minutes", "INTEGER", "minutes it waited for the applicant, ended waits only"),
        Column("taken_minutes", "INTEGER", "minutes from acceptance to end without waits", _TAKEN),
        Column("asks", "INTEGER", "how often a supplement was asked for"),
        Column("extensions", "INTEGER", "how often a later date was named"),
        Column("steps_missed", "INTEGER", "how often a step was warned to be past its time"),
        Column("opinions", "INTEGER", "how many opinions of agencies were asked"),
        Column("changes", "INTEGER", "corrections, reissues and revocations of the result"),
        Column("questions", "INTEGER", "questions the applicant had in sight; none when not measured"),
        Column("proved", "INTEGER", "of them answered by the account"),
        Column("prefilled", "INTEGER", "of them begun by registers"),
        Column("papers", "INTEGER", "papers the law asks of this applicant"),
        Column("saved", "INTEGER", "of them replaced by data"),
        Column("reused", "INTEGER", "of them taken from what the person keeps"),
        Column("e_result", "BOOLEAN", "the decision is a signed electronic document",
               "(outcome IN ('granted', 'refused'))"),
        Column("billed", "BIGINT", "đồng that were billed and not cancelled"),
        Column("paid", "BIGINT", "đồng of bills that are paid"),
        Column("paid_online", "BIGINT", "đồng that came by a bank or the portal's platform"),
        Column("stars", "INTEGER", "rating 1–5; none when it was not rated"),
    ),
    # What is open comes last: where it lay among the others, every part of every file would have to be read.
    order="ended_on, number",
)  # fmt: skip

_EVENT = (
    Column("number", "BIGINT", "position in the ledger"),
    Column("kind", "VARCHAR", "what happened, as in the ledger"),
    Column("happened_at", "TIMESTAMP", "when", _UTC.format("at")),
    _day("happened_on", "at", "day of it"),
    Column("month", "DATE", "first day of its month"),
)
_ONE = Column("dossier", "BIGINT", "number of the dossier's fact")

ACTS = Table(
    "acts",
    "fact_act",
    "month",
    (
        *_EVENT,
        _ONE,
        *_ABOUT,
        Column("officer", "VARCHAR", "account of the officer who did it", "officer::text"),
    ),
)
PAYMENTS = Table(
    "payments",
    "fact_payment",
    "month",
    (*_EVENT, _ONE, *_ABOUT, Column("amount", "BIGINT", "đồng")),
)
RATINGS = Table(
    "ratings",
    "fact_rating",
    "month",
    (*_EVENT, _ONE, *_ABOUT, Column("stars", "INTEGER", "1–5; none for a survey")),
)
RECORDS = Table(
    "records",
    "fact_record",
    "month",
    (
        *_EVENT,
        Column("register", "VARCHAR", "the register"),
        Column("source", "VARCHAR", "where the change came from"),
    ),
)

SERVICES = Table(
    "services",
    "fact_service",
    "month",
    (
        Column("number", "BIGINT", "position of its last publication"),
        Column("procedure", "VARCHAR", "code of the procedure"),
        Column("month", "DATE", "the same for all"),
        Column("field", "VARCHAR", "its field"),
        Column("level", "VARCHAR", "commune or province: who decides"),
        Column("offered", "BOOLEAN", "it is in the catalogue"),
        Column("online", "BOOLEAN", "it can be filed online"),
        Column("whole_online", "BOOLEAN", "everything of it happens online (toàn trình)"),
        Column(
            "has_fee", "BOOLEAN", "it has a fee, which can be paid online wherever it can be filed online"
        ),
    ),
    key="procedure",
)

TABLES: Mapping[str, Table] = {
    one.name: one for one in (DOSSIERS, ACTS, PAYMENTS, RATINGS, RECORDS, SERVICES)
}
