"""The states of a dossier and the national codes they stand for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Our states; one to one with codes 1–10 of the National Public Service Portal."""

    FILED = "filed", _("Mới đăng ký")
    ACCEPTED = "accepted", _("Được tiếp nhận")
    NOT_ACCEPTED = "not_accepted", _("Không được tiếp nhận")
    IN_PROGRESS = "in_progress", _("Đang xử lý")
    AWAITING_SUPPLEMENT = "awaiting_supplement", _("Chờ bổ sung giấy tờ")
    AWAITING_PAYMENT = "awaiting_payment", _("Chờ thực hiện nghĩa vụ tài chính")
    WITHDRAWN = "withdrawn", _("Công dân yêu cầu rút hồ sơ")
    STOPPED = "stopped", _("Dừng xử lý")
    DECIDED = "decided", _("Đã xử lý xong")
    RETURNED = "returned", _("Đã trả kết quả")


NATIONAL_CODES: dict[Status, int] = {status: code for code, status in enumerate(Status, start=1)}

# In these the case is closed for good.
FINAL = frozenset({Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED})
# In these an officer owes the next act.
OPEN = frozenset({Status.FILED, Status.ACCEPTED, Status.IN_PROGRESS})
# In these the legal clock runs.
RUNNING = frozenset({Status.ACCEPTED, Status.IN_PROGRESS})
# In these the citizen does, and the legal clock stands still.
WAITING = frozenset({Status.AWAITING_SUPPLEMENT, Status.AWAITING_PAYMENT})
# Closed for good, in one order: the index of open cases is told by the same words as the lists that use it.
CLOSED = tuple(sorted(FINAL))
# In these something is still to be done here.
GOING = tuple(sorted(frozenset(Status) - WAITING - FINAL))
