"""What a file does not say of itself: its encoding, its delimiter, in which order its dates are written."""

import codecs
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tinhso.definitions.registers.types import FieldType, RegisterDefinition
from tinhso.registers.importing.sheets import Row

# Byte order marks first; a file without one is UTF-8, or what Windows in Vietnam writes.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ";,\t|"
_PIECE = 1 << 20
DMY, MDY = "dmy", "mdy"
_NUMBERS = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*")


def encoding_of(file: Path) -> str:
    """Return the encoding, having read the whole file where only that tells."""
    with file.open("rb") as content:
        first = content.read(4)
        for mark, encoding in _MARKS:
            if first.startswith(mark):
                return encoding
        if b"\0" in first:  # Latin letters in two bytes, and nobody wrote a mark
            return "utf-16-be" if first[:1] == b"\0" else "utf-16-le"
        content.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while piece := content.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1258"
    return "utf-8"


def delimiter_of(head: str) -> str:
    """Return what stands most often between the names of the columns."""
    return max(_DELIMITERS, key=head.count)


def date_orders(
    definition: RegisterDefinition, mapping: Mapping[str, str], rows: Iterable[Row]
) -> dict[str, str]:
    """
    Return for each column of dates written in three numbers whether the day comes first or the month.

    Vietnamese write the day first; only a column in which that gives a thirteenth month, and the other way
    round none, is read as American.
    """
    dated = {
        column
        for column, name in mapping.items()
        if name.startswith("@") or definition.by_id[name].type is FieldType.DATE
    }
    firsts: dict[str, int] = dict.fromkeys(dated, 0)
    seconds = dict(firsts)
    written: set[str] = set()
    for row in rows:
        for column in dated:
            if found := _NUMBERS.fullmatch(str(row.get(column) or "")):
                written.add(column)
                firsts[column] = max(firsts[column], int(found[1]))
                seconds[column] = max(seconds[column], int(found[2]))
    return {
        column: MDY if seconds[column] > 12 and firsts[column] <= 12 else DMY for column in sorted(written)
    }


def day_first(text: str) -> str:
    """Return an American date with its day first; anything else as it is."""
    found = _NUMBERS.fullmatch(text)
    return f"{found[2]}/{found[1]}/{found[3]}" if found else text
