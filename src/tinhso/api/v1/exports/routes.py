"""``/exports``: lists of dossiers, or their papers, as files that a job writes."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils.translation import get_language
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.edge import ANY_BYTES
from tinhso.api.v1.shapes import bytes_of
from tinhso.dossiers.actions.ask_export import ask_export, cancel_export, fetch_export
from tinhso.dossiers.exporting import limits
from tinhso.dossiers.exporting.finding import ExportView, access_export, exports_of
from tinhso.dossiers.exporting.making import TYPES
from tinhso.dossiers.models import Export
from tinhso.dossiers.selecting import Selection

router = Router(tags=["exports"], auth=SIGNED_IN)


class ExportIn(Schema):
    """Which dossiers, of those one may see. Nothing said of them: all filed in the period."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["csv", "xlsx", "zip"] = Field(description="`zip`: the papers of at most 1,000 dossiers.")
    words: str = Field(default="", max_length=200, description="As in the search of `/desk`.")
    procedure: str = Field(default="", max_length=40)
    first: date | None = Field(default=None, description="First day of filing, included.")
    last: date | None = Field(default=None, description="Last day of filing, included.")
    online: bool = Field(default=False, description="Only what was filed online.")

    def selection(self) -> Selection:
        return Selection(
            procedure=self.procedure,
            online=self.online,
            words=self.words.strip(),
            first=self.first.isoformat() if self.first else "",
            last=self.last.isoformat() if self.last else "",
        )


class ExportOut(Schema):
    """One export."""

    id: UUID
    format: str
    state: str = Field(
        description="`waiting`, `running`, `ready`, `cancelled`, `failed` or `expired`; it can be fetched "
        "while it is `ready`."
    )
    total: int
    done: int
    left_out: int = Field(description="Papers one may not read, or whose bytes are damaged.")
    size: int
    problem: str = Field(description="Why it failed, in a sentence.")
    asked_at: datetime
    expires_at: datetime | None

    @classmethod
    def told(cls, view: ExportView) -> "ExportOut":
        same = {name: getattr(view, name) for name in cls.model_fields if name not in ("state", "problem")}
        return cls(**same, state=view.state.value, problem=view.sentence)


class ExportsOut(Schema):
    items: list[ExportOut] = Field(description="The newest 30.")


@router.post("", response=ExportOut, summary="Write out dossiers")
def post_export(request: HttpRequest, body: ExportIn) -> ExportOut:
    """Have a file written; the same list asked for while it is under way is the same export."""
    who = by(request)
    export_id = ask_export(
        **who,
        format_=body.format,
        selection=body.selection(),
        language=(get_language() or "vi")[:2],
    )
    return _told(request, export_id)


@router.get("", response=ExportsOut, summary="List exports")
def list_exports(request: HttpRequest) -> ExportsOut:
    """One's own, newest first."""
    limits.require_exporter(actor_of(request))
    return ExportsOut(items=[ExportOut.told(one) for one in exports_of(**by(request))])


@router.get("/{uuid:export_id}", response=ExportOut, summary="Read an export")
def read_export(request: HttpRequest, export_id: UUID) -> ExportOut:
    """How far it is."""
    return _told(request, export_id)


@router.post("/{uuid:export_id}/cancel", response=ExportOut, summary="Stop an export")
def post_cancel(request: HttpRequest, export_id: UUID) -> ExportOut:
    """What was written so far is thrown away."""
    cancel_export(**by(request), export_id=export_id)
    return _told(request, export_id)


@router.get("/{uuid:export_id}/content", summary="Fetch an export", openapi_extra=bytes_of(ANY_BYTES))
def read_content(request: HttpRequest, export_id: UUID) -> FileResponse:
    """The file, for a day; fetching it is an entry of the ledger."""
    view = access_export(**by(request), export_id=export_id)
    content = fetch_export(**by(request), export_id=export_id)
    response = FileResponse(
        content,
        as_attachment=True,
        filename=f"ho-so-{export_id}.{view.format}",
        content_type=TYPES[Export.Format(view.format)],
    )
    response.csp = {"sandbox": ""}  # type: ignore[attr-defined]
    return response


def _told(request: HttpRequest, export_id: UUID) -> ExportOut:
    return ExportOut.told(access_export(**by(request), export_id=export_id))
