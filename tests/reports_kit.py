"""Reports for tests: rounds of a period that is over, officers of communes and of the province."""

from datetime import datetime
from uuid import UUID

from tests.dossiers_kit import BINH_LIEU, HONG_GAI, SYSTEM, Province
from tinhso.people.types import Actor
from tinhso.reports.actions.open_period import open_period
from tinhso.reports.actions.receive_return import receive_return
from tinhso.reports.actions.save_return import save_return
from tinhso.reports.actions.sign_return import sign_return
from tinhso.reports.actions.submit_return import submit_return
from tinhso.reports.models import UnitReturn

REPORT, PERIOD = "community-digital", "2026-08"
FIRST = {
    "teams": "3",
    "members": "10",
    "trained": "9",
    "points": "1",
    "helped_online": "1.200",
    "helped_other": "34",
    "difficulties": "Sóng yếu ở hai thôn.",
}
SECOND = FIRST | {"teams": "5", "members": "30", "trained": "15", "difficulties": "Không có"}


def runner(province: Province) -> Actor:
    """Return the province's reporting officer."""
    return province.officer("specialist", kind="province_committee")


def head(province: Province) -> Actor:
    return province.officer("chairperson", kind="province_committee")


def clerk(province: Province, unit: str = BINH_LIEU) -> Actor:
    return province.officer("civil_status_officer", unit=unit)


def leader(province: Province, unit: str = BINH_LIEU) -> Actor:
    return province.officer("chairperson", unit=unit)


def opened(province: Province, report: str = REPORT, period: str = PERIOD) -> UUID:
    return open_period(actor=runner(province), at=province.at, report_id=report, period=period)


def return_of(round_id: UUID, unit: str = BINH_LIEU) -> UnitReturn:
    rows = UnitReturn.objects.select_related("round", "agency")
    return rows.get(round_id=round_id, agency__kind="commune_committee", agency__unit_code=unit)


def saved(province: Province, round_id: UUID, lines: dict[str, str], unit: str = BINH_LIEU) -> UUID:
    row = return_of(round_id, unit)
    save_return(
        actor=clerk(province, unit), at=province.at, return_id=row.pk, revision=row.revision, entered=lines
    )
    return row.pk


def submitted(province: Province, round_id: UUID, lines: dict[str, str], unit: str = BINH_LIEU) -> UUID:
    """Fill in and hand up."""
    return_id = saved(province, round_id, lines, unit)
    row = return_of(round_id, unit)
    submit_return(actor=clerk(province, unit), at=province.at, return_id=return_id, revision=row.revision)
    return return_id


def signed(
    province: Province,
    round_id: UUID,
    lines: dict[str, str],
    unit: str = BINH_LIEU,
    *,
    at: datetime | None = None,
) -> UUID:
    """Fill in, hand up and sign."""
    return_id = submitted(province, round_id, lines, unit)
    row = return_of(round_id, unit)
    sign_return(
        actor=leader(province, unit), at=at or province.at, return_id=return_id, revision=row.revision
    )
    return return_id


def received(province: Province, round_id: UUID, lines: dict[str, str], unit: str = BINH_LIEU) -> UUID:
    """Fill in, hand up, sign and receive."""
    return_id = signed(province, round_id, lines, unit)
    row = return_of(round_id, unit)
    receive_return(actor=runner(province), at=province.at, return_id=return_id, revision=row.revision)
    return return_id


def both_received(province: Province) -> UUID:
    """Open a round and receive the returns of two communes; return the round's id."""
    round_id = opened(province)
    received(province, round_id, FIRST)
    received(province, round_id, SECOND, HONG_GAI)
    return round_id


def scene(province: Province) -> dict[str, str]:
    """Return a round, and in it the return of the commune of Bình Liêu, for the table of rights."""
    round_id = open_period(actor=SYSTEM, at=province.at, report_id=REPORT, period=PERIOD)
    return {"report_round_id": str(round_id), "report_return_id": str(return_of(round_id).pk)}
