"""Refusals that several actions share; one that belongs to a single action stands beside it."""

from django.utils.translation import gettext_lazy as _

from tinhso.forms.types import FieldError
from tinhso.kernel.refusals import Conflict, NotAllowed, Refusal


class MoveNotPossible(Conflict):
    code = "move-not-possible"
    message = _(
        "Hồ sơ đang ở trạng thái «%(status)s» nên không làm được việc này. "
        "Hãy tải lại trang để xem diễn biến mới."
    )


class StaleVersion(Conflict):
    code = "stale-version"
    message = _("Hồ sơ vừa được người khác thay đổi. Hãy tải lại trang, xem thay đổi rồi làm lại.")


class HeldByAnother(NotAllowed):
    code = "held-by-another"
    message = _(
        "Việc này đang do %(holder)s giữ. Hãy nhờ người đó chuyển giao, hoặc chờ lãnh đạo phân công lại."
    )


class NotYourStep(NotAllowed):
    code = "not-your-step"
    message = _("Bước «%(step)s» thuộc vai trò khác. Bạn chỉ xem được hồ sơ này.")


class OwnCase(NotAllowed):
    code = "own-case"
    message = _("Bạn là người nộp hồ sơ này nên không được tự giải quyết. Hãy chuyển cho đồng nghiệp.")


class WrongStep(Conflict):
    code = "wrong-step"
    message = _("Bước «%(step)s» không dùng cho việc này. Hãy làm việc của bước hiện tại trước.")


class FeeNotPaid(Refusal):
    code = "fee-not-paid"
    message = _(
        "Hồ sơ %(reference)s còn khoản phí, lệ phí chưa nộp. "
        "Hãy nhắc người nộp thanh toán, hoặc thu tại quầy."
    )


class ReasonMissing(Refusal):
    code = "reason-missing"
    message = _("Hãy ghi lý do: người nộp sẽ đọc được câu này.")


class ResultNotInForce(Conflict):
    code = "result-not-in-force"
    message = _("Hồ sơ không có kết quả nào còn hiệu lực để làm việc này. Hãy tải lại trang.")


class OpinionsOutstanding(Refusal):
    code = "opinions-outstanding"
    message = _("Còn %(count)s ý kiến chưa trả lời. Hãy chờ ý kiến, hoặc đôn đốc cơ quan được hỏi.")


class FormIncomplete(Refusal):
    """:ivar errors: what is wrong, question by question"""

    code = "form-incomplete"
    message = _(
        "Còn %(count)s chỗ cần sửa. Hãy sửa những chỗ được nêu rồi gửi lại; những gì đã khai vẫn còn."
    )

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(count=len(errors))
        self.errors = errors
