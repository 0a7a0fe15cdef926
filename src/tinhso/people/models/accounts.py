"""Accounts: what signs in."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from tinhso.kernel.models import Entity
from tinhso.people.models.persons import Person


class AccountKind(models.TextChoices):
    CITIZEN = "citizen"
    OFFICER = "officer"


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no superuser, roles come from posts."""


class Account(Entity, AbstractBaseUser):
    """
    Someone who can sign in: a citizen by OIDC, an officer by password and one-time code.

    A citizen's account has a person and never a password; an officer's may name the person it belongs to.

    :param email: where an officer is told of work; a citizen's address is the person's
    """

    username = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=8, choices=AccountKind.choices, default=AccountKind.CITIZEN)
    full_name = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi")
    is_active = models.BooleanField(default=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="accounts")
    made_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    class Meta:
        db_table = "people_account"
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="account_one_of_a_kind_per_person"),
            models.CheckConstraint(
                condition=models.Q(kind="officer")
                | models.Q(password="")
                | models.Q(("password__startswith", "!")),
                name="account_citizen_has_no_password",
            ),
        ]

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def __str__(self) -> str:
        return self.username
