"""Refusals that more than one action of this room answers with."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, Invalid, NotAllowed


class HallClosed(Conflict):
    code = "hall-closed"
    message = _("Bộ phận một cửa này chưa nhận đặt lịch và lấy số. Hãy gọi 1022 hoặc đến trong giờ làm việc.")


class ServiceClosed(Conflict):
    code = "queue-service-closed"
    message = _("Nhóm việc «%(name)s» đang tạm dừng. Hãy chọn nhóm việc khác hoặc hỏi bàn hướng dẫn.")


class SlotGone(Conflict):
    code = "slot-gone"
    message = _("Giờ này không còn nhận đặt: đã qua, sát giờ hoặc ngoài lịch làm việc. Hãy chọn giờ khác.")


class SlotFull(Conflict):
    code = "slot-full"
    message = _("Giờ này vừa hết chỗ. Hãy chọn giờ khác; những gì bạn đã chọn vẫn còn.")


class BookingOver(Conflict):
    code = "booking-over"
    message = _("Lịch hẹn này đã đến, đã hủy hoặc đã qua nên không đổi được nữa. Hãy đặt lịch mới.")


class TurnElsewhere(Conflict):
    code = "turn-elsewhere"
    message = _("Số %(label)s không còn ở bước này. Hãy tải lại trang để xem số đang ở đâu.")


class NoCounterTaken(Conflict):
    code = "no-counter-taken"
    message = _("Bạn chưa nhận quầy nào. Hãy chọn quầy trước khi gọi số.")


class PriorityUnknown(Invalid):
    code = "priority-unknown"
    message = _("Không có đối tượng ưu tiên «%(group)s». Hãy chọn một đối tượng trong danh sách.")


class KioskKeyWrong(NotAllowed):
    code = "kiosk-key-wrong"
    message = _("Khóa của máy lấy số không đúng hoặc đã đổi. Hãy lấy đường dẫn mới ở trang Thiết lập quầy.")
