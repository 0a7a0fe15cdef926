"""
What a register file says, as frozen types.

A file ``packs/*/registers/<id>.yaml`` becomes one :class:`RegisterDefinition`: what a record holds, who may
read and write it, what is public, which rules its quality is measured by, and which results of procedures
write it.
"""

import hashlib
import re
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from tinhso.definitions.registers.writing import WrittenBy
from tinhso.definitions.types import NO_TEXT, Expression, Option, Slug, StepId, Strict, Text

RegisterId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]*\.[a-z][a-z-]*$", max_length=60)]
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_.]*)(?::(\d{1,2}))?\}")
# What a key's pattern may name besides fields.
KEY_WORDS = frozenset({"serial", "yyyy", "unit"})


class FieldType(StrEnum):
    TEXT = "text"
    PERSON_NAME = "person_name"
    PERSONAL_ID = "personal_id"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    YES_NO = "yes_no"
    CHOICE = "choice"
    UNIT = "unit"
    RELATION = "relation"
    POINT = "point"
    POLYGON = "polygon"


GEOMETRY = frozenset({FieldType.POINT, FieldType.POLYGON})
SEVERAL = frozenset({FieldType.TEXT, FieldType.CHOICE})
# Kinds whose values can be asked for one by one: each is a word of the index.
FILTERS = frozenset({FieldType.CHOICE, FieldType.YES_NO, FieldType.RELATION, FieldType.UNIT})


class RegisterField(Strict):
    """
    One field of a record.

    :param several: a list of values, for ``text`` and ``choice``
    :param unique: no two records in force hold the same value
    :param personal: it tells of a person; never in open data without a decision that says so
    :param searched: its words are found by searching
    :param filtered: records can be asked for by its value; choices, yes/no, relations and units always
    :param partial: of a date: only its year, or month, may be known
    :param register_id: written ``register``; the register a ``relation`` points into
    :param seen_by: roles that see the value among those who read the record; ``subject`` is the person it is
        about; empty: everybody who reads the record
    """

    id: Slug
    type: FieldType
    label: Text
    hint: Text = NO_TEXT
    required: bool = False
    unique: bool = False
    personal: bool = False
    searched: bool = False
    filtered: bool = False
    several: bool = False
    partial: bool = False
    options: tuple[Option, ...] = ()
    register_id: str = Field(default="", alias="register")
    decimals: int = Field(default=0, ge=0, le=6)
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = Field(default=400, ge=1, le=4000)
    pattern: str = ""
    unit_label: Text = NO_TEXT
    seen_by: tuple[StepId, ...] = ()

    @property
    def is_filter(self) -> bool:
        """Tell whether records can be asked for by its value."""
        return self.filtered or self.unique or self.type in FILTERS


class Key(Strict):
    """
    How a record is named among people.

    :param pattern: with fields in braces, ``{certificate.number}``, and ``{serial:05}``, ``{yyyy}``,
        ``{unit}``
    :param source: the text that fixes the pattern, and how sure that is
    """

    pattern: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    source: str

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return what stands in braces, in order."""
        return tuple(name for name, _width in _PLACEHOLDER.findall(self.pattern))

    @property
    def has_serial(self) -> bool:
        return "serial" in self.names

    def filled(self, given: dict[str, str]) -> str:
        """Return the key. :raises KeyError: a name in braces has no value"""
        return _PLACEHOLDER.sub(lambda found: given[found[1]].zfill(int(found[2] or 0)), self.pattern)


class Grant(Strict):
    """
    Who may do it: one of the roles, in an agency of one of the kinds.

    :param agencies: kinds of agencies; empty means any
    :param scope: ``unit``: records of the units the agency serves; ``province``: all
    """

    roles: tuple[StepId, ...] = Field(min_length=1)
    agencies: tuple[StepId, ...] = ()
    scope: Literal["unit", "province"] = "unit"


class Access(Strict):
    """
    :param write: enters and corrects; ``settle``: merges, splits, cancels, restores; none means who writes
    """

    read: tuple[Grant, ...]
    write: tuple[Grant, ...] = ()
    settle: tuple[Grant, ...] = ()

    @property
    def settling(self) -> tuple[Grant, ...]:
        return self.settle or self.write


class PublicView(Strict):
    """
    What anybody may see.

    :param fields: these fields of records in force; geometry only if it is named
    :param look_up: anybody may ask for a record by its key
    :param open_data: the whole public view is published as open data
    :param source: the text that makes it public
    """

    fields: tuple[Slug, ...] = Field(min_length=1)
    look_up: bool = True
    open_data: bool = False
    source: str


class QualityRule(Strict):
    """
    A rule a record should meet. It keeps nothing from being written; it is measured.

    :param kind: which of the four words of the province's aim it measures
    :param must: CEL over the record's fields, plus ``today``; a rule whose fields are absent does not count
    :param weight: how much it counts in the score
    """

    id: StepId
    kind: Literal["correct", "complete", "clean", "alive"] = "correct"
    must: Expression
    otherwise: Text
    field: Slug | None = None
    weight: int = Field(default=1, ge=1, le=100)


class Rhythm(Strict):
    """How often somebody says that a record is still true. :param months: so long a confirmation lasts"""

    months: int = Field(gt=0, le=600)
    source: str


class Retention(Strict):
    """:param years: after a record has ended; None: for ever"""

    years: int | None = Field(default=None, gt=0, le=200)
    source: str


class Expected(Strict):
    """How many records there should be. :param count: in the province, in the year of the source"""

    count: int = Field(gt=0)
    source: str


class Consent(Strict):
    """
    Consent that the law asks for before data are used; without it nothing is looked up.

    :param purpose: what the data are for, as the person reads it
    :param law: the line that asks for consent, and how sure that is
    """

    purpose: Text
    law: Annotated[str, StringConstraints(min_length=1, max_length=300)]


class RegisterDefinition(Strict):
    """
    A register, whole.

    :param truth: ``ours``: this system decides what is true; ``outside``: another does, we hold its copy
    :param system: the outside system, for ``truth: outside``
    :param title: fields that name a record to people, in order
    :param unit: the field of type unit that says where a record belongs; without it the province
    :param parent: the relation to the record of the same register it lies in
    :param geometry: the field of type point or polygon
    :param subjects: fields with the personal id of whom the record is about; the first is looked up for forms
    :param consent: its data are used for forms only with the consent of whom they are about
    """

    id: RegisterId
    name: Text
    summary: Text = NO_TEXT
    field: Text
    law: str = Field(min_length=1)
    truth: Literal["ours", "outside"] = "ours"
    system: str = ""
    key: Key
    title: tuple[Slug, ...] = Field(min_length=1)
    unit: Slug | None = None
    parent: Slug | None = None
    geometry: Slug | None = None
    subjects: tuple[Slug, ...] = ()
    fields: tuple[RegisterField, ...] = Field(min_length=1)
    access: Access
    public: PublicView | None = None
    consent: Consent | None = None
    quality: tuple[QualityRule, ...] = ()
    alive: Rhythm | None = None
    retention: Retention
    expected: Expected | None = None
    written_by: tuple[WrittenBy, ...] = ()

    @model_validator(mode="after")
    def _says_which_system(self) -> Self:
        if (self.truth == "outside") != bool(self.system):
            raise ValueError("«system» goes with «truth: outside»")
        return self

    @cached_property
    def by_id(self) -> dict[str, RegisterField]:
        """Return the fields by id."""
        return {field.id: field for field in self.fields}

    @cached_property
    def unique_fields(self) -> tuple[str, ...]:
        """Return the ids of fields whose value one record holds."""
        return tuple(field.id for field in self.fields if field.unique)

    @cached_property
    def fingerprint(self) -> str:
        """Name the content: the same words give the same fingerprint in every process."""
        return hashlib.sha256(self.model_dump_json(by_alias=True, exclude_defaults=True).encode()).hexdigest()
