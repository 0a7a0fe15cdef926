"""What the counter writes down of the post: the envelope a dossier came in, and where its result goes."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.dossiers import deadline
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.post import Arrived, SendTo, arrival_of, return_of
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.clock import local
from tinhso.people.types import PersonView
from tinhso.web.desk import boxes
from tinhso.web.templatetags.look import moment

BY_POST, NUMBER, ARRIVED, HOUR = "qua-buu-chinh", "so-hieu", "ngay-den", "gio-den"
SENDER, SENT_FROM = "nguoi-gui", "dia-chi-gui"
BACK, RECIPIENT, PHONE, ADDRESS = "tra-buu-chinh", "nhan-ten", "nhan-dien-thoai", "nhan-dia-chi"
BOX_OF = {
    "tracking-number-wrong": NUMBER,
    "arrival-impossible": f"{ARRIVED}-day",
    "sender-missing": SENDER,
    "return-address-missing": RECIPIENT,
}
_HOUR = re.compile(r"^([01]?\d|2[0-3])[:hg.]([0-5]\d)$")
Errors = tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class PostalForm:
    """:param is_post: the post brought it; :param goes_back: the post takes the result"""

    arrival: tuple[Field, ...]
    back: tuple[Field, ...]
    is_post: bool
    goes_back: bool


def postal_form(data: QueryDict, person: PersonView, errors: Errors = ()) -> PostalForm:
    """Return the boxes with what was typed; the sender and the recipient are the applicant at first."""
    shown = data.copy()
    for name, value in ((SENDER, person.full_name), (RECIPIENT, person.full_name), (PHONE, person.phone)):
        shown.setdefault(name, value)
    shown.setdefault(ADDRESS, person.residence_detail)
    return PostalForm(
        arrival=(
            number_field(shown, errors),
            boxes.field(ARRIVED, "date", _("Ngày bưu chính giao"), shown, errors=errors),
            boxes.field(
                HOUR,
                "short_text",
                _("Giờ giao"),
                shown,
                hint=_("Ví dụ: 09:30. Để trống thì lấy đầu giờ làm việc."),
                required=False,
                max_length=5,
            ),
            boxes.field(
                SENDER,
                "person_name",
                _("Người gửi"),
                shown,
                hint=_("Như trên bì thư; có thể không phải người nộp hồ sơ."),
                errors=errors,
            ),
            boxes.field(SENT_FROM, "text", _("Địa chỉ người gửi"), shown, required=False),
        ),
        back=(
            boxes.field(RECIPIENT, "person_name", _("Người nhận kết quả"), shown, errors=errors),
            boxes.field(PHONE, "phone", _("Điện thoại người nhận"), shown, inputmode="tel"),
            boxes.field(
                ADDRESS,
                "text",
                _("Địa chỉ phát"),
                shown,
                hint=_("Số nhà, thôn, xã, tỉnh. Ví dụ: Thôn Nà Kẻ, xã Bình Liêu, tỉnh Quảng Ninh"),
            ),
        ),
        is_post=bool(data.get(BY_POST)),
        goes_back=bool(data.get(BACK)),
    )


def number_field(data: QueryDict, errors: Errors = ()) -> Field:
    """Return the box of the number printed under the bars."""
    return boxes.field(
        NUMBER,
        "short_text",
        _("Số hiệu bưu gửi"),
        data,
        hint=_("In dưới mã vạch. Ví dụ: EB123456789VN"),
        errors=errors,
        max_length=40,
    )


def arrived_of(data: QueryDict, *, at: datetime) -> Arrived | None:
    """Return what stands on the envelope; None when the applicant brought it."""
    if not data.get(BY_POST):
        return None
    return Arrived(
        tracking_number=data.get(NUMBER, ""),
        arrived_at=_arrived_at(data, at=at),
        sender_name=data.get(SENDER, ""),
        sender_address=data.get(SENT_FROM, ""),
    )


def send_to_of(data: QueryDict) -> SendTo | None:
    """Return where the post takes the result; None when it is fetched."""
    if not data.get(BACK):
        return None
    return SendTo(data.get(RECIPIENT, ""), data.get(PHONE, ""), data.get(ADDRESS, ""))


def post_lines(dossier: Dossier) -> tuple[str, ...]:
    """Return what the post brought and takes, one line each, for the facts of a dossier."""
    arrival, parcel = arrival_of(dossier.draft), return_of(dossier.draft)
    lines = []
    if arrival is not None:
        words = _("Số hiệu %(number)s, giao lúc %(at)s, người gửi %(sender)s")
        told = {
            "number": arrival.tracking_number,
            "at": moment(arrival.arrived_at),
            "sender": arrival.sender_name,
        }
        lines.append(words % told)
    if parcel is not None:
        words = _("Trả kết quả qua bưu chính: %(recipient)s, %(phone)s, %(address)s")
        told = {"recipient": parcel.recipient, "phone": parcel.phone, "address": parcel.address}
        lines.append(words % told)
    if parcel is not None and parcel.handed_at is not None:
        words = _("Đã giao bưu chính lúc %(at)s, số hiệu %(number)s")
        lines.append(words % {"at": moment(parcel.handed_at), "number": parcel.tracking_number})
    if parcel is not None and parcel.delivered_at is not None:
        lines.append(_("Bưu chính đã phát lúc %(at)s") % {"at": moment(parcel.delivered_at)})
    return tuple(lines)


def _arrived_at(data: QueryDict, *, at: datetime) -> datetime:
    """Return the moment; what is no day is long ago, which the action refuses in words."""
    on = boxes.day_of(data, ARRIVED)
    calendar = deadline.calendar()
    if on is None or not calendar.first <= on <= calendar.last:
        return at - timedelta(days=36500)
    opening = calendar.opening(on)
    found = _HOUR.match(data.get(HOUR, "").strip())
    said = opening.replace(hour=int(found[1]), minute=int(found[2])) if found else opening
    # Somebody who writes down today's post before office hours begin means «just now».
    return min(said, at) if local(at).date() == on and not found else said
