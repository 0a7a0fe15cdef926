"""``/indicators``, ``/figures``, ``/index-sets``: officers read what stands, everybody what was published."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.indicators import csvw, json_stat
from tinhso.api.v1.indicators.naming import names_in
from tinhso.api.v1.indicators.shapes import (
    EvidenceOut,
    IndexSetListOut,
    IndexSetOut,
    IndicatorBehindOut,
    IndicatorFiguresOut,
    IndicatorOut,
    IndicatorPageOut,
    PublishedFigureOut,
    ScoresOut,
    figures_out,
    indicator_out,
    row_out,
    score_out,
    text,
)
from tinhso.api.v1.paging import Cursor, Limit, after_text, link_next, pack, page_of_items
from tinhso.api.v1.problems import READABLE
from tinhso.api.v1.shapes import bytes_of
from tinhso.api.v1.wording import language_of
from tinhso.indicators import editions, periods, policies, queries, reading
from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.definitions import IndicatorId, indicator
from tinhso.indicators.evidence import evidence
from tinhso.indicators.formulas import Period
from tinhso.indicators.index_sets import index_set, index_sets
from tinhso.indicators.models import PublishedFigure
from tinhso.indicators.reading import Table
from tinhso.indicators.set_scores import cuts_of, standing

router = Router(tags=["indicators"])
PeriodName = Annotated[
    str,
    Query(..., max_length=20, description="`2026`, `2026-Q3`, `2026-08`, or `2026-08-bc` (15th to 14th)."),
]
Dimension = Annotated[str, Query("", max_length=20, description="A dimension; none: the whole.", alias="by")]
Units = Annotated[Literal["", "unit"], Query("", alias="by", description="`unit`: one score for each.")]
Map = Annotated[date | None, Query(None, alias="map", description="Units on the map of this day; officers.")]
Format = Annotated[
    Literal["json", "json-stat"], Query("json", description="`json-stat`: a dataset of JSON-stat 2.0.")
]

COUNTED_FIRST: dict[str, Any] = {"responses": {409: {"$ref": "#/components/responses/409"}}}


def _counted_first(kind: str) -> dict[str, Any]:
    return {"responses": bytes_of(kind)["responses"] | COUNTED_FIRST["responses"]}


@router.get("/indicators", response=IndicatorPageOut, summary="List indicators")
def list_indicators(
    request: HttpRequest, response: HttpResponse, limit: Limit, cursor: Cursor
) -> IndicatorPageOut:
    """To officers all of them; to everybody else those of which something was published."""
    items, after = page_of_items(
        reading.visible(actor_of(request)), key=lambda one: one.id, cursor=cursor, limit=limit
    )
    return IndicatorPageOut(
        items=[row_out(one, language_of(request)) for one in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/indicators/{indicator_id}", response=IndicatorOut, summary="Read an indicator's definition")
def read_indicator(request: HttpRequest, indicator_id: str) -> IndicatorOut:
    """Name, formula, dimensions, target and the text of law it follows."""
    one = reading.access_indicator(actor=actor_of(request), indicator_id=indicator_id)
    return indicator_out(one, language_of(request))


@router.get(
    "/indicators/{indicator_id}/figures",
    response=IndicatorFiguresOut,
    summary="Read figures of a period",
    openapi_extra=COUNTED_FIRST,
)
def read_indicator_figures(
    request: HttpRequest,
    indicator_id: str,
    period: PeriodName,
    dimension: Dimension,
    on_map: Map,
    format: Format,
) -> IndicatorFiguresOut | HttpResponse:
    """What nobody asked for before is counted first: 409, ask again after some seconds."""
    found = _table(request, indicator_id, period, dimension, on_map)
    names = names_in(found, language_of(request))
    if format == "json-stat":
        told = json_stat.dataset(found, names, language_of(request))
        return JsonResponse(told, json_dumps_params=READABLE)
    return figures_out(found, names, language_of(request))


@router.get(
    "/indicators/{indicator_id}/figures.csv",
    summary="Read figures of a period as CSV",
    openapi_extra=_counted_first(csvw.KIND),
)
def read_csv(
    request: HttpRequest, indicator_id: str, period: PeriodName, dimension: Dimension, on_map: Map
) -> HttpResponse:
    """The header `Link` leads to what its columns mean."""
    found = _table(request, indicator_id, period, dimension, on_map)
    rows = csvw.table(found, names_in(found, language_of(request)))
    response = HttpResponse(rows, content_type=f"{csvw.KIND}; charset=utf-8")
    meta = request.build_absolute_uri(f"{request.path}-metadata.json?{request.GET.urlencode()}")
    response["Link"] = f'<{meta}>; rel="describedby"; type="{csvw.META}"'
    return response


@router.get(
    "/indicators/{indicator_id}/figures.csv-metadata.json",
    summary="Read what the columns of the CSV mean",
    openapi_extra=_counted_first(csvw.META),
)
def read_csv_metadata(
    request: HttpRequest, indicator_id: str, period: PeriodName, dimension: Dimension, on_map: Map
) -> HttpResponse:
    """CSV on the Web (W3C)."""
    found = _table(request, indicator_id, period, dimension, on_map)
    path = request.path.removesuffix("-metadata.json")
    address = request.build_absolute_uri(f"{path}?{request.GET.urlencode()}")
    return JsonResponse(
        csvw.metadata(found, csv_url=address), json_dumps_params=READABLE, content_type=csvw.META
    )


@router.get("/figures/{uuid:figure_id}", response=PublishedFigureOut, summary="Read a published figure")
def read_figure(request: HttpRequest, figure_id: UUID) -> PublishedFigureOut:
    """With the part of the ledger it was made of; `tinhso verify figure` computes it again."""
    actor = actor_of(request)
    if not policies.reads_figures(actor):
        told = editions.public_figure(figure_id)
        row = queries.public_row(figure_id)
        return _figure_out(row, is_hidden=told.hidden)
    return _figure_out(queries.access_figure(actor=actor, figure_id=figure_id), is_hidden=False)


@router.get(
    "/figures/{uuid:figure_id}/evidence",
    response=EvidenceOut,
    auth=SIGNED_IN,
    summary="List the dossiers behind a published figure",
)
def read_evidence(
    request: HttpRequest, response: HttpResponse, figure_id: UUID, limit: Limit, cursor: Cursor
) -> EvidenceOut:
    """As facts are now: those the reader may open, and how many there are beside them. For officers."""
    actor = actor_of(request)
    row = queries.access_figure(actor=actor, figure_id=figure_id)
    found = evidence(
        actor=actor,
        indicator_id=row.indicator,
        period=Period(row.since, row.until),
        where=queries.where_of(row),
        as_of_map=row.map_on,
        after=_number(after_text(cursor)),
        limit=limit,
    )
    after = pack(str(found.after)) if found.after else None
    return EvidenceOut(
        total=found.total,
        hidden=found.hidden,
        position=found.checkpoint.position,
        items=[
            IndicatorBehindOut(dossier_id=one.dossier_id, procedure=one.procedure, counts=dict(one.counts))
            for one in found.dossiers
        ],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/index-sets", response=IndexSetListOut, summary="List index sets")
def list_index_sets(request: HttpRequest) -> IndexSetListOut:
    """Indicators that become points."""
    return IndexSetListOut(
        items=[
            IndexSetOut(
                id=one.id,
                name=one.name.into(language_of(request)),
                source=" ".join(one.source.split()),
                points=str(sum(group.points for group in one.groups)),
            )
            for one in index_sets().values()
        ]
    )


@router.get(
    "/index-sets/{set_id}/scores", response=ScoresOut, auth=SIGNED_IN, summary="Read the points of a set"
)
def read_scores(
    request: HttpRequest,
    set_id: str,
    period: PeriodName,
    dimension: Annotated[Literal["", "unit"], Query("", alias="by")],
) -> ScoresOut:
    """Of the province, or of every unit that has a figure. For officers: they are not published."""
    policies.require_reader(actor_of(request), where={})
    wanted, of = index_set(set_id), periods.named(period)
    found = standing(wanted, period=of)
    ask_cuts(at=by(request)["at"], cuts=cuts_of(wanted, of))
    scores = found.units if dimension else (found.province,)
    return ScoresOut(
        index_set=wanted.id,
        name=wanted.name.into(language_of(request)),
        period=periods.name_of(of),
        is_counting=found.is_waiting,
        scores=[score_out(one, language_of(request)) for one in scores],
    )


def _table(
    request: HttpRequest, indicator_id: IndicatorId, period: str, dimension: str, on_map: date | None
) -> Table:
    return reading.table(
        **by(request), indicator_id=indicator_id, period=periods.named(period), by=dimension, as_of_map=on_map
    )


def _figure_out(row: PublishedFigure, *, is_hidden: bool) -> PublishedFigureOut:
    one, after = indicator(row.indicator), getattr(row, "restated_by", None)
    return PublishedFigureOut(
        id=row.pk,
        indicator=row.indicator,
        period=periods.name_of(Period(row.since, row.until)),
        since=row.since,
        until=row.until,
        by=row.grouped_by,
        group=row.group,
        value=None if is_hidden else text(editions.as_told(one, row.value)),
        sums={} if is_hidden else row.sums,
        is_hidden=is_hidden,
        definition=row.definition,
        position=row.position,
        checkpoint=row.checkpoint,
        published_at=row.computed_at,
        restates=row.restates_id,
        restated_by=after.pk if after else None,
        difference=None if is_hidden else text(editions.as_told(one, row.difference)),
    )


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
