"""What an agency that was asked answers."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.dossiers.models import Consultation
from tinhso.forms.types import Field, FieldError
from tinhso.web.desk.boxes import field

CHOICE, TEXT = "opinion", "text"


def opinion_fields(data: QueryDict, errors: tuple[FieldError, ...] = ()) -> tuple[Field, ...]:
    """Return the choice and the reasons."""
    choices = (
        (Consultation.Opinion.AGREE.value, _("Đồng ý")),
        (Consultation.Opinion.DISAGREE.value, _("Không đồng ý")),
        (Consultation.Opinion.REMARKS.value, _("Có ý kiến khác")),
    )
    return (
        field(CHOICE, "one_of", _("Ý kiến của cơ quan bạn"), data, options=choices, errors=errors),
        field(
            TEXT,
            "long_text",
            _("Nội dung"),
            data,
            hint=_("Bắt buộc khi không đồng ý hoặc có ý kiến khác: nêu căn cứ và việc cần làm."),
            errors=errors,
            required=False,
            max_length=4000,
        ),
    )
