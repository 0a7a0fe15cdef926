"""Signing keys: whose they are and where they lie; each is a sealed file or never leaves its token."""

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity, StoredFile
from tinhso.people.models import Account, Agency


class SigningKey(Entity):
    """
    A key of an officer or of an agency.

    :param kind: ``pkcs12``: ``container`` holds the file; ``pkcs11``: ``module``, ``token`` and ``label``
    :param chain: PEM of the holder's certificate, then of its issuers without the root
    :param secret: passphrase or PIN, a sealed file of its own
    :param picture: hand-written signature (blue) or seal (red), PNG with a transparent ground
    """

    class Kind(models.TextChoices):
        PKCS12 = "pkcs12"
        PKCS11 = "pkcs11"

    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    chain = models.JSONField()
    certificate_sha256 = models.CharField(max_length=64)
    container = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    secret = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    module = models.CharField(max_length=255, blank=True)
    token = models.CharField(max_length=32, blank=True)
    label = models.CharField(max_length=80, blank=True)
    picture = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    is_active = models.BooleanField(default=True)
    registered_at = models.DateTimeField()

    class Meta:
        db_table = "signing_key"
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=True) ^ Q(agency__isnull=True), name="signing_key_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(kind="pkcs12", container__isnull=False)
                | Q(kind="pkcs11", container__isnull=True) & ~Q(token=""),
                name="signing_key_place",
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(is_active=True), name="signing_key_active_account"
            ),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(is_active=True), name="signing_key_active_agency"
            ),
        ]
