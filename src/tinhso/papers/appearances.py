"""What signatures look like on paper: Decree 30/2020, Annex I. Drawn by Typst, put in by pyHanko."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from tinhso.kernel.clock import local
from tinhso.papers.rules import rules
from tinhso.papers.typesetting import Place, typeset_document

POINTS_PER_MM = 72 / 25.4
SEAL_CAPTION_MM = 9.0
SEAL_WIDTH_MM = 44.0
OVERLAP = 1 / 3  # of the signer's signature, to the left of it
STAMPS = "packs/vietnam/templates/stamps"


@dataclass(frozen=True, slots=True)
class Stamp:
    """
    A picture for a signature, at a place of the page.

    :param pdf: a one-page PDF as large as the place
    """

    pdf: bytes
    place: Place


def signer_stamp(
    place: Place, *, signer: str, agency: str, at: datetime, picture: bytes | None = None
) -> Stamp:
    """Return a person's stamp; ``picture`` is the hand-written signature, PNG, blue on nothing."""
    width, height = _size_mm(place)
    data = {
        "width": width,
        "height": height,
        "signer": signer,
        "agency": agency,
        "signed_at": signing_time(at),
        "picture": "/picture.png" if picture else "",
    }
    return Stamp(pdf=_draw("signer", data, picture), place=place)


def agency_stamp(
    beside: Place,
    *,
    agency: str,
    parent: str,
    at: datetime,
    test: bool,
    alone: bool = False,
    picture: bytes | None = None,
) -> Stamp:
    """
    Return an agency's stamp, over the left third of the signer's place.

    :param alone: no person signs; the stamp is centred on the place
    :param test: write «MÔI TRƯỜNG THỬ» under the seal
    :param picture: the seal, PNG, red on nothing; absent, one is drawn
    """
    diameter = rules().signing.seal_diameter_mm
    place = _seal_place(beside, diameter, alone=alone)
    width, height = _size_mm(place)
    data = {
        "width": width,
        "height": height,
        "diameter": diameter,
        "agency": agency,
        "parent": parent,
        "signed_at": signing_time(at),
        "test": test,
        "picture": "/picture.png" if picture else "",
    }
    return Stamp(pdf=_draw("agency", data, picture), place=place)


def copy_stamp(place: Place, *, agency: str, officer: str, at: datetime, test: bool) -> Stamp:
    """Return the mark of an electronic copy: who made it, for which agency, when."""
    width, height = _size_mm(place)
    data = {
        "width": width,
        "height": height,
        "agency": agency,
        "officer": officer,
        "signed_at": signing_time(at),
        "test": test,
    }
    return Stamp(pdf=_draw("copy", data, None), place=place)


def signing_time(at: datetime) -> str:
    """Write the moment as Annex I asks: day/month/year, time, and the zone by ISO 8601."""
    return local(at).strftime("%d/%m/%Y %H:%M:%S +07:00")


def style(stamp: Stamp) -> StaticStampStyle:
    """Return the stamp for pyHanko: no border, no margin, no scaling."""
    return StaticStampStyle(
        border_width=0,
        background=_Page(stamp.pdf),
        background_opacity=1.0,
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins.uniform(0)
        ),
    )


class _Page(ImportedPdfPage):
    """pyHanko's imported page, from memory instead of a file."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(file_name="")  # type: ignore[no-untyped-call]
        self._pdf = pdf

    def render(self) -> bytes:
        form = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._pdf)), page_ix=0)
        self.resources.xobject["/Stamp"] = form
        left, bottom, right, top = (float(edge) for edge in form.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return b"/Stamp Do"


def _draw(kind: str, data: dict[str, object], picture: bytes | None) -> bytes:
    return typeset_document(
        f'#include "{STAMPS}/{kind}.typ"',
        data,
        name=f"stamps/{kind}.typ",
        extra_files={"picture.png": picture} if picture else None,
        with_places=False,
    ).pdf


def _size_mm(place: Place) -> tuple[float, float]:
    left, bottom, right, top = place.box
    return (right - left) / POINTS_PER_MM, (top - bottom) / POINTS_PER_MM


def _seal_place(beside: Place, diameter: float, *, alone: bool) -> Place:
    left, bottom, right, top = beside.box
    width, height = SEAL_WIDTH_MM * POINTS_PER_MM, (diameter + SEAL_CAPTION_MM) * POINTS_PER_MM
    # The drawn circle is narrower than its box, which also carries the words.
    beyond = (SEAL_WIDTH_MM - diameter) / 2 * POINTS_PER_MM
    edge = (left + right + width) / 2 if alone else left + (right - left) * OVERLAP + beyond
    # Over a signature the circle is in the middle; alone, circle and words together are.
    half = height / 2 if alone else diameter / 2 * POINTS_PER_MM
    upper = (bottom + top) / 2 + half
    return Place(name="agency", page=beside.page, box=(edge - width, upper - height, edge, upper))
