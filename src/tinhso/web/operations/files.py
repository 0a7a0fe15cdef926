"""The same figures as a file: tiles, counters and communes as CSV."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.operations.league import League, league
from tinhso.operations.live import Counter, live
from tinhso.operations.reading import board, tab
from tinhso.operations.tiles import Reading, readings
from tinhso.operations.types import Tab
from tinhso.web.desk.guard import officers_only
from tinhso.web.operations import words
from tinhso.web.plans.files import as_csv
from tinhso.web.portal.language import say

Row = tuple[object, ...]


@require_safe
@officers_only
def figures_csv(request: HttpRequest) -> HttpResponse:
    """Send what a tab shows. :raises TabMissing: there is none"""
    shown = tab(request.GET.get("muc", ""))
    return as_csv(f"dieu-hanh-{shown.id}.csv", _rows(shown, clock.now()))


def _rows(shown: Tab, at: datetime) -> Iterator[Row]:
    yield heading()
    figures = live(at=at, field=shown.field)
    for counter in Counter:
        unit = "₫" if counter is Counter.PAID else _("hồ sơ")
        named = (_("Đang diễn ra"), counter.value, str(words.COUNTERS[counter]), local(at).isoformat())
        yield (*named, figures.of(counter), unit, "", "", "", "")
    today = local(at).date()
    yield from tile_rows(readings(shown, today=today))
    found = league(shown, board(), today=today)
    if found:
        yield from commune_rows(found)


def heading() -> Row:
    """Return the first row."""
    return (
        *(_("Phần"), _("Mã"), _("Tên"), _("Kỳ"), _("Giá trị"), _("Đơn vị tính")),
        *(_("Đích"), _("Trạng thái"), _("Số hồ sơ"), _("Hạng")),
    )


def tile_rows(told: Iterable[Reading]) -> Iterator[Row]:
    """Yield a row for each tile."""
    for one in told:
        indicator = one.indicator
        yield (
            *(_("Chỉ tiêu"), indicator.id, say(indicator.name), f"{one.month.since:%Y-%m}"),
            *("" if one.value is None else one.value, say(indicator.unit)),
            *("" if indicator.target is None else indicator.target, str(words.VERDICTS[one.verdict][1])),
            *("" if one.whole is None else one.whole, ""),
        )


def commune_rows(placed: League) -> Iterator[Row]:
    """Yield a row for each commune."""
    for one in placed.places:
        yield (
            *(_("Xã, phường, đặc khu"), one.code, one.name, str(placed.year)),
            *("" if one.value is None else one.value, say(placed.indicator.unit), "", ""),
            *("" if one.value is None else one.whole, "" if one.rank is None else one.rank),
        )
