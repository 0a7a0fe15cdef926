"""Acts beside the straight way: opinions, money in the middle, notes, and what becomes of a signed result."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.dossiers.actions.amend_result import correct_result, reissue_result, revoke_result
from tinhso.dossiers.actions.ask_opinion import ask_opinion
from tinhso.dossiers.actions.ask_payment import ask_payment, take_back_payment
from tinhso.dossiers.actions.grant_relief import grant_relief
from tinhso.dossiers.actions.notes import write_note
from tinhso.dossiers.actions.post_result import hand_to_post
from tinhso.kernel.money import format_dong
from tinhso.web.desk import forms_more, postal, reliefs
from tinhso.web.desk.deeds import Act, Deed


def _correct(deed: Deed) -> str:
    given = forms_more.corrected(deed.case, deed.data)
    done = correct_result(**deed.aim, given=given, reason=deed.reason)
    return _("Đã đính chính bằng văn bản số %(number)s; người nộp đã được báo.") % {"number": done.number}


def _reissue(deed: Deed) -> str:
    done = reissue_result(**deed.aim, reason=deed.reason)
    return _("Đã cấp lại bằng văn bản số %(number)s; người nộp đã được báo.") % {"number": done.number}


def _revoke(deed: Deed) -> str:
    done = revoke_result(**deed.aim, reason=deed.reason)
    return _("Đã thu hồi theo quyết định số %(number)s; người nộp đã được báo.") % {"number": done.number}


def _ask_opinion(deed: Deed) -> str:
    ask_opinion(**deed.aim, **forms_more.question_of(deed.data))
    return _("Đã gửi câu hỏi; người được hỏi đã được báo.")


def _ask_payment(deed: Deed) -> str:
    ask_payment(**deed.aim, **forms_more.payment_of(deed.data))
    return _("Đã yêu cầu nộp tiền; thời hạn tạm dừng cho đến khi nhận đủ.")


def _take_back_payment(deed: Deed) -> str:
    take_back_payment(**deed.aim, reason=deed.reason)
    return _("Đã thôi yêu cầu khoản này; thời hạn chạy tiếp.")


def _grant_relief(deed: Deed) -> str:
    fee, relief = reliefs.chosen(deed.data)
    spared = grant_relief(**deed.aim, fee=fee, relief=relief, reason=deed.reason)
    return _("Đã cho miễn, giảm %(amount)s. Khoản đã nộp thừa chờ hoàn; người nộp đã được báo.") % {
        "amount": format_dong(spared)
    }


def _note(deed: Deed) -> str:
    aim = {name: value for name, value in deed.aim.items() if name != "revision"}
    write_note(**aim, text=deed.data.get(forms_more.NOTE, ""))
    return _("Đã ghi. Chỉ cán bộ trong cơ quan thấy ghi chú này.")


def _post(deed: Deed) -> str:
    parcel = hand_to_post(**deed.aim, number=deed.data.get(postal.NUMBER, ""))
    return _("Đã giao bưu chính, số hiệu %(number)s. Khi bưu chính phát xong, hãy xác nhận trả kết quả.") % {
        "number": parcel.tracking_number
    }


ACTS: Mapping[str, Act] = {
    "giao-buu-chinh": Act(
        gettext_lazy("Giao kết quả cho bưu chính"),
        gettext_lazy("Đã giao bưu chính"),
        "post",
        _post,
        gettext_lazy("Kết quả đi tới địa chỉ người nộp đã đăng ký. Hồ sơ kết thúc khi bưu chính phát xong."),
    ),
    "hoi-y-kien": Act(
        gettext_lazy("Hỏi ý kiến"),
        gettext_lazy("Gửi câu hỏi"),
        "ask_opinion",
        _ask_opinion,
        gettext_lazy(
            "Hỏi một đồng nghiệp hoặc một cơ quan khác. Người nộp không thấy câu hỏi và câu trả lời."
        ),
        stays=True,
    ),
    "ghi-chu": Act(
        gettext_lazy("Ghi chú nội bộ"),
        gettext_lazy("Ghi lại"),
        "note",
        _note,
        gettext_lazy("Chỉ cán bộ trong cơ quan thấy. Người nộp và cơ quan khác không bao giờ thấy."),
        stays=True,
    ),
    "yeu-cau-nop-tien": Act(
        gettext_lazy("Yêu cầu nộp nghĩa vụ tài chính"),
        gettext_lazy("Gửi yêu cầu nộp tiền"),
        "ask_payment",
        _ask_payment,
        gettext_lazy("Dùng khi có thông báo về khoản phải nộp, như thông báo thuế. Thời hạn tạm dừng."),
    ),
    "thoi-nop-tien": Act(
        gettext_lazy("Thôi yêu cầu nộp tiền"),
        gettext_lazy("Thôi yêu cầu và báo người nộp"),
        "reason:take_back_payment",
        _take_back_payment,
        gettext_lazy("Dùng khi yêu cầu nhầm. Thời hạn chạy tiếp; tiền đã nộp, nếu có, được hoàn."),
    ),
    "mien-giam": Act(
        gettext_lazy("Cho miễn, giảm khoản thu"),
        gettext_lazy("Cho miễn, giảm và báo người nộp"),
        "relief",
        _grant_relief,
        gettext_lazy(
            "Dùng khi người nộp chứng minh được sau. Đã nộp thì phần thừa được hoàn; chưa nộp thì thu theo "
            "mức mới."
        ),
    ),
    "dinh-chinh": Act(
        gettext_lazy("Đính chính kết quả"),
        gettext_lazy("Ký văn bản đính chính"),
        "correct",
        _correct,
        gettext_lazy("Sửa chỗ sai. Văn bản mới thay văn bản cũ; người nộp không mất phí."),
        is_hard=True,
    ),
    "cap-lai": Act(
        gettext_lazy("Cấp lại kết quả"),
        gettext_lazy("Ký văn bản cấp lại"),
        "reason:reissue",
        _reissue,
        gettext_lazy("Nội dung giữ nguyên, số mới. Văn bản cũ không còn hiệu lực; người nộp không mất phí."),
        is_hard=True,
    ),
    "thu-hoi": Act(
        gettext_lazy("Thu hồi kết quả"),
        gettext_lazy("Ký quyết định thu hồi"),
        "reason:revoke",
        _revoke,
        gettext_lazy("Lý do được công khai khi tra cứu văn bản và ghi vào quyết định gửi người nộp."),
        is_hard=True,
    ),
}
