"""What the pages of a till show, and what their forms ask."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.forms.types import Field, FieldError
from tinhso.kernel.refusals import NotAllowed
from tinhso.payments import shifts
from tinhso.payments.answering import overseen_agencies
from tinhso.payments.policies import RoleMissing, rules
from tinhso.payments.types import ShiftView
from tinhso.people import queries as people
from tinhso.people.types import Actor, PostView
from tinhso.web.desk import boxes

OPENING, COUNTED, HANDED, SLIP, NOTE = "dau-ca", "da-dem", "nop-kho-bac", "so-giay-nop", "giai-trinh"
TOO_LONG = 15


@dataclass(frozen=True, slots=True)
class PastShift:
    """One line of the list of closed tills."""

    id: UUID
    closed_at: datetime
    who: str
    counted: int
    handed_over: int
    difference: int


@dataclass(frozen=True, slots=True)
class TillPage:
    """
    :param post: from which the officer takes money; None for who only answers for it
    :param shift: the officer's open till
    """

    post: PostView | None
    shift: ShiftView | None
    past: tuple[PastShift, ...]
    fields: tuple[Field, ...]


def cash_post(actor: Actor) -> PostView | None:
    """Return the post from which the officer takes money."""
    return next((post for post in actor.posts if post.role in rules().roles.cash), None)


def required_post(actor: Actor) -> PostView:
    """Return the post from which the officer takes money. :raises RoleMissing: there is none"""
    post = cash_post(actor)
    if post is None:
        raise RoleMissing
    return post


def till_page(*, actor: Actor, data: QueryDict, errors: tuple[FieldError, ...] = ()) -> TillPage:
    """:raises NotAllowed: the officer neither takes money nor answers for it"""
    post = cash_post(actor)
    if post is None and not overseen_agencies(actor):
        raise NotAllowed
    shift = shifts.current_shift(actor=actor, agency_id=post.agency_id) if post else None
    return TillPage(
        post=post,
        shift=shift,
        past=_past(actor),
        fields=_closing(data, errors) if shift else _opening(data, errors),
    )


def officer_name(account_id: UUID) -> str:
    """Return who kept a till, as their colleagues know them."""
    return people.officer_names([account_id]).get(account_id, "")


def sum_of(data: QueryDict, name: str) -> int:
    """Return a typed sum in đồng; -1, which no till takes, where it is none."""
    typed = data.get(name, "").replace(".", "").replace(" ", "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < TOO_LONG else -1


def _past(actor: Actor) -> tuple[PastShift, ...]:
    rows = shifts.past_shifts(actor=actor)
    names = people.officer_names({row.account_id for row in rows})
    return tuple(
        PastShift(
            id=row.id,
            closed_at=row.closed_at or row.opened_at,
            who=names.get(row.account_id, ""),
            counted=row.counted or 0,
            handed_over=row.handed_over or 0,
            difference=(row.counted or 0) - (row.expected or 0),
        )
        for row in rows
    )


def _opening(data: QueryDict, errors: tuple[FieldError, ...]) -> tuple[Field, ...]:
    hint = _("Tiền lẻ giữ lại từ ca trước, đếm bằng đồng. Không có thì ghi 0.")
    return (_money(OPENING, _("Tiền trong két đầu ca"), data, errors, hint=hint),)


def _closing(data: QueryDict, errors: tuple[FieldError, ...]) -> tuple[Field, ...]:
    differs = _("Chỉ cần khi số đếm được khác số phải có.")
    slip = _("Ghi khi có nộp tiền.")
    return (
        _money(COUNTED, _("Tiền mặt đếm được"), data, errors),
        _money(HANDED, _("Nộp vào kho bạc"), data, errors, hint=_("Phần còn lại giữ làm tiền đầu ca sau.")),
        boxes.field(
            SLIP,
            "short_text",
            _("Số giấy nộp tiền"),
            data,
            hint=slip,
            errors=errors,
            required=False,
            max_length=40,
        ),
        boxes.field(
            NOTE,
            "long_text",
            _("Vì sao lệch"),
            data,
            hint=differs,
            errors=errors,
            required=False,
            max_length=500,
        ),
    )


def _money(
    name: str, label: str, data: QueryDict, errors: tuple[FieldError, ...], *, hint: str = ""
) -> Field:
    return boxes.field(
        name, "short_text", label, data, hint=hint, errors=errors, inputmode="numeric", max_length=18
    )
