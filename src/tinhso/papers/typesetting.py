"""Typesetting: a Typst template and its data become one PDF/A file, the same every time."""

import json
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Refusal
from tinhso.papers.confined import Compiled, CompileProblem, Format, Overrun, compile_confined

FONTS = Path(__file__).with_name("fonts")
STANDARD: Literal["a-2b"] = "a-2b"
PLAIN: Literal["1.7"] = "1.7"
MAIN = "main.typ"
LIBRARY = "packs/vietnam/templates"
PLACE_LABEL = "<signature-place>"
_PACKAGE_IMPORT = re.compile(r'(?:import|include)\s*\(?\s*"@')


class TypesettingFailed(Refusal):
    """The template and its data do not make a document; a fault of the pack, not of the citizen."""

    code = "typesetting-failed"
    message = _(
        "Không dựng được văn bản từ mẫu «%(name)s»: %(problem)s. Hãy báo người quản trị danh mục sửa mẫu."
    )


class TypesettingOverrun(TypesettingFailed):
    """The template ran into a limit of time, memory or size."""

    code = "typesetting-overrun"
    message = _(
        "Mẫu «%(name)s» chạy quá lâu hoặc quá lớn nên đã bị dừng. "
        "Hãy bỏ vòng lặp không dừng, hình quá lớn, rồi thử lại."
    )


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a signature belongs.

    :param name: ``signer`` or ``agency``
    :param page: counted from 1
    :param box: x1, y1, x2, y2 in points, origin at the bottom left of the page as PDF counts
    """

    name: str
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class TypesetDocument:
    """A finished PDF/A-2b file and the places its template keeps for signatures."""

    pdf: bytes
    places: tuple[Place, ...]

    def place(self, name: str) -> Place | None:
        """Return the place of that name, if the template keeps one."""
        return next((place for place in self.places if place.name == name), None)


def typeset(
    template_source: str,
    data: Mapping[str, object],
    *,
    name: str,
    extra_files: Mapping[str, bytes] | None = None,
    at: datetime | None = None,
) -> bytes:
    """
    Return the template filled with the data as a PDF/A-2b file.

    :param template_source: Typst; reads ``data.json``, may import ``packs/vietnam/templates/decree30.typ``
    :param data: JSON values under the names the template uses
    :param name: the template's name, used when it does not compile
    :param extra_files: relative path → content, e.g. pictures the template reads
    :param at: aware moment written into the file as its date of creation; the same inputs give the same bytes
    :raises TypesettingFailed: the template does not compile with these data
    """
    return typeset_document(template_source, data, name=name, extra_files=extra_files, at=at).pdf


def typeset_document(
    template_source: str,
    data: Mapping[str, object],
    *,
    name: str,
    extra_files: Mapping[str, bytes] | None = None,
    at: datetime | None = None,
    with_places: bool = True,
    confined: bool = False,
    archival: bool = True,
) -> TypesetDocument:
    """
    Do the same as :func:`typeset`, and say where the signatures belong.

    :param archival: False where pages of other PDF files go in, which PDF/A of Typst does not take
    :param confined: an officer wrote the template: compile it under limits
    :raises TypesettingOverrun: a confined template passed a limit
    """
    if confined:
        label = PLACE_LABEL if with_places else ""
        made = _confined(template_source, data, name, extra_files or {}, at=at, kind="pdf", label=label)
        return TypesetDocument(pdf=made.pages[0], places=_read_places(made.places))
    if _PACKAGE_IMPORT.search(template_source):
        raise TypesettingFailed(name=name, problem="@package")
    with tempfile.TemporaryDirectory(prefix="typeset-") as folder:
        root = Path(folder)
        _lay_out(root, template_source, data, extra_files or {})
        try:
            compiler = _compiler(root)
            pdf = _compile(compiler, at, archival=archival)
            places = _places(compiler) if with_places else ()
        except typst.TypstError as problem:
            raise TypesettingFailed(name=name, problem=problem.message) from problem
    return TypesetDocument(pdf=pdf, places=places)


def picture_pages(
    template_source: str,
    data: Mapping[str, object],
    *,
    name: str,
    extra_files: Mapping[str, bytes] | None = None,
) -> tuple[bytes, ...]:
    """
    Return a picture (PNG) of each page, compiled under limits.

    :raises TypesettingFailed: see :func:`typeset_document`
    """
    return _confined(template_source, data, name, extra_files or {}, at=None, kind="png", label="").pages


def _confined(
    source: str,
    data: Mapping[str, object],
    name: str,
    extra: Mapping[str, bytes],
    *,
    at: datetime | None,
    kind: Format,
    label: str,
) -> Compiled:
    with tempfile.TemporaryDirectory(prefix="typeset-") as folder:
        root = Path(folder)
        _lay_out(root, source, data, extra)
        try:
            return compile_confined(
                root, main=MAIN, fonts=FONTS, at=at, kind=kind, label=label, standard=STANDARD
            )
        except CompileProblem as problem:
            raise TypesettingFailed(name=name, problem=str(problem)) from problem
        except Overrun as overrun:
            raise TypesettingOverrun(name=name) from overrun


def qr_svg(text: str) -> bytes:
    """Return a QR code as a black SVG picture without a quiet zone; error correction M."""
    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(
        picture, kind="svg", border=0, xmldecl=True, svgns=True, nl=False, omitsize=True
    )
    return picture.getvalue()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _library() -> dict[str, bytes]:
    """Return the packs' shared templates, path → content; a changed file counts at once."""
    folder: Path = settings.TINHSO.packs / "vietnam" / "templates"
    stamps = tuple((file, file.stat().st_mtime_ns) for file in sorted(folder.rglob("*.typ")))
    return _read_library(folder, stamps)


@lru_cache(maxsize=2)
def _read_library(folder: Path, stamps: tuple[tuple[Path, int], ...]) -> dict[str, bytes]:
    return {f"{LIBRARY}/{file.relative_to(folder)}": file.read_bytes() for file, _stamp in stamps}


def _lay_out(root: Path, source: str, data: Mapping[str, object], extra: Mapping[str, bytes]) -> None:
    files = dict(_library()) | dict(extra)
    files["data.json"] = json.dumps(data, ensure_ascii=False).encode()
    files[MAIN] = source.encode()
    for path, content in files.items():
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
            raise ValueError(f"{path} leaves the folder of the document")
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _compiler(root: Path) -> typst.Compiler:
    return typst.Compiler(
        str(root / MAIN),
        root=str(root),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=str(root),
    )


def _compile(compiler: typst.Compiler, at: datetime | None, *, archival: bool) -> bytes:
    pdf = compiler.compile(
        format="pdf",
        pdf_standards=[STANDARD if archival else PLAIN],
        timestamp=int(at.timestamp()) if at else None,
    )
    assert isinstance(pdf, bytes)
    return pdf


def _places(compiler: typst.Compiler) -> tuple[Place, ...]:
    """Ask the compiled document where its places are; it has not changed, so the answer is cached work."""
    return _read_places(json.loads(compiler.query(PLACE_LABEL, field="value")))


def _read_places(found: Iterable[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(name=item["name"], page=item["page"], box=_flipped(item)) for item in found)


def _flipped(item: Mapping[str, float]) -> tuple[float, float, float, float]:
    """Turn Typst's distances from the top left into PDF's from the bottom left."""
    left, top = item["x"], item["page_height"] - item["y"]
    return (left, top - item["height"], left + item["width"], top)
