"""Pages for what went wrong: what happened, and what to do next, without touching the database."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor
from tinhso.web import navigation


@dataclass(frozen=True, slots=True)
class Trouble:
    """One error page: the heading says what happened, the steps say what to do, in order."""

    status: int
    heading: Any
    steps: tuple[Any, ...]
    offers_help: bool = True


BAD_REQUEST = Trouble(
    400,
    gettext_lazy("Máy chủ không hiểu yêu cầu này"),
    (gettext_lazy("Hãy quay lại trang trước, tải lại trang rồi làm lại."),),
)
FORGED = Trouble(
    403,
    gettext_lazy("Trang này đã mở quá lâu nên phải xác nhận lại"),
    (
        gettext_lazy("Hãy quay lại trang trước và tải lại trang; những gì đã tự lưu vẫn còn."),
        gettext_lazy("Hãy cho phép trình duyệt lưu cookie của trang này, rồi gửi lại."),
    ),
)
FORBIDDEN = Trouble(
    403,
    gettext_lazy("Bạn không có quyền xem trang này"),
    (
        gettext_lazy("Hãy kiểm tra xem bạn đã đăng nhập đúng tài khoản chưa."),
        gettext_lazy("Nếu bạn là cán bộ, hãy đề nghị người quản trị giao vai trò phù hợp."),
    ),
)
NOT_FOUND = Trouble(
    404,
    gettext_lazy("Không tìm thấy trang này"),
    (
        gettext_lazy("Nếu bạn gõ địa chỉ, hãy kiểm tra lại từng chữ."),
        gettext_lazy("Nếu bạn đi theo một đường dẫn, nội dung có thể đã được chuyển hoặc không còn."),
    ),
)
NOT_TAKEN = Trouble(
    405,
    gettext_lazy("Trang này không mở thẳng được"),
    (gettext_lazy("Hãy quay lại trang trước, tải lại trang rồi gửi lại. Chưa có gì bị thay đổi."),),
)
TOO_BIG = Trouble(
    413,
    gettext_lazy("Dữ liệu gửi lên lớn quá mức cho phép"),
    (gettext_lazy("Hãy gửi ít tệp hơn hoặc tệp nhỏ hơn: mỗi tệp tối đa 10 MB."),),
)
TOO_MANY = Trouble(
    429,
    gettext_lazy("Có quá nhiều lần thử từ máy này"),
    (gettext_lazy("Hãy chờ vài phút rồi thử lại. Không cần làm gì thêm để mở khóa."),),
)
BROKEN = Trouble(
    500,
    gettext_lazy("Hệ thống gặp lỗi, không phải do bạn"),
    (
        gettext_lazy("Lỗi đã được ghi lại để sửa. Những gì đã lưu vẫn còn."),
        gettext_lazy("Hãy thử lại sau vài phút."),
    ),
)


# What an officer may meet in the middle of their work; they know whom to ask.
AT_DESK = frozenset({403, 404, 405, 409, 422})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 when what was sent is too big."""
    return page(request, TOO_BIG if isinstance(exception, RequestDataTooBig) else BAD_REQUEST)


def forbidden(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    return page(request, FORBIDDEN)


def forged(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Answer a form whose token is absent or stale."""
    return page(request, FORGED)


def not_found(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    return page(request, NOT_FOUND)


def not_taken(request: HttpRequest) -> HttpResponse:
    """Answer 405: the address is opened where a form has to be sent, as by a reader who reloads."""
    return page(request, NOT_TAKEN)


def too_many(request: HttpRequest, *_args: object, **_kwargs: object) -> HttpResponse:
    """Answer 429; also what django-axes shows to somebody locked out."""
    return page(request, TOO_MANY)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return page(request, BROKEN)


def refused(request: HttpRequest, refusal: Refusal, *, status: int) -> HttpResponse:
    """Show a refusal's own sentence as a page."""
    heading = NOT_FOUND.heading if status == NOT_FOUND.status else _("Chưa làm được việc này")
    return page(request, Trouble(status, heading, (refusal.sentence(),)))


def page(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Render an error page in the reader's language; an officer at the desk stays at the desk."""
    template = (
        "errors/desk.html" if trouble.status in AT_DESK and _at_desk(request) else "errors/trouble.html"
    )
    html = render_to_string(template, {"trouble": trouble}, request=request)
    return HttpResponse(html, status=trouble.status)


def _at_desk(request: HttpRequest) -> bool:
    desk = navigation.address("desk:inbox")
    if not desk or not request.path.startswith(desk) or not request.user.is_authenticated:
        return False
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor.is_officer and bool(actor.posts)
