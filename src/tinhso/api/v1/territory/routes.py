"""``/territory``: administrative units on any day; open to everybody."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from tinhso.api.v1.asking import by
from tinhso.api.v1.paging import NEXT, NEXT_CURSOR, Cursor, Limit, link_next, page_of_items
from tinhso.api.v1.wording import language_of
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.territory import queries as territory
from tinhso.territory.types import UnitView

router = Router(tags=["territory"])

OnDay = Annotated[date | None, Query(None, description="On the map of this day; today by default.")]
AsOf = Annotated[date | None, Query(None, description="What it is on this day; today by default.")]
Written = Annotated[str, Query(..., min_length=1, max_length=200, examples=["Phường Hà Khánh, Hạ Long"])]


class UnitOut(Schema):
    """An administrative unit."""

    code: str
    name: str = Field(description="With its kind: «Phường Cao Xanh».")
    kind: str
    level: str
    province_code: str
    within: str = Field(description="What it lies in; empty for a province.")

    @classmethod
    def told(cls, unit: UnitView) -> "UnitOut":
        return cls(
            code=unit.code,
            name=unit.name,
            kind=unit.kind.value,
            level=unit.level.value,
            province_code=unit.province_code,
            within=unit.within,
        )


class UnitPage(Schema):
    items: list[UnitOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class ResolutionOut(Schema):
    """What a written unit is on another day."""

    found: list[UnitOut] = Field(description="What was meant, on the day it was written.")
    units: list[UnitOut] = Field(description="What it is as of the day asked for; several when it was split.")
    reason: str


@router.get("/provinces", response=UnitPage, summary="List provinces")
def list_provinces(
    request: HttpRequest, response: HttpResponse, on: OnDay, limit: Limit, cursor: Cursor
) -> UnitPage:
    """Provinces and municipalities of the day, by code."""
    return _page(request, response, territory.provinces(on or _today(request)), limit, cursor)


@router.get("/units/{code}/communes", response=UnitPage, summary="List the communes of a province")
def list_communes(
    request: HttpRequest, response: HttpResponse, code: str, on: OnDay, limit: Limit, cursor: Cursor
) -> UnitPage:
    """Communes of a province, or of a district before 1 July 2025, on the day, by code."""
    day = on or _today(request)
    if territory.unit(code, day) is None:
        raise NotFound
    return _page(request, response, territory.communes(code, day), limit, cursor)


@router.get("/units/{code}", response=UnitOut, summary="Read a unit")
def read_unit(request: HttpRequest, code: str, on: OnDay) -> UnitOut:
    """The unit that had this code on the day; codes are used again, so the day matters."""
    unit = territory.unit(code, on or _today(request))
    if unit is None:
        raise NotFound
    return UnitOut.told(unit)


@router.get("/resolve", response=ResolutionOut, summary="Resolve a written unit")
def resolve_unit(request: HttpRequest, text: Written, on: OnDay, as_of: AsOf) -> ResolutionOut:
    """What a unit as written on one day is on another: one, or several with the reason."""
    today = _today(request)
    found = territory.find_unit(text, on=on or today, as_of=as_of or today)
    return ResolutionOut(
        found=[UnitOut.told(unit) for unit in found.found],
        units=[UnitOut.told(unit) for unit in found.units],
        reason=found.reason.into(language_of(request)),
    )


def _page(
    request: HttpRequest, response: HttpResponse, units: tuple[UnitView, ...], limit: int, cursor: str | None
) -> UnitPage:
    items, after = page_of_items(units, key=lambda unit: unit.code, cursor=cursor, limit=limit)
    return UnitPage(
        items=[UnitOut.told(unit) for unit in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


def _today(request: HttpRequest) -> date:
    return local(by(request)["at"]).date()
