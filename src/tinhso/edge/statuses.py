"""Which HTTP status a refusal has for a program, and what a program does next."""

from collections.abc import Mapping
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.refusals import StaleVersion
from tinhso.edge.refusals import EdgeRefusal
from tinhso.kernel.refusals import Conflict, NotAllowed, NotFound, Refusal
from tinhso.people.queries import TokenNotValid
from tinhso.registers.refusals import StaleRecord

STATUSES: tuple[tuple[type[Refusal], HTTPStatus], ...] = (
    (NotFound, HTTPStatus.NOT_FOUND),
    (TokenNotValid, HTTPStatus.UNAUTHORIZED),
    (NotAllowed, HTTPStatus.FORBIDDEN),
    (StaleVersion, HTTPStatus.PRECONDITION_FAILED),
    (StaleRecord, HTTPStatus.PRECONDITION_FAILED),
    (Conflict, HTTPStatus.CONFLICT),
)

TITLES: Mapping[HTTPStatus, Promise] = {
    HTTPStatus.BAD_REQUEST: _("Không đọc được yêu cầu"),
    HTTPStatus.UNAUTHORIZED: _("Chưa đăng nhập"),
    HTTPStatus.FORBIDDEN: _("Không có quyền"),
    HTTPStatus.NOT_FOUND: _("Không tìm thấy"),
    HTTPStatus.METHOD_NOT_ALLOWED: _("Không nhận phương thức này"),
    HTTPStatus.NOT_ACCEPTABLE: _("Không có dạng được yêu cầu"),
    HTTPStatus.CONFLICT: _("Trạng thái hiện tại không cho phép"),
    HTTPStatus.PRECONDITION_FAILED: _("Nội dung đã thay đổi"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("Nội dung quá lớn"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _("Không nhận dạng nội dung này"),
    HTTPStatus.UNPROCESSABLE_ENTITY: _("Nội dung chưa hợp lệ"),
    HTTPStatus.TOO_MANY_REQUESTS: _("Thử quá nhiều lần"),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("Hệ thống gặp lỗi"),
}

NEXT_STEPS: Mapping[HTTPStatus, Promise] = {
    HTTPStatus.BAD_REQUEST: _(
        "Sửa yêu cầu theo câu báo lỗi rồi gửi lại. Gửi lại y nguyên sẽ bị từ chối như cũ."
    ),
    HTTPStatus.UNAUTHORIZED: _("Đăng nhập, hoặc gửi mã truy cập còn hiệu lực, rồi gửi lại yêu cầu."),
    HTTPStatus.FORBIDDEN: _(
        "Đừng gửi lại bằng tài khoản này. Dùng tài khoản hoặc vai trò có quyền, hoặc làm theo câu báo lỗi."
    ),
    HTTPStatus.NOT_FOUND: _(
        "Kiểm tra mã và đường dẫn. Nội dung không có và nội dung bạn không được xem trả lời giống hệt nhau."
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: _("Đọc tiêu đề Allow và dùng một phương thức có trong đó."),
    HTTPStatus.NOT_ACCEPTABLE: _("Sửa tiêu đề Accept cho có dạng mà địa chỉ này trả về."),
    HTTPStatus.CONFLICT: _(
        "Đọc lại nội dung để biết trạng thái hiện tại, rồi quyết định. Không có gì bị thay đổi."
    ),
    HTTPStatus.PRECONDITION_FAILED: _(
        "Đọc lại hồ sơ, xem điều đã thay đổi, rồi gửi lại với ETag mới trong tiêu đề If-Match."
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("Gửi ít dữ liệu hơn, hoặc tệp nhỏ hơn. Không có gì được lưu."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: _("Sửa tiêu đề Content-Type và nội dung cho khớp với tài liệu API."),
    HTTPStatus.UNPROCESSABLE_ENTITY: _(
        "Sửa nội dung theo câu báo lỗi và danh sách «errors», rồi gửi lại; dùng lại Idempotency-Key cũ được."
    ),
    HTTPStatus.TOO_MANY_REQUESTS: _("Chờ số giây ghi trong tiêu đề Retry-After rồi mới thử lại."),
    HTTPStatus.INTERNAL_SERVER_ERROR: _(
        "Chờ vài phút rồi gửi lại với cùng Idempotency-Key; việc không bị làm hai lần."
    ),
}


def status_of(refusal: Refusal) -> HTTPStatus:
    """Return the HTTP status of a refusal; 422 when no class says otherwise."""
    return status_of_class(type(refusal))


def status_of_class(kind: type[Refusal]) -> HTTPStatus:
    """Return the HTTP status every refusal of the class has."""
    if issubclass(kind, EdgeRefusal):
        return kind.status
    found = (status for parent, status in STATUSES if issubclass(kind, parent))
    return next(found, HTTPStatus.UNPROCESSABLE_ENTITY)
