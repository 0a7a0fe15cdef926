"""Bodies on their way in: how large, of which kind, and JSON that a database can keep."""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NoReturn

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from ninja.parser import Parser

from tinhso.api.v1 import refusals
from tinhso.edge.uploads import MOST_BYTES, CappedFile

MULTIPART = "multipart/form-data"
MEGABYTE = 1_000_000
DEEPEST = 40


def check_body(request: HttpRequest, accepted: Collection[str]) -> None:
    """
    Judge the body by what the request declares, before a byte of it is read.

    A server reads no further than the declared length; a body without one counts as empty.

    :param accepted: media types the operation takes; none where it takes no body
    :raises BodyTooLarge, MediaTypeUnknown: as they say
    """
    size = _declared_length(request)
    limit = MOST_BYTES if MULTIPART in accepted else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if size > limit:
        raise refusals.BodyTooLarge(limit=f"{limit / MEGABYTE:g}".replace(".", ","))
    if size and accepted and request.content_type not in accepted:
        raise refusals.MediaTypeUnknown(accepted=", ".join(sorted(accepted)))
    if MULTIPART in accepted:
        request.upload_handlers = [CappedFile(request)]


def check_text(request: HttpRequest) -> None:
    """:raises RequestUnreadable: the address, its parameters or a form hold what no database keeps"""
    said: Iterable[str] = (request.path, *_flat(request.GET.lists()))
    if request.content_type == MULTIPART:
        said = (*said, *_flat(request.POST.lists()))
    if any("\0" in text for text in said):
        raise refusals.RequestUnreadable


def body_parts(request: HttpRequest) -> Iterator[str | bytes]:
    """Yield what was sent, for a fingerprint; of a file its name and its bytes, piece by piece."""
    if request.content_type != MULTIPART:
        yield request.body
        return
    for name, values in request.POST.lists():
        yield from [name, *values]
    for name, files in request.FILES.lists():
        for file in files:
            yield name
            yield str(file.name)
            yield from _chunks(file)


class StrictParser(Parser):
    """JSON as RFC 8259 has it, and nothing the database would refuse later."""

    def parse_body(self, request: HttpRequest) -> Any:
        """:raises BodyUnreadable: it is no such JSON"""
        try:
            value = json.loads(request.body, parse_constant=_refuse, parse_float=_finite)
        except (ValueError, RecursionError):
            raise refusals.BodyUnreadable from None
        if not _is_kept(value, DEEPEST):
            raise refusals.BodyUnreadable
        return value


def _is_kept(value: object, depth: int) -> bool:
    """Return whether text is free of NUL and lone surrogates, and nothing is nested absurdly deep."""
    if isinstance(value, str):
        return _is_unicode(value)
    if isinstance(value, dict):
        return depth > 0 and all(
            _is_kept(key, 1) and _is_kept(kept, depth - 1) for key, kept in value.items()
        )
    if isinstance(value, list):
        return depth > 0 and all(_is_kept(item, depth - 1) for item in value)
    return True


def _is_unicode(text: str) -> bool:
    return "\0" not in text and (text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text))


def _finite(text: str) -> float:
    number = float(text)
    return number if abs(number) != float("inf") else _refuse(text)


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


def _declared_length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def _flat(pairs: Iterable[tuple[str, list[str]]]) -> tuple[str, ...]:
    return tuple(text for name, values in pairs for text in (name, *values))


def _chunks(file: "UploadedFile[bytes]") -> Iterator[bytes]:
    yield from file.chunks()
    file.seek(0)
