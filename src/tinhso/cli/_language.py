"""A refusal spoken by a small command, which brings Django up only when it has something to refuse."""

import os

import click
import django
from django.utils import translation

from tinhso.kernel.refusals import Refusal


def spoken(refusal: Refusal, language: str) -> click.ClickException:
    """Return the refusal as the command line's own, in the language; no database is started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")
    django.setup()
    with translation.override(language):
        return click.ClickException(refusal.sentence())
