"""The one way in to write."""

from tinhso.notices.actions.choose_channels import choose_channels
from tinhso.notices.actions.mark_read import mark_read
from tinhso.notices.actions.notify import notify, notify_officers
from tinhso.notices.actions.resend import resend

__all__ = ["choose_channels", "mark_read", "notify", "notify_officers", "resend"]
