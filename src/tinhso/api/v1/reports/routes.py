"""``/reports``: reports of the packs, rounds, returns, and the one-stop report; for officers."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.reports.shapes import (
    LinesIn,
    OneStopOut,
    ReportBehindOut,
    ReportFilledOut,
    ReportOpenIn,
    ReportReasonIn,
    ReportRevisionIn,
    ReportWrittenOut,
    ReturnOut,
    RevisionOut,
    RoundListOut,
    RoundOut,
    SignIn,
    TemplateListOut,
    behind_out,
    one_stop_out,
    return_out,
    round_out,
    round_row_out,
    template_out,
)
from tinhso.api.v1.wording import language_of
from tinhso.reports import queries
from tinhso.reports.actions.correct_return import correct_return
from tinhso.reports.actions.fill_again import fill_again
from tinhso.reports.actions.open_period import open_period
from tinhso.reports.actions.receive_return import receive_return
from tinhso.reports.actions.save_return import save_return
from tinhso.reports.actions.send_back import send_back
from tinhso.reports.actions.sign_report import sign_report
from tinhso.reports.actions.sign_return import sign_return
from tinhso.reports.actions.submit_return import submit_return
from tinhso.reports.counting import Place
from tinhso.reports.one_stop import PAGE, dossiers_behind, one_stop
from tinhso.reports.periods import named
from tinhso.reports.reading import first_day, templates

router = Router(tags=["reports"])
Name = Annotated[str, Query(..., max_length=24, description="As periods are named, e.g. `2026-11`.")]
Code = Annotated[
    str, Query("", max_length=40, description="Code of the agency that decides; empty: the province.")
]
Cell = Annotated[str, Query(..., max_length=20, description="A number of the report, e.g. `late`.")]
FieldName = Annotated[str | None, Query(None, max_length=160)]
After = Annotated[int, Query(0, ge=0, lt=2**62)]
Limit = Annotated[int, Query(PAGE, ge=1, le=200)]
Report = Annotated[str, Query("", max_length=60, description="Id of a report.")]


@router.get("/reports", auth=SIGNED_IN, response=TemplateListOut, summary="List reports")
def list_reports(request: HttpRequest) -> TemplateListOut:
    """As the packs have them."""
    language = language_of(request)
    return TemplateListOut(items=[template_out(one, language) for one in templates().values()])


@router.get("/reports/one-stop", auth=SIGNED_IN, response=OneStopOut, summary="Count a period")
def count_report_period(request: HttpRequest, period: Name, agency: Code) -> OneStopOut:
    """Dossiers received, settled and open; an agency reads its own, who runs or oversees reports all."""
    span = named(period, first_day=first_day())
    return one_stop_out(one_stop(**by(request), span=span, agency_code=agency))


@router.get(
    "/reports/one-stop/dossiers",
    auth=SIGNED_IN,
    response=ReportBehindOut,
    summary="List dossiers behind a number",
)
def list_dossiers_counted(
    request: HttpRequest,
    period: Name,
    cell: Cell,
    agency: Code,
    field: FieldName,
    after: After,
    limit: Limit,
) -> ReportBehindOut:
    """Exactly those that are counted; what the reader may not open is told as a number."""
    span = named(period, first_day=first_day())
    found = dossiers_behind(
        **by(request), span=span, cell=cell, place=Place(agency, field), after=after, limit=limit
    )
    return behind_out(found)


@router.get("/report-rounds", auth=SIGNED_IN, response=RoundListOut, summary="List rounds")
def list_report_rounds(request: HttpRequest, report: Report) -> RoundListOut:
    """Those in which the reader sees a return, newest first."""
    language = language_of(request)
    rows = queries.list_rounds(**by(request), report_id=report)
    return RoundListOut(items=[round_row_out(one, language) for one in rows])


@router.post("/report-rounds", auth=SIGNED_IN, response={201: ReportWrittenOut}, summary="Open a period")
def post_report_round(request: HttpRequest, body: ReportOpenIn) -> ReportWrittenOut:
    """A return for each agency that is asked; its officers are told."""
    return ReportWrittenOut(id=open_period(**by(request), report_id=body.report, period=body.period))


@router.get("/report-rounds/{uuid:round_id}", auth=SIGNED_IN, response=RoundOut, summary="Read a round")
def read_report_round(request: HttpRequest, round_id: UUID) -> RoundOut:
    """With the returns the reader sees, and what received ones come to."""
    return round_out(queries.access_round(**by(request), round_id=round_id), language_of(request))


@router.post(
    "/report-rounds/{uuid:round_id}/signature",
    auth=SIGNED_IN,
    response={201: ReportWrittenOut},
    summary="Sign the province's report",
)
def post_report_signature(request: HttpRequest, round_id: UUID, body: SignIn) -> ReportWrittenOut:
    """With the signer's key and the agency's seal; agencies that are missing are named in it."""
    return ReportWrittenOut(id=sign_report(**by(request), round_id=round_id, counted=body.counted))


@router.get("/report-returns/{uuid:return_id}", auth=SIGNED_IN, response=ReturnOut, summary="Read a return")
def read_report_return(request: HttpRequest, return_id: UUID) -> ReturnOut:
    """An agency's own; who runs or oversees reports reads all."""
    return return_out(queries.access_return(**by(request), return_id=return_id))


@router.put(
    "/report-returns/{uuid:return_id}/lines", auth=SIGNED_IN, response=RevisionOut, summary="Fill in lines"
)
def put_return_lines(request: HttpRequest, return_id: UUID, body: LinesIn) -> RevisionOut:
    """Nobody else reads them until they are handed up."""
    revision = save_return(**by(request), return_id=return_id, revision=body.revision, entered=body.lines)
    return RevisionOut(revision=revision)


@router.post(
    "/report-returns/{uuid:return_id}/filling",
    auth=SIGNED_IN,
    response=ReportFilledOut,
    summary="Fill automatic lines again",
)
def post_return_filling(request: HttpRequest, return_id: UUID, body: ReportRevisionIn) -> ReportFilledOut:
    """As facts are now; they are filled once more when the return is handed up."""
    pending = fill_again(**by(request), return_id=return_id, revision=body.revision)
    return ReportFilledOut(pending=sorted(pending))


@router.post(
    "/report-returns/{uuid:return_id}/submission",
    auth=SIGNED_IN,
    response=RevisionOut,
    summary="Hand a return up",
)
def post_return_submission(request: HttpRequest, return_id: UUID, body: ReportRevisionIn) -> RevisionOut:
    """To the agency's leader, who signs it."""
    return RevisionOut(revision=submit_return(**by(request), return_id=return_id, revision=body.revision))


@router.post(
    "/report-returns/{uuid:return_id}/signature",
    auth=SIGNED_IN,
    response={201: ReportWrittenOut},
    summary="Sign a return",
)
def post_return_signature(request: HttpRequest, return_id: UUID, body: ReportRevisionIn) -> ReportWrittenOut:
    """With the leader's key and the agency's seal; it goes to the province."""
    return ReportWrittenOut(id=sign_return(**by(request), return_id=return_id, revision=body.revision))


@router.post(
    "/report-returns/{uuid:return_id}/receipt",
    auth=SIGNED_IN,
    response=RevisionOut,
    summary="Receive a return",
)
def post_return_receipt(request: HttpRequest, return_id: UUID, body: ReportRevisionIn) -> RevisionOut:
    """From then on it counts."""
    return RevisionOut(revision=receive_return(**by(request), return_id=return_id, revision=body.revision))


@router.post(
    "/report-returns/{uuid:return_id}/sending-back",
    auth=SIGNED_IN,
    response=RevisionOut,
    summary="Send a return back",
)
def post_return_sending_back(request: HttpRequest, return_id: UUID, body: ReportReasonIn) -> RevisionOut:
    """By the leader before it is signed, by the province after."""
    revision = send_back(**by(request), return_id=return_id, revision=body.revision, reason=body.reason)
    return RevisionOut(revision=revision)


@router.post(
    "/report-returns/{uuid:return_id}/correction",
    auth=SIGNED_IN,
    response=RevisionOut,
    summary="Begin a correction",
)
def post_return_correction(request: HttpRequest, return_id: UUID, body: ReportReasonIn) -> RevisionOut:
    """What was received counts until the next version is."""
    revision = correct_return(**by(request), return_id=return_id, revision=body.revision, reason=body.reason)
    return RevisionOut(revision=revision)
