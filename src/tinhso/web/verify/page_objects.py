"""What the pages of verification show, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.papers.types import SignatureReport, SignedBy, Validity, Verification

Mark = Literal["success", "warning", "danger", "info"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Takes ``<c-notice>``: what is so, and what it means for who holds the paper."""

    tone: Mark
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """:param facts: label and value, in the order they are read"""

    validity: str
    verdict: Verdict
    facts: tuple[tuple[str, str], ...]
    issued_at: datetime | None
    valid_until: date | None
    signatures: tuple[SignedBy, ...]
    sha256: str
    replaced_by: str
    is_test: bool

    @property
    def is_known(self) -> bool:
        return self.validity != Validity.UNKNOWN


@dataclass(frozen=True, slots=True)
class SignatureView:
    """One signature or time stamp of a file, with the sentence that judges it."""

    title: str
    name: str
    organisation: str
    signed_at: datetime | None
    stamped_at: datetime | None
    is_good: bool
    is_test: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """:param record: ours, of exactly this file; its validity is ``unknown`` for any other file"""

    name: str
    verdict: Verdict
    signatures: tuple[SignatureView, ...]
    record: RecordView
    is_test: bool


def record_view(found: Verification) -> RecordView:
    """Put the public record into words."""
    facts = (
        (_("Văn bản"), found.title),
        (_("Số, ký hiệu"), found.number),
        (_("Cơ quan ban hành"), found.agency),
        (_("Cấp cho"), found.holder),
    )
    return RecordView(
        validity=str(found.validity),
        verdict=_of_record(found),
        facts=tuple((label, value) for label, value in facts if value),
        issued_at=found.issued_at,
        valid_until=found.valid_until,
        signatures=found.signatures,
        sha256=found.sha256,
        replaced_by=found.replaced_by,
        is_test=any(signed.is_test for signed in found.signatures),
    )


def file_verdict(
    reports: Sequence[SignatureReport], matched: Verification, *, name: str, language: str
) -> FileVerdict:
    """Judge a file by its signatures and by our record of it."""
    record = record_view(matched)
    return FileVerdict(
        name=name,
        verdict=_of_file(reports, record),
        signatures=tuple(_signature(report, language) for report in reports),
        record=record,
        is_test=any(report.is_test for report in reports),
    )


def _of_record(found: Verification) -> Verdict:
    if found.validity is Validity.VALID:
        return Verdict(
            "success",
            _("Văn bản đang có hiệu lực"),
            _("Hãy so những thông tin dưới đây với tờ giấy hoặc tệp bạn đang giữ: phải trùng từng chữ."),
        )
    if found.validity is Validity.EXPIRED:
        return Verdict(
            "warning",
            _("Văn bản đã hết thời hạn sử dụng"),
            _("Văn bản là thật nhưng đã quá ngày ghi trên đó. Hãy đề nghị cấp văn bản mới."),
        )
    if found.validity is Validity.SUPERSEDED:
        return Verdict(
            "warning", _("Văn bản đã được thay thế"), _("Đừng dùng bản này nữa: đã có văn bản mới thay thế.")
        )
    if found.validity is Validity.REVOKED:
        reason = _("Lý do: %(reason)s") % {"reason": found.reason}
        return Verdict("danger", _("Văn bản đã bị thu hồi"), reason)
    return Verdict(
        "danger",
        _("Không có văn bản nào mang mã này"),
        _("Hãy quét lại mã QR. Nếu vẫn như vậy, đừng tin văn bản đó và báo cho cơ quan ghi trên đó."),
    )


def _of_file(reports: Sequence[SignatureReport], record: RecordView) -> Verdict:
    bad = [report for report in reports if not report.valid]
    if bad:
        return Verdict(
            "danger", _("Đừng dùng tệp này: chữ ký không hợp lệ"), _("Xem từng chữ ký ở dưới để biết vì sao.")
        )
    if record.is_known and record.validity != Validity.VALID:
        return record.verdict
    if record.is_known:
        return Verdict("success", _("Đúng là văn bản chúng tôi đã ban hành"), _unchanged(reports))
    if not reports:
        return Verdict(
            "warning",
            _("Tệp này không có chữ ký số"),
            _("Không thể biết ai đã lập tệp và nội dung có bị sửa hay không."),
        )
    if not any(report.covers_whole_file for report in reports):
        return Verdict(
            "warning",
            _("Chữ ký hợp lệ, nhưng tệp có phần thêm vào sau khi ký"),
            _("Phần thêm vào không được ký. Hãy đề nghị người gửi đưa bản gốc."),
        )
    return Verdict(
        "info",
        _("Chữ ký hợp lệ, nhưng không phải văn bản của hệ thống này"),
        _("Nội dung không bị sửa sau khi ký. Hãy xem người ký ở dưới có đúng là người bạn chờ đợi không."),
    )


def _unchanged(reports: Sequence[SignatureReport]) -> str:
    count = sum(report.kind == "signature" for report in reports)
    if not count:
        return _("Tệp trùng từng byte với bản lưu. Loại văn bản này không có chữ ký số.")
    words = ngettext("%(count)s chữ ký số hợp lệ", "%(count)s chữ ký số hợp lệ", count) % {"count": count}
    return _("Tệp trùng từng byte với bản lưu; %(signatures)s.") % {"signatures": words}


def _signature(report: SignatureReport, language: str) -> SignatureView:
    title = _("Dấu thời gian") if report.kind == "time_stamp" else _("Chữ ký số")
    return SignatureView(
        title=title,
        name=report.signer_name,
        organisation=report.signer_org,
        signed_at=report.signed_at,
        stamped_at=report.timestamp_at,
        is_good=report.valid,
        is_test=report.is_test,
        sentence=report.reason_en if language == "en" else report.reason_vi,
    )
