"""
Refusals: answers that say no.

A refusal is not an error of the program. It carries a stable code, typed data, and a sentence in the
reader's language that says what is wrong and what to do next. Subclass it beside the function that raises it.
"""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818  (a refusal is an answer, not an error)
    """
    Base of every refusal.

    :cvar code: stable, kebab-case; the API publishes it as the problem type
    :cvar message: a lazy translated sentence with named placeholders filled from the data
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[Any] = _("Không thực hiện được việc này.")

    def __init__(self, **data: object) -> None:
        super().__init__(self.code)
        self.data = data

    def sentence(self) -> str:
        """Return the message in the active language."""
        return str(self.message) % self.data if self.data else str(self.message)

    def __str__(self) -> str:
        return self.sentence()


class NotFound(Refusal):
    """Absent, or not visible to the actor; the two are never told apart."""

    code = "not-found"
    message = _("Không tìm thấy nội dung này. Hãy kiểm tra lại đường dẫn hoặc mã.")


class NotAllowed(Refusal):
    """The actor may see the thing, and may not do this to it."""

    code = "not-allowed"
    message = _("Bạn không có quyền làm việc này.")


class Conflict(Refusal):
    """Someone else changed the thing first, or its state has no such move."""

    code = "conflict"
    message = _("Nội dung này vừa được người khác thay đổi. Hãy tải lại trang rồi làm lại.")


class Invalid(Refusal):
    """What was sent does not make sense."""

    code = "invalid"
    message = _("Dữ liệu gửi lên chưa hợp lệ.")
