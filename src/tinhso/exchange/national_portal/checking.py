"""Does the connection to the national portal work? Asked by an operator, before anything depends on it."""

from django.utils.translation import gettext as _

from tinhso.exchange.national_portal.client import (
    Portal,
    PortalRefused,
    PortalUnreachable,
    delivery_key,
    is_connected,
    the_portal,
)

# No dossier has it; the portal must be able to say so.
NOBODYS = "KIEM-TRA-KET-NOI"


def check(portal: Portal | None = None) -> tuple[str, ...]:
    """Return what is wrong with the connection, one sentence each; nothing when it works."""
    if portal is None and not is_connected():
        return (_("Chưa đặt TINHSO_NATIONAL_PORTAL_URL nên không nhận và không gửi gì."),)
    if portal is None and not delivery_key():
        return (_("Chưa có khóa TINHSO_NATIONAL_PORTAL_KEY nên mọi gói Cổng gửi đến đều bị từ chối."),)
    try:
        (portal or the_portal()).look_up(NOBODYS)
    except PortalRefused as answer:
        return (_("Cổng hiểu mà từ chối: %(said)s. Hãy xem mã đơn vị và đường dẫn.") % {"said": answer},)
    except PortalUnreachable as problem:
        return (
            _("Cổng không trả lời được: %(said)s. Hãy xem địa chỉ, tài khoản và mật khẩu.")
            % {"said": problem},
        )
    return ()
