"""What registers refuse, with what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """:param sentence: what is wrong with the field and what to write, in the active language"""

    field: str
    sentence: str


class RecordMissing(NotFound):
    code = "record-missing"
    message = _("Không tìm thấy bản ghi này trong sổ. Hãy kiểm tra lại khóa hoặc đường dẫn.")


class NotYourRegister(NotAllowed):
    code = "register-not-yours"
    message = _("Bạn không được ghi vào sổ «%(register)s» ở địa bàn này. Hãy chuyển cho cơ quan giữ sổ.")


class NotListed(NotAllowed):
    code = "register-not-listed"
    message = _(
        "Vị trí của bạn không xem được danh sách của sổ «%(register)s». "
        "Hãy đề nghị cơ quan giữ sổ tra cứu hộ."
    )


class FieldNotYours(NotAllowed):
    code = "register-field-not-yours"
    message = _("Vị trí của bạn không được xem mục «%(label)s» nên không ghi được mục này. Hãy bỏ mục ấy ra.")


class TruthIsOutside(NotAllowed):
    code = "register-truth-outside"
    message = _(
        "Sổ «%(register)s» lấy từ hệ thống %(system)s. Hãy sửa ở hệ thống ấy; bản sao ở đây tự cập nhật theo."
    )


class RecordInvalid(Invalid):
    """:ivar problems: what is wrong, field by field"""

    code = "record-invalid"
    message = _("Còn %(count)s chỗ cần sửa: %(sentences)s")

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        sentences = " ".join(one.sentence for one in self.problems)
        super().__init__(count=len(self.problems), sentences=sentences)


class PartsInvalid(RecordInvalid):
    """
    A record cannot be split so.

    :ivar parts: number of the part from 1, and what is wrong with it; a field's name may be empty
    """

    def __init__(self, parts: Iterable[tuple[int, FieldProblem]]) -> None:
        self.parts = tuple((number, _of_part(number, one)) for number, one in parts)
        super().__init__(
            FieldProblem(f"parts.{number - 1}.{one.field}".rstrip("."), one.sentence)
            for number, one in self.parts
        )


def _of_part(number: int, problem: FieldProblem) -> FieldProblem:
    said = {"number": number, "sentence": problem.sentence}
    return FieldProblem(problem.field, gettext("Phần %(number)s: %(sentence)s") % said)


class KeyIncomplete(Invalid):
    code = "record-key-incomplete"
    message = _("Chưa đặt được khóa của bản ghi vì thiếu «%(field)s». Hãy điền mục này.")


class ValueHeld(Conflict):
    """Another record holds the key or the unique value."""

    code = "record-value-held"
    message = _(
        "«%(label)s» %(value)s đã thuộc về một bản ghi khác của sổ. Hãy mở bản ghi ấy để sửa, "
        "hoặc gộp hai bản ghi nếu cùng nói về một đối tượng."
    )


class StaleRecord(Conflict):
    code = "record-stale"
    message = _("Bản ghi vừa được người khác sửa. Hãy xem lại bản mới rồi sửa tiếp.")


class RecordEmptied(Conflict):
    code = "record-emptied"
    message = _(
        "Nội dung bản ghi này đã được xóa khi hết hạn lưu nên không sửa được nữa. "
        "Nếu đối tượng ấy còn hoặc trở lại, hãy ghi một bản ghi mới."
    )


class NotInForce(Conflict):
    code = "record-not-in-force"
    message = _(
        "Bản ghi này %(state)s nên không làm được việc này. Hãy khôi phục trước, hoặc mở bản ghi thay nó."
    )


class AlreadyInForce(Conflict):
    code = "record-in-force"
    message = _("Bản ghi này đang có hiệu lực, không cần khôi phục.")


class NothingChanged(Invalid):
    code = "record-nothing-changed"
    message = _("Những giá trị này đã đúng như trong sổ ở khoảng ngày ấy; không có gì để sửa.")


class WrongSpan(Invalid):
    code = "record-wrong-span"
    message = _(
        "Khoảng ngày chưa đúng. Ngày cuối phải sau ngày đầu, và bản ghi phải có trong sổ vào những ngày ấy."
    )


class FutureSpan(Invalid):
    code = "record-future-span"
    message = _("Việc sửa quá khứ phải kết thúc không sau hôm nay. Với điều sắp đổi, hãy ghi ngày bắt đầu.")


class ReasonNeeded(Invalid):
    code = "record-reason-needed"
    message = _("Hãy ghi lý do; lý do được giữ cùng lịch sử của bản ghi.")


class ParentCycle(Invalid):
    code = "record-parent-cycle"
    message = _("Bản ghi cha được chọn lại nằm bên trong chính bản ghi này. Hãy chọn bản ghi cha khác.")


class SameRecord(Invalid):
    code = "record-same"
    message = _("Không gộp được một bản ghi với chính nó, hay hai bản ghi của hai sổ. Hãy chọn lại.")


class TooFewParts(Invalid):
    code = "record-too-few-parts"
    message = _("Tách bản ghi phải được ít nhất hai phần. Hãy thêm phần còn thiếu.")


class FieldNotAskable(Invalid):
    code = "record-field-not-askable"
    message = _("Không lọc được theo «%(field)s». Hãy chọn một trong các mục lọc của sổ.")


class EnvelopeWrong(Invalid):
    code = "record-envelope-wrong"
    message = _("Gói tin chưa đúng: sự kiện phải là NEW, UPDATE hoặc CANCEL và số phiên bản phải từ 1.")
