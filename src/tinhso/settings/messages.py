"""Translations: people write ``web/locale/*/…/django.po``; what changed is compiled into ``var/locale``."""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "web" / "locale"


def compiled(var: Path, source: Path = LOCALE) -> Path:
    """Return the folder of compiled catalogues, brought up to date; several processes may start at once."""
    target = var / "locale"
    for written in source.glob("*/LC_MESSAGES/django.po"):
        made = (target / written.relative_to(source)).with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime_ns != written.stat().st_mtime_ns:
            _compile(written, made)
    return target


def _compile(written: Path, made: Path) -> None:
    made.parent.mkdir(parents=True, exist_ok=True)
    stat = written.stat()
    with written.open("rb") as file:
        catalogue = read_po(file, locale=written.parts[-3])
    with tempfile.NamedTemporaryFile(dir=made.parent, delete=False) as draft:
        write_mo(draft, catalogue)
    os.utime(draft.name, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    Path(draft.name).replace(made)
