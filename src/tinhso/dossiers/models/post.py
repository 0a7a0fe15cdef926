"""The post, both ways: how a dossier came by it, and how a result goes back."""

from django.db import models
from django.db.models import Q

from tinhso.dossiers.models.dossier import Draft
from tinhso.kernel.models import Entity


class PostalArrival(Entity):
    """
    A dossier that the post brought: what stands on the envelope, written down with its form.

    :param arrived_at: when the post handed it to the agency; the legal clock may count from then
    :param sender_name: who sent it; need not be the applicant
    """

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="postal_arrival")
    tracking_number = models.CharField(max_length=30)
    arrived_at = models.DateTimeField()
    sender_name = models.CharField(max_length=160)
    sender_address = models.CharField(max_length=240, blank=True)


class PostalReturn(Entity):
    """
    The applicant wants the result by post: where to, and what became of it.

    :param tracking_number: empty until it was handed to the post
    """

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="postal_return")
    recipient = models.CharField(max_length=160)
    phone = models.CharField(max_length=20)
    address = models.CharField(max_length=240)
    tracking_number = models.CharField(max_length=30, blank=True)
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True, tracking_number="")
                | Q(handed_at__isnull=False) & ~Q(tracking_number=""),
                name="posted_with_a_number",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(handed_at__isnull=False),
                name="delivered_after_it_was_posted",
            ),
        ]
