"""A refusal spoken by a small command, which brings Django up only when it has something to refuse."""

import click
from django.utils import translation

from tinhso.cli import _light
from tinhso.kernel.refusals import Refusal


def spoken(refusal: Refusal, language: str) -> click.ClickException:
    """Return the refusal as the command line's own, in the language; no database is started."""
    _light.start()
    with translation.override(language):
        return click.ClickException(refusal.sentence())
