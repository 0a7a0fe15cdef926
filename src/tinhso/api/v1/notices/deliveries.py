"""``/notices/deliveries``: what did not arrive, for who operates the system."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.notices import queries as notices
from tinhso.notices.actions import resend
from tinhso.notices.types import DeliveryView

router = Router(tags=["notices"], auth=SIGNED_IN)


class DeliveryOut(Schema):
    """A message by another way; neither text nor address."""

    id: UUID
    message_id: UUID
    channel: str
    state: str = Field(description="`waiting`, `sending`, `sent`, `failed` or `uncertain`.")
    attempts: int
    sent_at: datetime | None
    last_error: str

    @classmethod
    def told(cls, view: DeliveryView) -> "DeliveryOut":
        return cls(**{name: getattr(view, name) for name in cls.model_fields})


class DeliveriesOut(Schema):
    items: list[DeliveryOut] = Field(description="The newest 50.")


@router.get("/deliveries", response=DeliveriesOut, summary="List what did not arrive")
def list_troubled(request: HttpRequest) -> DeliveriesOut:
    """What failed or is uncertain, newest first."""
    found = notices.troubled_deliveries(actor=actor_of(request))
    return DeliveriesOut(items=[DeliveryOut.told(one) for one in found])


@router.post("/deliveries/{uuid:delivery_id}/resend", response=DeliveryOut, summary="Send again")
def post_resend(request: HttpRequest, delivery_id: UUID) -> DeliveryOut:
    """Have it sent again; an uncertain e-mail may then arrive twice."""
    return DeliveryOut.told(resend(**by(request), delivery_id=delivery_id))
