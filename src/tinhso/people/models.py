"""Accounts, persons, organisations, agencies and posts."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from tinhso.kernel.models import Entity


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; there is no superuser, roles come from posts."""


class Account(Entity, AbstractBaseUser):
    """Someone who can sign in: a citizen by OIDC, an officer by password and one-time code."""

    username = models.CharField(max_length=80, unique=True)

    USERNAME_FIELD = "username"
    objects = AccountManager()
