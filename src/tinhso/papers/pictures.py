"""Pictures: read to the end, turned upright, freed of camera and place data, made small for screens."""

import warnings
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from tinhso.papers.refusals import BrokenFile, TooManyPixels

JPEG_QUALITY = 85
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def check_picture(content: BinaryIO, *, media_type: str, name: str, max_pixels: int) -> None:
    """
    Decode the whole picture.

    :raises TooManyPixels: before anything is decoded
    :raises BrokenFile: it does not decode, or ends early
    """
    with _opened(content, media_type, name, max_pixels) as picture:
        _load(picture, name)


def short_edge(content: BinaryIO, *, media_type: str, name: str, max_pixels: int) -> int:
    """Return how many pixels the shorter edge has. :raises TooManyPixels: or BrokenFile"""
    with _opened(content, media_type, name, max_pixels) as picture:
        return min(picture.size)


def display_copy(
    content: BinaryIO,
    *,
    media_type: str,
    name: str,
    max_pixels: int,
    edge: int,
    quality: int = JPEG_QUALITY,
) -> bytes:
    """
    Return a JPEG for the screen: upright, no longer than ``edge`` pixels, with nothing but pixels in it.

    :param quality: of the JPEG, 1 to 95
    :raises TooManyPixels: or BrokenFile
    """
    with _opened(content, media_type, name, max_pixels) as picture:
        if picture.format == "JPEG":
            # The decoder itself halves the size as often as it can: a tenth of the memory.
            picture.draft("RGB", (edge, edge))
        _load(picture, name)
        upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", upright.size, "white")
    if "A" in upright.getbands() or "transparency" in upright.info:
        upright = upright.convert("RGBA")
        bare.paste(upright, mask=upright.getchannel("A"))
    else:
        bare.paste(upright.convert("RGB"))
    copy = BytesIO()
    bare.save(copy, "JPEG", quality=quality, optimize=True, progressive=True)
    return copy.getvalue()


def _opened(content: BinaryIO, media_type: str, name: str, max_pixels: int) -> Image.Image:
    content.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(content, formats=[FORMATS[media_type]])
        except Image.DecompressionBombError as problem:
            raise TooManyPixels(name=name) from problem
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as problem:
            raise BrokenFile(name=name) from problem
    if picture.width * picture.height > max_pixels:
        raise TooManyPixels(name=name)
    return picture


def _load(picture: Image.Image, name: str) -> None:
    try:
        picture.load()
    # Pillow's decoders raise whatever their format's parser raises.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, MemoryError) as problem:
        raise BrokenFile(name=name) from problem
