"""What several acts on plans say no with."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, NotAllowed, NotFound, Refusal


class TargetMissing(NotFound):
    code = "plan-target-missing"
    message = _("Kế hoạch không có chỉ tiêu này. Hãy kiểm tra lại đường dẫn.")


class TaskMissing(NotFound):
    code = "plan-task-missing"
    message = _("Kế hoạch không có nhiệm vụ này. Hãy kiểm tra lại đường dẫn.")


class ValueMissing(NotFound):
    code = "plan-value-missing"
    message = _("Không có số liệu này. Hãy kiểm tra lại đường dẫn.")


class NotYourPlanPart(NotAllowed):
    code = "plan-part-not-yours"
    message = _(
        "Việc này thuộc cơ quan chủ trì hoặc cơ quan điều phối kế hoạch, ở vị trí được phân công. "
        "Hãy đề nghị người phụ trách ở cơ quan ấy làm."
    )


class ExampleOnly(NotAllowed):
    code = "plan-example-only"
    message = _("Đây là kế hoạch của tỉnh khác, chỉ để tham khảo; không nhập gì ở đây.")


class NoProof(Refusal):
    code = "plan-no-proof"
    message = _("Hãy ghi số và ngày văn bản, hoặc đường dẫn, hoặc gửi kèm tệp: số liệu nào cũng cần căn cứ.")


class LinkUnreadable(Refusal):
    code = "plan-link-unreadable"
    message = _("Đường dẫn phải bắt đầu bằng https:// hoặc http://. Hãy chép lại từ thanh địa chỉ.")


class DayToCome(Refusal):
    code = "plan-day-to-come"
    message = _("Ngày %(day)s chưa tới. Hãy ghi ngày cuối của thời gian mà số liệu nói đến.")


class ReasonNeeded(Refusal):
    code = "plan-reason-needed"
    message = _("Hãy ghi lý do: người xem lịch sử sẽ đọc.")


class DecidedAlready(Conflict):
    code = "plan-value-decided"
    message = _("Số liệu này đã có người xác nhận hoặc trả lại. Hãy tải lại trang để xem.")
