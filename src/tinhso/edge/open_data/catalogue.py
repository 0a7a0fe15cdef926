"""The catalogue of open data in DCAT 2 as DCAT-AP asks: catalogue, data sets, files, the service."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.definitions.types import Text
from tinhso.edge.open_data import features, tables
from tinhso.edge.open_data.graph import Iri, Literal, Node, Value
from tinhso.edge.open_data.terms import Terms, terms
from tinhso.registers import public
from tinhso.registers.geometry import extent
from tinhso.registers.public import Holdings

LANGUAGES = ("VIE", "ENG")
_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
OGC = "http://www.opengis.net/spec/ogcapi-features-1/1.0"
Said = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Addresses:
    """
    Whole addresses of what the catalogue tells of.

    :param files: register → suffix → address of the file
    """

    home: str
    licence: str
    ogc: str
    pages: Mapping[str, str]
    files: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Named:
    """:param publisher: who publishes; ``title`` and ``description`` of the whole"""

    publisher: Text
    title: Text
    description: Text


def catalogue(named: Named, where: Addresses, held: Mapping[str, Holdings]) -> tuple[Node, ...]:
    """Return the graph. :param held: what lies in each register; one that is not there is empty"""
    found, said = public.published(), terms()
    agent = f"{where.home}#publisher"
    service = f"{where.home}#ogc"
    nodes = [
        _catalogue(named, where, found, held, agent, service),
        _agent(agent, named),
        _licence(where, said),
    ]
    mapped = features.with_geometry(found)
    nodes.append(_service(service, where, mapped, agent))
    for one in found:
        nodes += _dataset(one, where, held.get(one.id, Holdings()), agent)
    return tuple(dict.fromkeys(nodes))


def _catalogue(
    named: Named,
    where: Addresses,
    found: tuple[RegisterDefinition, ...],
    held: Mapping[str, Holdings],
    agent: str,
    service: str,
) -> Node:
    changed = [one.changed_at for one in held.values() if one.changed_at]
    said = [
        *_texts("dct:title", named.title),
        *_texts("dct:description", named.description),
        ("dct:publisher", Iri(agent)),
        ("dct:license", Iri(where.licence)),
        ("foaf:homepage", Iri(where.home)),
        *(("dct:language", Iri(_LANGUAGE + one)) for one in LANGUAGES),
        *_moment("dct:modified", max(changed, default=None)),
        ("dcat:service", Iri(service)),
        *(("dcat:dataset", Iri(_id(where, one))) for one in found),
    ]
    return Node(f"{where.home}#catalogue", "dcat:Catalog", tuple(said))


def _dataset(one: RegisterDefinition, where: Addresses, held: Holdings, agent: str) -> Iterator[Node]:
    mine = _id(where, one)
    suffixes = [form.suffix for form in tables.formats(one)]
    said = [
        *_texts("dct:title", _marked(one.name, held)),
        *_texts("dct:description", one.summary if one.summary else one.name),
        ("dct:identifier", Literal(one.id)),
        ("dct:publisher", Iri(agent)),
        *_texts("dcat:keyword", one.field),
        ("dcat:landingPage", Iri(where.pages[one.id])),
        *_moment("dct:modified", held.changed_at),
        ("dct:provenance", Iri(f"{mine}-source")),
        *(("dct:language", Iri(_LANGUAGE + code)) for code in LANGUAGES),
    ]
    said += [("dcat:distribution", Iri(f"{mine}-{suffix}")) for suffix in suffixes]
    has_place = features.has_public_geometry(one) and extent() is not None
    if has_place:
        said.append(("dct:spatial", Iri(f"{where.home}#province")))
    yield Node(mine, "dcat:Dataset", tuple(said))
    law = one.public.source if one.public else one.law
    yield Node(f"{mine}-source", "dct:ProvenanceStatement", (("rdfs:label", Literal(law, "vi")),))
    if has_place:
        yield _province(where)
    for form in tables.formats(one):
        yield _distribution(one, form, f"{mine}-{form.suffix}", where, held)


def _distribution(
    one: RegisterDefinition, form: tables.Format, mine: str, where: Addresses, held: Holdings
) -> Node:
    said: Said = (
        ("dct:title", Literal(f"{one.name.vi}, {form.label}", "vi")),
        ("dcat:accessURL", Iri(where.pages[one.id])),
        ("dcat:downloadURL", Iri(where.files[one.id][form.suffix])),
        ("dcat:mediaType", Iri(_MEDIA + form.iana)),
        ("dct:license", Iri(where.licence)),
        *_moment("dct:modified", held.changed_at),
    )
    return Node(mine, "dcat:Distribution", said)


def _service(service: str, where: Addresses, mapped: tuple[RegisterDefinition, ...], agent: str) -> Node:
    said: Said = (
        ("dct:title", Literal("OGC API Features", "en")),
        ("dcat:endpointURL", Iri(where.ogc)),
        ("dcat:endpointDescription", Iri(f"{where.ogc}api")),
        ("dct:conformsTo", Iri(OGC)),
        ("dct:license", Iri(where.licence)),
        ("dct:publisher", Iri(agent)),
        *(("dcat:servesDataset", Iri(_id(where, one))) for one in mapped),
    )
    return Node(service, "dcat:DataService", said)


def _agent(agent: str, named: Named) -> Node:
    return Node(agent, "foaf:Agent", tuple(_texts("foaf:name", named.publisher)))


def _licence(where: Addresses, said: Terms) -> Node:
    told = (*_texts("dct:title", said.name), ("rdfs:label", Literal(said.name.vi, "vi")))
    return Node(where.licence, "dct:LicenseDocument", told)


def _province(where: Addresses) -> Node:
    limits = extent()
    assert limits is not None
    corners = ((limits.west, limits.south), (limits.east, limits.south), (limits.east, limits.north))
    ring = ", ".join(f"{x} {y}" for x, y in (*corners, (limits.west, limits.north), corners[0]))
    box = Literal(f"POLYGON(({ring}))", datatype="geo:wktLiteral")
    return Node(f"{where.home}#province", "dct:Location", (("dcat:bbox", box),))


def _marked(name: Text, held: Holdings) -> Text:
    """Return the name, and that what lies there is made up where it is."""
    if not held.invented:
        return name
    return Text(vi=f"{name.vi} (dữ liệu giả lập)", en=f"{name.en or name.vi} (made-up data)")


def _id(where: Addresses, one: RegisterDefinition) -> str:
    return f"{where.home}#{one.id}"


def _texts(predicate: str, text: Text) -> Iterator[tuple[str, Value]]:
    yield predicate, Literal(text.vi, "vi")
    if text.en:
        yield predicate, Literal(text.en, "en")


def _moment(predicate: str, at: datetime | None) -> Iterator[tuple[str, Value]]:
    if at is not None:
        yield predicate, Literal(at.isoformat(), datatype="xsd:dateTime")
