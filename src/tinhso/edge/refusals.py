"""What the edge refuses before any room is asked; each with the status HTTP has for it."""

from http import HTTPStatus
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Refusal


class EdgeRefusal(Refusal):
    status: ClassVar[HTTPStatus]


class TooManyTries(EdgeRefusal):
    """:ivar seconds: after so many the count begins anew"""

    code = "too-many-tries"
    status = HTTPStatus.TOO_MANY_REQUESTS
    message = _("Có quá nhiều lần thử từ máy này. Hãy chờ %(minutes)s phút rồi thử lại.")

    def __init__(self, *, seconds: int) -> None:
        super().__init__(minutes=-(-seconds // 60))
        self.seconds = seconds
