"""Tags and filters every page has without loading: icons, Vietnamese dates and money, codes, QR."""

from collections.abc import Hashable
from datetime import date, datetime
from functools import cache, lru_cache

import segno
from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tinhso.kernel.clock import local
from tinhso.kernel.money import format_dong
from tinhso.web import patterns
from tinhso.web.icons import shapes

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, size: int = 20) -> SafeString:
    """
    Draw an icon beside the words that carry the meaning; readers of the screen skip it.

    :raises KeyError: the icon is not in ``assets/icons.txt``
    """
    if name not in shapes():
        raise KeyError(f"No icon «{name}». Add its Tabler name to assets/icons.txt and run make assets.")
    return format_html(
        '<svg class="ts-icon" width="{0}" height="{0}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false">{1}</svg>',
        size,
        mark_safe(shapes()[name]),  # noqa: S308  (our own vendored drawings)
    )


@register.simple_tag
def drawn(template: str, **views: Hashable) -> SafeString:
    """
    Draw a part of a long list: the same part of the same frozen views, in the same language, only once.

    The template knows nothing but its views, not even who asks; what it drew is kept for whoever asks for the
    same again, as officers do who come back to their list all day.
    """
    return _drawn(get_language(), template, tuple(views.items()))


@register.simple_tag
def row_drawn(template: str, row: patterns.Patterned, **shared: Hashable) -> SafeString:
    """Draw a row of a long list: each look of it once, its texts put in."""
    return patterns.draw(template, row, **shared)


@lru_cache(maxsize=4096)
def _drawn(_language: str | None, template: str, views: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return SafeString(render_to_string(template, dict(views)).strip())


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """Draw the text as a QR code; ``label`` says what it is for."""
    drawing = segno.make(text, micro=False, error="m").svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None, title=label, dark="#000", light="#fff"
    )
    return mark_safe(drawing.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308  (segno escapes the title)


@register.filter
def dong(amount: int) -> str:
    """Write whole đồng: ``8.000 ₫``."""
    return format_dong(amount)


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day as dd/mm/yyyy; a moment becomes Vietnam's day."""
    return _local(value).strftime("%d/%m/%Y") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment as Vietnam's wall clock shows it: ``08:12 21/11/2026``."""
    return local(value).strftime("%H:%M %d/%m/%Y") if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """Write the time of day in Vietnam: ``08:12``."""
    return local(value).strftime("%H:%M") if value else ""


@register.filter
def iso(value: date | datetime | None) -> str:
    """Write a day or moment for machines (``datetime`` of ``<time>``)."""
    return value.isoformat() if value else ""


@register.filter
def grouped(code: str) -> str:
    """Write a 12-digit personal id in threes: ``022 191 004 512``, never broken over two lines."""
    text = str(code)
    return "\u00a0".join(text[i : i + 3] for i in range(0, len(text), 3)) if text.isdigit() else text


@register.filter
def thousands(number: int) -> str:
    """Write a whole number with dots: ``1.297``."""
    return f"{number:,}".replace(",", ".")


@register.filter
def lines(text: str) -> list[str]:
    """Return the lines of a text."""
    return str(text).splitlines()


@register.filter
def up_to(count: int) -> range:
    """Return 1, 2 … count, to loop over."""
    return range(1, int(count) + 1)


@register.filter
def pairs(names: tuple[str, ...], values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return each name with its value; a name without a value gets an empty one."""
    return [(name, values[i] if i < len(values) else "") for i, name in enumerate(names)]


@register.filter
def initials(full_name: str) -> str:
    """Return the letters that stand for a person: family name and given name."""
    words = full_name.split()
    return (words[0][0] + words[-1][0]).upper() if len(words) > 1 else full_name[:1].upper()


def _local(value: date | datetime) -> date:
    return local(value) if isinstance(value, datetime) else value
