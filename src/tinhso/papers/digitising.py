"""From the files of a scanner or a camera to pages of one copy: upright, readable, small enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import product

from django.utils.translation import gettext_lazy as _

from tinhso.kernel import files
from tinhso.kernel.refusals import Refusal
from tinhso.papers.models import Paper
from tinhso.papers.pictures import FORMATS, display_copy, short_edge
from tinhso.papers.rules import CopyRules, rules

MIB = 1024 * 1024


class TooSmallToRead(Refusal):
    code = "too-small-to-read"
    message = _(
        "Ảnh «%(name)s» quá nhỏ để đọc được: cạnh ngắn có %(pixels)s điểm ảnh, cần ít nhất %(least)s. "
        "Hãy chụp gần hơn, hoặc quét ở 150 điểm trên inch trở lên."
    )


class CopyTooLarge(Refusal):
    code = "copy-too-large"
    message = _(
        "Bản sao điện tử lớn hơn %(limit)s MB dù đã nén. Hãy chia thành nhiều lần, mỗi lần ít trang hơn."
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One page of the copy.

    :param file: its name among the template's files
    :param page: of a PDF, from 1; 0 for a picture
    """

    file: str
    page: int


def require_readable(paper: Paper) -> None:
    """:raises TooSmallToRead: a picture whose letters nobody could make out"""
    if paper.media_type not in FORMATS:
        return
    least = rules().e_copy.least_edge
    with files.open_file(paper.original_id) as content:
        pixels = short_edge(
            content,
            media_type=paper.media_type,
            name=paper.file_name,
            max_pixels=rules().upload.max_pixels,
        )
    if pixels < least:
        raise TooSmallToRead(name=paper.file_name, pixels=pixels, least=least)


def sheets_of(papers: Sequence[Paper]) -> tuple[Sheet, ...]:
    """Return the pages in order."""
    return tuple(_sheets(papers))


def content_of(papers: Sequence[Paper]) -> dict[str, bytes]:
    """
    Return the files of the sheets, each picture upright and as large as the whole allows.

    :raises CopyTooLarge: even the smallest that can be read is too much
    """
    rule = rules().e_copy
    smallest: dict[str, bytes] = {}
    for quality, edge in product(rule.qualities, rule.edges):
        smallest = {
            _name(number, paper): _content(paper, edge, quality) for number, paper in enumerate(papers)
        }
        if _size(smallest) <= rule.aim_bytes or all(paper.media_type not in FORMATS for paper in papers):
            break
    _require_small(smallest, rule)
    return smallest


def _sheets(papers: Sequence[Paper]) -> Iterator[Sheet]:
    for number, paper in enumerate(papers):
        name = _name(number, paper)
        pages = (0,) if paper.media_type in FORMATS else range(1, paper.pages + 1)
        yield from (Sheet(name, page) for page in pages)


def _name(number: int, paper: Paper) -> str:
    return f"page-{number}.{'jpg' if paper.media_type in FORMATS else 'pdf'}"


def _content(paper: Paper, edge: int, quality: int) -> bytes:
    with files.open_file(paper.original_id) as content:
        if paper.media_type not in FORMATS:
            return content.read()
        return display_copy(
            BytesIO(content.read()),
            media_type=paper.media_type,
            name=paper.file_name,
            max_pixels=rules().upload.max_pixels,
            edge=edge,
            quality=quality,
        )


def _size(content: dict[str, bytes]) -> int:
    return sum(map(len, content.values()))


def _require_small(content: dict[str, bytes], rule: CopyRules) -> None:
    if _size(content) > rule.max_bytes:
        raise CopyTooLarge(limit=rule.max_bytes // MIB)
