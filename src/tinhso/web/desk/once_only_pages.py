"""Asked for only once: what filings asked, what data spared people, opening down to the dossiers."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.definitions import catalogue
from tinhso.dossiers import effort
from tinhso.dossiers.effort import Figures, Filed
from tinhso.people.types import Actor
from tinhso.web.desk import periods
from tinhso.web.desk.guard import actor_of, draw, officers_only

CODE, AFTER = "thu-tuc", "sau"


@dataclass(frozen=True, slots=True)
class Tile:
    """:param share: in percent, of ``of``; empty where nothing is to be shared"""

    label: str
    count: int
    share: str


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    name: str
    code: str
    url: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class FiledLine:
    code: str
    url: str
    filed: Filed


@dataclass(frozen=True, slots=True)
class OncePage:
    """
    :param procedure: whose filings are listed; empty for all procedures together
    :param wrong: what is wrong with the days that were asked for
    """

    tiles: tuple[Tile, ...]
    lines: tuple[ProcedureLine, ...]
    procedure: str
    filed: tuple[FiledLine, ...]
    next_url: str
    all_url: str
    since: str
    until: str
    code: str
    wrong: str


@require_safe
@officers_only
def show(request: HttpRequest) -> HttpResponse:
    """Show the figures of the dossiers the officer may see."""
    page = once_page(actor_of(request), request.GET)
    return draw(request, "desk/once_only.html", 422 if page.wrong else 200, page=page)


def once_page(actor: Actor, told: QueryDict) -> OncePage:
    """Return the page as the address asks: days, and one procedure."""
    period = periods.read(told)
    figures = effort.figures_of(actor=actor, since=period.begins, until=period.ends)
    names = {one.procedure.code: one.procedure.name.into(_language()) for one in catalogue.all_current()}
    code = told.get(CODE, "")
    filed, after = (
        effort.filings_of(
            actor=actor,
            procedure_code=code,
            since=period.begins,
            until=period.ends,
            after=_id(told.get(AFTER, "")),
        )
        if code
        else ((), None)
    )
    return OncePage(
        tiles=_tiles(effort.added(tuple(one for one in figures if code in ("", one.procedure_code)))),
        lines=tuple(
            ProcedureLine(
                names.get(one.procedure_code, one.procedure_code),
                one.procedure_code,
                _url(period.query | {CODE: one.procedure_code}),
                one,
            )
            for one in figures
        ),
        procedure=names.get(code, code),
        filed=tuple(
            FiledLine(one.code, reverse("desk:dossier", args=[one.dossier_id]), one) for one in filed
        ),
        next_url=_url(period.query | {CODE: code, AFTER: str(after)}) if after else "",
        all_url=_url(period.query),
        since=period.since,
        until=period.until,
        code=code,
        wrong=period.wrong,
    )


def _tiles(total: Figures) -> tuple[Tile, ...]:
    return (
        Tile(_("hồ sơ đã nộp"), total.dossiers, ""),
        Tile(_("câu hỏi"), total.questions, ""),
        Tile(
            _("câu tài khoản đã chứng minh"),
            total.proved,
            _share(total.proved, total.questions),
        ),
        Tile(_("câu sổ đã điền sẵn"), total.prefilled, _share(total.prefilled, total.questions)),
        Tile(_("câu người dân trả lời khác sổ"), total.differing, _share(total.differing, total.prefilled)),
        Tile(_("giấy tờ theo quy định"), total.papers, ""),
        Tile(_("giấy tờ dữ liệu đã thay"), total.saved, _share(total.saved, total.papers)),
        Tile(_("giấy tờ lấy lại từ kho"), total.reused, ""),
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}".replace(".", ",") + " %" if whole else ""


def _url(asked: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("desk:once-only") + (f"?{query}" if query else "")


def _id(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


def _language() -> str:
    return (get_language() or "vi")[:2]
