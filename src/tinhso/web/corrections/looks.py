"""How a request looks: its state as a mark, its deadline, what happened to it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.registers.correction_views import CorrectionView
from tinhso.registers.types import CorrectionState
from tinhso.web.parts import DeadlineView, Happening, SummaryRow, Tone, deadline_view
from tinhso.web.templatetags.look import day

MARKS: dict[CorrectionState, tuple[Tone, str]] = {
    CorrectionState.OPENED: ("blue", "hourglass"),
    CorrectionState.ASKED: ("amber", "paperclip"),
    CorrectionState.VERIFIED: ("blue", "circle-check"),
    CorrectionState.DONE: ("green", "circle-check"),
    CorrectionState.REFUSED: ("red", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """
    One request as lists show it.

    :param deadline: None once it is over
    """

    number: str
    url: str
    register: str
    title: str
    label: str
    said: str
    right: str
    state: str
    tone: Tone
    icon: str
    deadline: DeadlineView | None
    opened_at: datetime
    by_officer: bool


def card(view: CorrectionView, *, at: datetime, route: str) -> Card:
    """Return the request for a list whose entries lead to ``route``."""
    tone, icon = MARKS[view.state]
    return Card(
        number=view.number,
        url=reverse(route, args=[view.id]),
        register=view.register_name,
        title=view.title or view.record_key,
        label=view.label,
        said=view.said_words or _("bạn không được xem giá trị này"),
        right=view.right_words or _("bạn không được xem giá trị này"),
        state=str(view.state.label),
        tone=tone,
        icon=icon,
        deadline=deadline_view(due_at=view.due_at, at=at) if view.is_open else None,
        opened_at=view.opened_at,
        by_officer=view.by_officer,
    )


def rows(view: CorrectionView) -> tuple[SummaryRow, ...]:
    """Return what was asked for, line by line."""
    hidden = _("bạn không được xem giá trị này")
    since = (
        _("từ ngày %(day)s; trước đó sổ vẫn đúng") % {"day": day(view.since)}
        if view.since
        else _("sổ ghi sai từ đầu")
    )
    found = [
        SummaryRow(_("Sổ"), view.register_name),
        SummaryRow(_("Bản ghi được nói đến"), " · ".join(filter(None, (view.title, view.record_key)))),
        SummaryRow(_("Mục sai"), view.label),
        SummaryRow(_("Sổ đang ghi"), view.said_words or hidden),
        SummaryRow(_("Điều đúng"), view.right_words or hidden),
        SummaryRow(_("Sai từ bao giờ"), since),
        SummaryRow(_("Căn cứ"), view.proof),
    ]
    return tuple(found)


def story(view: CorrectionView) -> tuple[Happening, ...]:
    """Return what happened, the oldest first."""
    who = _("cán bộ") if view.by_officer else _("người có dữ liệu")
    found = [Happening(_("Mở phiếu"), view.opened_at, who)]
    if view.verified_at:
        found.append(Happening(_("Đã xác minh: đề nghị đúng"), view.verified_at))
    if view.closed_at and view.state is CorrectionState.DONE:
        note = _("Giá trị cũ còn trong lịch sử của bản ghi.")
        found.append(Happening(_("Đã sửa sổ"), view.closed_at, note=note))
    elif view.closed_at:
        found.append(Happening(_("Không đính chính"), view.closed_at, note=view.reason))
    return tuple(found)
