"""Refusals of uploads; several functions raise them."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, Refusal


class WrongType(Refusal):
    """The content is of a kind that is not taken in, whatever its name says."""

    code = "wrong-type"
    message = _(
        "Tệp «%(name)s» không thuộc loại được nhận. Hãy gửi tệp PDF hoặc ảnh JPEG, PNG, WEBP; "
        "ảnh HEIC của điện thoại cần chuyển sang JPEG trước khi gửi."
    )


class TooLarge(Refusal):
    """The file has more bytes than allowed."""

    code = "too-large"
    message = _(
        "Tệp «%(name)s» lớn hơn %(limit)s MB. Hãy chụp hoặc quét lại với độ nét thấp hơn, hoặc chia tệp ra."
    )


class TooManyPages(Refusal):
    """The PDF has more pages than allowed."""

    code = "too-many-pages"
    message = _("Tệp «%(name)s» có %(pages)s trang, nhiều hơn %(limit)s trang. Hãy chia tệp ra rồi gửi lại.")


class TooManyPixels(Refusal):
    """The picture would not fit into memory."""

    code = "too-many-pixels"
    message = _("Ảnh «%(name)s» quá lớn để mở. Hãy giảm kích thước ảnh rồi gửi lại.")


class BrokenFile(Refusal):
    """It begins like a file of its kind and cannot be read to its end."""

    code = "broken-file"
    message = _(
        "Tệp «%(name)s» bị hỏng hoặc tải lên chưa đủ nên không mở được. Hãy chụp hoặc quét lại rồi gửi lại."
    )


class EncryptedFile(Refusal):
    """A PDF under a password: nobody could read it later."""

    code = "encrypted-file"
    message = _("Tệp «%(name)s» có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")


class ActiveContent(Refusal):
    """A PDF that carries a program."""

    code = "active-content"
    message = _(
        "Tệp «%(name)s» có chứa mã chạy tự động nên không được nhận. Hãy in lại thành PDF rồi gửi lại."
    )


class Infected(Refusal):
    """The virus scanner found something."""

    code = "infected"
    message = _(
        "Tệp «%(name)s» có mã độc (%(signature)s) nên không được nhận. Hãy quét virus thiết bị của bạn, "
        "tạo lại tệp rồi gửi lại."
    )


class EmptyFile(Refusal):
    """No bytes at all."""

    code = "empty-file"
    message = _("Tệp «%(name)s» không có nội dung. Hãy chọn lại tệp rồi gửi lại.")


class PaperInUse(Conflict):
    """An agency already works with the paper."""

    code = "paper-in-use"
    message = _(
        "Giấy tờ này đã nộp cho cơ quan giải quyết nên không xóa được. "
        "Hãy gửi bản thay thế trong hồ sơ nếu cần."
    )
