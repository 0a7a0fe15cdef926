"""How a dossier came in, in words."""

from django.utils.translation import gettext as _

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import Channel


def channel_words(dossier: Dossier) -> str:
    """Return how it came in."""
    return {
        Channel.ONLINE: _("Trực tuyến"),
        Channel.COUNTER: _("Tại bộ phận một cửa"),
        Channel.POST: _("Qua bưu chính"),
    }[Channel(dossier.channel)]
