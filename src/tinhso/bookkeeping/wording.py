"""What a difference is, and what to do about it, in one sentence for the payments office."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.bookkeeping.types import Channel, DifferenceKind
from tinhso.kernel.money import format_dong

K = DifferenceKind
SUMS = ("sum", "booked", "told")

CHANNEL_NAMES: dict[Channel, Promise] = {
    Channel.BANK: gettext_lazy("Chuyển khoản, VietQR"),
    Channel.PLATFORM: gettext_lazy("Nền tảng thanh toán của Cổng"),
    Channel.CARD: gettext_lazy("Thẻ tại quầy (POS)"),
    Channel.CASH: gettext_lazy("Tiền mặt tại quầy"),
    Channel.RECEIPT: gettext_lazy("Biên lai điện tử"),
}

SENTENCES: dict[DifferenceKind, Promise] = {
    K.LATE_CALLBACK: gettext_lazy("Giao dịch %(transaction)s: bên trả tiền báo muộn, lúc %(on)s; đã ghi sổ."),
    K.MISSING_CALLBACK: gettext_lazy(
        "Giao dịch %(transaction)s: không có tin báo, đã ghi sổ theo sao kê hoặc theo câu hỏi lại."
    ),
    K.MISSING_AT_BANK: gettext_lazy(
        "Giao dịch %(transaction)s đã ghi sổ nhưng không có trong sao kê. Hãy hỏi ngân hàng."
    ),
    K.NOT_BOOKED: gettext_lazy(
        "Giao dịch %(transaction)s có ở bên kia nhưng chưa ghi sổ. Hãy nhập lại sao kê hoặc tìm phiếu thu."
    ),
    K.WRONG_AMOUNT: gettext_lazy(
        "Giao dịch %(transaction)s: sổ ghi %(booked)s, bên kia ghi %(told)s. Hãy đối chiếu chứng từ."
    ),
    K.UNKNOWN_BILL: gettext_lazy(
        "Giao dịch %(transaction)s chưa biết của phiếu nào, nội dung «%(purpose)s». Hãy tìm phiếu rồi ghép."
    ),
    K.REFUND_IN_FLIGHT: gettext_lazy(
        "Còn %(sum)s của giao dịch %(transaction)s chờ trả lại người nộp (phiếu %(bill)s)."
    ),
    K.REFUND_FAILED: gettext_lazy(
        "Ngân hàng chưa hoàn được %(sum)s của phiếu %(bill)s. Hãy yêu cầu hoàn lại lần nữa."
    ),
    K.REFUND_MADE: gettext_lazy("Tiền ra %(transaction)s: hoàn %(sum)s của phiếu %(bill)s."),
    K.MONEY_OUT: gettext_lazy(
        "Tiền ra %(transaction)s không phải khoản hoàn nào đã ghi. Hãy hỏi chủ tài khoản."
    ),
    K.PASSED_ON: gettext_lazy(
        "Giao dịch %(transaction)s: Cổng chuyển lại %(sum)s đã thu, không tính hai lần."
    ),
    K.NOT_PASSED_ON: gettext_lazy(
        "Tiền Cổng chuyển lại lệch %(sum)s; trong hạn một ngày thì chờ, quá hạn thì hỏi Cổng."
    ),
    K.WAITS_FOR_PLATFORM: gettext_lazy(
        "Cổng không trả lời về lần nộp %(transaction)s, %(sum)s của phiếu %(bill)s. Hãy hỏi Cổng."
    ),
    K.MISSING_IN_BATCH: gettext_lazy(
        "Phiếu thu %(receipt)s ghi hóa đơn thẻ %(slip)s nhưng máy POS không kết toán. "
        "Hãy xem hóa đơn của máy."
    ),
    K.NO_STATEMENT: gettext_lazy("Chưa có sao kê hoặc bảng kết toán của ngày này. Hãy nhập rồi tính lại."),
    K.TILL_SHORT: gettext_lazy("Két thiếu %(sum)s so với sổ. Người thu giải trình: %(note)s"),
    K.TILL_OVER: gettext_lazy("Két thừa %(sum)s so với sổ. Người thu giải trình: %(note)s"),
    K.TILL_OPEN: gettext_lazy("Ca thu mở từ %(on)s chưa chốt, phải có %(sum)s. Hãy đếm và chốt ca."),
    K.STORNO: gettext_lazy(
        "Phiếu thu %(receipt)s (hóa đơn thẻ %(slip)s) đã hủy vì ghi nhầm. "
        "Nếu máy POS vẫn kết toán, hãy hoàn tiền trên máy."
    ),
    K.BILL_WITHOUT_RECEIPT: gettext_lazy(
        "Phiếu %(bill)s đã thu còn %(sum)s chưa có biên lai điện tử. %(problem)s"
    ),
    K.RECEIPT_TOO_MUCH: gettext_lazy(
        "Biên lai của phiếu %(bill)s ghi thừa %(sum)s so với tiền còn giữ. %(problem)s"
    ),
}

PROBLEMS: dict[str, Promise] = {
    "no-signing-key": gettext_lazy("Cơ quan chưa đăng ký chữ ký số; đăng ký rồi biên lai tự lập."),
    "receipt-no-tax-code": gettext_lazy("Cơ quan chưa khai mã số thuế; khai rồi biên lai tự lập."),
    "time-stamp-unavailable": gettext_lazy("Dịch vụ dấu thời gian chưa trả lời; hệ thống tự thử lại."),
    "certificate-status-unavailable": gettext_lazy("Dịch vụ chứng thực chưa trả lời; hệ thống tự thử lại."),
    "certificate-expired": gettext_lazy("Chứng thư số của cơ quan đã hết hạn; hãy gia hạn."),
}


def sentence(kind: DifferenceKind, facts: Mapping[str, str | int]) -> str:
    """Say what the difference is, and what comes next."""
    told = {name: format_dong(int(value)) if name in SUMS else value for name, value in facts.items()}
    if "problem" in told:
        unknown = _("Hệ thống tự thử lại sau ít phút.")
        told["problem"] = str(PROBLEMS.get(str(told["problem"]), unknown))
    return str(SENTENCES[kind]) % told
