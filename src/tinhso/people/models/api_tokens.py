"""Tokens by which machines act from an officer's posts."""

from datetime import datetime
from typing import Self

from django.db import models

from tinhso.kernel.models import Entity
from tinhso.people.models.accounts import Account
from tinhso.people.models.posts import Post


class ApiTokenScope(models.TextChoices):
    READ = "read"
    WRITE = "write"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def in_force(self, at: datetime) -> Self:
        """Keep the tokens that open a door at the moment."""
        return self.filter(
            revoked_at__isnull=True, issued_at__lte=at, expires_at__gt=at, account__is_active=True
        )


class ApiToken(Entity):
    """
    A secret for a machine, of which only the SHA-256 is kept.

    :param prefix: its first letters, to tell tokens apart in lists
    :param scope: ``write`` includes reading
    :param posts: of the officer's posts, those the machine acts from
    """

    prefix = models.CharField(max_length=12, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    scope = models.CharField(max_length=5, choices=ApiTokenScope.choices)
    account = models.ForeignKey(Account, models.PROTECT, related_name="api_tokens")
    posts = models.ManyToManyField(Post, related_name="+", db_table="people_api_token_post")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        db_table = "people_api_token"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("issued_at")),
                name="api_token_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(scope__in=["read", "write"]), name="api_token_scope_known"
            ),
        ]
