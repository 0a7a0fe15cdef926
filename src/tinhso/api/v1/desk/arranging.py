"""``/desk``: how an officer has arranged it, sentences kept for reasons, and who has how much in hand."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.dossiers import desk, policies, workload
from tinhso.dossiers.actions.desk_settings import (
    COLUMNS,
    LONGEST_NAME,
    LONGEST_QUERY,
    choose_columns,
    forget_filter,
    save_filter,
)
from tinhso.dossiers.actions.reason_templates import (
    ACTS,
    LONGEST,
    strike_reason_template,
    write_reason_template,
)
from tinhso.dossiers.models import ReasonTemplate

router = Router(tags=["desk"], auth=SIGNED_IN)
Agency = Annotated[UUID, Query(..., description="An agency one heads.")]


class FilterIn(Schema):
    """A list kept by name."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=LONGEST_NAME)
    query: str = Field(max_length=LONGEST_QUERY, description="The query string of a list of the desk.")


class FilterOut(FilterIn):
    id: UUID


class ColumnsIn(Schema):
    """Which columns lists show beside deadline and procedure; none at all: as it comes."""

    model_config = ConfigDict(extra="forbid")

    columns: list[str] = Field(max_length=len(COLUMNS), description=f"Of {', '.join(COLUMNS)}.")


class DeskOut(ColumnsIn):
    filters: list[FilterOut]


class TemplateIn(Schema):
    """A sentence to use again when an act wants a reason."""

    model_config = ConfigDict(extra="forbid")

    agency_id: UUID
    act: str = Field("", max_length=20, description=f"Of {', '.join(ACTS)}; empty for every act.")
    text: str = Field(max_length=LONGEST)


class DeskTemplateOut(TemplateIn):
    id: UUID
    author: str
    written_at: datetime

    @classmethod
    def told(cls, row: ReasonTemplate) -> "DeskTemplateOut":
        return cls(
            id=row.pk,
            agency_id=row.agency_id,
            act=row.act,
            text=row.text,
            author=row.author.get_full_name(),
            written_at=row.written_at,
        )


class TemplateList(Schema):
    items: list[DeskTemplateOut]


class DeskLoadOut(Schema):
    """What lies with one officer."""

    account_id: UUID | None = Field(description="Null: what nobody holds yet.")
    held: int
    overdue: int
    due_today: int
    done_this_week: int = Field(description="Steps finished since Monday.")


class LoadList(Schema):
    items: list[DeskLoadOut]


@router.get("/settings", response=DeskOut, summary="Read how one's desk is arranged")
def read_settings(request: HttpRequest) -> DeskOut:
    """Columns of the lists, and the filters kept by name."""
    actor = actor_of(request)
    policies.require_reader(actor)
    found = desk.desk_of(actor)
    kept = [FilterOut(id=one.id, name=one.name, query=one.query) for one in found.filters]
    return DeskOut(columns=list(found.columns), filters=kept)


@router.put("/settings/columns", response=DeskOut, summary="Choose the columns")
def put_columns(request: HttpRequest, body: ColumnsIn) -> DeskOut:
    """They are kept in the order of the contract."""
    choose_columns(**by(request), columns=body.columns)
    return read_settings(request)


@router.post("/filters", response={201: FilterOut}, summary="Keep a list by name")
def create_filter(request: HttpRequest, body: FilterIn) -> FilterOut:
    """One of the same name is replaced."""
    filter_id = save_filter(**by(request), name=body.name, query=body.query)
    return FilterOut(id=UUID(filter_id), name=body.name.strip(), query=body.query)


@router.delete("/filters/{uuid:filter_id}", response={204: None}, summary="Keep a list no longer")
def delete_filter(request: HttpRequest, filter_id: UUID) -> None:
    """Of one that is gone nothing is said."""
    forget_filter(**by(request), filter_id=filter_id)


@router.get("/reasons", response=TemplateList, summary="List sentences for reasons")
def list_reasons(request: HttpRequest) -> TemplateList:
    """Those in use of the agencies one works in."""
    actor = actor_of(request)
    policies.require_reader(actor)
    return TemplateList(items=[DeskTemplateOut.told(row) for row in desk.reason_templates(actor)])


@router.post("/reasons", response={201: DeskTemplateOut}, summary="Keep a sentence for reasons")
def create_reason(request: HttpRequest, body: TemplateIn) -> DeskTemplateOut:
    """For every officer of the agency; the same again is the same."""
    who = by(request)
    template_id = write_reason_template(**who, **body.model_dump())
    return DeskTemplateOut.told(desk.reason_templates(who["actor"]).get(pk=template_id))


@router.delete("/reasons/{uuid:template_id}", response={204: None}, summary="Put a sentence out of use")
def delete_reason(request: HttpRequest, template_id: UUID) -> None:
    """By its author or the head of the agency; what was decided with it stays as it is."""
    strike_reason_template(**by(request), template_id=template_id)


@router.get("/workload", response=LoadList, summary="Read who has how much in hand")
def read_workload(request: HttpRequest, agency_id: Agency) -> LoadList:
    """For the head of the agency, and who oversees the province."""
    found = workload.loads(**by(request), agency_id=agency_id)
    return LoadList(
        items=[
            DeskLoadOut(
                account_id=account_id,
                held=load.held,
                overdue=load.overdue,
                due_today=load.today,
                done_this_week=load.done,
            )
            for account_id, load in sorted(found.items(), key=lambda pair: str(pair[0]))
        ]
    )
