"""Where a payer comes back to from outside."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

CAME_BACK = "tu-cong"


def return_address(dossier_id: UUID) -> str:
    """Return the page of the dossier's payment, as the payment platform is to link it."""
    return f"{settings.TINHSO.base_url.rstrip('/')}{reverse('portal:pay', args=[dossier_id])}?{CAME_BACK}=1"
