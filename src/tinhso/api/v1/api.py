"""API v1: the whole chain for machines and other pages. It translates; every rule is a room's."""

from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from tinhso.api.v1 import problems, refusals
from tinhso.api.v1.agencies.books import router as books
from tinhso.api.v1.agencies.routes import router as agencies
from tinhso.api.v1.assisting.routes import router as assisting
from tinhso.api.v1.bills.routes import router as bills
from tinhso.api.v1.bookkeeping.days import router as reconciliations
from tinhso.api.v1.bookkeeping.receipts import router as fee_receipts
from tinhso.api.v1.catalogue.routes import router as whole_catalogue
from tinhso.api.v1.contract import Contract
from tinhso.api.v1.corrections.routes import router as corrections
from tinhso.api.v1.counter.routes import router as counter
from tinhso.api.v1.desk.arranging import router as arranging
from tinhso.api.v1.desk.batches import router as batches
from tinhso.api.v1.desk.routes import router as desk
from tinhso.api.v1.documents.routes import router as documents
from tinhso.api.v1.dossiers.amending import router as amending
from tinhso.api.v1.dossiers.consulting import router as consulting
from tinhso.api.v1.dossiers.moves import router as moves
from tinhso.api.v1.dossiers.preparing import router as preparing
from tinhso.api.v1.dossiers.routes import router as dossiers
from tinhso.api.v1.dossiers.talking import router as talking
from tinhso.api.v1.drafts.routes import router as drafts
from tinhso.api.v1.exchange.routes import router as national_portal
from tinhso.api.v1.exports.routes import router as exports
from tinhso.api.v1.filings.routes import router as filings
from tinhso.api.v1.flows.routes import router as flows
from tinhso.api.v1.halls.counters import router as hall_counters
from tinhso.api.v1.halls.routes import router as halls
from tinhso.api.v1.halls.set_up import router as hall_set_up
from tinhso.api.v1.indicators.routes import router as figures
from tinhso.api.v1.mandates.routes import router as mandates
from tinhso.api.v1.me.coming import router as coming
from tinhso.api.v1.me.routes import router as me
from tinhso.api.v1.me.settings import router as own_settings
from tinhso.api.v1.me.work_email import router as work_email
from tinhso.api.v1.notices.deliveries import router as deliveries
from tinhso.api.v1.notices.routes import router as notices
from tinhso.api.v1.once_only.routes import router as once_only
from tinhso.api.v1.operations.routes import router as operations
from tinhso.api.v1.payments.routes import router as payments
from tinhso.api.v1.plans.routes import router as plans
from tinhso.api.v1.posts.routes import router as posts
from tinhso.api.v1.procedures.routes import router as procedures
from tinhso.api.v1.procedures.versions import router as versions_of_procedures
from tinhso.api.v1.reading import StrictParser
from tinhso.api.v1.registers.measured import router as measured
from tinhso.api.v1.registers.records import router as records
from tinhso.api.v1.registers.routes import router as registers
from tinhso.api.v1.reports.routes import router as reports
from tinhso.api.v1.substitutions.routes import router as substitutions
from tinhso.api.v1.surveys.routes import router as surveys
from tinhso.api.v1.territory.routes import router as territory
from tinhso.api.v1.tills.routes import router as tills
from tinhso.api.v1.tracking.routes import router as tracking
from tinhso.api.v1.verify.routes import router as verify
from tinhso.api.v1.wallet.routes import router as wallet
from tinhso.api.v1.wallet.scans import router as scans
from tinhso.api.v1.whatif.routes import router as what_if
from tinhso.kernel.refusals import Refusal

DESCRIPTION = """
Public services of a province, from the catalogue to the signed result.

Browsers sign in on the web and send `X-CSRFToken`; machines send a bearer token. Moments are RFC 3339, money
is whole đồng, names and sentences come in the language of `Accept-Language`. What says no is a problem of
RFC 9457. Lists come in pages; follow `next`. A dossier's `ETag`, sent as `If-Match`, guards a move against
what somebody else changed meanwhile; `Idempotency-Key` guards every POST against being carried out twice.
HEAD is answered wherever GET is.
"""


class Readable(JSONRenderer):
    """Vietnamese as itself, not as escapes."""

    json_dumps_params = problems.READABLE


api = Contract(
    title="Tỉnh Số",
    version="1",
    description=DESCRIPTION.strip(),
    openapi_url=None,
    docs_url=None,
    urls_namespace="api-v1",
    parser=StrictParser(),
    renderer=Readable(),
)
for prefix, router in (
    ("procedures", procedures),
    ("procedures", versions_of_procedures),
    ("catalogue", whole_catalogue),
    ("territory", territory),
    ("agencies", agencies),
    ("drafts", drafts),
    ("", filings),
    ("", corrections),
    ("", once_only),
    ("dossiers", dossiers),
    ("dossiers", preparing),
    ("dossiers", talking),
    ("", moves),
    ("", amending),
    ("", consulting),
    ("", books),
    ("desk/batches", batches),
    ("desk", arranging),
    ("desk", desk),
    ("exports", exports),
    ("flows", flows),
    ("what-if", what_if),
    ("national-portal", national_portal),
    ("counter", counter),
    ("", bills),
    ("", payments),
    ("", tills),
    ("", fee_receipts),
    ("", reconciliations),
    ("", documents),
    ("", halls),
    ("", hall_counters),
    ("", hall_set_up),
    ("", wallet),
    ("", scans),
    ("assisting", assisting),
    ("tracking", tracking),
    ("verify", verify),
    ("notices", notices),
    ("notices", deliveries),
    ("mandates", mandates),
    ("posts", posts),
    ("substitutions", substitutions),
    ("me", me),
    ("me", own_settings),
    ("me/work-email", work_email),
    ("me/coming", coming),
    ("surveys", surveys),
    ("", plans),
    ("", reports),
    ("", figures),
    ("", operations),
    ("registers", registers),
    ("", records),
    ("", measured),
):
    api.add_router(prefix, router)


@cache
def schema() -> dict[str, Any]:
    """Return the contract, made once."""
    return dict(api.get_openapi_schema())


def openapi(_request: HttpRequest) -> JsonResponse:
    """Answer with the contract."""
    response = JsonResponse(schema(), json_dumps_params=problems.READABLE)
    patch_cache_control(response, public=True, max_age=300)
    return response


def nowhere(_request: HttpRequest) -> HttpResponse:
    """Answer what is under no address of the API."""
    raise refusals.NoSuchAddress


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problems.answer(request, refusal)


@api.exception_handler(ValidationError)
def _misshapen(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    return problems.of_shape(request, problem.errors)


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, problem: HttpError) -> HttpResponse:
    # The only one ninja raises for us is «cannot parse», with the parser's own refusal behind it.
    cause = problem.__cause__
    return problems.answer(request, cause if isinstance(cause, Refusal) else refusals.BodyUnreadable())


@api.exception_handler(Http404)
def _absent(request: HttpRequest, _problem: Http404) -> HttpResponse:
    return problems.answer(request, refusals.NoSuchAddress())
