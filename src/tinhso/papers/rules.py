"""The rules of papers, read from ``packs/vietnam/papers.yaml``."""

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


class FormTitles(Strict):
    """Titles and codes of the one-stop forms, which circulars rename from time to time."""

    receipt: str
    supplement: str
    refusal: str
    apology: str


class PaperRules(Strict):
    """The whole file."""

    upload: UploadRules
    signing: SigningRules
    forms: FormTitles


def rules() -> PaperRules:
    """Return the rules; a changed file counts at once."""
    path: Path = settings.TINHSO.packs / "vietnam" / "papers.yaml"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> PaperRules:
    return PaperRules.model_validate(YAML(typ="safe").load(path))
