"""Boxes of the pages about posts and absences, and what is read out of them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tinhso.definitions.roles import Role
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.clock import VIETNAM, local
from tinhso.kernel.refusals import Invalid
from tinhso.people.types import OfficerView, StaffPost
from tinhso.web.desk import boxes

USERNAME, ROLE, TITLE, FROM, UNTIL, LAST = (
    "ten-dang-nhap",
    "vai-tro",
    "chuc-danh",
    "tu-ngay",
    "den-ngay",
    "ngay-cuoi",
)
WORK, SUBSTITUTE, REASON = "viec-dang-giu", "nguoi-thay", "ly-do"
RELEASE = "tra-lai"
BOX_OF = {
    "officer-missing": USERNAME,
    "role-unknown": ROLE,
    "title-missing": TITLE,
    "own-post": USERNAME,
    "post-held-already": f"{FROM}-day",
    "post-ends-before-it-begins": f"{UNTIL}-day",
    "successor-unfit": WORK,
    "substitution-malformed": f"{FROM}-day",
    "substituted-already": f"{FROM}-day",
}


class DayUnreadable(Invalid):
    code = "day-unreadable"
    message = gettext_lazy("Hãy ghi ngày đủ ngày, tháng, năm. Ví dụ: 14 3 2026.")

    def __init__(self, box: str) -> None:
        super().__init__(box=box)
        self.box = f"{box}-day"


class ChooseSubstitute(Invalid):
    code = "choose-substitute"
    message = gettext_lazy("Hãy chọn người làm thay trong danh sách.")
    box = SUBSTITUTE


def box_of(refusal: Exception, code: str) -> str:
    """Return the box a refusal belongs to; empty for the whole page."""
    return str(getattr(refusal, "box", "")) or BOX_OF.get(code, "")


def appoint_fields(
    data: QueryDict, roles: Iterable[Role], errors: tuple[FieldError, ...] = ()
) -> tuple[Field, ...]:
    """Return what an appointment says."""
    language = (get_language() or "vi")[:2]
    choices = [(role.id, role.name.into(language)) for role in roles]
    return (
        boxes.field(
            USERNAME,
            "text",
            _("Tên đăng nhập của cán bộ"),
            data,
            errors=errors,
            hint=_("Tài khoản do người vận hành hệ thống mở. Ví dụ: nguyen-thi-lan"),
            max_length=80,
        ),
        boxes.field(ROLE, "one_of", _("Vai trò"), data, errors=errors, options=choices),
        boxes.field(
            TITLE,
            "text",
            _("Chức danh"),
            data,
            errors=errors,
            hint=_("Như sẽ đứng dưới chữ ký. Ví dụ: Công chức tư pháp - hộ tịch"),
            max_length=160,
        ),
        boxes.field(
            FROM,
            "date",
            _("Từ ngày"),
            data,
            errors=errors,
            required=False,
            hint=_("Để trống: từ hôm nay."),
        ),
        boxes.field(
            UNTIL,
            "date",
            _("Đến hết ngày"),
            data,
            errors=errors,
            required=False,
            hint=_("Để trống: cho đến khi có quyết định khác."),
        ),
    )


def appoint_mistakes(data: QueryDict) -> tuple[FieldError, ...]:
    """Return everything an appointment leaves out or says in no readable way, in the order of its boxes."""
    empty = (
        (USERNAME, _("Hãy ghi tên đăng nhập của cán bộ.")),
        (ROLE, _("Hãy chọn vai trò.")),
        (TITLE, _("Hãy ghi chức danh.")),
    )
    wrong = [FieldError(box, box, words) for box, words in empty if not data.get(box, "").strip()]
    for name in (FROM, UNTIL):
        try:
            day_of(data, name)
        except DayUnreadable as refusal:
            wrong.append(FieldError(refusal.box, refusal.box, refusal.sentence()))
    return tuple(wrong)


def substitute_mistakes(data: QueryDict) -> tuple[FieldError, ...]:
    """Return everything an absence leaves out or says in no readable way, in the order of its boxes."""
    wrong = []
    if not data.get(SUBSTITUTE, ""):
        wrong.append(FieldError(SUBSTITUTE, SUBSTITUTE, ChooseSubstitute().sentence()))
    for name in (FROM, UNTIL):
        if boxes.day_of(data, name) is None:
            refusal = DayUnreadable(name)
            wrong.append(FieldError(refusal.box, refusal.box, refusal.sentence()))
    if not data.get(REASON, "").strip():
        wrong.append(FieldError(REASON, REASON, _("Hãy ghi lý do vắng mặt.")))
    return tuple(wrong)


def end_fields(
    data: QueryDict, colleagues: Iterable[OfficerView], errors: tuple[FieldError, ...] = ()
) -> tuple[Field, ...]:
    """Return when the post ends and who goes on. :param colleagues: who holds the same role there"""
    choices = [
        (RELEASE, _("Trả về hàng chờ, để người cùng vai trò nhận tiếp")),
        *(
            (str(one.account_id), _("Bàn giao ngay cho %(name)s") % {"name": one.full_name})
            for one in colleagues
        ),
    ]
    return (
        boxes.field(
            WORK,
            "one_of",
            _("Việc đang giữ"),
            data,
            errors=errors,
            options=choices,
            default=RELEASE,
            hint=_("Không hồ sơ nào mất đi hay bị dừng; hạn trả kết quả giữ nguyên."),
        ),
        boxes.field(
            LAST,
            "date",
            _("Ngày làm việc cuối cùng"),
            data,
            errors=errors,
            required=False,
            hint=_("Để trống: thôi vị trí ngay lúc này. Có ngày: việc trả về hàng chờ sau ngày đó."),
        ),
    )


def substitute_fields(
    data: QueryDict, colleagues: Iterable[StaffPost], errors: tuple[FieldError, ...] = ()
) -> tuple[Field, ...]:
    """Return what an absence says. :param colleagues: who may stand in"""
    named: dict[str, str] = {}
    for one in colleagues:
        named.setdefault(str(one.account_id), f"{one.full_name} – {one.title}")
    return (
        boxes.field(SUBSTITUTE, "one_of", _("Người làm thay"), data, errors=errors, options=named.items()),
        boxes.field(FROM, "date", _("Từ ngày"), data, errors=errors, hint=_("Ví dụ: 14 3 2026")),
        boxes.field(UNTIL, "date", _("Đến hết ngày"), data, errors=errors, hint=_("Tính cả ngày này.")),
        boxes.field(
            REASON,
            "text",
            _("Lý do"),
            data,
            errors=errors,
            hint=_("Ví dụ: nghỉ phép, đi công tác, đi học"),
            max_length=240,
        ),
    )


def day_of(data: QueryDict, name: str) -> date | None:
    """Return the day, None when its boxes are empty. :raises DayUnreadable: they make no day"""
    if not any(data.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")):
        return None
    day = boxes.day_of(data, name)
    if day is None:
        raise DayUnreadable(name)
    return day


def absence_of(data: QueryDict, *, at: datetime) -> tuple[datetime, datetime]:
    """
    Return the moments between which somebody is away, the second one excluded.

    An absence that begins today begins now: what the holder did this morning stays theirs.

    :raises DayUnreadable: a day is missing or makes no sense
    """
    first, last = day_of(data, FROM), day_of(data, UNTIL)
    if first is None or last is None:
        raise DayUnreadable(FROM if first is None else UNTIL)
    begins = datetime.combine(first, time(), tzinfo=VIETNAM)
    ends = datetime.combine(last + timedelta(days=1), time(), tzinfo=VIETNAM)
    return (at if first == local(at).date() else begins), ends


def account_of(value: str) -> UUID | None:
    """Return the account a choice names."""
    try:
        return UUID(value)
    except ValueError:
        return None
