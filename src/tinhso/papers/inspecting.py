"""What a file is, found in its content; and whether it is whole, small and harmless enough to take in."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

import puremagic
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, NameObject

from tinhso.papers.pictures import FORMATS, check_picture
from tinhso.papers.refusals import ActiveContent, BrokenFile, EncryptedFile, TooManyPages, WrongType
from tinhso.papers.rules import UploadRules
from tinhso.papers.types import Flag

PDF = "application/pdf"
EXTENSIONS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
OTHER_SPELLINGS = {"image/jpeg": {".jpeg", ".jpe", ".jfif"}}
HEAD = 4096
MAX_OBJECTS = 200_000
MAX_NAME = 120
PROGRAMS = {"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"}
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True, slots=True)
class Inspected:
    """What was found: media type, number of pages, and what an officer should know."""

    media_type: str
    pages: int
    flags: tuple[Flag, ...]


def inspect(content: BinaryIO, *, name: str, rules: UploadRules) -> Inspected:
    """
    Read the file through.

    :param name: for messages only; nothing is believed of it
    :raises WrongType: its content is of no allowed kind
    :raises BrokenFile: also EncryptedFile, ActiveContent, TooManyPages, TooManyPixels
    """
    media_type = media_type_of(content)
    if media_type not in rules.types:
        raise WrongType(name=name)
    if media_type in FORMATS:
        check_picture(content, media_type=media_type, name=name, max_pixels=rules.max_pixels)
        return Inspected(media_type=media_type, pages=1, flags=())
    return _inspect_pdf(content, name=name, max_pages=rules.max_pages)


def media_type_of(content: BinaryIO) -> str:
    """Return the media type that the first bytes show; empty for an unknown kind."""
    content.seek(0)
    head = content.read(HEAD)
    if head.startswith(b"%PDF-"):
        return PDF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    try:
        return puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def safe_name(file_name: str, media_type: str) -> str:
    """
    Return the name to keep: composed (NFC), without folders or control characters, with a true extension.

    >>> safe_name("C:\\\\Ảnh\\\\giấy khai sinh.PDF", "image/jpeg")
    'giấy khai sinh.jpg'
    """
    bare = PurePath(unicodedata.normalize("NFC", file_name).replace("\\", "/")).name
    bare = _NOT_IN_NAMES.sub("", bare).strip(" .")
    stem, suffix = PurePath(bare).stem, PurePath(bare).suffix
    true_suffix = EXTENSIONS[media_type]
    if suffix.lower() in {true_suffix} | OTHER_SPELLINGS.get(media_type, set()):
        true_suffix = suffix
    return (stem[:MAX_NAME].strip(" .") or "giay-to") + true_suffix


def _inspect_pdf(content: BinaryIO, *, name: str, max_pages: int) -> Inspected:
    content.seek(0)
    try:
        reader = PdfReader(content, strict=False)
        if reader.is_encrypted:
            raise EncryptedFile(name=name)
        pages = len(reader.pages)
        if pages > max_pages:
            raise TooManyPages(name=name, pages=pages, limit=max_pages)
        flags = _examine(reader, name)
    # A hostile file can make a parser fail in any way at all; every one of them means «cannot be read».
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        RecursionError,
    ) as problem:
        raise BrokenFile(name=name) from problem
    if pages == 0:
        raise BrokenFile(name=name)
    return Inspected(media_type=PDF, pages=pages, flags=flags)


def _examine(reader: PdfReader, name: str) -> tuple[Flag, ...]:
    """Look at every object, not only at those a viewer would reach. :raises ActiveContent: a program"""
    found: set[Flag] = set()
    for page in reader.pages:
        page.get("/Contents")
    for item in _dictionaries(reader):
        if item.get("/S") in PROGRAMS or "/JS" in item:
            raise ActiveContent(name=name)
        found |= _flags_of(item)
    return tuple(sorted(found))


def _flags_of(item: DictionaryObject) -> set[Flag]:
    flags: set[Flag] = set()
    kind = item.get("/Type")
    if kind == "/Sig" or "/ByteRange" in item:
        flags.add(Flag.SIGNED)
    if "/EmbeddedFiles" in item or kind in {"/EmbeddedFile", "/Filespec"}:
        flags.add(Flag.ATTACHMENT)
    if item.get("/FT") in {"/Tx", "/Btn", "/Ch"}:
        flags.add(Flag.FORM)
    if item.get("/S") == "/URI":
        flags.add(Flag.LINKS)
    return flags


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Yield every dictionary of the file, those inside others too."""
    numbers = {(generation, number) for generation, entries in reader.xref.items() for number in entries} | {
        (0, number) for number in reader.xref_objStm
    }
    if len(numbers) > MAX_OBJECTS:
        raise ValueError("too many objects")
    for generation, number in numbers:
        if number:
            yield from _within(reader.get_object(IndirectObject(number, generation, reader)))


def _within(item: Any, depth: int = 0) -> Iterator[DictionaryObject]:
    if depth > 40 or isinstance(item, IndirectObject | NameObject):
        return
    if isinstance(item, DictionaryObject):
        yield item
        for value in item.values():
            yield from _within(value, depth + 1)
    elif isinstance(item, list):
        for value in item:
            yield from _within(value, depth + 1)
