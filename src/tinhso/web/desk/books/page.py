"""What the pages of the daily comparison show."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tinhso.bookkeeping import reports
from tinhso.bookkeeping.types import Channel, DayReportView, DifferenceState, DifferenceView
from tinhso.bookkeeping.wording import CHANNEL_NAMES
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.payments.answering import overseen_agencies
from tinhso.payments.policies import RoleMissing
from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import as_uuid

AGENCY, NOTE, WHO, FILE, BANK, KIND = "co-quan", "ghi-chu", "nguoi-xem", "tep", "ngan-hang", "loai"
SHOWN_DAYS = 14


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the list; ``open_count`` is None for one that is not counted yet."""

    on: date
    url: str
    open_count: int | None


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    view: DifferenceView
    who: str
    url: str

    @property
    def is_explained(self) -> bool:
        return self.view.state is DifferenceState.EXPLAINED


@dataclass(frozen=True, slots=True)
class ChannelPart:
    """One channel of the day, with its differences, the open ones first."""

    name: str
    report: DayReportView
    lines: tuple[DifferenceLine, ...]


@dataclass(frozen=True, slots=True)
class DayPage:
    """:param channels: empty while the day is not counted"""

    agency: AgencyView
    on: date
    channels: tuple[ChannelPart, ...]
    computed_at: datetime | None
    query: str
    before_url: str
    after_url: str

    @property
    def open_count(self) -> int:
        return sum(part.report.open_count for part in self.channels)


def agencies_of(actor: Actor) -> tuple[AgencyView, ...]:
    """Return the agencies for whose money the officer answers. :raises RoleMissing: there is none"""
    found = tuple(people.agency(one) for one in sorted(overseen_agencies(actor), key=str))
    if not found:
        raise RoleMissing
    return tuple(sorted(found, key=lambda one: one.name))


def chosen_agency(request: HttpRequest, actor: Actor) -> AgencyView:
    """Return the agency of the address, else the first. :raises NotFound: it is not theirs"""
    agencies = agencies_of(actor)
    wanted = request.GET.get(AGENCY) or request.POST.get(AGENCY, "")
    if not wanted:
        return agencies[0]
    found = next((one for one in agencies if one.id == as_uuid(wanted)), None)
    if found is None:
        raise NotFound
    return found


def parse_day(text: str) -> date:
    """Return the day of the address. :raises NotFound: it is none"""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise NotFound from problem


def day_lines(*, actor: Actor, agency: AgencyView, at: datetime) -> tuple[DayLine, ...]:
    """Return the days of the last two weeks, today first."""
    counted = dict(reports.days(actor=actor, agency_id=agency.id, limit=SHOWN_DAYS * 2))
    today = local(at).date()
    days = (today - timedelta(days=back) for back in range(SHOWN_DAYS))
    return tuple(DayLine(on, url_of("desk:books-day", agency.id, on), counted.get(on)) for on in days)


def day_page(*, actor: Actor, agency: AgencyView, on: date, at: datetime) -> DayPage:
    """Return the day as it was counted last."""
    found = reports.reports_of(actor=actor, agency_id=agency.id, day=on)
    assigned = {one.assigned_account_id for report in found for one in report.differences}
    names = people.officer_names([account for account in assigned if account])
    parts = tuple(_part(report, names) for report in found)
    return DayPage(
        agency=agency,
        on=on,
        channels=parts,
        computed_at=max((part.report.computed_at for part in parts), default=None),
        query=urlencode({AGENCY: str(agency.id)}),
        before_url=url_of("desk:books-day", agency.id, on - timedelta(days=1)),
        after_url=url_of("desk:books-day", agency.id, on + timedelta(days=1))
        if on < local(at).date()
        else "",
    )


def url_of(name: str, agency_id: UUID, on: date) -> str:
    """Return the address of a day's page."""
    return f"{reverse(name, args=[on.isoformat()])}?{urlencode({AGENCY: str(agency_id)})}"


def difference_fields(
    *, agency_id: UUID, data: QueryDict, at: datetime, errors: tuple[FieldError, ...], assigned: UUID | None
) -> tuple[Field, ...]:
    """Return the boxes: who looks at it, and how it was cleared up."""
    staff = {
        str(officer.account_id): officer.full_name
        for role in ("system_operator", "leader", "chairperson", "one_stop")
        for officer in people.officers_with(role=role, agency_id=agency_id, at=at)
    }
    return (
        boxes.field(
            WHO,
            "one_of",
            _("Người làm rõ"),
            data,
            options=staff.items(),
            errors=errors,
            required=False,
            default=str(assigned or ""),
        ),
        boxes.field(
            NOTE,
            "long_text",
            _("Đã làm rõ thế nào"),
            data,
            hint=_("Ghi xong thì chênh lệch được khép lại. Để trống nếu chỉ giao người làm rõ."),
            errors=errors,
            required=False,
            max_length=500,
        ),
    )


def take_in_fields(data: QueryDict, errors: tuple[FieldError, ...]) -> tuple[Field, ...]:
    """Return the boxes of taking a statement or a settlement list in, besides the file."""
    kinds = ((Channel.BANK, _("Sao kê ngân hàng")), (Channel.CARD, _("Bảng kết toán máy POS")))
    return (
        boxes.field(
            KIND,
            "one_of",
            _("Loại tệp"),
            data,
            options=[(str(kind), words) for kind, words in kinds],
            errors=errors,
            default=str(Channel.BANK),
        ),
        boxes.field(
            BANK,
            "text",
            _("Mã ngân hàng (BIN, sáu chữ số)"),
            data,
            hint=_("Chỉ cần với sao kê ngân hàng."),
            errors=errors,
            required=False,
            max_length=6,
            inputmode="numeric",
        ),
    )


def _part(report: DayReportView, names: dict[UUID, str]) -> ChannelPart:
    order = {DifferenceState.OPEN: 0, DifferenceState.EXPLAINED: 1, DifferenceState.CLOSED: 2}
    lines = sorted(report.differences, key=lambda one: order[one.state])
    return ChannelPart(
        name=str(CHANNEL_NAMES[report.channel]),
        report=report,
        lines=tuple(
            DifferenceLine(
                one,
                names.get(one.assigned_account_id, "") if one.assigned_account_id else "",
                reverse("desk:books-difference", args=[one.id]),
            )
            for one in lines
        ),
    )
