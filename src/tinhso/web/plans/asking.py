"""What the forms on plans send, read into what actions take."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, cast

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.forms.types import Field, FieldError
from tinhso.kernel.refusals import Refusal
from tinhso.plans.proofs import LONGEST_LINK, LONGEST_NOTE, LONGEST_NUMBER, Proof
from tinhso.web.desk import boxes

VALUE, AS_OF, NUMBER, ON, LINK, NOTE, FILE = (
    "so-lieu",
    "den-ngay",
    "so-van-ban",
    "ngay-van-ban",
    "duong-dan",
    "ghi-chu",
    "tep",
)
PROGRESS, OWNER, WAITS = "tien-do", "co-quan", "cho-viec"
# Each form has a box of its own: ids on a page are unique.
REASON, OWNER_REASON, WAITS_REASON = "ly-do", "ly-do-co-quan", "ly-do-cho"


class DayUnreadable(Refusal):
    code = "plan-day-unreadable"
    message = gettext_lazy("Không có ngày %(text)s. Hãy ghi đủ ngày, tháng, năm bằng số.")


@dataclass(frozen=True, slots=True)
class ProofBoxes:
    """The boxes of a proof, the file's own aside."""

    number: Field
    on: Field
    link: Field
    note: Field


def day_of(data: QueryDict, name: str) -> date | None:
    """Return the day of three boxes, None when all are empty. :raises DayUnreadable: they make no day"""
    found = boxes.day_of(data, name)
    typed = [data.get(f"{name}-{part}", "").strip() for part in ("day", "month", "year")]
    if found is None and any(typed):
        raise DayUnreadable(text="/".join(typed))
    return found


def needed_day(data: QueryDict, name: str) -> date:
    """Return the day of three boxes. :raises DayUnreadable: they make no day"""
    found = day_of(data, name)
    if found is None:
        raise DayUnreadable(text="…/…/…")
    return found


def proof_of(request: HttpRequest) -> Proof:
    """Return the proof of a form. :raises DayUnreadable: the document's day is none"""
    data, file = request.POST, request.FILES.get(FILE)
    return Proof(
        document_number=data.get(NUMBER, ""),
        document_on=day_of(data, ON),
        link=data.get(LINK, ""),
        note=data.get(NOTE, ""),
        file_name=str(file.name) if file else "",
        content=cast(BinaryIO, file) if file else None,
    )


def proof_boxes(data: QueryDict, wrong: tuple[FieldError, ...]) -> ProofBoxes:
    """Return the boxes with what was typed."""
    return ProofBoxes(
        number=boxes.field(
            NUMBER,
            "short_text",
            _("Số, ký hiệu văn bản"),
            data,
            hint=_("Ví dụ: 125/BC-CTK."),
            errors=wrong,
            required=False,
            max_length=LONGEST_NUMBER,
        ),
        on=boxes.field(ON, "date", _("Ngày văn bản"), data, errors=wrong, required=False),
        link=boxes.field(
            LINK,
            "short_text",
            _("Đường dẫn tới văn bản"),
            data,
            hint=_("Bắt đầu bằng https://"),
            errors=wrong,
            required=False,
            max_length=LONGEST_LINK,
            inputmode="url",
        ),
        note=boxes.field(
            NOTE, "long_text", _("Ghi chú"), data, errors=wrong, required=False, max_length=LONGEST_NOTE
        ),
    )
