"""Why nothing can be simulated."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Invalid


class TooFewDossiers(Invalid):
    code = "too-few-dossiers"
    message = _(
        "Cần ít nhất %(fewest)s hồ sơ đã xong để mô phỏng, khoảng này mới có %(count)s. "
        "Hãy chọn khoảng rộng hơn."
    )
