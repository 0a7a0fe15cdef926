"""Refusals that several actions of designs share."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, Invalid, NotAllowed


class NotWriting(NotAllowed):
    code = "not-catalogue-editor"
    message = _("Chỉ người quản trị danh mục được soạn thủ tục. Hãy đề nghị người vận hành giao vai trò này.")


class NotPublishing(NotAllowed):
    code = "not-catalogue-publisher"
    message = _("Chỉ người công bố danh mục được công bố thủ tục. Hãy nhờ người giữ vai trò này.")


class OwnProposal(NotAllowed):
    code = "own-proposal"
    message = _("Bạn đã trình bản này nên người công bố phải là người khác. Hãy nhờ người công bố thứ hai.")


class DesignChanged(Conflict):
    """Somebody else wrote meanwhile."""

    code = "design-changed"
    message = _(
        "Bản soạn vừa được sửa ở nơi khác, nên chưa ghi điều bạn gõ. "
        "Điều bạn gõ còn ở dưới: xem bản mới rồi bấm lưu lần nữa."
    )


class DesignNotOpen(Conflict):
    code = "design-not-open"
    message = _("Bản soạn này đang «%(state)s» nên không sửa được. Hãy rút về để sửa, hoặc soạn bản mới.")


class NothingToUndo(Conflict):
    code = "nothing-to-undo"
    message = _("Không còn thay đổi nào để hoàn tác hay làm lại. Hãy tải lại trang.")


class ReasonAndDecision(Invalid):
    code = "publishing-words-missing"
    message = _("Hãy ghi cả lý do và số quyết định công bố: hai điều này nằm trong lịch sử của thủ tục.")


class HasMistakes(Conflict):
    code = "design-has-mistakes"
    message = _("Còn %(count)s lỗi trong tệp nên chưa trình hay công bố được. Hãy sửa các lỗi ở đầu trang.")


class ExamplesFail(Conflict):
    code = "examples-fail"
    message = _("%(count)s ví dụ chưa chạy đúng nên chưa trình hay công bố được. Hãy sửa ví dụ hoặc thủ tục.")


class NoExample(Conflict):
    code = "design-without-example"
    message = _("Thủ tục chưa có ví dụ nào để thử. Hãy thêm ít nhất một ví dụ bằng cách điền thử tờ khai.")


class CurrentMoved(Conflict):
    """The version in force is no longer the one the difference was read against."""

    code = "current-version-moved"
    message = _("Bản đang dùng vừa đổi sau khi bạn mở trang. Hãy xem lại phần khác nhau rồi bấm lần nữa.")


class CodeChanged(Conflict):
    code = "design-code-taken"
    message = _(
        "Mã thủ tục %(code)s đã có một bản đang dùng mà bản soạn này không bắt đầu từ đó. "
        "Hãy đổi mã, hoặc mở thủ tục %(code)s để soạn."
    )


class PreviewNotPossible(Conflict):
    code = "preview-not-possible"
    message = _("Thủ tục còn lỗi nên chưa xem trước được. Hãy sửa các lỗi ở đầu trang của bản soạn.")
