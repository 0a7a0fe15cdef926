"""What the edge of the API itself refuses, before any room is asked; each with the status HTTP has for it."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from tinhso.edge.refusals import EdgeRefusal


class NotSignedIn(EdgeRefusal):
    code = "not-signed-in"
    status = HTTPStatus.UNAUTHORIZED
    message = _("Việc này cần đăng nhập. Hãy đăng nhập, hoặc gửi mã truy cập trong tiêu đề Authorization.")


class TokenOnlyReads(EdgeRefusal):
    code = "token-only-reads"
    status = HTTPStatus.FORBIDDEN
    message = _("Mã truy cập này chỉ dùng để đọc. Hãy xin mã có phạm vi «write».")


class PersonMissing(EdgeRefusal):
    code = "person-must-sign"
    status = HTTPStatus.FORBIDDEN
    message = _("Ký số phải do chính người ký làm sau khi đăng nhập, không dùng mã truy cập được.")


class Forged(EdgeRefusal):
    code = "csrf"
    status = HTTPStatus.FORBIDDEN
    message = _(
        "Thiếu mã CSRF của phiên đăng nhập. Hãy gửi tiêu đề X-CSRFToken bằng giá trị cookie csrftoken."
    )


class NoSuchAddress(EdgeRefusal):
    code = "no-such-address"
    status = HTTPStatus.NOT_FOUND
    message = _("Không có địa chỉ này. Hãy xem các địa chỉ trong /api/v1/openapi.json.")


class MethodNotServed(EdgeRefusal):
    code = "method-not-allowed"
    status = HTTPStatus.METHOD_NOT_ALLOWED
    message = _("Địa chỉ này không nhận phương thức đó. Hãy xem tiêu đề Allow.")


class NotAcceptable(EdgeRefusal):
    code = "not-acceptable"
    status = HTTPStatus.NOT_ACCEPTABLE
    message = _("Địa chỉ này chỉ trả về %(served)s. Hãy sửa tiêu đề Accept.")


class BodyTooLarge(EdgeRefusal):
    code = "body-too-large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    message = _("Nội dung gửi lên lớn hơn %(limit)s MB. Hãy gửi ít dữ liệu hơn; tệp thì gửi riêng từng tệp.")


class MediaTypeUnknown(EdgeRefusal):
    code = "unsupported-media-type"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    message = _("Địa chỉ này chỉ nhận %(accepted)s. Hãy sửa tiêu đề Content-Type và nội dung.")


class BodyUnreadable(EdgeRefusal):
    code = "unreadable-body"
    status = HTTPStatus.BAD_REQUEST
    message = _(
        "Nội dung gửi lên không phải JSON đúng chuẩn (UTF-8, không có ký tự NUL, NaN hay Infinity). "
        "Hãy sửa rồi gửi lại."
    )


class RequestUnreadable(EdgeRefusal):
    code = "unreadable-request"
    status = HTTPStatus.BAD_REQUEST
    message = _("Địa chỉ, tham số hoặc biểu mẫu có ký tự không hợp lệ. Hãy bỏ ký tự NUL rồi gửi lại.")


class PreconditionUnreadable(EdgeRefusal):
    code = "unreadable-precondition"
    status = HTTPStatus.BAD_REQUEST
    message = _('Tiêu đề If-Match phải là ETag đã nhận khi đọc hồ sơ hoặc bản ghi, ví dụ "5.3f2a…".')


class CursorUnknown(EdgeRefusal):
    code = "cursor-unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("Không đọc được vị trí trang. Hãy dùng đúng đường dẫn «next» đã nhận, hoặc bắt đầu lại.")


class Broken(EdgeRefusal):
    code = "broken"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    message = _("Hệ thống gặp lỗi, không phải do bạn. Lỗi đã được ghi lại; hãy thử lại sau vài phút.")


class FieldsInvalid(EdgeRefusal):
    """The request does not have the documented shape; ``errors`` names each place."""

    code = "invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("Có %(count)s chỗ trong yêu cầu chưa đúng. Hãy sửa từng chỗ được nêu rồi gửi lại.")
