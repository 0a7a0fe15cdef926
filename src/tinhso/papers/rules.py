"""The rules of papers, read from ``packs/vietnam/papers.yaml``."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML


class Strict(BaseModel):
    """A frozen part of the file; an unknown name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class UploadRules(Strict):
    """
    What a person may hand in.

    :param types: media types, found by content
    :param max_bytes: of one file
    :param max_pages: of one PDF
    :param max_pixels: of one picture, against decompression bombs
    :param display_edge: longest edge in pixels of the copy shown on screen
    :param preview_edge: longest edge in pixels of the small picture in lists
    """

    types: tuple[str, ...]
    max_bytes: int = Field(gt=0)
    max_pages: int = Field(gt=0)
    max_pixels: int = Field(gt=0)
    display_edge: int = Field(gt=0)
    preview_edge: int = Field(gt=0)


class SigningRules(Strict):
    """
    How documents are signed.

    :param time_stamp_path: path of the time-stamping service under the trust address
    :param seal_diameter_mm: size of the drawn seal
    :param reason_signer: reason written into the signer's signature
    :param reason_agency: reason written into the agency's signature
    """

    time_stamp_path: str
    seal_diameter_mm: float = Field(gt=0)
    reason_signer: str
    reason_agency: str


class CopyRules(Strict):
    """
    How paper is made electronic at a counter.

    :param aim_bytes: what a copy should not exceed when it can still be read
    :param least_edge: shorter edge in pixels under which a picture cannot be read
    :param edges: qualities: longest edge and JPEG quality of a page, tried in turn
    """

    max_bytes: int = Field(gt=0)
    aim_bytes: int = Field(gt=0)
    most_files: int = Field(gt=0)
    least_edge: int = Field(gt=0)
    edges: tuple[int, ...] = Field(min_length=1)
    qualities: tuple[int, ...] = Field(min_length=1)


class FormRules(Strict):
    """
    One form of the one-stop: its name, which circulars change from time to time, its template and numbering.

    :param template: path under ``packs/vietnam/templates``
    """

    title: str
    template: str
    series: str
    notation: str = ""

    @property
    def template_source(self) -> str:
        """The template as it is now."""
        path: Path = settings.TINHSO.packs / "vietnam" / "templates" / self.template
        return path.read_text(encoding="utf-8")


class PaperRules(Strict):
    """The whole file."""

    upload: UploadRules
    signing: SigningRules
    e_copy: CopyRules
    forms: Mapping[str, FormRules]


def rules() -> PaperRules:
    """Return the rules; a changed file counts at once."""
    path: Path = settings.TINHSO.packs / "vietnam" / "papers.yaml"
    return _read(path, path.stat().st_mtime_ns)


def form_rules(kind: str) -> FormRules:
    """Return the rules of a form: ``receipt``, ``supplement``, ``refusal``, ``apology`` or ``stop``."""
    return rules().forms[kind]


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> PaperRules:
    return PaperRules.model_validate(YAML(typ="safe").load(path))
