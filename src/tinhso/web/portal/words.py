"""The state of a dossier as its applicant reads it: what is so now, and what happens next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import Status
from tinhso.people.models import Agency
from tinhso.people.types import AgencyView
from tinhso.web.parts import Tone

LOOKS: dict[Status, tuple[Tone, str]] = {
    Status.FILED: ("blue", "send"),
    Status.ACCEPTED: ("blue", "file-check"),
    Status.NOT_ACCEPTED: ("red", "circle-x"),
    Status.IN_PROGRESS: ("blue", "hourglass"),
    Status.AWAITING_SUPPLEMENT: ("amber", "paperclip"),
    Status.AWAITING_PAYMENT: ("amber", "cash"),
    Status.WITHDRAWN: ("grey", "arrow-back-up"),
    Status.STOPPED: ("grey", "x"),
    Status.DECIDED: ("green", "writing-sign"),
    Status.RETURNED: ("green", "circle-check"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where a dossier stands.

    :param label: the name of the status, for ``<c-status-tag>``
    :param now: one sentence: what is so
    :param then: one sentence: what happens next, or what to do
    """

    label: str
    tone: Tone
    icon: str
    now: str
    then: str = ""


def standing(dossier: Dossier, *, owes_money: bool = False) -> Standing:
    """
    Put the status into words.

    :param owes_money: a bill is unpaid; so long nothing is accepted, and no result handed out
    """
    status = dossier.state
    tone, icon = LOOKS[status]
    label = str(status.label)
    if status is Status.RETURNED and not _granted(dossier):
        now = _("Hồ sơ không được giải quyết. Lý do có trong văn bản trả lời.")
        return Standing(_("Không được giải quyết"), "red", "circle-x", now, _after_refusal())
    if owes_money and status in {Status.FILED, Status.DECIDED}:
        return Standing(_("Chờ nộp phí"), "amber", "cash", *_money_sentences(status))
    now, then = _sentences(status)
    return Standing(label, tone, icon, now, then)


def agency_name(agency: Agency | AgencyView, language: str) -> str:
    """Return the agency's name in the language."""
    return agency.name_en if language == "en" and agency.name_en else agency.name


def _granted(dossier: Dossier) -> bool:
    result = getattr(dossier, "result", None)
    return result is None or bool(result.granted)


def _after_refusal() -> str:
    return _("Bạn có thể nộp hồ sơ mới sau khi khắc phục, hoặc khiếu nại theo hướng dẫn trong văn bản.")


def _money_sentences(status: Status) -> tuple[str, str]:
    if status is Status.FILED:
        return (
            _("Hồ sơ đã đến cơ quan, còn khoản phí chưa nộp."),
            _("Nộp phí xong, bộ phận một cửa mới tiếp nhận được hồ sơ."),
        )
    return (
        _("Kết quả đã được ký, còn khoản phí chưa nộp."),
        _("Nộp phí xong, bạn nhận được kết quả ngay."),
    )


def _sentences(status: Status) -> tuple[str, str]:
    return {
        Status.FILED: (
            _("Hồ sơ đã đến cơ quan, đang chờ bộ phận một cửa kiểm tra."),
            _("Nếu đủ, bạn nhận giấy tiếp nhận có ngày hẹn trả kết quả; nếu thiếu, bạn được báo một lần."),
        ),
        Status.ACCEPTED: (
            _("Hồ sơ đã được tiếp nhận."),
            _("Cơ quan giải quyết và trả kết quả trước ngày hẹn."),
        ),
        Status.NOT_ACCEPTED: (
            _("Hồ sơ không được tiếp nhận. Lý do có trong văn bản từ chối."),
            _("Sau khi khắc phục, bạn có thể nộp hồ sơ mới."),
        ),
        Status.IN_PROGRESS: (
            _("Hồ sơ đang được giải quyết."),
            _("Bạn không phải làm gì. Khi có kết quả, bạn được báo ngay."),
        ),
        Status.AWAITING_SUPPLEMENT: (
            _("Cơ quan cần bạn bổ sung. Thời hạn giải quyết đang tạm dừng."),
            _("Bổ sung xong, thời hạn được tính lại từ đầu."),
        ),
        Status.AWAITING_PAYMENT: (
            _("Cơ quan chờ bạn nộp phí, lệ phí. Thời hạn giải quyết đang tạm dừng."),
            _("Nộp xong, hồ sơ được giải quyết tiếp ngay."),
        ),
        Status.WITHDRAWN: (_("Bạn đã rút hồ sơ này."), _("Khi cần, bạn có thể nộp hồ sơ mới.")),
        Status.STOPPED: (
            _("Cơ quan đã dừng giải quyết hồ sơ. Lý do có trong thông báo."),
            _("Khi có đủ điều kiện, bạn có thể nộp hồ sơ mới."),
        ),
        Status.DECIDED: (_("Kết quả đã được ký."), _("Hãy mang giấy hẹn đến bộ phận một cửa để nhận.")),
        Status.RETURNED: (
            _("Kết quả đã được trả."),
            _("Bản điện tử có chữ ký số dùng được như bản giấy; tải về và giữ lại."),
        ),
    }[status]
