"""How a dossier came in, in words."""

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import Channel

WORDS = {
    Channel.ONLINE: _("Trực tuyến"),
    Channel.COUNTER: _("Tại bộ phận một cửa"),
    Channel.POST: _("Qua bưu chính"),
}


def channel_words(dossier: Dossier) -> str:
    """Return how it came in."""
    return str(WORDS[Channel(dossier.channel)])
