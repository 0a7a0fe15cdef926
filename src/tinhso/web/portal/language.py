"""The reader's language, as the rooms below take it."""

from django.utils.translation import get_language

from tinhso.definitions.types import Text


def language() -> str:
    """Return ``vi`` or ``en``."""
    return (get_language() or "vi")[:2]


def say(text: Text) -> str:
    """Return a text of the packs in the reader's language."""
    return text.into(language())
