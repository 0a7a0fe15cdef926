"""The files of one procedure: the YAML and its Typst templates, and how they travel as one ZIP."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Invalid

SOURCE = "procedure.yaml"
LARGEST_SOURCE = 400_000  # characters; the largest file of the packs has a tenth of it
LARGEST_TEMPLATE = 100_000
MOST_TEMPLATES = 10
LARGEST_ZIP = 2_000_000
TEMPLATE_NAME = re.compile(r"^[a-z0-9][a-z0-9_-]{0,60}\.typ$")
_LAST_MOMENT = (2000, 1, 1, 0, 0, 0)  # the same files make the same ZIP


class FilesUnreadable(Invalid):
    """What was sent is no set of a procedure's files."""

    code = "files-unreadable"
    message = _("Không đọc được tệp này: %(problem)s Hãy gửi một tệp YAML, hoặc tệp ZIP đã xuất từ đây.")
    too_large: ClassVar = _("tệp quá lớn.")
    no_zip: ClassVar = _("tệp ZIP bị hỏng.")
    not_one: ClassVar = _("trong ZIP phải có đúng một tệp YAML của thủ tục.")
    not_utf8: ClassVar = _("chữ không ở bảng mã UTF-8.")
    bad_name: ClassVar = _("tên mẫu phải là chữ thường không dấu, số, gạch nối, kết thúc bằng .typ.")
    too_many: ClassVar = _("có quá nhiều mẫu.")
    not_text: ClassVar = _("tệp có ký tự không phải là chữ.")


@dataclass(frozen=True, slots=True)
class Files:
    """
    :param source: the YAML
    :param templates: file name → Typst source
    """

    source: str
    templates: Mapping[str, str] = field(default_factory=dict)

    def read(self, name: str) -> str | None:
        """Return the text of a file, None where there is none."""
        return self.source if name == SOURCE else self.templates.get(name)

    def write(self, name: str, text: str | None) -> "Files":
        """Return the files with this one changed, or without it."""
        if name == SOURCE:
            return replace(self, source=text or "")
        kept = {known: said for known, said in self.templates.items() if known != name}
        return replace(self, templates=kept if text is None else {**kept, name: text})


def packed(files: Files, *, code: str) -> bytes:
    """Return a ZIP laid out as a pack is: ``procedures/<code>.yaml`` and ``procedures/templates/``."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bundle:
        _put(bundle, f"procedures/{code}.yaml", files.source)
        for name, text in sorted(files.templates.items()):
            _put(bundle, f"procedures/templates/{name}", text)
    return kept.getvalue()


def unpacked(content: bytes) -> Files:
    """
    Return the files of a ZIP, or of one YAML alone; broken YAML is kept as it is.

    :raises FilesUnreadable: too large, no ZIP, not exactly one YAML, not UTF-8
    """
    if len(content) > LARGEST_ZIP:
        raise FilesUnreadable(problem=FilesUnreadable.too_large)
    if not content.startswith(b"PK\x03\x04"):
        return _checked(Files(_text(content)))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            return _checked(_of_zip(bundle))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise FilesUnreadable(problem=FilesUnreadable.no_zip) from broken


def check_template_name(name: str) -> None:
    """:raises FilesUnreadable: a template may not be so called"""
    if not TEMPLATE_NAME.match(name):
        raise FilesUnreadable(problem=FilesUnreadable.bad_name)


def _of_zip(bundle: zipfile.ZipFile) -> Files:
    entries = [one for one in bundle.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
    if sum(one.file_size for one in entries) > LARGEST_ZIP:
        raise FilesUnreadable(problem=FilesUnreadable.too_large)
    sources = [one for one in entries if one.filename.endswith((".yaml", ".yml"))]
    if len(sources) != 1:
        raise FilesUnreadable(problem=FilesUnreadable.not_one)
    templates = {
        PurePosixPath(one.filename).name: _text(_content(bundle, one))
        for one in entries
        if one.filename.endswith(".typ")
    }
    return Files(_text(_content(bundle, sources[0])), templates)


def _content(bundle: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    # What the directory says of the size is a claim: never more is read than may be kept.
    with bundle.open(entry) as stream:
        content = stream.read(LARGEST_ZIP + 1)
    if len(content) > LARGEST_ZIP:
        raise FilesUnreadable(problem=FilesUnreadable.too_large)
    return content


def _checked(files: Files) -> Files:
    if len(files.source) > LARGEST_SOURCE or any(
        len(text) > LARGEST_TEMPLATE for text in files.templates.values()
    ):
        raise FilesUnreadable(problem=FilesUnreadable.too_large)
    if len(files.templates) > MOST_TEMPLATES:
        raise FilesUnreadable(problem=FilesUnreadable.too_many)
    for name in files.templates:
        check_template_name(name)
    return files


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise FilesUnreadable(problem=FilesUnreadable.not_utf8) from wrong
    if "\x00" in text:
        raise FilesUnreadable(problem=FilesUnreadable.not_text)
    return text.replace("\r\n", "\n")


def _put(bundle: zipfile.ZipFile, name: str, text: str) -> None:
    bundle.writestr(zipfile.ZipInfo(name, _LAST_MOMENT), text.encode(), zipfile.ZIP_DEFLATED)
