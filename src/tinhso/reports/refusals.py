"""What several acts on reports say no with."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, NotAllowed, NotFound, Refusal


class ReportMissing(NotFound):
    code = "report-missing"
    message = _("Không có báo cáo này, hoặc bạn không xem được. Hãy kiểm tra lại đường dẫn.")


class NotYourReport(NotAllowed):
    code = "report-not-yours"
    message = _(
        "Việc này thuộc cơ quan báo cáo hoặc cơ quan tổng hợp, ở vị trí được phân công. "
        "Hãy đề nghị người phụ trách ở cơ quan ấy làm."
    )


class ReturnChanged(Conflict):
    code = "report-return-changed"
    message = _(
        "Người khác vừa sửa bản báo cáo này. Những gì bạn gõ còn nguyên dưới đây; hãy mở bản mới ở thẻ khác, "
        "đối chiếu rồi lưu lại."
    )


class NotNow(Conflict):
    code = "report-not-now"
    message = _("Bản báo cáo đã sang bước khác nên không làm được việc này. Hãy tải lại trang để xem.")


class ReasonNeeded(Refusal):
    code = "report-reason-needed"
    message = _("Hãy ghi lý do: người nhận sẽ đọc đúng những lời này.")
