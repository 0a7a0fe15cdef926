"""Sentences of the standard form with their blanks filled in, in both languages."""

from tinhso.definitions.standard import SHORTENED
from tinhso.definitions.types import Text


def filled(sentence: Text, **blanks: Text | str) -> Text:
    """Return the sentence with every ``{name}`` replaced by that value in the same language."""
    return Text(
        vi=sentence.vi.format(**{name: _into(value, "vi") for name, value in blanks.items()}),
        en=sentence.en.format(**{name: _into(value, "en") for name, value in blanks.items()}),
    )


def joined(*texts: Text, between: str = " ") -> Text:
    """Return the texts that say something, one after the other, each once."""
    said = tuple(dict.fromkeys(text for text in texts if text))
    return Text(
        vi=between.join(text.vi for text in said), en=between.join(text.en or text.vi for text in said)
    )


def is_shortened(text: Text) -> bool:
    """Tell whether the national list gives the name only in part."""
    return text.vi.endswith(SHORTENED)


def _into(value: Text | str, language: str) -> str:
    return value if isinstance(value, str) else value.into(language)
