"""A small graph of statements, written as JSON-LD and as Turtle."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PREFIXES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "cc": "http://creativecommons.org/ns#",
}


@dataclass(frozen=True, slots=True)
class Iri:
    """A thing by its whole address, or by a prefix and a name: ``dcat:Dataset``."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """:param language: ``vi``, ``en``; ``datatype``: with its prefix; at most one of the two"""

    text: str
    language: str = ""
    datatype: str = ""


Value = Iri | Literal


@dataclass(frozen=True, slots=True)
class Node:
    """:param said: predicate with its prefix, and what is said; one predicate may stand several times"""

    id: str
    kind: str
    said: tuple[tuple[str, Value], ...]


def turtle(nodes: Iterable[Node]) -> str:
    """Return the graph as Turtle."""
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return head + "".join(f"\n{_block(one)}\n" for one in nodes)


def json_ld(nodes: Iterable[Node]) -> dict[str, Any]:
    """Return the graph as flattened JSON-LD."""
    return {"@context": dict(PREFIXES), "@graph": [_object(one) for one in nodes]}


def _block(node: Node) -> str:
    lines = [f"<{_safe(node.id)}> a {node.kind}"]
    lines += [f"    {predicate} {_term(value)}" for predicate, value in node.said]
    return " ;\n".join(lines) + " ."


def _term(value: Value) -> str:
    if isinstance(value, Iri):
        return value.text if _is_short(value.text) else f"<{_safe(value.text)}>"
    text = json.dumps(value.text, ensure_ascii=False)  # the escapes of JSON are Turtle's too
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{value.datatype}" if value.datatype else text


def _object(node: Node) -> dict[str, Any]:
    told: dict[str, Any] = {"@id": node.id, "@type": node.kind}
    for predicate, value in node.said:
        told.setdefault(predicate, []).append(_member(value))
    return told


def _member(value: Value) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value.text}
    if value.language:
        return {"@value": value.text, "@language": value.language}
    return {"@value": value.text} | ({"@type": value.datatype} if value.datatype else {})


def _is_short(text: str) -> bool:
    return text.partition(":")[0] in PREFIXES


def _safe(iri: str) -> str:
    """Return the address without what would end it early."""
    return "".join(f"%{ord(one):02X}" if one in '<>"{}|^`\\ ' or ord(one) < 32 else one for one in iri)
