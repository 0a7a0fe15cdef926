"""Bring Django up inside a command that needs the database."""

import os
from importlib import import_module
from types import ModuleType

import django

from tinhso.settings.database import start_embedded
from tinhso.settings.env import env


def start() -> None:
    """Load the settings and make sure the embedded database runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")
    start_embedded(env)
    django.setup()


def load(module: str) -> ModuleType:
    """Start Django and return a module that needs models, which cannot be imported before."""
    start()
    return import_module(module)
