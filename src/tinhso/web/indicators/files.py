"""Figures as files."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.definitions import Indicator, indicator
from tinhso.indicators.reading import StillCounting, seen
from tinhso.indicators.standing import Stood, stood
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.web.desk.guard import actor_of, officers_only
from tinhso.web.indicators import words
from tinhso.web.indicators.asking import asked
from tinhso.web.indicators.league import in_order
from tinhso.web.plans.files import as_csv


@require_safe
@officers_only
def figures_csv(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """Send what the table shows. :raises IndicatorMissing, StillCounting: as they say"""
    at, one = clock.now(), indicator(indicator_id)
    today = local(at).date()
    dimensions = ("unit",) if one.manual else one.dimensions
    question = asked(request.GET, today=today, dimensions=dimensions)
    cut = question.cut(one)
    found = stood([cut]).get(cut)
    if found is None and one.manual is None:
        ask_cuts(at=at, cuts=[cut])
        raise StillCounting
    return as_csv(f"{one.id}-{question.name}.csv", _rows(one, found, actor_of(request)))


def _rows(one: Indicator, found: Stood | None, actor: Actor) -> Iterable[Iterable[object]]:
    by = found.series.by if found else ()
    sums = list(found.series.figures[0].sums) if found and found.series.figures else []
    yield (
        *(words.DIMENSIONS[name] for name in by),
        *(_("Mã") for _name in by),
        *sums,
        _("Giá trị"),
        _("Đơn vị tính"),
    )
    if found is None:
        return
    figures = in_order(one, seen(actor, by, found.series.figures))
    today = found.counted_until
    names = {
        name: words.names_of(name, (figure.group[place] for figure in figures), today=today)
        for place, name in enumerate(by)
    }
    for figure in figures:
        yield (
            *(names[name][code] for name, code in zip(by, figure.group, strict=True)),
            *figure.group,
            *(figure.sums[name] for name in sums),
            "" if figure.value is None else figure.value,
            one.unit.vi,
        )
