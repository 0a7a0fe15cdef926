"""Bring Django up inside a command that needs the database."""

import os

import django

from tinhso.settings.database import start_embedded
from tinhso.settings.env import env


def start() -> None:
    """Load the settings and make sure the embedded database runs. Import models after this."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")
    start_embedded(env)
    django.setup()
