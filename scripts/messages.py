"""
Keep ``web/locale/en`` complete: gather the source's Vietnamese sentences, merge translations, say what lacks.

    python -m scripts.messages [FOLDER OF TSV FILES]

A line of a TSV file is ``Vietnamese<TAB>English``; of a sentence that counts ``Vietnamese<TAB>one<TAB>many``.
Exit 1 when a sentence has no English; each is named on standard error.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "tinhso"
# Vietnamese → English, or its two forms.
Given = dict[str, tuple[str, ...]]
ENGLISH = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def gathered() -> Catalog:
    """Return every sentence the source marks, with the files it stands in."""
    found = Catalog(locale="en", project="tinhso", charset="utf-8")
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]):
        for text, context in _sentences(path):
            # A line number would change with every edit; babel writes a place without one as well.
            place = cast(tuple[str, int], (path.relative_to(ROOT).as_posix(), None))
            found.add(text, locations=[place], context=context)
    return found


def _sentences(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # What remains of a template has no indentation that Python would take.
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for _line, text, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        if text:
            yield text, context


def known() -> Catalog:
    """Return the English catalogue as it stands."""
    if not ENGLISH.exists():
        return Catalog(locale="en", charset="utf-8")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def updated(old: Catalog, found: Catalog, given: Given) -> Catalog:
    """Return the found sentences with their English: what is given now, else what was there."""
    new = Catalog(
        locale="en", project="tinhso", charset="utf-8", header_comment="# English of Tỉnh Số.", fuzzy=False
    )
    for message in sorted(found, key=_key):
        if message.id:
            before = old.get(_key(message), message.context)
            new.add(
                message.id,
                _english(message, before, given),
                sorted(set(message.locations)),
                context=message.context,
            )
    return new


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _english(
    message: Message, before: Message | None, given: dict[str, tuple[str, ...]]
) -> str | tuple[str, ...]:
    now = given.get(_key(message))
    if isinstance(message.id, str):
        return now[0] if now else str(before.string) if before and isinstance(before.string, str) else ""
    if now:
        return (now[0], now[-1])
    return _forms(before) if before and not isinstance(before.string, str) else ("", "")


def lacking(catalogue: Catalog) -> list[str]:
    """Return the sentences without English."""
    return [_key(message) for message in catalogue if message.id and not all(_forms(message) or ("",))]


def _forms(message: Message) -> tuple[str, ...]:
    """Return the English of a message: one text, or one for each number."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def read_folder(folder: Path) -> Given:
    """Return what the folder's TSV files say: Vietnamese → English, or its two forms."""
    texts = (file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.tsv")))
    rows = [line.split("\t") for text in texts for line in text.splitlines()]
    filled = [row for row in rows if len(row) > 1 and row[1].strip()]
    return {_plain(row[0]): tuple(_plain(part) for part in row[1:]) for row in filled}


def _plain(text: str) -> str:
    return text.replace("\\n", "\n")


HEADER = """# English of Tỉnh Số. Written by people; kept complete by scripts/messages.py.
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def save(catalogue: Catalog) -> None:
    """Write the catalogue without dates and line numbers: a diff shows sentences and nothing else."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, sort_output=True, include_lineno=False, omit_header=True)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_text(HEADER + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def main() -> int:
    given = read_folder(Path(sys.argv[1])) if len(sys.argv) > 1 else {}
    catalogue = updated(known(), gathered(), given)
    save(catalogue)
    for sentence in lacking(catalogue):
        sys.stderr.write(f"No English: {sentence}\n")
    return 1 if lacking(catalogue) else 0


if __name__ == "__main__":
    sys.exit(main())
