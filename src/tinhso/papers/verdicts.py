"""What is wrong with a signature, in one sentence for the person who asks."""

from dataclasses import dataclass

from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.status import DocumentTimestampStatus, PdfSignatureStatus, SignatureStatus


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement: good or not, and why, in both languages."""

    is_good: bool
    vi: str
    en: str


GOOD = Verdict(True, "Chữ ký hợp lệ.", "The signature is valid.")
GOOD_UNSTAMPED = Verdict(
    True,
    "Chữ ký hợp lệ; thời điểm ký do người ký tự khai, không có dấu thời gian được tin cậy.",
    "The signature is valid; the time is the signer's own claim, no trusted time stamp attests it.",
)
GOOD_STAMP = Verdict(True, "Dấu thời gian hợp lệ.", "The time stamp is valid.")
ALTERED = Verdict(
    False,
    "Nội dung đã bị thay đổi sau khi ký.",
    "The content was changed after signing.",
)
ADDED = Verdict(
    False,
    "Sau khi ký, tệp đã bị thêm hoặc sửa những nội dung không được phép.",
    "After signing, something that is not allowed was added or changed.",
)
REVOKED = Verdict(
    False,
    "Chứng thư số của người ký đã bị thu hồi trước khi ký.",
    "The signer's certificate had been revoked before signing.",
)
EXPIRED = Verdict(
    False,
    "Chứng thư số của người ký không còn hoặc chưa có hiệu lực khi ký.",
    "The signer's certificate was not in force when it signed.",
)
STATUS_UNKNOWN = Verdict(
    False,
    "Không xác định được trạng thái chứng thư số khi ký.",
    "The status of the certificate at the time of signing is not known.",
)
NOT_TRUSTED = Verdict(
    False,
    "Chứng thư số không do tổ chức được tin cậy cấp.",
    "The certificate was not issued by an authority that is trusted here.",
)
BAD_STAMP = Verdict(
    False,
    "Dấu thời gian của chữ ký không hợp lệ.",
    "The signature's time stamp is not valid.",
)
UNREADABLE = Verdict(
    False, "Chữ ký bị hỏng nên không đọc được.", "The signature is damaged and cannot be read."
)

_TRUST_PROBLEMS: dict[AdESSubIndic, Verdict] = {
    AdESIndeterminate.REVOKED_NO_POE: REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: REVOKED,
    AdESFailure.REVOKED: REVOKED,
    AdESIndeterminate.EXPIRED: EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: EXPIRED,
    AdESFailure.NOT_YET_VALID: EXPIRED,
    AdESIndeterminate.TRY_LATER: STATUS_UNKNOWN,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: STATUS_UNKNOWN,
}


def of_signature(status: PdfSignatureStatus, *, stamp_is_good: bool) -> Verdict:
    """Judge a signature; the gravest fault is named."""
    if not (status.intact and status.valid):
        return ALTERED
    if not status.trusted:
        return _mistrust(status)
    if not status.docmdp_ok:
        return ADDED
    if status.timestamp_validity is not None and not stamp_is_good:
        return BAD_STAMP
    return GOOD if stamp_is_good else GOOD_UNSTAMPED


def of_time_stamp(status: DocumentTimestampStatus) -> Verdict:
    """Judge a document time stamp."""
    if not (status.intact and status.valid):
        return ALTERED
    if not status.trusted:
        return _mistrust(status)
    if status.modification_level is ModificationLevel.OTHER:
        return ADDED
    return GOOD_STAMP


def _mistrust(status: SignatureStatus) -> Verdict:
    if status.revoked:
        return REVOKED
    problem = status.trust_problem_indic
    return _TRUST_PROBLEMS.get(problem, NOT_TRUSTED) if problem else NOT_TRUSTED
