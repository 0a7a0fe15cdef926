"""What the reasons are called, and what an officer can do about each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.exchange.types import Why


@dataclass(frozen=True, slots=True)
class WhyWords:
    """
    :param short: for a list
    :param long: a sentence: what is wrong, and what to do
    """

    short: Any
    long: Any


_WORDS = {
    Why.PROCEDURE_UNKNOWN: WhyWords(
        _("Chưa biết thủ tục"),
        _("Mã thủ tục này không có trong danh mục. Hãy chọn thủ tục tương ứng; lần sau hệ thống tự nhận ra."),
    ),
    Why.UNIT_UNKNOWN: WhyWords(
        _("Chưa biết cơ quan"),
        _("Tên hoặc mã cơ quan này không khớp cơ quan nào. Hãy chọn cơ quan giải quyết."),
    ),
    Why.PERSON_UNKNOWN: WhyWords(
        _("Thiếu định danh"),
        _("Dữ liệu không có đủ số định danh 12 chữ số và họ tên. Hãy hỏi lại Cổng, hoặc từ chối với lý do."),
    ),
    Why.PERSON_CONTRADICTS: WhyWords(
        _("Họ tên không khớp"),
        _("Số định danh đã có với họ tên khác. Hãy hỏi lại Cổng, hoặc từ chối và mời người nộp đến quầy."),
    ),
    Why.ORGANISATION: WhyWords(
        _("Hồ sơ của tổ chức"),
        _(
            "Tỉnh chưa biết tổ chức mang mã số này. Khi một quầy ghi nhận tổ chức và người đại diện, hồ sơ "
            "tự được lập. Nếu không thể chờ, hãy từ chối với lý do."
        ),
    ),
    Why.ORGANISATION_NAME: WhyWords(
        _("Tên tổ chức không khớp"),
        _(
            "Mã số thuế đã có với tên khác. Hãy hỏi lại Cổng, sửa tên ở quầy theo giấy đăng ký, hoặc từ chối "
            "với lý do."
        ),
    ),
    Why.REPRESENTATIVE: WhyWords(
        _("Chưa có người đại diện"),
        _(
            "Chưa ai có quyền đại diện tổ chức làm thủ tục này. Khi quyền đó được ghi nhận ở quầy, hồ sơ tự "
            "được lập. Nếu không thể chờ, hãy từ chối với lý do."
        ),
    ),
    Why.REPRESENTATIVES: WhyWords(
        _("Chưa rõ ai đại diện"),
        _(
            "Cổng không nói ai đã nộp, và không có đúng một người đại diện có tài khoản. Hãy ghi nhận người "
            "đại diện theo pháp luật ở quầy rồi hồ sơ tự được lập, hoặc từ chối với lý do."
        ),
    ),
    Why.DATE_WRONG: WhyWords(
        _("Ngày nộp sai"),
        _("Ngày nộp không đọc được, ở tương lai hoặc đã quá lâu. Có thể lấy thời điểm hệ thống nhận được."),
    ),
    Why.FILE_MISSING: WhyWords(
        _("Tệp không tải được"),
        _("Đã thử tải nhiều lần. Hãy hỏi lại Cổng, hoặc lập hồ sơ không có tệp rồi yêu cầu bổ sung."),
    ),
    Why.FILE_REFUSED: WhyWords(
        _("Tệp không nhận được"),
        _("Hệ thống không nhận tệp này. Có thể lập hồ sơ không có tệp rồi yêu cầu bổ sung."),
    ),
    Why.PAPER_UNKNOWN: WhyWords(
        _("Chưa biết thành phần"),
        _("Chưa biết tệp là thành phần nào của hồ sơ. Hãy chọn; lần sau hệ thống tự nhận ra mã này."),
    ),
    Why.NOT_TAKEN: WhyWords(
        _("Không nhận cách này"),
        _("Thủ tục không nhận hồ sơ như thế này. Hãy từ chối với lý do để người nộp làm cách khác."),
    ),
    Why.ORIGINAL_MISSING: WhyWords(
        _("Thiếu bản gốc"),
        _("Chỉ có bản cập nhật, chờ mãi không thấy bản gốc. Hãy hỏi lại Cổng, hoặc lập hồ sơ từ bản này."),
    ),
    Why.CHANGED_AFTERWARDS: WhyWords(
        _("Thay đổi sau khi nộp"),
        _("Người nộp sửa trên Cổng sau khi hồ sơ đã lập. Hãy xem và trao đổi trong hồ sơ, rồi bấm «Đã xem»."),
    ),
}


def why_words(why: Why) -> WhyWords:
    """Return what a reason is called."""
    return _WORDS[why]
