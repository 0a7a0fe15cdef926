"""The one way in to write."""

from tinhso.notices.actions.choose_channels import choose_channels
from tinhso.notices.actions.mark_read import mark_read
from tinhso.notices.actions.notify import Telling, notify, notify_many, notify_officers
from tinhso.notices.actions.resend import resend

__all__ = [
    "Telling",
    "choose_channels",
    "mark_read",
    "notify",
    "notify_many",
    "notify_officers",
    "resend",
]
