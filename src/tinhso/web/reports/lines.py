"""Lines of a report as a page draws them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.reports.periods import Span
from tinhso.reports.types import FOR_OTHERS, Line, ReportTemplate
from tinhso.reports.values import Value, Values
from tinhso.web import navigation
from tinhso.web.portal.language import say
from tinhso.web.reports import words


@dataclass(frozen=True, slots=True)
class LineView:
    """
    :param box: HTML id and name where it is filled in; empty: it is shown
    :param typed: what stands in the box
    :param url: the dossiers behind it, or the indicator; empty for none
    :param told: of collected texts: who, what
    """

    id: str
    text: str
    unit: str
    hint: str
    source: str
    value: str
    words: str
    before: str
    last_year: str
    url: str
    url_label: str
    box: str
    typed: str
    error: str
    is_text: bool
    is_needed: bool
    told: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    id: str
    title: str
    lines: tuple[LineView, ...]

    @property
    def has_numbers(self) -> bool:
        return any(not one.is_text for one in self.lines)


@dataclass(frozen=True, slots=True)
class Filling:
    """
    What an officer fills in.

    :param data: what was sent; empty when nothing was
    :param errors: by line
    """

    data: QueryDict
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """:param agency: code whose dossiers are counted; empty: the province; ``names``: of agencies by code"""

    span: Span
    values: Values
    before: Values
    last_year: Values
    agency: str
    names: Mapping[str, str]


def box_of(line_id: str) -> str:
    """Return the name of the box of a line."""
    return f"d-{line_id}"


def sections(template: ReportTemplate, known: Known, filling: Filling | None) -> tuple[SectionView, ...]:
    """:param filling: None: nothing is filled in"""
    return tuple(
        SectionView(one.id, say(one.title), tuple(_line(line, known, filling) for line in one.lines))
        for one in template.sections
    )


def _line(line: Line, known: Known, filling: Filling | None) -> LineView:
    value = known.values.get(line.id, Value())
    is_filled = filling is not None and line.is_entered
    box = box_of(line.id) if is_filled else ""
    kept = value.text if line.origin == "text" else words.number(value.number)
    url, label = _behind(line, value, known)
    return LineView(
        id=line.id,
        text=say(line.text),
        unit=say(line.unit),
        hint=say(line.hint),
        source=words.source(line, value),
        value=words.number(value.number),
        words=value.text,
        before=words.number(known.before.get(line.id, Value()).number),
        last_year=words.number(known.last_year.get(line.id, Value()).number),
        url=url,
        url_label=label,
        box=box,
        typed=filling.data.get(box, kept) if filling and box else kept,
        error=filling.errors.get(line.id, "") if filling else "",
        is_text=line.origin == "text",
        is_needed=line.required,
        told=tuple((known.names.get(code, code), text) for code, text in value.told),
    )


def _behind(line: Line, value: Value, known: Known) -> tuple[str, str]:
    """Return where a number that fills itself opens, and what the link is called."""
    if line.count and value.number and line.count != FOR_OTHERS:
        query = {"ky": known.span.name, "co-quan": known.agency, "o": line.count}
        return f"{reverse('reports:one-stop-dossiers')}?{urlencode(query)}", _("Xem hồ sơ")
    if line.indicator:
        return navigation.address("indicators:indicator", line.indicator), _("Xem cách tính")
    return "", ""
