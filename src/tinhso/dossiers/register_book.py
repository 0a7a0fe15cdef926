"""Mẫu 07: the book of what an agency received in a period, volume by volume, so that no year is too long."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.dossiers.control_sheet import heading
from tinhso.dossiers.form_data import moment
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import BLIND_ROLES, OVERSIGHT, Channel
from tinhso.dossiers.post import way_in
from tinhso.dossiers.statuses import FINAL, Status
from tinhso.kernel.clock import VIETNAM, local
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.papers.rules import form_rules
from tinhso.papers.typesetting import typeset
from tinhso.people.types import Actor, PostView

# Dossiers of one volume: what is read, typeset and sent at once.
VOLUME = 500
LONGEST = timedelta(days=366)
_WAYS = {Channel.ONLINE: "Trực tuyến", Channel.COUNTER: "Tại một cửa", Channel.POST: "Bưu chính"}


class PeriodWrong(Refusal):
    code = "period-wrong"
    message = _("Hãy chọn ngày đầu không sau ngày cuối, cách nhau không quá một năm.")


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Book:
    """:param volumes: at least 1; an empty book has one empty volume"""

    agency_id: UUID
    period: Period
    count: int
    volumes: int


def book_of(*, actor: Actor, agency_id: UUID, period: Period) -> Book:
    """
    Return how much was received in the period.

    :raises NotAllowed: the actor neither works in the agency nor oversees the province
    :raises PeriodWrong: the days are in the wrong order, or more than a year apart
    """
    _require_reader(actor, agency_id)
    if period.last < period.first or period.last - period.first > LONGEST:
        raise PeriodWrong
    count = _received(agency_id, period).count()
    return Book(agency_id, period, count, max(1, -(-count // VOLUME)))


def volume_of(*, actor: Actor, at: datetime, agency_id: UUID, period: Period, number: int) -> bytes:
    """
    Return one volume of the book as a PDF; dossiers are numbered through all volumes.

    :raises NotFound: the book has no such volume
    :raises Refusal: see :func:`book_of`
    """
    book = book_of(actor=actor, agency_id=agency_id, period=period)
    if not 0 < number <= book.volumes:
        raise NotFound
    rules, start = form_rules("register"), (number - 1) * VOLUME
    rows = _received(agency_id, period)[start : start + VOLUME]
    form = {
        "period": f"Từ {period.first:%d/%m/%Y} đến {period.last:%d/%m/%Y}",
        "volume": number,
        "volumes": book.volumes,
        "made_at": moment(at),
        "rows": [_row(dossier, place) for place, dossier in enumerate(rows, start + 1)],
    }
    data = {"document": heading(rules.title, agency_id, at), "form": form}
    return typeset(rules.template_source, data, name=rules.template, at=at)


def readable_agencies(actor: Actor) -> tuple[PostView, ...]:
    """Return posts of the actor in the agencies whose books they may read, one for each agency."""
    posts = {post.agency_id: post for post in actor.posts if post.role not in BLIND_ROLES}
    return tuple(posts.values())


def _require_reader(actor: Actor, agency_id: UUID) -> None:
    oversees = any((post.role, post.agency_kind) == OVERSIGHT for post in actor.posts)
    works_there = agency_id in {post.agency_id for post in readable_agencies(actor)}
    if not actor.is_officer or not (oversees or works_there):
        raise NotAllowed


def _received(agency_id: UUID, period: Period) -> QuerySet[Dossier]:
    start = datetime.combine(period.first, time.min, tzinfo=VIETNAM)
    end = datetime.combine(period.last + timedelta(days=1), time.min, tzinfo=VIETNAM)
    rows = Dossier.objects.filter(receiving_agency_id=agency_id, filed_at__gte=start, filed_at__lt=end)
    shown = ("applicant", "organisation", "agency", "draft__postal_arrival")
    return rows.select_related(*shown).order_by("filed_at", "id")


def _row(dossier: Dossier, number: int) -> dict[str, object]:
    person, state = dossier.applicant, dossier.state
    is_ended = state in FINAL - {Status.RETURNED}
    return {
        "number": number,
        "code": dossier.code,
        "procedure": catalogue.of_version(dossier.version_id).procedure.name.vi,
        "sets": 1,
        "applicant": dossier.organisation.name if dossier.organisation else person.full_name,
        "contact": person.phone,
        "agency": dossier.agency.name,
        "received": _moment(dossier.filed_at),
        "due": _moment(dossier.due_at),
        "returned": _moment(dossier.returned_at),
        "way": way_in(dossier, _WAYS.__getitem__),
        "note": str(state.label) if is_ended or dossier.returned_at is None else "",
    }


def _moment(at: datetime | None) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}" if at else ""
