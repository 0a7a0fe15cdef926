"""A payload as a picture: SVG for pages, sharp at any size; PNG to save or to give to a banking app."""

from io import BytesIO

import segno

# Four modules of white around the code (ISO/IEC 18004): without it a dark page hides the code from cameras.
QUIET_ZONE = 4


def as_svg(payload: str, *, title: str) -> str:
    """Return an ``<svg>`` element to put into a page; its size follows the style sheet."""
    return segno.make_qr(payload, error="m", boost_error=False).svg_inline(
        border=QUIET_ZONE,
        omitsize=True,
        title=title,
        dark="#000",
        light="#fff",
        svgclass="qr",
        lineclass=None,
    )


def as_png(payload: str, *, scale: int = 8) -> bytes:
    """Return a black and white PNG, ``scale`` pixels a module."""
    out = BytesIO()
    segno.make_qr(payload, error="m", boost_error=False).save(out, kind="png", border=QUIET_ZONE, scale=scale)
    return out.getvalue()
