"""Records whose time of keeping is over: which ones wait, and the form by which one goes or stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.registers.reading import register, registers
from tinhso.forms.types import Field
from tinhso.people.types import Actor
from tinhso.registers import policies
from tinhso.registers.keeping import Decision, ReviewPage, ReviewView
from tinhso.registers.types import RecordView
from tinhso.web.desk import boxes as desk
from tinhso.web.parts import Option
from tinhso.web.registers import forms, words
from tinhso.web.registers.forms import Errors

WHAT, READ = "quyet-dinh", "da-doc"
FOR_GOOD, TILL, ERASE = "giu", "giu-den", "xoa"
MOST = 50
REGISTER, AFTER = "so", "sau"


@dataclass(frozen=True, slots=True)
class Row:
    url: str
    title: str
    key: str
    register: str
    unit: str
    ended_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class KeepingPage:
    """:param total: how many wait, of the register that was asked for or of all, on every page"""

    registers: tuple[Option, ...]
    rows: tuple[Row, ...]
    total: int
    chosen: str
    first_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class DecidePage:
    """
    :param decision: ``open`` or what was decided, with ``reason``, ``decided_at`` and ``kept_until``
    :param rule: how long the register keeps, and by what text
    """

    title: str
    key: str
    register: str
    unit: str
    record_url: str
    ended_on: date
    due_on: date
    rule: str
    decision: str
    reason: str
    decided_at: datetime | None
    kept_until: date | None
    what: Field
    until: Field
    why: Field
    read: Field


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page of a record says of its keeping. :param url: where the reader may decide it"""

    decision: str
    due_on: date
    reason: str
    decided_at: datetime | None
    url: str

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of what the record said is left."""
        return self.decision == Decision.ERASED


def keeping_page(reviews: ReviewPage, counts: Mapping[str, int], chosen: str, after: str) -> KeepingPage:
    """Prepare the list. :param counts: register → how many wait; :param after: where this page begins"""
    offered = sorted(counts.keys() | ({chosen} if chosen else set()), key=_name)
    return KeepingPage(
        registers=tuple(
            Option(one, f"{_name(one)} ({counts.get(one, 0)})", one == chosen) for one in offered
        ),
        rows=tuple(_row(one) for one in reviews.items),
        total=counts.get(chosen, 0) if chosen else sum(counts.values()),
        chosen=chosen,
        first_url=_page_url(chosen) if after else "",
        next_url=_page_url(chosen, reviews.next) if reviews.next else "",
    )


def _page_url(chosen: str, after: str = "") -> str:
    query = urlencode({name: value for name, value in ((REGISTER, chosen), (AFTER, after)) if value})
    return reverse("registers:keeping") + (f"?{query}" if query else "")


def decide_page(review: ReviewView, data: QueryDict, errors: Errors) -> DecidePage:
    """Prepare the form of one review, or what was decided."""
    record = review.record
    return DecidePage(
        title=title_of(record),
        key=record.key,
        register=_name(record.register),
        unit=_unit(record),
        record_url=reverse("registers:record", args=[record.id]),
        ended_on=review.ended_on,
        due_on=review.due_on,
        rule=_rule(review),
        decision=review.decision,
        reason=review.reason,
        decided_at=review.decided_at,
        kept_until=review.kept_until,
        what=desk.field(WHAT, "one_of", _("Quyết định"), data, errors=errors, options=_choices()),
        until=forms.until_field(data, errors, _("Giữ đến ngày"), _("Chỉ khi chọn giữ đến một ngày.")),
        why=forms.reason_field(
            data, errors, _("Số, ngày của quyết định cho hủy tài liệu, hoặc vì sao bản ghi còn giá trị.")
        ),
        read=desk.field(
            READ,
            "declaration",
            _("Nếu xóa: tôi hiểu rằng nội dung đã xóa không lấy lại được."),
            data,
            errors=errors,
            required=False,
        ),
    )


def standing_of(actor: Actor, review: ReviewView | None) -> Standing | None:
    """Return what a record's page says of a review that is open, or by which it was emptied."""
    if review is None or review.decision == Decision.KEPT:
        return None
    definition = register(review.record.register)
    may = policies.may_write(
        actor=actor, definition=definition, unit_key=review.record.unit_key, deed="settle"
    )
    url = reverse("registers:keep", args=[review.id])
    return Standing(review.decision, review.due_on, review.reason, review.decided_at, url if may else "")


def _choices() -> tuple[tuple[str, str], ...]:
    return (
        (FOR_GOOD, _("Giữ lại, không hỏi lại")),
        (TILL, _("Giữ đến một ngày, rồi hỏi lại")),
        (ERASE, _("Xóa nội dung bản ghi, vĩnh viễn")),
    )


def _row(review: ReviewView) -> Row:
    record = review.record
    return Row(
        url=reverse("registers:keep", args=[review.id]),
        title=title_of(record),
        key=record.key,
        register=_name(record.register),
        unit=_unit(record),
        ended_on=review.ended_on,
        due_on=review.due_on,
    )


def _rule(review: ReviewView) -> str:
    if review.years is None:
        return review.source
    return _("%(years)s năm. %(source)s") % {"years": review.years, "source": review.source}


def _name(register_id: str) -> str:
    return registers()[register_id].name.into(words.language())


def title_of(record: RecordView, reader: words.Reader = words.Reader()) -> str:  # noqa: B008  (frozen)
    """Return what names a record; an emptied one has no name left."""
    if record.is_emptied:
        return _("Bản ghi đã xóa nội dung")
    return reader.title(register(record.register), record)


def _unit(record: RecordView) -> str:
    return words.unit_name(record.unit_code, record.valid_from) if record.unit_code else ""
