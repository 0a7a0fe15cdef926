"""The definition's own examples, run when the page is opened, each with what it shows to be wrong."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.definitions.designing.shapes import written_place
from tinhso.designs import queries
from tinhso.designs.trying import Tried, try_examples
from tinhso.kernel import clock
from tinhso.people import queries as people
from tinhso.web.designer.entering import Opened, designers_only, opened, place_url, show


@dataclass(frozen=True, slots=True)
class WrongLine:
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """One example and what running it showed."""

    name: str
    place: str
    passed: bool
    fee: int | None
    wrong: tuple[WrongLine, ...]
    url: str
    try_url: str
    sample_url: str


@dataclass(frozen=True, slots=True)
class ExamplesPage:
    """
    :param may_run: the files are sound enough to run anything
    """

    lines: tuple[ExampleLine, ...]
    may_run: bool
    try_url: str
    failed: int


@require_safe
@designers_only
def examples(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Run every example and show what came of it."""
    work = opened(request, design_id)
    procedure = work.checked.procedure
    tried: tuple[Tried, ...] = ()
    if procedure is not None:
        agency = people.agency(work.design.agency_id)
        templates = queries.files_of(work.design).templates
        tried = try_examples(procedure, templates, at=clock.now(), agency=agency)
    page = ExamplesPage(
        lines=tuple(_line(work, one) for one in tried),
        may_run=procedure is not None,
        try_url=reverse("designer:preview", args=[design_id]),
        failed=sum(1 for one in tried if not one.passed),
    )
    return show(request, work, "designer/examples.html", tab="examples", page=page)


def _line(work: Opened, one: Tried) -> ExampleLine:
    query = urlencode({"vi-du": one.number})
    return ExampleLine(
        name=one.name,
        place=written_place(("examples", one.number)),
        passed=one.passed,
        fee=one.fee,
        wrong=tuple(
            WrongLine(wrong.sentence, place_url(work.id, wrong.at) if wrong.at else "") for wrong in one.wrong
        ),
        url=place_url(work.id, ("examples", one.number)),
        try_url=f"{reverse('designer:preview', args=[work.id])}?{query}",
        sample_url=f"{reverse('designer:sample', args=[work.id])}?{query}&dang=pdf",
    )
