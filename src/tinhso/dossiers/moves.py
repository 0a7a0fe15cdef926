"""
The moves of a dossier, each with the law beside it. There is no other way from one state to another.

Articles are those of Decree 61/2018/NĐ-CP as carried over by Decree 118/2025/NĐ-CP; the numbering of the
latter is not confirmed, so the older one is cited with «(118/2025)».
"""

from dataclasses import dataclass
from typing import Literal

from tinhso.dossiers.statuses import OPEN, WAITING, Status

By = Literal["applicant", "step", "signer", "system"]


@dataclass(frozen=True, slots=True)
class Move:
    """
    :param targets: empty when the state stays
    :param by: ``applicant``: who filed, or a mandate holder; ``step``: who may act in the open step;
        ``signer``: who signs for the agency that issued the result
    :param needs: what the open step must be for: ``receive`` the first, ``sign``, ``return``; empty for any
    """

    name: str
    sources: frozenset[Status]
    targets: frozenset[Status]
    by: By
    law: str
    needs: Literal["", "receive", "process", "sign", "return"] = ""


def _move(
    name: str,
    sources: object,
    targets: object,
    by: By,
    law: str,
    needs: Literal["", "receive", "process", "sign", "return"] = "",
) -> Move:
    return Move(name, _set(sources), _set(targets), by, law, needs)


def _set(statuses: object) -> frozenset[Status]:
    return frozenset({statuses}) if isinstance(statuses, Status) else frozenset(statuses)  # type: ignore[call-overload]


_TABLE = (
    _move("accept", Status.FILED, {Status.ACCEPTED, Status.AWAITING_PAYMENT}, "step",
          "Điều 17 khoản 1, khoản 3 (118/2025): tiếp nhận, cấp mã và giấy hẹn", "receive"),
    _move("start", Status.ACCEPTED, Status.IN_PROGRESS, "step",
          "Điều 18, Điều 19 khoản 1 (118/2025): cơ quan giải quyết nhận hồ sơ và bắt đầu xử lý"),
    _move("decline", Status.FILED, Status.NOT_ACCEPTED, "step",
          "Điều 17 khoản 1 (118/2025): từ chối tiếp nhận, Mẫu 03", "receive"),
    _move("request_supplement", OPEN, Status.AWAITING_SUPPLEMENT, "step",
          "Điều 17 khoản 1, Điều 19 khoản 3 (118/2025): bổ sung một lần, Mẫu 02"),
    _move("answer_supplement", Status.AWAITING_SUPPLEMENT, {Status.FILED, Status.IN_PROGRESS}, "applicant",
          "Điều 19 khoản 3 (118/2025): thời hạn tính lại từ đầu"),
    _move("pay", Status.AWAITING_PAYMENT, Status.IN_PROGRESS, "system",
          "Điều 22 (118/2025): nộp phí, lệ phí"),
    _move("unpay", {Status.ACCEPTED, Status.IN_PROGRESS}, Status.AWAITING_PAYMENT, "system",
          "Điều 22 (118/2025): phiếu thu ghi nhầm đã hủy, khoản thu mở lại"),
    _move("ask_payment", {Status.ACCEPTED, Status.IN_PROGRESS}, Status.AWAITING_PAYMENT, "step",
          "Điều 22 (118/2025): nghĩa vụ tài chính phát sinh trong khi giải quyết"),
    _move("take_back_payment", Status.AWAITING_PAYMENT, Status.IN_PROGRESS, "step",
          "Điều 22 (118/2025): thôi yêu cầu khoản đã yêu cầu nhầm"),
    _move("ask_opinion", {Status.ACCEPTED, Status.IN_PROGRESS}, (), "step",
          "Điều 19 khoản 2 (118/2025): lấy ý kiến, có thời hạn trả lời"),
    _move("advance", {Status.ACCEPTED, Status.IN_PROGRESS}, {Status.IN_PROGRESS, Status.AWAITING_PAYMENT},
          "step", "Điều 18, Điều 19, Điều 22 (118/2025): chuyển và giải quyết hồ sơ; khoản thu ở bước",
          "process"),
    _move("step_back", {Status.ACCEPTED, Status.IN_PROGRESS}, Status.IN_PROGRESS, "step",
          "Điều 19 khoản 1 (118/2025): thẩm định lại trước khi trình ký"),
    _move("extend", {Status.ACCEPTED, Status.IN_PROGRESS}, Status.IN_PROGRESS, "step",
          "Điều 19 khoản 9 (118/2025): xin lỗi và hẹn lại, không quá một lần, Mẫu 04"),
    _move("refuse", {Status.ACCEPTED, Status.IN_PROGRESS}, Status.DECIDED, "step",
          "Điều 19 khoản 4 (118/2025): không đủ điều kiện giải quyết, Mẫu 03", "sign"),
    _move("sign", {Status.ACCEPTED, Status.IN_PROGRESS}, Status.DECIDED, "step",
          "Điều 19 khoản 2 (118/2025): ký ban hành kết quả", "sign"),
    _move("deliver", Status.DECIDED, Status.RETURNED, "step",
          "Điều 20 (118/2025): trả kết quả", "return"),
    _move("hand_to_post", Status.DECIDED, (), "step",
          "Điều 20 (118/2025): trả kết quả qua dịch vụ bưu chính công ích", "return"),
    _move("correct", {Status.DECIDED, Status.RETURNED}, (), "signer",
          "Điều 21 (118/2025): kết quả sai do cơ quan thì cơ quan đính chính, không thu phí"),
    _move("reissue", {Status.DECIDED, Status.RETURNED}, (), "signer",
          "Điều 21 (118/2025): kết quả mất, hỏng do cơ quan thì cơ quan cấp lại, không thu phí"),
    _move("revoke", {Status.DECIDED, Status.RETURNED}, (), "signer",
          "Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.2: quyết định thu hồi, có lý do, căn cứ luật riêng"),
    _move("withdraw", OPEN | WAITING, Status.WITHDRAWN, "applicant",
          "Điều 11 khoản 2 (118/2025): quyền của tổ chức, cá nhân"),
    _move("stop", OPEN | WAITING, Status.STOPPED, "step",
          "Thông tư 03/2025/TT-VPCP, Mẫu 05: thông báo dừng giải quyết"),
)  # fmt: skip

MOVES: dict[str, Move] = {move.name: move for move in _TABLE}
