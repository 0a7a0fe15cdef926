"""What the counter's form asks about money: cash, or a card with its slip."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.forms.types import Field, FieldError
from tinhso.payments.states import Means
from tinhso.web.desk import boxes

MEANS, TERMINAL, APPROVAL = "hinh-thuc", "may-pos", "ma-chuan-chi"


def taking_fields(data: QueryDict, errors: tuple[FieldError, ...] = ()) -> tuple[Field, ...]:
    """Return the boxes; those of the slip are for cards alone."""
    only_cards = _("Chỉ ghi khi nộp bằng thẻ, đúng như hóa đơn của máy.")
    return (
        boxes.field(
            MEANS,
            "one_of",
            _("Hình thức nộp"),
            data,
            options=[(Means.CASH, _("Tiền mặt")), (Means.CARD, _("Thẻ qua máy POS"))],
            default=Means.CASH,
        ),
        boxes.field(
            TERMINAL,
            "short_text",
            _("Số máy POS"),
            data,
            hint=only_cards,
            errors=errors,
            required=False,
            max_length=16,
        ),
        boxes.field(
            APPROVAL,
            "short_text",
            _("Mã chuẩn chi"),
            data,
            hint=_("Sáu chữ và số. Ví dụ: A1B2C3"),
            errors=errors,
            required=False,
            max_length=6,
        ),
    )


def means_of(data: QueryDict) -> Means:
    """Return what was chosen; cash where nothing was."""
    return Means.CARD if data.get(MEANS) == Means.CARD else Means.CASH
