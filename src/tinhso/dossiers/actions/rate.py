"""Say how it was: by whoever holds the receipt."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.events import DossierRated
from tinhso.dossiers.models import Dossier, Rating
from tinhso.dossiers.statuses import FINAL
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, NotFound, Refusal
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor


class RatedAlready(Conflict):
    code = "rated-already"
    message = _("Hồ sơ này đã được đánh giá. Cảm ơn bạn.")


class TooEarlyToRate(Conflict):
    code = "too-early-to-rate"
    message = _("Hồ sơ chưa có kết quả. Bạn sẽ đánh giá được khi nhận kết quả.")


class StarsMissing(Refusal):
    code = "stars-missing"
    message = _("Hãy chọn từ 1 đến 5 sao.")


@transaction.atomic
def rate_dossier(*, actor: Actor, at: datetime, token: str, stars: int, comment: str = "") -> None:
    """
    Rate a finished dossier once.

    :param token: the secret in the QR code of the receipt; it is the only right that is asked for
    :raises NotFound, RatedAlready, TooEarlyToRate, StarsMissing: as their sentences say
    """
    dossier = Dossier.objects.select_for_update(no_key=True).filter(rating_token=token).first()
    if dossier is None:
        raise NotFound

    if dossier.state not in FINAL:
        raise TooEarlyToRate
    if Rating.objects.filter(dossier=dossier).exists():
        raise RatedAlready
    if not 1 <= stars <= 5:
        raise StarsMissing

    Rating.objects.create(dossier=dossier, stars=stars, comment=normalise(comment)[:1000], rated_at=at)

    ledger.record(actor=actor, at=at, event=DossierRated(dossier_id=dossier.id, stars=stars))
