"""Everything an officer can do to a dossier: from what a form sent to the action, and what to say then."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.dossiers import deadline
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step, step_back
from tinhso.dossiers.actions.claim import claim_step, hand_over_step
from tinhso.dossiers.actions.close_early import stop_dossier
from tinhso.dossiers.actions.decline import decline_dossier
from tinhso.dossiers.actions.deliver import deliver_result
from tinhso.dossiers.actions.extend import NotLater, extend_deadline
from tinhso.dossiers.actions.move_to_version import move_to_version
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.actions.sign_result import refuse_result, sign_result
from tinhso.kernel.refusals import Invalid
from tinhso.payments.actions.take_at_counter import take_at_counter
from tinhso.web.desk import acts_more, boxes, supplement, taking
from tinhso.web.desk.deeds import Act, Deed
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.reliefs import decisions_of
from tinhso.web.templatetags.look import moment


class ChooseColleague(Invalid):
    code = "choose-colleague"
    message = gettext_lazy("Hãy chọn người nhận việc.")


class ChooseStep(Invalid):
    code = "choose-step"
    message = gettext_lazy("Hãy chọn bước nhận lại hồ sơ.")


class NoSuchDay(Invalid):
    code = "no-such-day"
    message = gettext_lazy("Hãy ghi ngày hẹn mới đủ ngày, tháng, năm. Ví dụ: 24 11 2026.")


class NothingToPay(Invalid):
    code = "nothing-to-pay"
    message = gettext_lazy("Hồ sơ không còn khoản nào phải thu. Hãy tải lại trang.")


def _claim(deed: Deed) -> str:
    claim_step(**deed.aim)
    return _("Bạn đang giữ hồ sơ này.")


def _accept(deed: Deed) -> str:
    accepted = accept_dossier(**deed.aim, found=deed.found, reliefs=decisions_of(deed.data))
    due = moment(accepted.due_at)
    return _("Đã tiếp nhận %(code)s, hẹn trả %(due)s. Giấy hẹn nằm trong hồ sơ.") % {
        "code": accepted.code,
        "due": due,
    }


def _decline(deed: Deed) -> str:
    decline_dossier(**deed.aim, reason=deed.reason)
    return _("Đã từ chối tiếp nhận; người nộp nhận được thông báo kèm lý do.")


def _advance(deed: Deed) -> str:
    advance_step(**deed.aim, found=deed.found, note=deed.data.get("ghi-chu", ""))
    return _("Đã chuyển bước; người ở bước sau đã được báo.")


def _step_back(deed: Deed) -> str:
    to_step = deed.data.get(boxes.STEP, "")
    if not to_step:
        raise ChooseStep
    step_back(**deed.aim, to_step=to_step, reason=deed.reason)
    return _("Đã trả hồ sơ về bước trước kèm lý do.")


def _supplement(deed: Deed) -> str:
    items = supplement.items_of(deed.case, deed.data)
    request_supplement(**deed.aim, items=items, note=deed.data.get(supplement.NOTE, "").strip())
    return _("Đã gửi yêu cầu bổ sung; thời hạn tạm dừng cho đến khi người nộp trả lời.")


def _extend(deed: Deed) -> str:
    on = boxes.day_of(deed.data, boxes.DAY)
    if on is None:
        raise NoSuchDay
    new_due_at = _closing(on)
    extend_deadline(**deed.aim, new_due_at=new_due_at, reason=deed.reason)
    return _("Đã xin lỗi và hẹn lại %(due)s; người nộp đã được báo.") % {"due": moment(new_due_at)}


def _closing(on: date) -> datetime:
    """Return the end of office hours. :raises NotLater: a day no calendar knows is far off or long past"""
    calendar = deadline.calendar()
    if not calendar.first <= on <= calendar.last:
        raise NotLater
    return calendar.closing(on)


def _sign(deed: Deed) -> str:
    signed = sign_result(**deed.aim, found=deed.found)
    return _("Đã ký số kết quả số %(number)s. Người nộp đã được báo.") % {"number": signed.number}


def _refuse(deed: Deed) -> str:
    signed = refuse_result(**deed.aim, reason=deed.reason)
    return _("Đã ký thông báo từ chối số %(number)s; người nộp đã được báo.") % {"number": signed.number}


def _deliver(deed: Deed) -> str:
    deliver_result(**deed.aim)
    return _("Đã trả kết quả. Hồ sơ kết thúc.")


def _stop(deed: Deed) -> str:
    stop_dossier(**deed.aim, reason=deed.reason)
    return _("Đã dừng giải quyết; người nộp nhận được thông báo kèm lý do.")


def _hand_over(deed: Deed) -> str:
    to_account: UUID | None = as_uuid(deed.data.get(boxes.COLLEAGUE, ""))
    if to_account is None:
        raise ChooseColleague
    hand_over_step(**deed.aim, to_account_id=to_account)
    return _("Đã bàn giao hồ sơ.")


def _take_cash(deed: Deed) -> str:
    bill = deed.case.open_bill
    if bill is None:
        raise NothingToPay
    paid = take_at_counter(
        actor=deed.actor,
        at=deed.at,
        bill_id=bill.id,
        means=taking.means_of(deed.data),
        terminal=deed.data.get(taking.TERMINAL, ""),
        approval_code=deed.data.get(taking.APPROVAL, ""),
    )
    return _("Đã thu đủ tiền, phiếu thu số %(number)s.") % {"number": paid.receipt_number}


def _move_version(deed: Deed) -> str:
    move_to_version(**deed.aim)
    return _("Hồ sơ đã chuyển sang bản quy trình hiện hành.")


ACTS: Mapping[str, Act] = {
    "nhan": Act(
        gettext_lazy("Nhận việc"),
        gettext_lazy("Nhận việc"),
        "",
        _claim,
        gettext_lazy("Hồ sơ ghi tên bạn là người giữ; đồng nghiệp chỉ xử lý được khi bạn bàn giao."),
        stays=True,
    ),
    "tiep-nhan": Act(gettext_lazy("Tiếp nhận hồ sơ"), gettext_lazy("Tiếp nhận hồ sơ"), "found", _accept),
    "tu-choi-tiep-nhan": Act(
        gettext_lazy("Không tiếp nhận hồ sơ"),
        gettext_lazy("Không tiếp nhận và báo người nộp"),
        "decline",
        _decline,
        gettext_lazy("Hồ sơ kết thúc. Người nộp nhận thông báo theo Mẫu 03 với lý do dưới đây."),
        is_hard=True,
    ),
    "chuyen-buoc": Act(gettext_lazy("Chuyển bước"), gettext_lazy("Chuyển bước"), "advance", _advance),
    "tra-buoc": Act(
        gettext_lazy("Trả lại bước trước"), gettext_lazy("Trả lại bước đã chọn"), "step_back", _step_back
    ),
    "bo-sung": Act(
        gettext_lazy("Yêu cầu bổ sung"),
        gettext_lazy("Gửi yêu cầu bổ sung"),
        "supplement",
        _supplement,
        gettext_lazy(
            "Nêu đủ mọi thứ còn thiếu trong một lần. Thời hạn tạm dừng và tính lại từ đầu khi đã đủ."
        ),
    ),
    "gia-han": Act(
        gettext_lazy("Hẹn lại ngày trả"),
        gettext_lazy("Xin lỗi và hẹn lại"),
        "extend",
        _extend,
        gettext_lazy(
            "Chỉ được hẹn lại một lần, chậm nhất một ngày trước hạn. Thư xin lỗi theo Mẫu 04 được gửi đi."
        ),
    ),
    "ky": Act(gettext_lazy("Ký số kết quả"), gettext_lazy("Ký số và trả kết quả"), "found", _sign),
    "tu-choi": Act(
        gettext_lazy("Từ chối giải quyết"),
        gettext_lazy("Ký thông báo từ chối"),
        "refuse",
        _refuse,
        gettext_lazy("Thông báo theo Mẫu 03 được ký số và gửi cho người nộp."),
        is_hard=True,
    ),
    "tra-ket-qua": Act(gettext_lazy("Trả kết quả"), gettext_lazy("Trả kết quả cho người nộp"), "", _deliver),
    "dung": Act(
        gettext_lazy("Dừng giải quyết"),
        gettext_lazy("Dừng và báo người nộp"),
        "stop",
        _stop,
        gettext_lazy("Hồ sơ kết thúc. Người nộp nhận thông báo theo Mẫu 05 với lý do dưới đây."),
        is_hard=True,
    ),
    "ban-giao": Act(
        gettext_lazy("Bàn giao cho đồng nghiệp"), gettext_lazy("Bàn giao"), "hand_over", _hand_over
    ),
    "thu-tien": Act(
        gettext_lazy("Thu tiền tại quầy"), gettext_lazy("Đã nhận đủ tiền"), "cash", _take_cash, stays=True
    ),
    "phien-ban": Act(
        gettext_lazy("Dùng bản quy trình mới"),
        gettext_lazy("Chuyển sang bản mới"),
        "",
        _move_version,
        gettext_lazy("Quy trình đã có bản mới sau khi hồ sơ được nộp. Không có gì trong hồ sơ bị mất."),
        stays=True,
    ),
    **acts_more.ACTS,
}
