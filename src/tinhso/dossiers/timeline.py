"""What happened to a dossier, from the ledger: every event, in order, as the reader may know it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.events import DossierEvent
from tinhso.dossiers.models import Dossier
from tinhso.kernel.models import LedgerEntry
from tinhso.people.types import Actor

SENTENCES = {
    "dossier.filed": _("Đã nộp hồ sơ"),
    "dossier.filed_together": _("Nộp liên thông cùng thủ tục khác"),
    "dossier.accepted": _("Đã tiếp nhận"),
    "dossier.not_accepted": _("Không được tiếp nhận"),
    "dossier.step_claimed": _("Đã có người nhận xử lý"),
    "dossier.step_handed_over": _("Đã giao người khác xử lý"),
    "dossier.step_released": _("Chờ người khác nhận xử lý"),
    "dossier.step_completed": _("Đã xong một bước"),
    "dossier.step_returned": _("Được xem lại ở bước trước"),
    "dossier.supplement_requested": _("Được yêu cầu bổ sung"),
    "dossier.supplement_answered": _("Đã bổ sung"),
    "dossier.payment_awaited": _("Chờ nộp phí, lệ phí"),
    "dossier.payment_settled": _("Đã nộp phí, lệ phí"),
    "dossier.opinion_asked": _("Hỏi ý kiến cơ quan khác"),
    "dossier.opinion_given": _("Cơ quan được hỏi đã trả lời"),
    "dossier.silence_taken_for_consent": _("Cơ quan được hỏi không trả lời đúng hạn, coi như đồng ý"),
    "dossier.advice_asked": _("Cán bộ hỏi ý kiến"),
    "dossier.advice_given": _("Người được hỏi đã trả lời"),
    "dossier.advice_withdrawn": _("Cán bộ rút câu hỏi"),
    "dossier.note_written": _("Cán bộ viết ghi chú nội bộ"),
    "dossier.note_struck": _("Cán bộ gạch ghi chú nội bộ"),
    "dossier.message_written": _("Có tin nhắn mới về hồ sơ"),
    "dossier.messages_read": _("Tin nhắn đã được đọc"),
    "dossier.payment_asked": _("Được yêu cầu thực hiện nghĩa vụ tài chính"),
    "dossier.payment_asked_back": _("Cơ quan thôi yêu cầu nghĩa vụ tài chính"),
    "dossier.result_corrected": _("Đã đính chính kết quả"),
    "dossier.result_reissued": _("Đã cấp lại kết quả"),
    "dossier.result_revoked": _("Đã thu hồi kết quả"),
    "dossier.opinion_chased": _("Đã đôn đốc cơ quan được hỏi"),
    "dossier.deadline_warned": _("Đã cảnh báo thời hạn"),
    "dossier.deadline_extended": _("Cơ quan xin lỗi và hẹn lại ngày trả"),
    "dossier.refused": _("Đã ký văn bản từ chối"),
    "dossier.result_signed": _("Đã ký kết quả"),
    "dossier.result_delivered": _("Đã trả kết quả"),
    "dossier.result_posted": _("Đã giao kết quả cho bưu chính"),
    "dossier.withdrawn": _("Đã rút hồ sơ"),
    "dossier.stopped": _("Đã dừng xử lý"),
    "dossier.rated": _("Đã được đánh giá"),
    "dossier.moved_to_version": _("Chuyển sang quy trình mới"),
}
# What goes on inside the agency, and identifiers that only officers may follow.
INTERNAL = frozenset(
    {
        "dossier.step_claimed",
        "dossier.step_handed_over",
        "dossier.step_released",
        "dossier.moved_to_version",
        "dossier.advice_asked",
        "dossier.advice_given",
        "dossier.advice_withdrawn",
        "dossier.note_written",
        "dossier.note_struck",
        "dossier.opinion_chased",
        "dossier.deadline_warned",
    }
)
FOR_EVERYBODY = frozenset(
    {
        "step",
        "next_step",
        "back_to",
        "due_at",
        "old_due_at",
        "new_due_at",
        "items",
        "channel",
        "stars",
        "side",
        "files",
        "messages",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One thing that happened.

    :param kind: the event's stable name, e.g. ``dossier.accepted``
    :param text: the same in the active language
    :param facts: identifiers and moments of the event; never a name
    """

    position: int
    at: datetime
    kind: str
    text: str
    facts: dict[str, object]


def timeline_of(*, actor: Actor, dossier: Dossier) -> tuple[Entry, ...]:
    """Return what happened to the dossier, oldest first; the caller has got it through ``visible_to``."""
    rows = LedgerEntry.objects.filter(subject_kind=DossierEvent.subject_kind, subject_id=dossier.pk)
    if not actor.is_officer:
        rows = rows.exclude(kind__in=INTERNAL)
    return tuple(
        Entry(row.position, row.at, row.kind, str(SENTENCES.get(row.kind, row.kind)), _facts(row, actor))
        for row in rows.order_by("position")
    )


def _facts(row: LedgerEntry, actor: Actor) -> dict[str, object]:
    return {
        name: value
        for name, value in row.payload.items()
        if name != "dossier_id" and (actor.is_officer or name in FOR_EVERYBODY)
    }
