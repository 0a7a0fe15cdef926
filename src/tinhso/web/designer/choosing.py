"""What may be chosen in a box of a procedure's part: from the packs, and from the procedure itself."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tinhso.definitions.check import load_lists
from tinhso.definitions.designing.document import Document
from tinhso.definitions.designing.shapes import Source
from tinhso.definitions.packs import packs_folder
from tinhso.definitions.places import Location
from tinhso.definitions.roles import load_agency_kinds, load_life_events, load_roles
from tinhso.definitions.types import Text
from tinhso.web.designer.labels import CHOICES, FACTS, PLACES
from tinhso.web.portal.language import say

Choices = tuple[tuple[str, str], ...]


def choices(source: Source, document: Document, at: Location, templates: Iterable[str]) -> Choices:
    """Return value and words of everything the part may be."""
    if source in CHOICES:
        return tuple((value, str(words)) for value, words in CHOICES[source])
    return tuple(_found(source, document, at, templates))


def _found(
    source: Source, document: Document, at: Location, templates: Iterable[str]
) -> Iterator[tuple[str, str]]:
    packs = packs_folder()
    match source:
        case "agency" | "consulted" | "step_agency":
            if source == "step_agency":
                yield from ((name, str(words)) for name, words in PLACES.items())
            yield from ((kind.id, say(kind.name)) for kind in load_agency_kinds(packs))
        case "by":
            yield from ((role.id, say(role.name)) for role in load_roles(packs))
        case "life_events":
            yield from ((event.id, say(event.name)) for event in load_life_events(packs))
        case "known":
            yield "", _("Không, phải hỏi")
            yield from ((name, str(words)) for name, words in FACTS.items() if name.startswith("applicant."))
        case "account":
            yield from ((name, name) for name in sorted(load_lists(packs)[0].accounts or ()))
        case "template":
            yield from ((name, name) for name in sorted(templates))
        case _:
            yield from _own(source, document, at)


def _own(source: Source, document: Document, at: Location) -> Iterator[tuple[str, str]]:
    """Yield what the procedure itself has to choose from."""
    match source:
        case "back_to":
            index = at[1] if len(at) > 1 and isinstance(at[1], int) else 0
            yield from things(document, ("steps",), "id", "name")[:index]
        case "step":
            yield "", _("Không")
            yield from things(document, ("steps",), "id", "name")
        case "fees":
            yield from dict(things(document, ("fees",), "code", "name")).items()
        case "last_day":
            yield "", _("Không")
            yield from _days(document)
        case "proof":
            yield "", _("Không cần")
            yield from things(document, ("papers",), "id", "name")


def _days(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the questions that are answered by a day."""
    for name in ("form", "steps"):
        for index in range(len(document.get((name,)) or ())):
            for one in document.get((name, index, "ask")) or ():
                if isinstance(one, dict) and one.get("type") == "date":
                    yield str(one.get("id", "")), words(one.get("label"))


def things(document: Document, at: Location, key: str, naming: str) -> list[tuple[str, str]]:
    """Return key and name of every thing of a list, as far as the file says them."""
    listed = document.get(at)
    return [
        (str(one.get(key, "")), words(one.get(naming)) or str(one.get(key, "")))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    ]


def words(value: object) -> str:
    """Return a text of the file in the reader's language."""
    if isinstance(value, dict):
        return say(Text(vi=str(value.get("vi") or ""), en=str(value.get("en") or "")))
    return "" if value is None else str(value)
