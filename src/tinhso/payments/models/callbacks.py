"""What the bank's messages leave behind besides money: nonces against replay, and counts for the operator."""

from django.db import models

from tinhso.kernel.models import Entity


class CallbackNonce(Entity):
    """A signed message that was seen; the same one is not taken twice. Swept once its time window is over."""

    bank = models.CharField(max_length=6)
    nonce = models.CharField(max_length=64)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "payment_callback_nonce"
        constraints = [models.UniqueConstraint(fields=["bank", "nonce"], name="callback_nonce_once")]


class CallbackCount(Entity):
    """How many messages of a day ended how; a refused one leaves nothing else, so a flood fills no table."""

    day = models.DateField()
    outcome = models.CharField(max_length=40)
    count = models.BigIntegerField()

    class Meta:
        db_table = "payment_callback_count"
        constraints = [models.UniqueConstraint(fields=["day", "outcome"], name="callback_count_per_day")]
