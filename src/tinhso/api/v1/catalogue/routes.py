"""``/catalogue``: every code of the national list, what is filed here before what is not; open data."""

import csv
import io
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from tinhso.api.v1.paging import NEXT, NEXT_CURSOR, Cursor, Limit, link_next, page_from
from tinhso.api.v1.shapes import bytes_of
from tinhso.api.v1.wording import language_of
from tinhso.definitions import searching
from tinhso.definitions.catalogue import ProcedureMissing
from tinhso.definitions.search import facets
from tinhso.definitions.searching import Card

router = Router(tags=["catalogue"])
CSV = "text/csv"
COLUMNS = (
    "code",
    "name",
    "field",
    "levels",
    "issuer",
    "agency_kind",
    "audience",
    "life_events",
    "filed_here",
)

Words = Annotated[str, Query("", max_length=120, description="As people type them: without marks, misspelt.")]
Beginning = Annotated[str, Query("", max_length=120, description="As far as it has been typed.")]


class Chosen(Schema):
    """Ways to narrow; each is a value of the same facet."""

    life_event: str = Field("", max_length=60)
    field: str = Field("", max_length=120, description="As in `/catalogue/facets`, e.g. `ho-tich`.")
    agency: str = Field("", max_length=60, description="Kind of the agency that decides.")
    issuer: str = Field("", max_length=120, description="Ministry, as in `/catalogue/facets`.")
    level: Literal["", "commune", "province"] = ""
    audience: Literal["", "citizen", "business", "organisation"] = ""
    filed: Literal["", "here", "elsewhere"] = Field(
        "", description="`here`: dossiers are taken by this system."
    )

    def values(self) -> dict[str, str]:
        return {name: str(getattr(self, name)) for name in facets.NAMES}


class EntryRow(Schema):
    """A code of the catalogue."""

    code: str = Field(examples=["1.001193"])
    name: str
    field: str
    levels: list[str] = Field(description="`commune`, `province`; empty where the national list is silent.")
    issuer: str = Field(description="The ministry that published it; may be empty.")
    agency_kind: str = Field(description="Who decides, where it is filed here; else empty.")
    audience: list[str]
    life_events: list[str]
    filed_here: bool = Field(description="`/procedures/{code}` has it whole, and drafts can be started.")

    @classmethod
    def told(cls, card: Card, language: str) -> "EntryRow":
        return cls(
            code=card.code,
            name=card.name.into(language),
            field=card.field.into(language),
            levels=list(card.levels),
            issuer=card.issuer,
            agency_kind=card.agency,
            audience=list(card.audience),
            life_events=list(card.life_events),
            filed_here=card.filed_here,
        )


class EntryPage(Schema):
    items: list[EntryRow]
    count: int = Field(description="How many there are on all pages.")
    meant: str = Field(description="The words as they were understood, if they were misspelt; else empty.")
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class FacetValue(Schema):
    value: str
    label: str = Field(description="In words, for fields and ministries; else empty.")
    count: int = Field(description="How many it would leave if the other choices stayed.")


class FacetsOut(Schema):
    """Ways to narrow what was found."""

    life_event: list[FacetValue]
    field: list[FacetValue]
    agency: list[FacetValue]
    issuer: list[FacetValue]
    level: list[FacetValue]
    audience: list[FacetValue]
    filed: list[FacetValue]


@router.get("", response=EntryPage, summary="Search the whole catalogue")
def list_catalogue(
    request: HttpRequest,
    response: HttpResponse,
    q: Words,
    chosen: Annotated[Chosen, Query(...)],
    limit: Limit,
    cursor: Cursor,
) -> EntryPage:
    """Every procedure of the national list, the best match first; without words what is filed here first."""
    found = searching.search(q, chosen.values())
    items, after = page_from(found.cards, cursor=cursor, limit=limit, key=lambda card: card.code)
    language = language_of(request)
    return EntryPage(
        items=[EntryRow.told(card, language) for card in items],
        count=len(found.cards),
        meant=found.meant,
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/facets", response=FacetsOut, summary="Count what each choice would leave")
def list_facets(request: HttpRequest, q: Words, chosen: Annotated[Chosen, Query(...)]) -> FacetsOut:
    """Values that leave at least one procedure, those that leave most first."""
    found = searching.search(q, chosen.values())
    language = language_of(request)
    return FacetsOut(
        **{
            name: [
                FacetValue(
                    value=value,
                    label=labels[value].into(language)
                    if value in (labels := found.labels.get(name, {}))
                    else "",
                    count=count,
                )
                for value, count in sorted(found.counts[name].items(), key=lambda pair: (-pair[1], pair[0]))
            ]
            for name in facets.NAMES
        }
    )


@router.get("/suggestions", response=list[EntryRow], summary="Suggest while somebody types")
def list_suggestions(request: HttpRequest, q: Beginning) -> list[EntryRow]:
    """At most eight, the likeliest first."""
    language = language_of(request)
    return [EntryRow.told(card, language) for card in searching.suggest(q)]


@router.get(
    "/entries.csv",
    summary="The whole catalogue as CSV",
    openapi_extra=bytes_of(CSV),
    url_name="catalogue_csv",
)
def read_catalogue_csv(request: HttpRequest) -> HttpResponse:
    """One line a procedure, UTF-8 with a byte order mark so that spreadsheets read Vietnamese."""
    language = language_of(request)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for card in searching.search().cards:
        row = EntryRow.told(card, language).dict()
        writer.writerow([_cell(row[name]) for name in COLUMNS])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type=f"{CSV}; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="catalogue.csv"'
    return response


@router.get("/{code}", response=EntryRow, summary="Read one code")
def read_entry(request: HttpRequest, code: str) -> EntryRow:
    """What the national list knows of it, whether it is filed here or not."""
    card = searching.card(code)
    if card is None:
        raise ProcedureMissing(procedure=code)
    return EntryRow.told(card, language_of(request))


def _cell(value: object) -> str:
    """Return a cell; a text that begins like a formula is no formula."""
    said = "|".join(value) if isinstance(value, list) else str(value)
    return f"'{said}" if said[:1] in ("=", "+", "-", "@") else said
