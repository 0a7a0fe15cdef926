"""One place for all open data: registers by field, the catalogue of procedures, ways for programs."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.edge.open_data import tables
from tinhso.edge.open_data.terms import terms
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.registers import public
from tinhso.registers.public import Holdings
from tinhso.registers.types import Moment
from tinhso.web.navigation import address
from tinhso.web.opendata.addresses import file_of, page_of, whole
from tinhso.web.opendata.sources import stated
from tinhso.web.portal.language import say


@dataclass(frozen=True, slots=True)
class FileLink:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """
    :param changed_at: None while nothing lies in it
    :param is_invented: what lies there was made up, for trying out
    """

    id: str
    name: str
    summary: str
    field: str
    url: str
    count: int
    changed_at: datetime | None
    files: tuple[FileLink, ...]
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A register of which only single records are shown, to who knows their key."""

    name: str
    summary: str
    url: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """
    :param held: data sets with records, ``empty``: those still without
    :param ogc: the whole address programs of maps are given
    """

    held: tuple[DataSet, ...]
    empty: tuple[DataSet, ...]
    asked: tuple[Asked, ...]
    licence: str
    ogc: str
    map_url: str


@dataclass(frozen=True, slots=True)
class LicencePage:
    name: str
    terms: tuple[str, ...]
    source: str


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is published, and what may be asked."""
    return render(request, "opendata/home.html", {"page": home_page(at=clock.now())})


@require_safe
def licence(request: HttpRequest) -> HttpResponse:
    """Show under which terms."""
    said = terms()
    page = LicencePage(say(said.name), tuple(say(one) for one in said.terms), stated(said.source))
    return render(request, "opendata/licence.html", {"page": page})


def home_page(*, at: datetime) -> HomePage:
    """Return the page: one question to the database, however many registers there are."""
    found = sorted(public.published(), key=lambda one: (say(one.field), say(one.name)))
    held = public.holdings(Moment(local(at).date()))
    sets = [data_set(one, held.get(one.id, Holdings())) for one in found]
    open_ones = {one.id for one in found}
    asked = [one for one in public.looked_up() if one.id not in open_ones]
    return HomePage(
        held=tuple(one for one in sets if one.count),
        empty=tuple(one for one in sets if not one.count),
        asked=tuple(Asked(say(one.name), say(one.summary), page_of(one)) for one in asked),
        licence=say(terms().name),
        ogc=whole(reverse("ogc:landing")),
        map_url=address("maps:combined"),
    )


def data_set(definition: RegisterDefinition, held: Holdings) -> DataSet:
    """Return the register as the catalogue shows it."""
    return DataSet(
        id=definition.id,
        name=say(definition.name),
        summary=say(definition.summary),
        field=say(definition.field),
        url=page_of(definition),
        count=held.records,
        changed_at=held.changed_at,
        files=tuple(
            FileLink(form.label, file_of(definition, form.suffix)) for form in tables.formats(definition)
        ),
        is_invented=held.invented > 0,
    )
