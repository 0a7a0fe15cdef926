"""The map's addresses: all layers together, one register, the script's screenful, the sheet for paper."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from tinhso.definitions.registers.reading import RegisterMissing
from tinhso.kernel import clock
from tinhso.people.types import Actor
from tinhso.web.maps import features as geojson
from tinhso.web.maps import ground
from tinhso.web.maps.asked import BOX
from tinhso.web.maps.boxes import frame
from tinhso.web.maps.layers import layers_for
from tinhso.web.maps.page import MapPage, map_page

# Boundaries change when an operator loads them.
UNITS_LAST = "public, max-age=600"
GEOJSON = "application/geo+json"


@require_safe
def combined(request: HttpRequest) -> HttpResponse:
    """Show the layers that were chosen together."""
    return render(request, "maps/map.html", {"page": _page(request)})


@require_safe
def register(request: HttpRequest, register_id: str) -> HttpResponse:
    """Show one register. :raises RegisterMissing: absent, without geometry, or not for this reader"""
    if register_id not in {one.id for one in layers_for(_actor(request))}:
        raise RegisterMissing(register=register_id)
    return render(request, "maps/map.html", {"page": _page(request, only=register_id)})


@require_safe
def features(request: HttpRequest) -> HttpResponse:
    """Answer with what lies in the part of the province that is asked for, and with the list of it."""
    page = _page(request)
    body = {
        "type": "FeatureCollection",
        "features": geojson.features(page),
        "bubbles": geojson.bubbles(page),
        "said": page.said,
        "list": render_to_string("maps/_list.html", {"page": page}, request),
        "query": page.asked.query(page.frame),
        "sheet": page.sheet_url,
    }
    return JsonResponse(body, content_type=GEOJSON)


@require_safe
def areas(request: HttpRequest) -> HttpResponse:
    """Answer with the communes of a part of the province: boundaries, tiles or places."""
    base = ground.base(clock.local(clock.now()).date())
    land = ground.land(base, frame(request.GET.get(BOX, ""), base.limits))
    body = {
        "type": "FeatureCollection",
        "features": list(geojson.areas(land)),
        "tiled": land.is_tiled,
    }
    return JsonResponse(body, content_type=GEOJSON, headers={"Cache-Control": UNITS_LAST})


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Show the same map as a sheet of paper."""
    return render(request, "maps/sheet.html", {"page": _page(request), "at": clock.now()})


def _page(request: HttpRequest, only: str = "") -> MapPage:
    on = clock.local(clock.now()).date()
    return map_page(actor=_actor(request), query=request.GET, on=on, only=only)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
