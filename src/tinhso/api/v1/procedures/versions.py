"""Versions of a procedure: what happened, what differs, and how it is published."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import BaseModel

from tinhso.api.v1.wording import language_of
from tinhso.definitions import catalogue
from tinhso.definitions.comparing import Difference
from tinhso.definitions.history import Happened, compare_versions, first_published_at, history_of
from tinhso.definitions.publicity import Publication, publication_of
from tinhso.definitions.types import Text

router = Router(tags=["procedures"])

Older = Annotated[UUID, Query(..., alias="from", description="The version to compare with.")]
Newer = Annotated[UUID, Query(..., alias="to", description="The version that is compared.")]


class HappenedOut(Schema):
    """A publication or a withdrawal."""

    what: str = Field(description="`published` or `withdrawn`.")
    at: datetime
    version_id: UUID
    number: int = Field(description="Of the version, 1 for the oldest.")
    by: str = Field(description="`files` of the packs, or an `officer`.")
    is_current: bool

    @classmethod
    def told(cls, one: Happened) -> "HappenedOut":
        return cls(
            what=one.what,
            at=one.at,
            version_id=one.version_id,
            number=one.number,
            by=one.by,
            is_current=one.is_current,
        )


class VersionDifferenceOut(Schema):
    """One thing that differs."""

    part: str
    kind: str = Field(description="`added`, `removed`, `changed` or `moved`.")
    field: str = Field(
        description="What of it changed, e.g. `amount`; empty where the whole thing came or went."
    )
    subject: str = Field(description="Which paper, fee, step or question; empty for the procedure itself.")
    before: Any = None
    after: Any = None

    @classmethod
    def told(cls, one: Difference, language: str) -> "VersionDifferenceOut":
        return cls(
            part=one.part,
            kind=one.kind,
            field=one.name,
            subject=one.subject.into(language) if one.subject else "",
            before=_plain(one.before, language),
            after=_plain(one.after, language),
        )


class PartOut(Schema):
    name: str
    is_required: bool = Field(description="Without it the procedure does not count as published whole.")
    is_stated: bool


class PublicationOut(Schema):
    """How a procedure is published, measured against the duty."""

    decision: str = Field(description="Number of the decision that announced it; may be empty.")
    decided_on: date | None
    published_on: date | None = Field(description="First day on which it stood here.")
    due_on: date | None
    days_late: int | None = Field(description="Working days; null where it cannot be measured.")
    parts: list[PartOut]
    is_whole: bool

    @classmethod
    def told(cls, found: Publication) -> "PublicationOut":
        return cls(
            decision=found.decision.number if found.decision else "",
            decided_on=found.decision.on if found.decision else None,
            published_on=found.published_on,
            due_on=found.due_on,
            days_late=found.days_late,
            parts=[
                PartOut(name=part.name, is_required=part.is_required, is_stated=part.is_stated)
                for part in found.parts
            ],
            is_whole=not found.lacking,
        )


@router.get("/{code}/history", response=list[HappenedOut], summary="Read a procedure's history")
def read_history(request: HttpRequest, code: str) -> list[HappenedOut]:  # noqa: ARG001
    """Every publication and withdrawal, the newest first."""
    happened = history_of(code)
    if not happened:
        raise catalogue.ProcedureMissing(procedure=code)
    return [HappenedOut.told(one) for one in happened]


@router.get("/{code}/comparison", response=list[VersionDifferenceOut], summary="Compare two versions")
def compare_procedure(
    request: HttpRequest, code: str, older: Older, newer: Newer
) -> list[VersionDifferenceOut]:
    """What differs, part by part; empty when both say the same."""
    _before, _after, found = compare_versions(code, older, newer)
    language = language_of(request)
    return [VersionDifferenceOut.told(one, language) for one in found]


@router.get("/{code}/publication", response=PublicationOut, summary="Measure how it is published")
def read_publication(request: HttpRequest, code: str) -> PublicationOut:  # noqa: ARG001
    """Decision, dates, days late, and whether all parts the law asks for are stated."""
    law = catalogue.current(code).procedure
    return PublicationOut.told(publication_of(law, first_published_at(code)))


def _plain(value: object, language: str) -> Any:
    if isinstance(value, Text):
        return value.into(language)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, tuple):
        return [_plain(item, language) for item in value]
    return value
