"""How the signed result of a procedure becomes a record."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from tinhso.definitions.types import Expression, Slug, Strict

# What stands besides answers and findings: the signed document, the case, the agency.
DOCUMENT_FACTS = frozenset({"document.number", "document.date", "dossier.code", "agency.name", "agency.unit"})
_NAME = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*"
Origin = Annotated[str, StringConstraints(pattern=rf"^{_NAME}(\[\]\.{_NAME})?$", max_length=120)]


class Taken(Strict):
    """
    Where the value of a field comes from.

    :param origin: written ``from``: an answer, a finding, a part of an address (``home.commune``),
        ``entry.x`` inside a group, ``applicant.x``, ``document.number``, ``document.date``, ``dossier.code``,
        ``agency.name``, ``agency.unit``
    :param value: a value that is always the same
    :param computed: written ``is``; CEL over the form and findings that gives the value
    :param when: CEL over the form and what officers found; it is taken only then
    """

    origin: Origin | None = Field(default=None, alias="from")
    value: bool | int | str | None = None
    computed: Expression | None = Field(default=None, alias="is")
    when: Expression | None = None


def _as_list(value: object) -> object:
    """Take ``child.full_name`` as ``[{from: child.full_name}]``, and one mapping as a list of one."""
    several = value if isinstance(value, list) else [value]
    return [{"from": one} if isinstance(one, str) else one for one in several]


Sources = Annotated[tuple[Taken, ...], BeforeValidator(_as_list), Field(min_length=1)]


class WrittenBy(Strict):
    """
    One procedure whose result writes the register.

    :param when: CEL over the form and findings; other results of the procedure write nothing
    :param does: ``enter`` a record; ``correct`` or ``cancel`` the one that ``by`` leads to
    :param by: ``key``, or a field; of ``correct`` and ``cancel``: the field whose value, taken as ``fields``
        says, leads to the record
    :param each: a group of the form: one record for each of its entries
    :param fields: field of the register → the first source that holds and has a value
    :param since: the date from which it is true; without it the day of signing
    """

    procedure: Annotated[str, StringConstraints(max_length=40)]
    when: Expression | None = None
    does: Literal["enter", "correct", "cancel"] = "enter"
    by: Slug | None = None
    each: Slug | None = None
    fields: Mapping[Slug, Sources]
    since: Sources | None = None
