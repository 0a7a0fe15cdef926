"""Sources of the law as the public reads them."""

import re

from django.utils.translation import gettext as _

# Of the packs: nobody has compared it with the text yet.
_UNCHECKED = re.compile(r"\bmem\b")


def stated(source: str) -> str:
    """Return the source with its mark in words: what is not compared with the text says so."""
    return _UNCHECKED.sub(_("chưa đối chiếu với văn bản"), source)
