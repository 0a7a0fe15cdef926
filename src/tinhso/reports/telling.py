"""Telling officers of reports: who can act, and nobody else."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from tinhso.kernel.clock import local
from tinhso.notices.actions import notify_officers
from tinhso.people import queries as people
from tinhso.reports.models import ReportRound, UnitReturn
from tinhso.reports.reading import rules
from tinhso.reports.rounds import span_of, template_of

AREA = "/ban-lam-viec/bao-cao/"


def tell_opened(row: ReportRound, agencies: Collection[UUID], *, at: datetime) -> None:
    """Tell the officers of the agencies that a report is asked of them."""
    _tell_round("officer_report_asked", row, agencies, roles=rules().fill, at=at, when="")


def remind(row: ReportRound, agencies: Collection[UUID], *, at: datetime, is_over: bool) -> None:
    """Remind those whose return is not signed, once a day; after the deadline their leaders too."""
    known = rules()
    roles = (*known.fill, *known.approve)
    template = "officer_report_late" if is_over else "officer_report_due"
    _tell_round(template, row, agencies, roles=roles, at=at, when=f":{local(at).date()}")


def tell_sent_back(row: UnitReturn, *, at: datetime, reason: str) -> None:
    """Tell the officers of the agency why their return came back."""
    data = _data(row.round) | {"reason": reason}
    _notify(
        "officer_report_sent_back",
        row.round,
        [row.agency_id],
        roles=rules().fill,
        at=at,
        data=data,
        key=f"report_sent_back:{row.pk}:{row.revision}",
    )


def _tell_round(
    template: str,
    row: ReportRound,
    agencies: Collection[UUID],
    *,
    roles: tuple[str, ...],
    at: datetime,
    when: str,
) -> None:
    key = f"{template}:{row.pk}{when}"
    _notify(template, row, agencies, roles=roles, at=at, data=_data(row), key=key)


def _notify(
    template: str,
    row: ReportRound,
    agencies: Collection[UUID],
    *,
    roles: tuple[str, ...],
    at: datetime,
    data: dict[str, str | dict[str, str]],
    key: str,
) -> None:
    wanted = set(agencies)
    officers = people.officers_in(roles=roles, agency_kinds=(), at=at)
    accounts = {one.account_id for one in officers if one.post.agency_id in wanted}
    if accounts:
        notify_officers(
            at=at,
            account_ids=accounts,
            template=template,
            data=data,
            dedupe_key=key,
            link=f"{AREA}ky/{row.pk}/",
        )


def _data(row: ReportRound) -> dict[str, str | dict[str, str]]:
    title, span = template_of(row).title, span_of(row)
    days = f"{span.since:%d/%m/%Y} – {span.last:%d/%m/%Y}"
    return {
        "report": {"vi": title.vi, "en": title.into("en")},
        "period": days,
        "due": f"{local(row.due_at):%H:%M %d/%m/%Y}",
    }
